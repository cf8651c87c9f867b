# עברית. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = בוטל
postponed = נדחה
tentative = טעון אישור
moved = מועד חדש
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = כל היום
day-of = יום { $day } מתוך { $days }
from-time = החל מ־{ $time }
until-time = עד { $time }
until-date = עד { $date }
since-date = מאז { $date }
moved-from = המועד הקודם: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = לפי השעון המקומי בכל מקום
local-time = { $time } לפי השעון המקומי
today = היום
tomorrow = מחר
yesterday = אתמול

## Places

online = מקוון
in-country = { $place }, { $country }

## Listings

all-dates = כל התאריכים
from-date = החל מ־{ $date }
times-in = השעות לפי { $zones }
nothing-found = לא נמצא דבר.
nothing-on = אין אירועים: { $date }.
nothing-from = אין אירועים החל מ־{ $date }.
nothing-between = אין אירועים: { $first } – { $last }.
nothing-in = אין אירועים: { $month }.
advice-words = נסו פחות מילים או פחות מסננים.
advice-days = נסו יותר ימים (--days 90), פחות מסננים, או `redletter search WORDS` לכל תאריך.
advice-new = אין עדיין אירועים ביומן; נסו `redletter new`.
more = … ועוד { $count }
more-limit = … ועוד { $count } (הגדילו את --limit)
all-lists-each = --all מציג כל אחד
more-short = +{ $count }
join-link = הצטרפות

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = מתי
field-repeats = חוזר
field-next = הבאים
field-moved-from = המועד הקודם
field-where = איפה
field-coordinates = קואורדינטות
field-access = נגישות
field-notes = איך מגיעים
field-online = מקוון
field-platform = פלטפורמה
field-meeting-id = מזהה פגישה
field-passcode = קוד גישה
field-phone = טלפון
field-registration = הרשמה
field-organizers = מארגנים
field-contact = יצירת קשר
field-page = דף
field-tags = תגיות
field-language = שפה
field-part-of = חלק מ
field-has-part = כולל
field-image = תמונה
field-source = מקור
end-assumed = (שעת סיום משוערת)
is-moved = (מועד חדש)
is-cancelled = (בוטל)
is-postponed = (נדחה)
is-tentative = (טעון אישור)
day-all-day = { $date }, כל היום
whole-days = { $count ->
    [one] { $first } – { $last }, יום שלם
    [two] { $first } – { $last }, יומיים שלמים
   *[other] { $first } – { $last }, { $count } ימים שלמים
}
by-each-clock = { $time } לפי השעון המקומי בכל מקום
days = { $count ->
    [one] יום אחד
    [two] יומיים
   *[other] { $count } ימים
}

## `redletter when`

whole-day-everywhere = { $date }: כל היום, בתאריך זה בכל מקום
whole-days-everywhere = { $first } – { $last }: ימים שלמים, בתאריכים אלה בכל מקום
begins-first = מתחיל לראשונה: { $date } ({ $place }, { $zone })
ends-at-sea = מסתיים לאחרונה בים: { $date } ({ $zone })
ends-on-land = וביבשה: { $date } ({ $place })

## The text of an event in a calendar program

join = הצטרפות
join-by = הצטרפות ({ $platform })
meeting-id = מזהה פגישה
passcode = קוד גישה
phone = טלפון
online-by = מקוון
registration = הרשמה
accessibility = נגישות
step-free = ללא מדרגות
sign-language = שפת סימנים
captions = כתוביות
hearing-loop = לולאת השראה
childcare = שמרטפות
quiet-space = מרחב שקט
named = { $name }: { $value }
moved-from-day = המועד הקודם: { $date }.
moved-from-zone = המועד הקודם: { $date } ({ $zone }).
moved-from-local = המועד הקודם: { $date } לפי השעון המקומי.
clock = שעה מקומית: { $time } ({ $zone }).
each-place-hours = { $time } לפי השעון המקומי בכל מקום.
each-place = { $time }, לפי השעון המקומי בכל מקום.

## What has no end yet, and what is for members

