# Türkçe. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = İPTAL
postponed = ERTELENDİ
tentative = KESİNLEŞMEDİ
moved = TARİHİ DEĞİŞTİ
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = tüm gün
day-of = { $days } günün { $day }. günü
from-time = başlangıç { $time }
until-time = bitiş { $time }
until-date = bitiş: { $date }
since-date = başlangıç: { $date }
moved-from = önceki tarih: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = her yerin yerel saati
local-time = yerel saatle { $time }
today = bugün
tomorrow = yarın
yesterday = dün

## Places

online = çevrim içi
in-country = { $place }, { $country }

## Listings

all-dates = tüm tarihler
from-date = { $date } ve sonrası
times-in = saatler: { $zones }
nothing-found = Hiçbir şey bulunamadı.
nothing-on = Planlanmış bir şey yok: { $date }.
nothing-from = Planlanmış bir şey yok: { $date } ve sonrası.
nothing-between = Planlanmış bir şey yok: { $first } – { $last }.
nothing-in = Planlanmış bir şey yok: { $month }.
advice-words = Daha az sözcük veya daha az filtre deneyin.
advice-days = Daha çok gün (--days 90), daha az filtre veya tüm tarihler için `redletter search SÖZCÜKLER` deneyin.
advice-new = Takvimde henüz etkinlik yok; `redletter new` deneyin.
more = … ve { $count } tane daha
more-limit = … ve { $count } tane daha (--limit değerini artırın)
all-lists-each = --all her birini listeler
more-short = +{ $count }
join-link = katıl

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Ne zaman
field-repeats = Tekrar
field-next = Sıradakiler
field-moved-from = Önceki tarih
field-where = Nerede
field-coordinates = Koordinatlar
field-access = Erişilebilirlik
field-notes = Nasıl gidilir
field-online = Çevrim içi
field-platform = Platform
field-meeting-id = Toplantı no
field-passcode = Parola
field-phone = Telefon
field-registration = Kayıt
field-organizers = Çağrıyı yapan
field-contact = İletişim
field-page = Sayfa
field-tags = Etiketler
field-language = Dil
field-part-of = Bağlı olduğu
field-has-part = Kapsadığı
field-image = Görsel
field-source = Kaynak
end-assumed = (bitiş tahminî)
is-moved = (tarihi değişti)
is-cancelled = (iptal)
is-postponed = (ertelendi)
is-tentative = (kesinleşmedi)
day-all-day = { $date }, tüm gün
whole-days = { $first } – { $last }, { $count } tam gün
by-each-clock = her yerin yerel saatiyle { $time }
days = { $count } gün

## `redletter when`

whole-day-everywhere = { $date }: tüm gün, her yerde o tarihte
whole-days-everywhere = { $first } – { $last }: tam günler, her yerde o tarihlerde
begins-first = ilk başladığı yer: { $place } ({ $zone }), { $date }
ends-at-sea = denizde son bitiş ({ $zone }): { $date }
ends-on-land = karada son bitiş: { $place }, { $date }

## The text of an event in a calendar program

join = Katıl
join-by = Katıl ({ $platform })
meeting-id = Toplantı no
passcode = Parola
phone = Telefon
online-by = Çevrim içi
registration = Kayıt
accessibility = Erişilebilirlik
step-free = basamaksız giriş
sign-language = işaret dili
captions = alt yazı
hearing-loop = indüksiyon döngüsü
childcare = çocuk bakımı
quiet-space = sessiz alan
named = { $name }: { $value }
moved-from-day = Önceki tarih: { $date }.
moved-from-zone = Önceki tarih: { $date } ({ $zone }).
moved-from-local = Önceki tarih: yerel saatle { $date }.
clock = Yerel saat: { $time } ({ $zone }).
each-place-hours = Her yerin yerel saatiyle { $time }.
each-place = Her yerin yerel saatiyle { $time }.

## What has no end yet, and what is for members

for-members = çevrim içi, üyelere
day-number = { $day }. gün
day-number-behind = ({ $day }. gün)
day-today = bugün { $day }. gün
open-end = bitiş tarihi yok
open-from = başlangıç: { $date }, bitiş tarihi yok
clock-at-start = Başlangıç: { $time } ({ $zone }).
register-link = kaydol
field-milestones = Dönüm noktası
milestone-was = { $day }. gün: { $date }
milestone-today = { $day }. gün: bugün, { $date }
milestone-is = { $day }. gün: { $date }
field-review-by = Son denetim
review-overdue = { $date }: sürdüğü doğrulanana kadar kesinleşmedi
local-events = Yerel eylemler
everywhere = Çevrim içi ve her yerde
in-countries = { $locals }, { $count } ülke
countries-without = Bu takvimde yerel eylemi olmayan ülkeler: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] her gün
   *[other] { $count } günde bir
}
repeat-weeks = { $count ->
    [1] her hafta
   *[other] { $count } haftada bir
}
repeat-months = { $count ->
    [1] her ay
   *[other] { $count } ayda bir
}
repeat-years = { $count ->
    [1] her yıl
   *[other] { $count } yılda bir
}
repeat-dates = birkaç tarihte
repeat-times = { $count } kez
more-dates = { $count } tarih daha
month-day = ayın { $day }. günü
month-last-day = ayın son günü
nth-weekday = { $number ->
    [-1] son { $weekday }
   *[other] { $number }. { $weekday }
}

## Kinds of events

kind-protest = Protesto
kind-strike = Grev
kind-forum = Forum
kind-action-day = Eylem günü
kind-meeting = Toplantı
kind-conference = Konferans
kind-vigil = Nöbet
kind-occupation = İşgal
kind-boycott = Boykot
kind-commemoration = Anma
kind-deadline = Son tarih

