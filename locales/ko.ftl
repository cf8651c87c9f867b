# 한국어. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = 취소
postponed = 연기
tentative = 미정
moved = 일정 변경
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = 종일
day-of = { $days }일 중 { $day }일째
from-time = { $time }부터
until-time = { $time }까지
until-date = { $date }까지
since-date = { $date }부터
moved-from = 변경 전: { $date }
time-range = { $from }~{ $to }
date-range = { $from } ~ { $to }
from-to = { $from } ~ { $to }
date-time = { $date } { $time }
date-time-short = { $date } { $time }
local-time-each = 각 지역 현지 시각
local-time = 현지 시각 { $time }
today = 오늘
tomorrow = 내일
yesterday = 어제

## Places

online = 온라인
in-country = { $place }, { $country }

## Listings

all-dates = 모든 날짜
from-date = { $date }부터
times-in = 시간대: { $zones }
nothing-found = 찾은 것이 없습니다.
nothing-on = 예정된 일정이 없습니다: { $date }
nothing-from = 예정된 일정이 없습니다: { $date }부터
nothing-between = 예정된 일정이 없습니다: { $first } ~ { $last }
nothing-in = 예정된 일정이 없습니다: { $month }
advice-words = 단어나 필터를 줄여 보세요.
advice-days = 기간을 늘리거나(--days 90) 필터를 줄이거나, 날짜에 상관없이 `redletter search 단어`로 찾아보세요.
advice-new = 달력에 아직 행사가 없습니다. `redletter new`를 사용해 보세요.
more = … 외 { $count }건
more-limit = … 외 { $count }건 (--limit을 늘리세요)
all-lists-each = --all로 모두 보기
more-short = +{ $count }
join-link = 참여

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = 일시
field-repeats = 반복
field-next = 다음 일정
field-moved-from = 변경 전
field-where = 장소
field-coordinates = 좌표
field-access = 접근성
field-notes = 오시는 길
field-online = 온라인
field-platform = 플랫폼
field-meeting-id = 회의 ID
field-passcode = 암호
field-phone = 전화
field-registration = 신청
field-organizers = 주최
field-contact = 연락처
field-page = 페이지
field-tags = 태그
field-language = 언어
field-part-of = 상위 일정
field-has-part = 하위 일정
field-image = 이미지
field-source = 출처
end-assumed = (종료 시각 추정)
is-moved = (일정 변경)
is-cancelled = (취소)
is-postponed = (연기)
is-tentative = (미정)
day-all-day = { $date } 종일
whole-days = { $first } ~ { $last }, { $count }일간 종일
by-each-clock = 각 지역 현지 시각 { $time }
days = { $count }일

## `redletter when`

whole-day-everywhere = { $date }: 종일, 어디서나 같은 날짜
whole-days-everywhere = { $first } ~ { $last }: 종일, 어디서나 같은 날짜
begins-first = 가장 먼저 시작: { $date } ({ $place }, { $zone })
ends-at-sea = 가장 늦게 끝남, 바다: { $date } ({ $zone })
ends-on-land = 육지: { $date } ({ $place })

## The text of an event in a calendar program

join = 참여
join-by = 참여 ({ $platform })
meeting-id = 회의 ID
passcode = 암호
phone = 전화
online-by = 온라인
registration = 신청
accessibility = 접근성
step-free = 계단 없음
sign-language = 수어 통역
captions = 자막
hearing-loop = 청취 보조 장치
childcare = 아이 돌봄
quiet-space = 조용한 공간
named = { $name }: { $value }
moved-from-day = 변경 전 일정: { $date }.
moved-from-zone = 변경 전 일정: { $date } ({ $zone }).
moved-from-local = 변경 전 일정: { $date } (현지 시각).
clock = 현지 시각: { $time } ({ $zone }).
each-place-hours = 각 지역 현지 시각 { $time }.
each-place = { $time }, 각 지역 현지 시각.

## What has no end yet, and what is for members

for-members = 온라인, 회원 전용
day-number = { $day }일째
day-number-behind = ({ $day }일째)
day-today = 오늘 { $day }일째
open-end = 종료일 미정
open-from = { $date }부터, 종료일 미정
clock-at-start = 시작: { $time } ({ $zone }).
register-link = 신청
field-milestones = 이정표
milestone-was = { $day }일째: { $date }
milestone-today = { $day }일째: 오늘, { $date }
milestone-is = { $day }일째: { $date }
field-review-by = 재확인 기한
review-overdue = { $date }: 계속된다고 확인될 때까지 미정
local-events = 지역 행사
everywhere = 온라인과 전 지역
in-countries = { $count }개국 { $locals }
countries-without = 이 캘린더에서 행사가 없는 나라: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] 매일
   *[other] { $count }일마다
}
repeat-weeks = { $count ->
    [1] 매주
   *[other] { $count }주마다
}
repeat-months = { $count ->
    [1] 매월
   *[other] { $count }개월마다
}
repeat-years = { $count ->
    [1] 매년
   *[other] { $count }년마다
}
repeat-dates = 여러 날짜
repeat-times = { $count }회
more-dates = 날짜 { $count }개 더
month-day = { $day }일
month-last-day = 마지막 날
nth-weekday = { $number ->
    [-1] 마지막 { $weekday }
    [1] 첫째 { $weekday }
    [2] 둘째 { $weekday }
    [3] 셋째 { $weekday }
    [4] 넷째 { $weekday }
   *[other] 다섯째 { $weekday }
}

## Kinds of events

kind-protest = 집회
kind-strike = 파업
kind-forum = 포럼
kind-action-day = 행동의 날
kind-meeting = 모임
kind-conference = 회의
kind-vigil = 촛불 집회
kind-occupation = 점거
kind-boycott = 불매 운동
kind-commemoration = 추모
kind-deadline = 마감

