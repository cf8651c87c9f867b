# 中文. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = 已取消
postponed = 已推迟
tentative = 待定
moved = 已改期
titled = { $status }：{ $title }

## Hours and days, beside a title

all-day = 全天
day-of = 第{ $day }天，共{ $days }天
from-time = { $time }起
until-time = 至{ $time }
until-date = 至{ $date }
since-date = 自{ $date }起
moved-from = 原定：{ $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date } { $time }
date-time-short = { $date } { $time }
local-time-each = 各地当地时间
local-time = 当地时间 { $time }
today = 今天
tomorrow = 明天
yesterday = 昨天

## Places

online = 线上
in-country = { $place }，{ $country }

## Listings

all-dates = 所有日期
from-date = { $date }起
times-in = 时区：{ $zones }
nothing-found = 未找到任何内容。
nothing-on = 没有安排：{ $date }。
nothing-from = 没有安排：{ $date }起。
nothing-between = 没有安排：{ $first } – { $last }。
nothing-in = 没有安排：{ $month }。
advice-words = 请减少关键词或筛选条件。
advice-days = 请增加天数（--days 90）、减少筛选条件，或用 `redletter search 关键词` 搜索任意日期。
advice-new = 日历中还没有活动；请试试 `redletter new`。
more = … 还有 { $count } 项
more-limit = … 还有 { $count } 项（请调大 --limit）
all-lists-each = --all 逐一列出
more-short = +{ $count }
join-link = 加入

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = 时间
field-repeats = 重复
field-next = 接下来
field-moved-from = 原定
field-where = 地点
field-coordinates = 坐标
field-access = 无障碍
field-notes = 如何找到
field-online = 线上
field-platform = 平台
field-meeting-id = 会议号
field-passcode = 密码
field-phone = 电话
field-registration = 报名
field-organizers = 发起
field-contact = 联系方式
field-page = 页面
field-tags = 标签
field-language = 语言
field-part-of = 属于
field-has-part = 包括
field-image = 图片
field-source = 来源
end-assumed = （结束时间为估计）
is-moved = （已改期）
is-cancelled = （已取消）
is-postponed = （已推迟）
is-tentative = （待定）
day-all-day = { $date }，全天
whole-days = { $first } – { $last }，共{ $count }个整天
by-each-clock = 各地当地时间 { $time }
days = { $count }天

## `redletter when`

whole-day-everywhere = { $date }：全天，各地均为该日期
whole-days-everywhere = { $first } – { $last }：全天，各地均为这些日期
begins-first = 最早开始：{ $date }（{ $place }，{ $zone }）
ends-at-sea = 最晚结束（海上）：{ $date }（{ $zone }）
ends-on-land = 陆地最晚结束：{ $date }（{ $place }）

## The text of an event in a calendar program

join = 加入
join-by = 加入（{ $platform }）
meeting-id = 会议号
passcode = 密码
phone = 电话
online-by = 线上
registration = 报名
accessibility = 无障碍设施
step-free = 无台阶
sign-language = 手语
captions = 字幕
hearing-loop = 助听感应线圈
childcare = 儿童照看
quiet-space = 安静空间
named = { $name }：{ $value }
moved-from-day = 原定时间：{ $date }。
moved-from-zone = 原定时间：{ $date }（{ $zone }）。
moved-from-local = 原定时间：当地时间 { $date }。
clock = 当地时间：{ $time }（{ $zone }）。
each-place-hours = 各地当地时间 { $time }。
each-place = { $time }，各地当地时间。

## What has no end yet, and what is for members

for-members = 线上，仅限成员
day-number = 第{ $day }天
day-number-behind = （第{ $day }天）
day-today = 今天是第{ $day }天
open-end = 结束日期未定
open-from = { $date }起，结束日期未定
clock-at-start = 开始：{ $time }（{ $zone }）。
register-link = 报名
field-milestones = 里程碑
milestone-was = 第{ $day }天：{ $date }
milestone-today = 第{ $day }天：今天，{ $date }
milestone-is = 第{ $day }天：{ $date }
field-review-by = 复核期限
review-overdue = { $date }：在有人确认仍在继续之前为待定
local-events = 各地活动
everywhere = 线上及各地
in-countries = { $count } 个国家，{ $locals }
countries-without = 本日历中没有活动的国家：{ $countries }

## How something repeats

repeat-days = { $count ->
    [1] 每天
   *[other] 每{ $count }天
}
repeat-weeks = { $count ->
    [1] 每周
   *[other] 每{ $count }周
}
repeat-months = { $count ->
    [1] 每月
   *[other] 每{ $count }个月
}
repeat-years = { $count ->
    [1] 每年
   *[other] 每{ $count }年
}
repeat-dates = 多个日期
repeat-times = 共{ $count }次
more-dates = 另有{ $count }个日期
month-day = { $day }日
month-last-day = 最后一天
nth-weekday = { $number ->
    [-1] 最后一个{ $weekday }
   *[other] 第{ $number }个{ $weekday }
}

