# हिन्दी. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = रद्द
postponed = स्थगित
tentative = अनिश्चित
moved = नई तारीख़
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = पूरे दिन
day-of = { $days } में से दिन { $day }
from-time = { $time } से
until-time = { $time } तक
until-date = { $date } तक
since-date = { $date } से
moved-from = पहले: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = हर जगह का स्थानीय समय
local-time = स्थानीय समय { $time }
today = आज
tomorrow = कल
yesterday = कल

## Places

online = ऑनलाइन
in-country = { $place }, { $country }

## Listings

all-dates = सभी तारीख़ें
from-date = { $date } से
times-in = समय: { $zones }
nothing-found = कुछ नहीं मिला।
nothing-on = कोई कार्यक्रम नहीं: { $date }।
nothing-from = { $date } से कोई कार्यक्रम नहीं।
nothing-between = कोई कार्यक्रम नहीं: { $first } – { $last }।
nothing-in = कोई कार्यक्रम नहीं: { $month }।
advice-words = कम शब्दों या कम फ़िल्टर के साथ आज़माएँ।
advice-days = ज़्यादा दिन (--days 90), कम फ़िल्टर, या किसी भी तारीख़ के लिए `redletter search WORDS` आज़माएँ।
advice-new = कैलेंडर में अभी कोई कार्यक्रम नहीं है; `redletter new` आज़माएँ।
more = … और { $count }
more-limit = … और { $count } (--limit बढ़ाएँ)
all-lists-each = --all हर एक दिखाता है
more-short = +{ $count }
join-link = जुड़ें

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = कब
field-repeats = दोहराव
field-next = अगले
field-moved-from = पहले
field-where = कहाँ
field-coordinates = निर्देशांक
field-access = सुगम्यता
field-notes = कैसे पहुँचें
field-online = ऑनलाइन
field-platform = प्लैटफ़ॉर्म
field-meeting-id = मीटिंग आईडी
field-passcode = पासकोड
field-phone = फ़ोन
field-registration = पंजीकरण
field-organizers = आह्वान
field-contact = संपर्क
field-page = पेज
field-tags = टैग
field-language = भाषा
field-part-of = इसका हिस्सा
field-has-part = इसमें शामिल
field-image = चित्र
field-source = स्रोत
end-assumed = (समाप्ति अनुमानित)
is-moved = (नई तारीख़)
is-cancelled = (रद्द)
is-postponed = (स्थगित)
is-tentative = (अनिश्चित)
day-all-day = { $date }, पूरे दिन
whole-days = { $first } – { $last }, { $count } पूरे दिन
by-each-clock = हर जगह के स्थानीय समय { $time }
days = { $count } दिन

## `redletter when`

whole-day-everywhere = { $date }: पूरे दिन, हर जगह इसी तारीख़ को
whole-days-everywhere = { $first } – { $last }: पूरे दिन, हर जगह इन्हीं तारीख़ों को
begins-first = सबसे पहले शुरू: { $date } ({ $place }, { $zone })
ends-at-sea = सबसे अंत में समाप्त, समुद्र में: { $date } ({ $zone })
ends-on-land = और ज़मीन पर: { $date } ({ $place })

## The text of an event in a calendar program

join = जुड़ें
join-by = जुड़ें ({ $platform })
meeting-id = मीटिंग आईडी
passcode = पासकोड
phone = फ़ोन
online-by = ऑनलाइन
registration = पंजीकरण
accessibility = सुगम्यता
step-free = बिना सीढ़ियों के
sign-language = सांकेतिक भाषा
captions = कैप्शन
hearing-loop = हियरिंग लूप
childcare = बच्चों की देखभाल
quiet-space = शांत जगह
named = { $name }: { $value }
moved-from-day = पहले की तारीख़: { $date }।
moved-from-zone = पहले की तारीख़: { $date } ({ $zone })।
moved-from-local = पहले की तारीख़: { $date }, स्थानीय समय।
clock = स्थानीय समय: { $time } ({ $zone })।
each-place-hours = हर जगह के स्थानीय समय { $time }।
each-place = { $time }, हर जगह का स्थानीय समय।

## What has no end yet, and what is for members

