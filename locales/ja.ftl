# 日本語. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = 中止
postponed = 延期
tentative = 未定
moved = 日程変更
titled = { $status }：{ $title }

## Hours and days, beside a title

all-day = 終日
day-of = { $days }日間の{ $day }日目
from-time = { $time }から
until-time = { $time }まで
until-date = { $date }まで
since-date = { $date }から
moved-from = 変更前：{ $date }
time-range = { $from }～{ $to }
date-range = { $from }～{ $to }
from-to = { $from }～{ $to }
date-time = { $date } { $time }
date-time-short = { $date } { $time }
local-time-each = 各地の現地時間
local-time = 現地時間 { $time }
today = 今日
tomorrow = 明日
yesterday = 昨日

## Places

online = オンライン
in-country = { $place }、{ $country }

## Listings

all-dates = すべての日付
from-date = { $date }から
times-in = タイムゾーン：{ $zones }
nothing-found = 見つかりませんでした。
nothing-on = 予定はありません：{ $date }
nothing-from = 予定はありません：{ $date }から
nothing-between = 予定はありません：{ $first }～{ $last }
nothing-in = 予定はありません：{ $month }
advice-words = 言葉や絞り込みを減らしてみてください。
advice-days = 日数を増やす（--days 90）、絞り込みを減らす、または `redletter search 言葉` ですべての日付を探してみてください。
advice-new = カレンダーにはまだ予定がありません。`redletter new` を試してみてください。
more = … 他 { $count } 件
more-limit = … 他 { $count } 件（--limit を増やしてください）
all-lists-each = --all で個別に表示
more-short = +{ $count }
join-link = 参加

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = 日時
field-repeats = 繰り返し
field-next = 今後
field-moved-from = 変更前
field-where = 場所
field-coordinates = 座標
field-access = バリアフリー
field-notes = 行き方
field-online = オンライン
field-platform = サービス
field-meeting-id = ミーティング ID
field-passcode = パスコード
field-phone = 電話
field-registration = 申し込み
field-organizers = 主催
field-contact = 連絡先
field-page = ページ
field-tags = タグ
field-language = 言語
field-part-of = 所属
field-has-part = 含むもの
field-image = 画像
field-source = 出典
end-assumed = （終了時刻は目安）
is-moved = （日程変更）
is-cancelled = （中止）
is-postponed = （延期）
is-tentative = （未定）
day-all-day = { $date } 終日
whole-days = { $first }～{ $last }、終日{ $count }日間
by-each-clock = 各地の現地時間 { $time }
days = { $count }日

## `redletter when`

whole-day-everywhere = { $date }：終日、どこでも同じ日付
whole-days-everywhere = { $first }～{ $last }：終日、どこでも同じ日付
begins-first = 最も早い開始：{ $date }（{ $place }、{ $zone }）
ends-at-sea = 最も遅い終了（海上）：{ $date }（{ $zone }）
ends-on-land = 陸上では：{ $date }（{ $place }）

## The text of an event in a calendar program

join = 参加
join-by = 参加（{ $platform }）
meeting-id = ミーティング ID
passcode = パスコード
phone = 電話
online-by = オンライン
registration = 申し込み
accessibility = バリアフリー
step-free = 段差なし
sign-language = 手話通訳
captions = 字幕
hearing-loop = 磁気ループ
childcare = 託児あり
quiet-space = 静かな部屋
named = { $name }：{ $value }
moved-from-day = 変更前の日時：{ $date }。
moved-from-zone = 変更前の日時：{ $date }（{ $zone }）。
moved-from-local = 変更前の日時：現地時間 { $date }。
clock = 現地時間：{ $time }（{ $zone }）。
each-place-hours = 各地の現地時間 { $time }。
each-place = { $time }、各地の現地時間。

## What has no end yet, and what is for members

for-members = オンライン、メンバー限定
day-number = { $day }日目
day-number-behind = （{ $day }日目）
day-today = 今日で{ $day }日目
open-end = 終了日未定
open-from = { $date }から、終了日未定
clock-at-start = 開始：{ $time }（{ $zone }）。
register-link = 申し込む
field-milestones = 節目
milestone-was = { $day }日目：{ $date }
milestone-today = { $day }日目：今日、{ $date }
milestone-is = { $day }日目：{ $date }
field-review-by = 確認期限
review-overdue = { $date }：継続が確認されるまで未定
local-events = 各地の行動
everywhere = オンラインと各地
in-countries = { $count } か国、{ $locals }
countries-without = このカレンダーで行動のない国：{ $countries }

## How something repeats

repeat-days = { $count ->
    [1] 毎日
   *[other] { $count }日ごと
}
repeat-weeks = { $count ->
    [1] 毎週
   *[other] { $count }週間ごと
}
repeat-months = { $count ->
    [1] 毎月
   *[other] { $count }か月ごと
}
repeat-years = { $count ->
    [1] 毎年
   *[other] { $count }年ごと
}
repeat-dates = 複数の日程
repeat-times = { $count }回
more-dates = ほか{ $count }日程
month-day = { $day }日
month-last-day = 最終日
nth-weekday = { $number ->
    [-1] 最終{ $weekday }
   *[other] 第{ $number }{ $weekday }
}

## Kinds of events

