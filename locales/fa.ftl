# فارسی. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = لغو شد
postponed = به تعویق افتاد
tentative = قطعی نشده
moved = تغییر زمان
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = تمام روز
day-of = روز { $day } از { $days }
from-time = از ساعت { $time }
until-time = تا ساعت { $time }
until-date = تا { $date }
since-date = از { $date }
moved-from = زمان قبلی: { $date }
time-range = { $from } تا { $to }
date-range = { $from } تا { $to }
from-to = { $from } تا { $to }
date-time = { $date }، ساعت { $time }
date-time-short = { $date } ساعت { $time }
local-time-each = به وقت محلی هر مکان
local-time = ساعت { $time } به وقت محلی
today = امروز
tomorrow = فردا
yesterday = دیروز

## Places

online = آنلاین
in-country = { $place }، { $country }

## Listings

all-dates = همهٔ تاریخ‌ها
from-date = از { $date }
times-in = ساعت‌ها به وقت { $zones }
nothing-found = چیزی پیدا نشد.
nothing-on = برنامه‌ای نیست: { $date }.
nothing-from = برنامه‌ای از { $date } به بعد نیست.
nothing-between = برنامه‌ای نیست: { $first } تا { $last }.
nothing-in = برنامه‌ای نیست: { $month }.
advice-words = با واژه‌ها یا صافی‌های کمتر امتحان کنید.
advice-days = روزهای بیشتر (--days 90)، صافی‌های کمتر، یا برای هر تاریخی `redletter search WORDS` را امتحان کنید.
advice-new = تقویم هنوز رویدادی ندارد؛ `redletter new` را امتحان کنید.
more = … و { $count } مورد دیگر
more-limit = … و { $count } مورد دیگر (--limit را بیشتر کنید)
all-lists-each = با --all همه فهرست می‌شوند
more-short = +{ $count }
join-link = پیوستن

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = زمان
field-repeats = تکرار
field-next = بعدی‌ها
field-moved-from = زمان قبلی
field-where = مکان
field-coordinates = مختصات
field-access = دسترس‌پذیری
field-notes = راهنمای محل
field-online = آنلاین
field-platform = سکو
field-meeting-id = شناسهٔ جلسه
field-passcode = رمز ورود
field-phone = تلفن
field-registration = ثبت‌نام
field-organizers = فراخوان از
field-contact = تماس
field-page = صفحه
field-tags = برچسب‌ها
field-language = زبان
field-part-of = بخشی از
field-has-part = شامل
field-image = تصویر
field-source = منبع
end-assumed = (پایان تقریبی)
is-moved = (تغییر زمان)
is-cancelled = (لغو شد)
is-postponed = (به تعویق افتاد)
is-tentative = (قطعی نشده)
day-all-day = { $date }، تمام روز
whole-days = { $first } تا { $last }، { $count } روز کامل
by-each-clock = { $time } به وقت محلی هر مکان
days = { $count } روز

## `redletter when`

whole-day-everywhere = { $date }: تمام روز، همه‌جا در همین تاریخ
whole-days-everywhere = { $first } تا { $last }: روزهای کامل، همه‌جا در همین تاریخ‌ها
begins-first = نخستین آغاز: { $date } ({ $place }، { $zone })
ends-at-sea = آخرین پایان در دریا: { $date } ({ $zone })
ends-on-land = و در خشکی: { $date } ({ $place })

## The text of an event in a calendar program

join = پیوستن
join-by = پیوستن ({ $platform })
meeting-id = شناسهٔ جلسه
passcode = رمز ورود
phone = تلفن
online-by = آنلاین
registration = ثبت‌نام
accessibility = دسترس‌پذیری
step-free = بدون پله
sign-language = زبان اشاره
captions = زیرنویس
hearing-loop = حلقهٔ شنوایی
childcare = مراقبت از کودک
quiet-space = فضای آرام
named = { $name }: { $value }
moved-from-day = زمان قبلی: { $date }.
moved-from-zone = زمان قبلی: { $date } ({ $zone }).
moved-from-local = زمان قبلی: { $date } به وقت محلی.
clock = به وقت محلی: { $time } ({ $zone }).
each-place-hours = { $time } به وقت محلی هر مکان.
each-place = { $time }، به وقت محلی هر مکان.