## Kinds of events

kind-protest = 抗议
kind-strike = 罢工
kind-forum = 论坛
kind-action-day = 行动日
kind-meeting = 会议
kind-conference = 大会
kind-vigil = 守夜
kind-occupation = 占领
kind-boycott = 抵制
kind-commemoration = 纪念
kind-deadline = 截止日期

## `redletter digest`

digest-changes = 自 { $date } 以来的变动
digest-ongoing = 进行中
digest-cancelled = 已取消
digest-postponed = 已推迟
digest-moved = 改期
digest-restored = 恢复举行
digest-new = 新增
digest-changed = 变更
digest-place = 地点变更
digest-end = 结束时间变更
digest-confirmed = 现已确认
digest-uncertain = 不再确定
digest-dates = 日期变更
digest-rules = 因时区规则更新
digest-from-to = { $from } → { $to }
digest-not-on = 原定 { $date }，不再举行
digest-locals = { $count } 场地方活动

## The frame of the site's pages

# What the language calls itself
own-name = 中文
# Links to the main pages
site-home = 首页
site-agenda = 日程
site-month = 月份
site-subscribe = 订阅
# The first link of a page, for keyboards
site-skip = 跳到内容
# Names of groups of links, for screen readers
site-languages = 语言
site-pages = 页面

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = 记录有错误：这是最后一个没有错误的状态。

## Lists and months of the site

site-coming = 即将到来
site-whole-agenda = 全部日程
site-red-days = 即将到来的行动日
site-kinds = 类型
site-countries = 国家
site-feeds = 订阅
site-subscribe-how = 把这个地址作为订阅添加到你的日历程序中，它会自动保持更新。
site-subscribe-open = 在日历程序中打开
site-subscribe-more = 各程序的订阅方法
site-search = 在此列表中搜索
site-shown = 显示：{ $count }
site-show-all = 全部显示
site-no-match = 没有与“{ $words }”匹配的活动。
site-no-matches = 没有匹配的活动。
site-past = 已过去
site-months = 相邻月份
site-earlier = 上一月：
site-later = 下一月：
site-throughout = 整个月
site-archive = 所有月份
site-missing = 这里没有页面
site-missing-why = 地址可能有误，或页面已移走。即将到来的一切都在日程里。
site-own-time = 你的时间 { $time }
site-zone = 你的时区

## The page of an event, and its time in every zone

event-every-zone = 各时区的时间
event-map = 在地图上查看（OpenStreetMap）
event-add = 添加到您的日历
event-file = 日历文件（.ics）
event-feeds = 或订阅频道，了解每次变更：
event-next = 接下来的日期
event-changed = 更改于 { $date }
event-cancelled = 不举行。
event-postponed = 该日不举行，尚无新日期。
event-tentative = 尚不确定是否举行。
event-deleted = 已从日历中删除，不举行。
event-over = 已结束。
days-before = 早{ $count }天
days-after = 晚{ $count }天
when-order = 由西向东，有人居住之处的钟表时间。

## How to subscribe

subscribe-lead = 只需订阅一次，您的日历就会自动显示所有活动和每次变更。
subscribe-relative = 此站点副本不知道自己的地址。请复制下方“.ics”链接的地址。
subscribe-feeds = 订阅频道
subscribe-how = 在您的程序中
subscribe-open = 在我的日历中打开
subscribe-then = 之后会怎样
subscribe-refresh = 程序会自动查找变更，许多程序每{ $count }小时查找一次。
subscribe-google-slow = Google 日历可能要一天才显示变更。
subscribe-privacy = 运营您日历的一方，如 Google、Apple 或 Microsoft，可以看到您订阅了哪个频道。
subscribe-file = 下载的文件不会再变化，订阅则会。
subscribe-iphone = 点按“在我的日历中打开”，再点按“订阅”。或：日历 → 日历 → 添加日历 → 添加订阅日历，粘贴地址。
subscribe-mac = 日历 → 文件 → 新建日历订阅，粘贴地址。
subscribe-android = 在网页版 Google 日历中添加频道，随后会显示在手机上。不用 Google：安装 ICSx⁵ 并粘贴地址。
subscribe-google = 在“通过网址添加”中粘贴地址：
subscribe-outlook = 新版 Outlook 和网页版：日历 → 添加日历 → 从 Web 订阅，粘贴地址。
subscribe-outlook-classic = 文件 → 帐户设置 → Internet 日历 → 新建，粘贴地址。
subscribe-thunderbird = 新建日历 → 在网络上，粘贴地址。
subscribe-nextcloud = 日历 → 新建日历 → 从链接新建订阅，粘贴地址。
subscribe-terminal = khal：使用 http 类型存储的 vdirsyncer 配对。calcurse：对下载的文件运行“calcurse -i”。

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }：全天，当地时间（{ $place }）
event-not-on = { $date }除外
event-instead-of = 代替{ $date }