for-members = מקוון, לחברים בלבד
day-number = יום { $day }
day-number-behind = (יום { $day })
day-today = היום הוא יום { $day }
open-end = ללא מועד סיום
open-from = החל מ־{ $date }, ללא מועד סיום
clock-at-start = התחלה: { $time } ({ $zone }).
register-link = הרשמה
field-milestones = אבני דרך
milestone-was = יום { $day }: { $date }
milestone-today = יום { $day }: היום, { $date }
milestone-is = יום { $day }: { $date }
field-review-by = לבדיקה עד
review-overdue = { $date }: טעון אישור עד שמישהו יאשר שהאירוע נמשך
local-events = אירועים מקומיים
everywhere = מקוון ובכל מקום
in-countries = { $count ->
    [one] { $locals } במדינה אחת
    [two] { $locals } בשתי מדינות
   *[other] { $locals } ב־{ $count } מדינות
}
countries-without = מדינות בלוח זה ללא אירוע: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] כל יום
    [2] כל יומיים
   *[other] כל { $count } ימים
}
repeat-weeks = { $count ->
    [1] כל שבוע
    [2] כל שבועיים
   *[other] כל { $count } שבועות
}
repeat-months = { $count ->
    [1] כל חודש
    [2] כל חודשיים
   *[other] כל { $count } חודשים
}
repeat-years = { $count ->
    [1] כל שנה
    [2] כל שנתיים
   *[other] כל { $count } שנים
}
repeat-dates = בכמה תאריכים
repeat-times = { $count ->
    [one] פעם אחת
    [two] פעמיים
   *[other] { $count } פעמים
}
more-dates = { $count ->
    [one] תאריך נוסף
    [two] שני תאריכים נוספים
   *[other] { $count } תאריכים נוספים
}
month-day = ב־{ $day } בחודש
month-last-day = ביום האחרון
nth-weekday = { $number ->
    [-1] { $weekday } האחרון בחודש
    [1] { $weekday } הראשון בחודש
    [2] { $weekday } השני בחודש
    [3] { $weekday } השלישי בחודש
    [4] { $weekday } הרביעי בחודש
   *[other] { $weekday } החמישי בחודש
}

## Kinds of events

kind-protest = הפגנה
kind-strike = שביתה
kind-forum = פורום
kind-action-day = יום פעולה
kind-meeting = אספה
kind-conference = כנס
kind-vigil = משמרת מחאה
kind-occupation = תפיסת מבנה
kind-boycott = חרם
kind-commemoration = אירוע זיכרון
kind-deadline = מועד אחרון

## `redletter digest`

digest-changes = מה השתנה מאז { $date }
digest-ongoing = נמשך
digest-cancelled = בוטל
digest-postponed = נדחה
digest-moved = הועבר
digest-restored = יתקיים בכל זאת
digest-new = חדש
digest-changed = השתנה
digest-place = במקום אחר
digest-end = מסתיים בשעה אחרת
digest-confirmed = אושר
digest-uncertain = כבר לא ודאי
digest-dates = בתאריכים אחרים
digest-rules = לפי כללי אזור זמן חדשים
digest-from-to = { $from } ← { $to }
digest-not-on = לא ב: { $date }
digest-locals = { $count ->
    [one] אירוע מקומי אחד
    [two] שני אירועים מקומיים
   *[other] { $count } אירועים מקומיים
}

## The frame of the site's pages

# What the language calls itself
own-name = עברית
# Links to the main pages
site-home = בית
site-agenda = סדר יום
site-month = חודש
site-subscribe = הרשמה
# The first link of a page, for keyboards
site-skip = דילוג לתוכן
# Names of groups of links, for screen readers
site-languages = שפות
site-pages = דפים

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = יש שגיאות ברשומות: זה המצב האחרון ללא שגיאות.

## Lists and months of the site

site-coming = בקרוב
site-whole-agenda = כל סדר היום
site-red-days = ימי הפעולה הקרובים
site-kinds = סוגים
site-countries = מדינות
site-feeds = מינויים
site-subscribe-how = הוסיפו את הכתובת הזאת כמינוי בתוכנת היומן שלכם, והוא יתעדכן מעצמו.
site-subscribe-open = פתיחה בתוכנת היומן
site-subscribe-more = איך נרשמים, תוכנה אחר תוכנה
site-search = חיפוש ברשימה
site-shown = מוצגים: { $count }
site-show-all = הצגת הכול
site-no-match = אין אירועים שמתאימים ל“{ $words }”.
site-no-matches = אין אירועים מתאימים.
site-past = עבר
site-months = חודשים סמוכים
site-earlier = קודם:
site-later = הבא:
site-throughout = כל החודש
site-archive = כל החודשים
site-missing = אין כאן דף
site-missing-why = אולי יש טעות בכתובת, או שהדף עבר. כל מה שצפוי נמצא בסדר היום.
site-own-time = { $time } בשעון שלכם
site-zone = אזור הזמן שלכם