## What has no end yet, and what is for members

for-members = آنلاین، ویژهٔ اعضا
day-number = روز { $day }
day-number-behind = (روز { $day })
day-today = امروز روز { $day } است
open-end = بدون تاریخ پایان
open-from = از { $date }، بدون تاریخ پایان
clock-at-start = آغاز: { $time } ({ $zone }).
register-link = ثبت‌نام
field-milestones = نقاط عطف
milestone-was = روز { $day }: { $date }
milestone-today = روز { $day }: امروز، { $date }
milestone-is = روز { $day }: { $date }
field-review-by = بازبینی تا
review-overdue = { $date }: قطعی نیست تا کسی ادامهٔ آن را تأیید کند
local-events = برنامه‌های محلی
everywhere = آنلاین و همه‌جا
in-countries = { $locals } در { $count } کشور
countries-without = کشورهای این تقویم که برنامه‌ای ندارند: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] هر روز
   *[other] هر { $count } روز
}
repeat-weeks = { $count ->
    [1] هر هفته
   *[other] هر { $count } هفته
}
repeat-months = { $count ->
    [1] هر ماه
   *[other] هر { $count } ماه
}
repeat-years = { $count ->
    [1] هر سال
   *[other] هر { $count } سال
}
repeat-dates = در چند تاریخ
repeat-times = { $count } بار
more-dates = { $count } تاریخ دیگر
month-day = روز { $day }
month-last-day = روز آخر
nth-weekday = { $number ->
    [-1] آخرین { $weekday }
    [1] نخستین { $weekday }
    [2] دومین { $weekday }
    [3] سومین { $weekday }
    [4] چهارمین { $weekday }
   *[other] پنجمین { $weekday }
}

## Kinds of events

kind-protest = تجمع اعتراضی
kind-strike = اعتصاب
kind-forum = هم‌اندیشی
kind-action-day = روز کنش
kind-meeting = جلسه
kind-conference = کنفرانس
kind-vigil = تجمع یادبود
kind-occupation = اشغال
kind-boycott = تحریم
kind-commemoration = بزرگداشت
kind-deadline = مهلت

## `redletter digest`

digest-changes = آنچه تغییر کرده است از { $date }
digest-ongoing = در جریان
digest-cancelled = لغو شد
digest-postponed = به تعویق افتاد
digest-moved = جابه‌جا شد
digest-restored = با این همه برگزار می‌شود
digest-new = تازه
digest-changed = تغییر کرد
digest-place = در جایی دیگر
digest-end = در ساعتی دیگر پایان می‌یابد
digest-confirmed = اکنون قطعی
digest-uncertain = دیگر قطعی نیست
digest-dates = در تاریخ‌های دیگر
digest-rules = به سبب قواعد تازهٔ منطقهٔ زمانی
digest-from-to = { $from } ← { $to }
digest-not-on = نه در { $date }
digest-locals = { $count } رویداد محلی

## The frame of the site's pages

# What the language calls itself
own-name = فارسی
# Links to the main pages
site-home = خانه
site-agenda = برنامه
site-month = ماه
site-subscribe = اشتراک
# The first link of a page, for keyboards
site-skip = پرش به محتوا
# Names of groups of links, for screen readers
site-languages = زبان‌ها
site-pages = صفحه‌ها

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = در پرونده‌ها خطا هست: این آخرین وضعیت بدون خطاست.

## Lists and months of the site

site-coming = به‌زودی
site-whole-agenda = همهٔ برنامه
site-red-days = روزهای اقدام پیش رو
site-kinds = انواع
site-countries = کشورها
site-feeds = اشتراک‌ها
site-subscribe-how = این نشانی را در برنامهٔ تقویم خود به‌عنوان اشتراک اضافه کنید؛ خودش به‌روز می‌ماند.
site-subscribe-open = باز کردن در برنامهٔ تقویم
site-subscribe-more = راهنمای اشتراک، برنامه به برنامه
site-search = جست‌وجو در این فهرست
site-shown = نمایش‌داده‌شده: { $count }
site-show-all = نمایش همه
site-no-match = رویدادی با «{ $words }» پیدا نشد.
site-no-matches = رویدادی پیدا نشد.
site-past = گذشته
site-months = ماه‌های کناری
site-earlier = قبلی:
site-later = بعدی:
site-throughout = تمام ماه
site-archive = همهٔ ماه‌ها
site-missing = اینجا صفحه‌ای نیست
site-missing-why = شاید نشانی اشتباه باشد یا صفحه جابه‌جا شده باشد. هر آنچه در پیش است در برنامه هست.
site-own-time = { $time } به وقت شما
site-zone = منطقهٔ زمانی شما