## `redletter digest`

digest-changes = 변경 사항 ({ $date } 이후)
digest-ongoing = 진행 중
digest-cancelled = 취소
digest-postponed = 연기
digest-moved = 일정 변경
digest-restored = 예정대로 진행
digest-new = 신규
digest-changed = 변경
digest-place = 장소 변경
digest-end = 종료 시각 변경
digest-confirmed = 확정됨
digest-uncertain = 더 이상 확정 아님
digest-dates = 날짜 변경
digest-rules = 새 시간대 규칙에 따름
digest-from-to = { $from } → { $to }
digest-not-on = { $date } 아님
digest-locals = 지역 행사 { $count }건

## The frame of the site's pages

# What the language calls itself
own-name = 한국어
# Links to the main pages
site-home = 처음
site-agenda = 일정
site-month = 월
site-subscribe = 구독
# The first link of a page, for keyboards
site-skip = 본문으로 건너뛰기
# Names of groups of links, for screen readers
site-languages = 언어
site-pages = 페이지

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = 기록에 오류가 있습니다. 오류가 없던 마지막 상태입니다.

## Lists and months of the site

site-coming = 다가오는 일정
site-whole-agenda = 전체 일정
site-red-days = 다가오는 행동의 날
site-kinds = 종류
site-countries = 국가
site-feeds = 구독
site-subscribe-how = 이 주소를 캘린더 프로그램에 구독으로 추가하면 자동으로 최신 상태가 유지됩니다.
site-subscribe-open = 캘린더 프로그램에서 열기
site-subscribe-more = 프로그램별 구독 방법
site-search = 이 목록에서 검색
site-shown = 표시됨: { $count }
site-show-all = 모두 표시
site-no-match = ‘{ $words }’에 맞는 행사가 없습니다.
site-no-matches = 맞는 행사가 없습니다.
site-past = 지난 일정
site-months = 이웃한 달
site-earlier = 이전:
site-later = 다음:
site-throughout = 한 달 내내
site-archive = 모든 달
site-missing = 여기에는 페이지가 없습니다
site-missing-why = 주소가 잘못되었거나 페이지가 옮겨졌을 수 있습니다. 다가오는 모든 것은 일정에 있습니다.
site-own-time = 현지 시간 { $time }
site-zone = 내 시간대

## The page of an event, and its time in every zone

event-every-zone = 모든 시간대의 시각
event-map = 지도에서 보기 (OpenStreetMap)
event-add = 내 캘린더에 추가
event-file = 캘린더 파일 (.ics)
event-feeds = 또는 피드를 구독해 모든 변경 사항을 받아 보세요:
event-next = 다음 날짜
event-changed = 변경일: { $date }
event-cancelled = 열리지 않습니다.
event-postponed = 그 날짜에는 열리지 않습니다. 새 날짜는 아직 없습니다.
event-tentative = 열릴지 아직 확실하지 않습니다.
event-deleted = 캘린더에서 삭제되었으며 열리지 않습니다.
event-over = 끝났습니다.
days-before = { $count }일 전
days-after = { $count }일 후
when-order = 서쪽에서 동쪽으로, 사람이 사는 곳의 시계가 가리키는 시각.

## How to subscribe

subscribe-lead = 한 번만 구독하세요. 캘린더에 모든 일정과 변경 사항이 저절로 나타납니다.
subscribe-relative = 이 사이트 사본은 자신의 주소를 모릅니다. 아래 “.ics” 링크의 주소를 복사하세요.
subscribe-feeds = 피드
subscribe-how = 프로그램별 방법
subscribe-open = 내 캘린더에서 열기
subscribe-then = 그다음에는
subscribe-refresh = 프로그램은 스스로 변경 사항을 찾으며, 대개 { $count }시간마다 찾습니다.
subscribe-google-slow = Google 캘린더는 변경 사항을 보여 주는 데 하루가 걸릴 수 있습니다.
subscribe-privacy = Google, Apple, Microsoft처럼 캘린더를 운영하는 쪽은 어떤 피드를 구독하는지 볼 수 있습니다.
subscribe-file = 내려받은 파일은 더 이상 바뀌지 않습니다. 구독은 바뀝니다.
subscribe-iphone = “내 캘린더에서 열기”를 누르고 “구독”을 누르세요. 또는: 캘린더 → 캘린더 → 캘린더 추가 → 구독 캘린더 추가, 그리고 주소를 붙여 넣으세요.
subscribe-mac = 캘린더 → 파일 → 새로운 캘린더 구독, 그리고 주소를 붙여 넣으세요.
subscribe-android = 웹의 Google 캘린더에 피드를 추가하면 휴대전화에 나타납니다. Google 없이: ICSx⁵를 설치하고 주소를 붙여 넣으세요.
subscribe-google = “URL로 추가”에 주소를 붙여 넣으세요:
subscribe-outlook = 새 Outlook과 웹: 일정 → 일정 추가 → 웹에서 구독, 그리고 주소를 붙여 넣으세요.
subscribe-outlook-classic = 파일 → 계정 설정 → 인터넷 일정 → 새로 만들기, 그리고 주소를 붙여 넣으세요.
subscribe-thunderbird = 새 캘린더 → 네트워크, 그리고 주소를 붙여 넣으세요.
subscribe-nextcloud = 캘린더 → 새 캘린더 → 링크로 새 구독, 그리고 주소를 붙여 넣으세요.
subscribe-terminal = khal: http 유형의 저장소가 있는 vdirsyncer 쌍. calcurse: 내려받은 파일로 “calcurse -i”.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: 종일, 현지 시각 ({ $place })
event-not-on = { $date } 제외
event-instead-of = { $date } 대신
