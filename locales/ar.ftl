# العربية. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = أُلغي
postponed = تأجّل
tentative = غير مؤكد
moved = موعد جديد
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = طوال اليوم
day-of = اليوم { $day } من { $days }
from-time = من { $time }
until-time = حتى { $time }
until-date = حتى { $date }
since-date = منذ { $date }
moved-from = الموعد السابق: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }، { $time }
date-time-short = { $date } { $time }
local-time-each = بالتوقيت المحلي لكل مكان
local-time = { $time } بالتوقيت المحلي
today = اليوم
tomorrow = غدًا
yesterday = أمس

## Places

online = عبر الإنترنت
in-country = { $place }، { $country }

## Listings

all-dates = كل التواريخ
from-date = من { $date }
times-in = التوقيت: { $zones }
nothing-found = لم يُعثر على شيء.
nothing-on = لا شيء مقرر: { $date }.
nothing-from = لا شيء مقرر من { $date }.
nothing-between = لا شيء مقرر: { $first } – { $last }.
nothing-in = لا شيء مقرر: { $month }.
advice-words = جرّب كلمات أقل أو مرشحات أقل.
advice-days = جرّب أيامًا أكثر (--days 90) أو مرشحات أقل أو `redletter search WORDS` لأي تاريخ.
advice-new = لا أحداث في التقويم بعد؛ جرّب `redletter new`.
more = … و{ $count } غيرها
more-limit = … و{ $count } غيرها (زِد --limit)
all-lists-each = --all يعرض كلًّا منها
more-short = +{ $count }
join-link = انضم

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = متى
field-repeats = التكرار
field-next = القادم
field-moved-from = الموعد السابق
field-where = أين
field-coordinates = الإحداثيات
field-access = سهولة الوصول
field-notes = كيفية الوصول
field-online = عبر الإنترنت
field-platform = المنصة
field-meeting-id = رقم الاجتماع
field-passcode = رمز الدخول
field-phone = الهاتف
field-registration = التسجيل
field-organizers = الجهة الداعية
field-contact = للتواصل
field-page = الصفحة
field-tags = الوسوم
field-language = اللغة
field-part-of = جزء من
field-has-part = يشمل
field-image = صورة
field-source = المصدر
end-assumed = (وقت الانتهاء تقديري)
is-moved = (موعد جديد)
is-cancelled = (أُلغي)
is-postponed = (تأجّل)
is-tentative = (غير مؤكد)
day-all-day = { $date }، طوال اليوم
whole-days = { $count ->
    [zero] { $first } – { $last }
    [one] { $first } – { $last }، يوم كامل
    [two] { $first } – { $last }، يومان كاملان
    [few] { $first } – { $last }، { $count } أيام كاملة
    [many] { $first } – { $last }، { $count } يومًا كاملًا
   *[other] { $first } – { $last }، { $count } يوم كامل
}
by-each-clock = { $time } بالتوقيت المحلي لكل مكان
days = { $count ->
    [zero] { $count } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}

## `redletter when`

whole-day-everywhere = { $date }: طوال اليوم، في هذا التاريخ في كل مكان
whole-days-everywhere = { $first } – { $last }: أيام كاملة، في هذه التواريخ في كل مكان
begins-first = يبدأ أولًا: { $date } ({ $place }، { $zone })
ends-at-sea = ينتهي أخيرًا في البحر: { $date } ({ $zone })
ends-on-land = وعلى اليابسة: { $date } ({ $place })

## The text of an event in a calendar program

join = انضم
join-by = انضم ({ $platform })
meeting-id = رقم الاجتماع
passcode = رمز الدخول
phone = الهاتف
online-by = عبر الإنترنت
registration = التسجيل
accessibility = سهولة الوصول
step-free = بلا درجات
sign-language = لغة الإشارة
captions = ترجمة نصية
hearing-loop = حلقة سمعية
childcare = رعاية أطفال
quiet-space = مكان هادئ
named = { $name }: { $value }
moved-from-day = الموعد السابق: { $date }.
moved-from-zone = الموعد السابق: { $date } ({ $zone }).
moved-from-local = الموعد السابق: { $date } بالتوقيت المحلي.
clock = التوقيت المحلي: { $time } ({ $zone }).
each-place-hours = { $time } بالتوقيت المحلي لكل مكان.
each-place = { $time }، بالتوقيت المحلي لكل مكان.

## What has no end yet, and what is for members