for-members = ऑनलाइन, सदस्यों के लिए
day-number = दिन { $day }
day-number-behind = (दिन { $day })
day-today = आज दिन { $day }
open-end = समाप्ति तय नहीं
open-from = { $date } से, समाप्ति तय नहीं
clock-at-start = आरंभ: { $time } ({ $zone })।
register-link = पंजीकरण करें
field-milestones = पड़ाव
milestone-was = दिन { $day }: { $date }
milestone-today = दिन { $day }: आज, { $date }
milestone-is = दिन { $day }: { $date }
field-review-by = समीक्षा तक
review-overdue = { $date }: अनिश्चित, जब तक कोई पुष्टि न करे कि यह जारी है
local-events = स्थानीय कार्यक्रम
everywhere = ऑनलाइन और हर जगह
in-countries = { $count ->
    [one] { $locals }, { $count } देश
   *[other] { $locals }, { $count } देश
}
countries-without = इस कैलेंडर के देश जहाँ कोई आयोजन नहीं: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] हर दिन
   *[other] हर { $count } दिन पर
}
repeat-weeks = { $count ->
    [1] हर सप्ताह
   *[other] हर { $count } सप्ताह पर
}
repeat-months = { $count ->
    [1] हर महीने
   *[other] हर { $count } महीने पर
}
repeat-years = { $count ->
    [1] हर साल
   *[other] हर { $count } साल पर
}
repeat-dates = कई तारीख़ों पर
repeat-times = { $count } बार
more-dates = { $count ->
    [one] { $count } और तारीख़
   *[other] { $count } और तारीख़ें
}
month-day = { $day } तारीख़
month-last-day = अंतिम दिन
nth-weekday = { $number ->
    [-1] अंतिम { $weekday }
    [1] पहला { $weekday }
    [2] दूसरा { $weekday }
    [3] तीसरा { $weekday }
    [4] चौथा { $weekday }
   *[other] पाँचवाँ { $weekday }
}

## Kinds of events

kind-protest = विरोध प्रदर्शन
kind-strike = हड़ताल
kind-forum = मंच
kind-action-day = कार्रवाई दिवस
kind-meeting = बैठक
kind-conference = सम्मेलन
kind-vigil = मौन सभा
kind-occupation = क़ब्ज़ा
kind-boycott = बहिष्कार
kind-commemoration = स्मृति सभा
kind-deadline = अंतिम तिथि

## `redletter digest`

digest-changes = क्या बदला है, इस दिन से: { $date }
digest-ongoing = जारी
digest-cancelled = रद्द
digest-postponed = स्थगित
digest-moved = नई तारीख़
digest-restored = आख़िरकार होगा
digest-new = नया
digest-changed = बदला हुआ
digest-place = किसी दूसरी जगह
digest-end = किसी दूसरे समय समाप्त
digest-confirmed = अब पक्का
digest-uncertain = अब पक्का नहीं
digest-dates = दूसरी तारीख़ों पर
digest-rules = समय क्षेत्र के नए नियमों से
digest-from-to = { $from } → { $to }
digest-not-on = इस दिन नहीं: { $date }
digest-locals = { $count } स्थानीय आयोजन

## The frame of the site's pages

# What the language calls itself
own-name = हिन्दी
# Links to the main pages
site-home = मुखपृष्ठ
site-agenda = कार्यक्रम
site-month = महीना
site-subscribe = सदस्यता लें
# The first link of a page, for keyboards
site-skip = सामग्री पर जाएँ
# Names of groups of links, for screen readers
site-languages = भाषाएँ
site-pages = पृष्ठ

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = अभिलेखों में गलतियाँ हैं: यह बिना गलतियों वाली पिछली स्थिति है।

## Lists and months of the site

site-coming = आगामी
site-whole-agenda = पूरा कार्यक्रम
site-red-days = आगामी कार्रवाई दिवस
site-kinds = प्रकार
site-countries = देश
site-feeds = सदस्यताएँ
site-subscribe-how = इस पते को अपने कैलेंडर प्रोग्राम में सदस्यता के रूप में जोड़ें; यह स्वयं अद्यतन रहेगा।
site-subscribe-open = कैलेंडर प्रोग्राम में खोलें
site-subscribe-more = हर प्रोग्राम में सदस्यता कैसे लें
site-search = इस सूची में खोजें
site-shown = दिखाए गए: { $count }
site-show-all = सब दिखाएँ
site-no-match = “{ $words }” से मेल खाता कोई कार्यक्रम नहीं।
site-no-matches = मेल खाता कोई कार्यक्रम नहीं।
site-past = बीता हुआ
site-months = आस-पास के महीने
site-earlier = पहले:
site-later = बाद में:
site-throughout = पूरे महीने
site-archive = सभी महीने
site-missing = यहाँ कोई पृष्ठ नहीं है
site-missing-why = शायद पते में कोई ग़लती है या पृष्ठ हट गया है। जो कुछ आने वाला है, वह कार्यक्रम में है।
site-own-time = { $time } आपके समय से
site-zone = आपका समय क्षेत्र