## The page of an event, and its time in every zone

event-every-zone = השעה בכל אזורי הזמן
event-map = על המפה (OpenStreetMap)
event-add = הוספה ליומן שלך
event-file = קובץ יומן (‎.ics)
event-feeds = או מעקב אחרי ערוץ, כדי לדעת על כל שינוי:
event-next = המועדים הבאים
event-changed = שינוי אחרון: { $date }
event-cancelled = לא יתקיים.
event-postponed = לא יתקיים במועד זה. אין עדיין מועד חדש.
event-tentative = עדיין לא ודאי שיתקיים.
event-deleted = הוסר מהיומן ולא יתקיים.
event-over = הסתיים.
days-before = { $count ->
    [one] יום קודם
    [two] יומיים קודם
   *[other] { $count } ימים קודם
}
days-after = { $count ->
    [one] יום אחר כך
    [two] יומיים אחר כך
   *[other] { $count } ימים אחר כך
}
when-order = ממערב למזרח, מה שמראים השעונים במקומות שבהם חיים אנשים.

## How to subscribe

subscribe-lead = נרשמים פעם אחת. היומן שלך יציג את כל האירועים, וכל שינוי מעצמו.
subscribe-relative = עותק זה של האתר אינו יודע את כתובתו. יש להעתיק את כתובת הקישור „‎.ics” שלמטה.
subscribe-feeds = ערוצים
subscribe-how = בתוכנה שלך
subscribe-open = פתיחה ביומן שלי
subscribe-then = מה קורה אחר כך
subscribe-refresh = { $count ->
    [one] התוכנות מחפשות שינויים בעצמן, רבות מהן כל שעה.
    [two] התוכנות מחפשות שינויים בעצמן, רבות מהן כל שעתיים.
   *[other] התוכנות מחפשות שינויים בעצמן, רבות מהן כל { $count } שעות.
}
subscribe-google-slow = יומן Google עשוי להציג שינוי רק כעבור יום.
subscribe-privacy = מי שמפעיל את היומן שלך, כמו Google, Apple או Microsoft, יכול לראות אחרי איזה ערוץ יש מעקב.
subscribe-file = קובץ שהורד אינו משתנה עוד. מינוי משתנה.
subscribe-iphone = מקישים על „פתיחה ביומן שלי” ואחר כך על „הרשמה”. או: לוח שנה ← לוחות שנה ← הוספת לוח שנה ← הוספת לוח שנה במינוי, ומדביקים את הכתובת.
subscribe-mac = לוח שנה ← קובץ ← מינוי חדש ללוח שנה, ומדביקים את הכתובת.
subscribe-android = מוסיפים את הערוץ ביומן Google באינטרנט, והוא מופיע בטלפון. בלי Google: מתקינים ICSx⁵ ומדביקים את הכתובת.
subscribe-google = מדביקים את הכתובת ב„מכתובת URL”:
subscribe-outlook = ב־Outlook החדש ובאינטרנט: לוח שנה ← הוספת לוח שנה ← הרשמה מהאינטרנט, ומדביקים את הכתובת.
subscribe-outlook-classic = קובץ ← הגדרות חשבון ← לוחות שנה באינטרנט ← חדש, ומדביקים את הכתובת.
subscribe-thunderbird = לוח שנה חדש ← ברשת, ומדביקים את הכתובת.
subscribe-nextcloud = לוח שנה ← לוח שנה חדש ← מינוי חדש מקישור, ומדביקים את הכתובת.
subscribe-terminal = khal: זוג של vdirsyncer עם אחסון מסוג http. calcurse: הפקודה „calcurse -i” עם הקובץ שהורד.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: כל היום, לפי השעון המקומי ({ $place })
event-not-on = למעט: { $date }
event-instead-of = במקום: { $date }