for-members = عبر الإنترنت، للأعضاء
day-number = اليوم { $day }
day-number-behind = (اليوم { $day })
day-today = اليوم هو اليوم { $day }
open-end = بلا موعد انتهاء
open-from = من { $date }، بلا موعد انتهاء
clock-at-start = البداية: { $time } ({ $zone }).
register-link = سجّل
field-milestones = محطات
milestone-was = اليوم { $day }: { $date }
milestone-today = اليوم { $day }: هذا اليوم، { $date }
milestone-is = اليوم { $day }: { $date }
field-review-by = المراجعة قبل
review-overdue = { $date }: غير مؤكد إلى أن يؤكد أحد استمراره
local-events = فعاليات محلية
everywhere = عبر الإنترنت وفي كل مكان
in-countries = { $count ->
    [one] { $locals } في بلد واحد
    [two] { $locals } في بلدين
    [few] { $locals } في { $count } بلدان
    [many] { $locals } في { $count } بلدًا
   *[other] { $locals } في { $count } بلد
}
countries-without = بلدان هذا التقويم بلا فعالية: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] كل يوم
    [2] كل يومين
    [few] كل { $count } أيام
   *[other] كل { $count } يومًا
}
repeat-weeks = { $count ->
    [1] كل أسبوع
    [2] كل أسبوعين
    [few] كل { $count } أسابيع
   *[other] كل { $count } أسبوعًا
}
repeat-months = { $count ->
    [1] كل شهر
    [2] كل شهرين
    [few] كل { $count } أشهر
   *[other] كل { $count } شهرًا
}
repeat-years = { $count ->
    [1] كل سنة
    [2] كل سنتين
    [few] كل { $count } سنوات
   *[other] كل { $count } سنة
}
repeat-dates = في عدة تواريخ
repeat-times = { $count ->
    [one] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
   *[other] { $count } مرة
}
more-dates = { $count ->
    [one] تاريخ آخر
    [two] تاريخان آخران
    [few] { $count } تواريخ أخرى
   *[other] { $count } تاريخًا آخر
}
month-day = يوم { $day }
month-last-day = اليوم الأخير
nth-weekday = { $number ->
    [-1] آخر { $weekday }
    [1] أول { $weekday }
    [2] ثاني { $weekday }
    [3] ثالث { $weekday }
    [4] رابع { $weekday }
   *[other] خامس { $weekday }
}

## Kinds of events

kind-protest = احتجاج
kind-strike = إضراب
kind-forum = منتدى
kind-action-day = يوم عمل نضالي
kind-meeting = اجتماع
kind-conference = مؤتمر
kind-vigil = وقفة
kind-occupation = اعتصام
kind-boycott = مقاطعة
kind-commemoration = إحياء ذكرى
kind-deadline = موعد نهائي

## `redletter digest`

digest-changes = ما تغيّر منذ { $date }
digest-ongoing = مستمر
digest-cancelled = أُلغي
digest-postponed = تأجّل
digest-moved = تغيّر موعده
digest-restored = سيُقام رغم ذلك
digest-new = جديد
digest-changed = تغيّر
digest-place = في مكان آخر
digest-end = ينتهي في وقت آخر
digest-confirmed = تأكّد الآن
digest-uncertain = لم يعد مؤكدًا
digest-dates = في تواريخ أخرى
digest-rules = بسبب قواعد جديدة للمنطقة الزمنية
digest-from-to = { $from } ← { $to }
digest-not-on = ليس في { $date }
digest-locals = { $count ->
    [one] فعالية محلية واحدة
    [two] فعاليتان محليتان
    [few] { $count } فعاليات محلية
   *[other] { $count } فعالية محلية
}

## The frame of the site's pages

# What the language calls itself
own-name = العربية
# Links to the main pages
site-home = الرئيسية
site-agenda = جدول الأعمال
site-month = الشهر
site-subscribe = اشترك
# The first link of a page, for keyboards
site-skip = انتقل إلى المحتوى
# Names of groups of links, for screen readers
site-languages = اللغات
site-pages = الصفحات

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = في السجلات أخطاء: هذه آخر حالة خالية منها.

## Lists and months of the site