## `redletter digest`

digest-changes = Değişiklikler (bu tarihten beri: { $date })
digest-ongoing = Sürenler
digest-cancelled = İptal edildi
digest-postponed = Ertelendi
digest-moved = Yeni tarih
digest-restored = Yine de yapılıyor
digest-new = Yeni
digest-changed = Değişti
digest-place = başka bir yerde
digest-end = başka bir saatte bitiyor
digest-confirmed = artık kesin
digest-uncertain = artık kesin değil
digest-dates = başka tarihlerde
digest-rules = yeni saat dilimi kurallarıyla
digest-from-to = { $from } → { $to }
digest-not-on = artık bu tarihte değil: { $date }
digest-locals = { $count } yerel etkinlik

## The frame of the site's pages

# What the language calls itself
own-name = Türkçe
# Links to the main pages
site-home = Ana sayfa
site-agenda = Ajanda
site-month = Ay
site-subscribe = Abone ol
# The first link of a page, for keyboards
site-skip = İçeriğe geç
# Names of groups of links, for screen readers
site-languages = Diller
site-pages = Sayfalar

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = Kayıtlarda hatalar var: bu, hatasız son durumdur.

## Lists and months of the site

site-coming = Yaklaşanlar
site-whole-agenda = Tüm ajanda
site-red-days = Yaklaşan eylem günleri
site-kinds = Türler
site-countries = Ülkeler
site-feeds = Abonelikler
site-subscribe-how = Bu adresi takvim programına abonelik olarak ekle; kendini güncel tutar.
site-subscribe-open = Takvim programında aç
site-subscribe-more = Programlara göre nasıl abone olunur
site-search = Bu listede ara
site-shown = Gösterilen: { $count }
site-show-all = Tümünü göster
site-no-match = “{ $words }” ile eşleşen etkinlik yok.
site-no-matches = Eşleşen etkinlik yok.
site-past = Geçmiş
site-months = Komşu aylar
site-earlier = Önceki:
site-later = Sonraki:
site-throughout = Bütün ay
site-archive = Bütün aylar
site-missing = Burada bir sayfa yok
site-missing-why = Adreste bir yanlışlık olabilir ya da sayfa taşınmış olabilir. Yaklaşan her şey ajandada.
site-own-time = { $time } senin saatinle
site-zone = Saat dilimin

## The page of an event, and its time in every zone

event-every-zone = Her saat diliminde saat
event-map = Haritada (OpenStreetMap)
event-add = Takviminize ekleyin
event-file = Takvim dosyası (.ics)
event-feeds = Ya da bir akışı izleyin, her değişikliği öğrenin:
event-next = Sonraki tarihler
event-changed = Son değişiklik: { $date }
event-cancelled = Yapılmayacak.
event-postponed = O tarihte yapılmayacak. Henüz yeni bir tarih yok.
event-tentative = Yapılacağı henüz kesin değil.
event-deleted = Takvimden çıkarıldı ve yapılmayacak.
event-over = Sona erdi.
days-before = { $count ->
    [one] bir gün önce
   *[other] { $count } gün önce
}
days-after = { $count ->
    [one] bir gün sonra
   *[other] { $count } gün sonra
}
when-order = Batıdan doğuya, insanların yaşadığı yerlerde saatlerin gösterdiği.

## How to subscribe

subscribe-lead = Bir kez abone olun. Takviminiz bundan sonra bütün etkinlikleri ve her değişikliği kendiliğinden gösterir.
subscribe-relative = Sitenin bu kopyası kendi adresini bilmiyor. Aşağıdaki “.ics” bağlantısının adresini kopyalayın.
subscribe-feeds = Akışlar
subscribe-how = Programınızda
subscribe-open = Takvimimde aç
subscribe-then = Sonra ne olur
subscribe-refresh = { $count ->
    [one] Programlar değişikliklere kendiliğinden bakar, çoğu saatte bir.
   *[other] Programlar değişikliklere kendiliğinden bakar, çoğu { $count } saatte bir.
}
subscribe-google-slow = Google Takvim bir değişikliği göstermek için bir gün bekleyebilir.
subscribe-privacy = Takviminizi işleten, örneğin Google, Apple veya Microsoft, hangi akışı izlediğinizi görebilir.
subscribe-file = İndirilen bir dosya artık değişmez. Abonelik değişir.
subscribe-iphone = “Takvimimde aç”a, sonra “Abone Ol”a dokunun. Ya da: Takvim → Takvimler → Takvim Ekle → Abonelik Takvimi Ekle, ve adresi yapıştırın.
subscribe-mac = Takvim → Dosya → Yeni Takvim Aboneliği, ve adresi yapıştırın.
subscribe-android = Akışı web’de Google Takvim’e ekleyin; sonra telefonda görünür. Google’sız: ICSx⁵ kurun ve adresi yapıştırın.
subscribe-google = Adresi “URL ile” alanına yapıştırın:
subscribe-outlook = Yeni Outlook’ta ve web’de: Takvim → Takvim ekle → Web’den abone ol, ve adresi yapıştırın.
subscribe-outlook-classic = Dosya → Hesap Ayarları → İnternet Takvimleri → Yeni, ve adresi yapıştırın.
subscribe-thunderbird = Yeni takvim → Ağda, ve adresi yapıştırın.
subscribe-nextcloud = Takvim → Yeni takvim → Bağlantıdan yeni abonelik, ve adresi yapıştırın.
subscribe-terminal = khal: http türünde bir depo içeren bir vdirsyncer çifti. calcurse: indirilen dosyayla “calcurse -i”.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: tüm gün, yerel saatle ({ $place })
event-not-on = şu tarihler dışında: { $date }
event-instead-of = şunun yerine: { $date }