## The page of an event, and its time in every zone

event-every-zone = ساعت در همهٔ مناطق زمانی
event-map = روی نقشه (OpenStreetMap)
event-add = افزودن به تقویم خود
event-file = پروندهٔ تقویم (‎.ics)
event-feeds = یا یک خوراک را دنبال کنید تا از هر تغییری باخبر شوید:
event-next = تاریخ‌های بعدی
event-changed = آخرین تغییر: { $date }
event-cancelled = برگزار نمی‌شود.
event-postponed = در آن تاریخ برگزار نمی‌شود. هنوز تاریخ تازه‌ای ندارد.
event-tentative = هنوز قطعی نیست که برگزار شود.
event-deleted = از تقویم برداشته شد و برگزار نمی‌شود.
event-over = پایان یافته است.
days-before = { $count ->
    [one] روز پیش
   *[other] { $count } روز پیش
}
days-after = { $count ->
    [one] روز بعد
   *[other] { $count } روز بعد
}
when-order = از غرب به شرق، ساعت‌ها در جاهایی که مردم زندگی می‌کنند.

## How to subscribe

subscribe-lead = یک بار مشترک شوید. تقویم شما از آن پس همهٔ رویدادها و هر تغییر را خودش نشان می‌دهد.
subscribe-relative = این نسخه از سایت نشانی خود را نمی‌داند. نشانی پیوند «‎.ics» در پایین را کپی کنید.
subscribe-feeds = خوراک‌ها
subscribe-how = در برنامهٔ شما
subscribe-open = باز کردن در تقویم من
subscribe-then = پس از آن
subscribe-refresh = { $count ->
    [one] برنامه‌ها خودشان تغییرها را می‌جویند، بسیاری هر ساعت.
   *[other] برنامه‌ها خودشان تغییرها را می‌جویند، بسیاری هر { $count } ساعت.
}
subscribe-google-slow = تقویم Google ممکن است یک روز دیرتر تغییر را نشان دهد.
subscribe-privacy = کسی که تقویم شما را می‌گرداند، مانند Google، Apple یا Microsoft، می‌بیند کدام خوراک را دنبال می‌کنید.
subscribe-file = پروندهٔ دریافت‌شده دیگر تغییر نمی‌کند. اشتراک تغییر می‌کند.
subscribe-iphone = روی «باز کردن در تقویم من» و سپس «اشتراک» بزنید. یا: تقویم ← تقویم‌ها ← افزودن تقویم ← افزودن تقویم اشتراکی، و نشانی را بچسبانید.
subscribe-mac = تقویم ← پرونده ← اشتراک تازهٔ تقویم، و نشانی را بچسبانید.
subscribe-android = خوراک را در تقویم Google در وب بیفزایید؛ سپس در تلفن دیده می‌شود. بدون Google: ICSx⁵ را نصب کنید و نشانی را بچسبانید.
subscribe-google = نشانی را در «از نشانی اینترنتی» بچسبانید:
subscribe-outlook = در Outlook تازه و در وب: تقویم ← افزودن تقویم ← اشتراک از وب، و نشانی را بچسبانید.
subscribe-outlook-classic = پرونده ← تنظیمات حساب ← تقویم‌های اینترنتی ← تازه، و نشانی را بچسبانید.
subscribe-thunderbird = تقویم تازه ← روی شبکه، و نشانی را بچسبانید.
subscribe-nextcloud = تقویم ← تقویم تازه ← اشتراک تازه از پیوند، و نشانی را بچسبانید.
subscribe-terminal = khal: یک جفت vdirsyncer با انباری از نوع http. calcurse: فرمان «calcurse -i» با پروندهٔ دریافت‌شده.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: تمام روز، به وقت محلی ({ $place })
event-not-on = به‌جز: { $date }
event-instead-of = به جای: { $date }