site-coming = قريبًا
site-whole-agenda = جدول الأعمال كاملًا
site-red-days = أيام العمل القادمة
site-kinds = الأنواع
site-countries = البلدان
site-feeds = الاشتراكات
site-subscribe-how = أضف هذا العنوان اشتراكًا في برنامج التقويم لديك، وسيُحدَّث من تلقاء نفسه.
site-subscribe-open = افتحه في برنامج التقويم
site-subscribe-more = طريقة الاشتراك في كل برنامج
site-search = ابحث في هذه القائمة
site-shown = المعروض: { $count }
site-show-all = عرض الكل
site-no-match = لا أحداث تطابق «{ $words }».
site-no-matches = لا أحداث مطابقة.
site-past = الماضي
site-months = الأشهر المجاورة
site-earlier = السابق:
site-later = التالي:
site-throughout = طوال الشهر
site-archive = كل الأشهر
site-missing = لا توجد صفحة هنا
site-missing-why = ربما في العنوان خطأ، أو نُقلت الصفحة. كل ما هو قادم موجود في جدول الأعمال.
site-own-time = { $time } بتوقيتك
site-zone = منطقتك الزمنية

## The page of an event, and its time in every zone

event-every-zone = الوقت في كل المناطق الزمنية
event-map = على الخريطة (OpenStreetMap)
event-add = أضِف إلى تقويمك
event-file = ملف تقويم (‎.ics)
event-feeds = أو تابع موجزًا لتعرف كل تغيير:
event-next = المواعيد القادمة
event-changed = آخر تغيير: { $date }
event-cancelled = لن يُقام.
event-postponed = لن يُقام في ذلك اليوم، ولا يوجد موعد جديد بعد.
event-tentative = ليس مؤكدًا بعد أنه سيُقام.
event-deleted = أُزيل من التقويم ولن يُقام.
event-over = انتهى.
days-before = { $count ->
    [one] في اليوم السابق
    [two] قبل يومين
    [few] قبل { $count } أيام
   *[other] قبل { $count } يومًا
}
days-after = { $count ->
    [one] في اليوم التالي
    [two] بعد يومين
    [few] بعد { $count } أيام
   *[other] بعد { $count } يومًا
}
when-order = من الغرب إلى الشرق، ما تُظهره الساعات حيث يعيش الناس.

## How to subscribe

subscribe-lead = اشترك مرة واحدة، فيعرض تقويمك كل الفعاليات وكل تغيير من تلقاء نفسه.
subscribe-relative = هذه النسخة من الموقع لا تعرف عنوانها. انسخ عنوان الرابط «‎.ics» أدناه.
subscribe-feeds = الموجزات
subscribe-how = في برنامجك
subscribe-open = افتح في تقويمي
subscribe-then = ماذا يحدث بعد ذلك
subscribe-refresh = { $count ->
    [one] تبحث البرامج عن التغييرات من تلقاء نفسها، وكثير منها كل ساعة.
    [two] تبحث البرامج عن التغييرات من تلقاء نفسها، وكثير منها كل ساعتين.
    [few] تبحث البرامج عن التغييرات من تلقاء نفسها، وكثير منها كل { $count } ساعات.
   *[other] تبحث البرامج عن التغييرات من تلقاء نفسها، وكثير منها كل { $count } ساعة.
}
subscribe-google-slow = قد يتأخر تقويم Google يومًا في عرض التغيير.
subscribe-privacy = من يدير تقويمك، مثل Google أو Apple أو Microsoft، يستطيع أن يرى أي موجز تتابع.
subscribe-file = الملف الذي تنزّله لا يتغير بعد ذلك، أما الاشتراك فيتغير.
subscribe-iphone = اضغط «افتح في تقويمي» ثم «اشتراك». أو: التقويم ← التقويمات ← إضافة تقويم ← إضافة تقويم باشتراك، ثم ألصق العنوان.
subscribe-mac = التقويم ← ملف ← اشتراك جديد في تقويم، ثم ألصق العنوان.
subscribe-android = أضِف الموجز في تقويم Google على الويب، فيظهر على الهاتف. بدون Google: ثبّت ICSx⁵ وألصق العنوان.
subscribe-google = ألصق العنوان في «من عنوان URL»:
subscribe-outlook = في Outlook الجديد وعلى الويب: التقويم ← إضافة تقويم ← الاشتراك من الويب، ثم ألصق العنوان.
subscribe-outlook-classic = ملف ← إعدادات الحساب ← تقويمات الإنترنت ← جديد، ثم ألصق العنوان.
subscribe-thunderbird = تقويم جديد ← على الشبكة، ثم ألصق العنوان.
subscribe-nextcloud = التقويم ← تقويم جديد ← اشتراك جديد من رابط، ثم ألصق العنوان.
subscribe-terminal = khal: زوج في vdirsyncer مع مخزن من نوع http. calcurse: الأمر «calcurse -i» مع الملف المنزَّل.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: طوال اليوم، بالتوقيت المحلي ({ $place })
event-not-on = ما عدا: { $date }
event-instead-of = بدلًا من: { $date }