## The page of an event, and its time in every zone

event-every-zone = हर समय क्षेत्र में समय
event-map = नक्शे पर (OpenStreetMap)
event-add = अपने कैलेंडर में जोड़ें
event-file = कैलेंडर फ़ाइल (.ics)
event-feeds = या फ़ीड का अनुसरण करें, और हर बदलाव जानें:
event-next = अगली तारीख़ें
event-changed = बदला गया: { $date }
event-cancelled = यह नहीं होगा।
event-postponed = यह उस तारीख़ को नहीं होगा। अभी नई तारीख़ नहीं है।
event-tentative = अभी पक्का नहीं है कि यह होगा।
event-deleted = इसे कैलेंडर से हटा दिया गया है और यह नहीं होगा।
event-over = यह समाप्त हो चुका है।
days-before = { $count ->
    [one] एक दिन पहले
   *[other] { $count } दिन पहले
}
days-after = { $count ->
    [one] एक दिन बाद
   *[other] { $count } दिन बाद
}
when-order = पश्चिम से पूर्व, जहाँ लोग रहते हैं वहाँ की घड़ियाँ।

## How to subscribe

subscribe-lead = एक बार सदस्यता लें। फिर आपका कैलेंडर सभी कार्यक्रम और हर बदलाव अपने आप दिखाता है।
subscribe-relative = साइट की यह प्रति अपना पता नहीं जानती। नीचे “.ics” लिंक का पता कॉपी करें।
subscribe-feeds = फ़ीड
subscribe-how = आपके प्रोग्राम में
subscribe-open = मेरे कैलेंडर में खोलें
subscribe-then = उसके बाद
subscribe-refresh = { $count ->
    [one] प्रोग्राम अपने आप बदलाव देखते हैं, कई हर घंटे।
   *[other] प्रोग्राम अपने आप बदलाव देखते हैं, कई हर { $count } घंटे में।
}
subscribe-google-slow = Google कैलेंडर को बदलाव दिखाने में एक दिन लग सकता है।
subscribe-privacy = जो आपका कैलेंडर चलाता है, जैसे Google, Apple या Microsoft, वह देख सकता है कि आप किस फ़ीड का अनुसरण करते हैं।
subscribe-file = डाउनलोड की गई फ़ाइल फिर नहीं बदलती। सदस्यता बदलती है।
subscribe-iphone = “मेरे कैलेंडर में खोलें” और फिर “सदस्यता लें” पर टैप करें। या: कैलेंडर → कैलेंडर → कैलेंडर जोड़ें → सदस्यता कैलेंडर जोड़ें, और पता चिपकाएँ।
subscribe-mac = कैलेंडर → फ़ाइल → नई कैलेंडर सदस्यता, और पता चिपकाएँ।
subscribe-android = वेब पर Google कैलेंडर में फ़ीड जोड़ें; फिर वह फ़ोन पर दिखती है। Google के बिना: ICSx⁵ इंस्टॉल करें और पता चिपकाएँ।
subscribe-google = “यूआरएल से” में पता चिपकाएँ:
subscribe-outlook = नए Outlook में और वेब पर: कैलेंडर → कैलेंडर जोड़ें → वेब से सदस्यता लें, और पता चिपकाएँ।
subscribe-outlook-classic = फ़ाइल → खाता सेटिंग्स → इंटरनेट कैलेंडर → नया, और पता चिपकाएँ।
subscribe-thunderbird = नया कैलेंडर → नेटवर्क पर, और पता चिपकाएँ।
subscribe-nextcloud = कैलेंडर → नया कैलेंडर → लिंक से नई सदस्यता, और पता चिपकाएँ।
subscribe-terminal = khal: http प्रकार के भंडार वाला vdirsyncer जोड़ा। calcurse: डाउनलोड की गई फ़ाइल के साथ “calcurse -i”।

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: पूरे दिन, स्थानीय समय के अनुसार ({ $place })
event-not-on = इन तारीख़ों को छोड़कर: { $date }
event-instead-of = इसके बदले: { $date }