kind-protest = 抗議行動
kind-strike = ストライキ
kind-forum = フォーラム
kind-action-day = 行動の日
kind-meeting = 集会
kind-conference = 会議
kind-vigil = 追悼集会
kind-occupation = 占拠
kind-boycott = ボイコット
kind-commemoration = 記念行事
kind-deadline = 締め切り

## `redletter digest`

digest-changes = { $date } 以降の変更
digest-ongoing = 継続中
digest-cancelled = 中止
digest-postponed = 延期
digest-moved = 日時変更
digest-restored = 開催に変更
digest-new = 新規
digest-changed = 変更
digest-place = 場所の変更
digest-end = 終了時刻の変更
digest-confirmed = 開催確定
digest-uncertain = 未定に変更
digest-dates = 日程の変更
digest-rules = タイムゾーン規則の変更による
digest-from-to = { $from } → { $to }
digest-not-on = { $date } には行いません
digest-locals = 各地の行動 { $count } 件

## The frame of the site's pages

# What the language calls itself
own-name = 日本語
# Links to the main pages
site-home = ホーム
site-agenda = 予定
site-month = 月
site-subscribe = 購読
# The first link of a page, for keyboards
site-skip = 本文へ移動
# Names of groups of links, for screen readers
site-languages = 言語
site-pages = ページ

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = 記録に誤りがあります。これは誤りのない最後の状態です。

## Lists and months of the site

site-coming = 今後の予定
site-whole-agenda = すべての予定
site-red-days = これからの行動の日
site-kinds = 種類
site-countries = 国
site-feeds = 購読
site-subscribe-how = このアドレスをカレンダーソフトに購読として追加すると、自動で最新の状態に保たれます。
site-subscribe-open = カレンダーソフトで開く
site-subscribe-more = ソフト別の購読方法
site-search = この一覧を検索
site-shown = 表示中：{ $count }
site-show-all = すべて表示
site-no-match = 「{ $words }」に一致する予定はありません。
site-no-matches = 一致する予定はありません。
site-past = 過去
site-months = 前後の月
site-earlier = 前：
site-later = 次：
site-throughout = 月を通して
site-archive = すべての月
site-missing = ここにはページがありません
site-missing-why = アドレスに誤りがあるか、ページが移動した可能性があります。今後の予定はすべて一覧にあります。
site-own-time = あなたの時刻で{ $time }
site-zone = あなたのタイムゾーン

## The page of an event, and its time in every zone

event-every-zone = 各地の時刻
event-map = 地図で見る（OpenStreetMap）
event-add = 自分のカレンダーに追加
event-file = カレンダーファイル（.ics）
event-feeds = またはフィードを購読すると、変更がすべて届きます：
event-next = 今後の日程
event-changed = 更新日：{ $date }
event-cancelled = 開催されません。
event-postponed = その日には開催されません。新しい日程は未定です。
event-tentative = 開催はまだ確定していません。
event-deleted = カレンダーから削除され、開催されません。
event-over = 終了しました。
days-before = { $count }日前
days-after = { $count }日後
when-order = 西から東へ、人の住む土地の時計が示す時刻。

## How to subscribe

subscribe-lead = 一度購読すれば、すべての予定と変更がカレンダーに自動で表示されます。
subscribe-relative = このサイトの写しは自分のアドレスを知りません。下の「.ics」リンクのアドレスをコピーしてください。
subscribe-feeds = フィード
subscribe-how = お使いのプログラムで
subscribe-open = 自分のカレンダーで開く
subscribe-then = その後
subscribe-refresh = プログラムは自動で変更を確認します。多くは{ $count }時間ごとです。
subscribe-google-slow = Google カレンダーは変更の表示に一日かかることがあります。
subscribe-privacy = Google、Apple、Microsoft などカレンダーの提供者は、どのフィードを購読しているかを知ることができます。
subscribe-file = ダウンロードしたファイルは以後変わりません。購読なら変わります。
subscribe-iphone = 「自分のカレンダーで開く」をタップし、「照会」をタップ。または：カレンダー → カレンダー → カレンダーを追加 → 照会カレンダーを追加、アドレスを貼り付け。
subscribe-mac = カレンダー → ファイル → 新規照会カレンダー、アドレスを貼り付け。
subscribe-android = ウェブ版 Google カレンダーでフィードを追加すると、スマートフォンに表示されます。Google を使わない場合：ICSx⁵ を入れてアドレスを貼り付け。
subscribe-google = 「URL で追加」にアドレスを貼り付け：
subscribe-outlook = 新しい Outlook とウェブ版：予定表 → 予定表を追加 → Web から定期受信、アドレスを貼り付け。
subscribe-outlook-classic = ファイル → アカウント設定 → インターネット予定表 → 新規、アドレスを貼り付け。
subscribe-thunderbird = 新しいカレンダー → ネットワーク上、アドレスを貼り付け。
subscribe-nextcloud = カレンダー → 新しいカレンダー → リンクから新規購読、アドレスを貼り付け。
subscribe-terminal = khal：http 型のストレージを持つ vdirsyncer のペア。calcurse：ダウンロードしたファイルで「calcurse -i」。

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }：終日、現地時間（{ $place }）
event-not-on = { $date }を除く
event-instead-of = { $date }の代わり
