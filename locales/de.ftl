# Deutsch. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = ABGESAGT
postponed = VERSCHOBEN
tentative = UNTER VORBEHALT
moved = VERLEGT
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = ganztägig
day-of = Tag { $day } von { $days }
from-time = ab { $time }
until-time = bis { $time }
until-date = bis { $date }
since-date = seit { $date }
moved-from = ursprünglich: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = jeweilige Ortszeit
local-time = { $time } Ortszeit
today = heute
tomorrow = morgen
yesterday = gestern

## Places

online = online
in-country = { $place }, { $country }

## Listings

all-dates = alle Termine
from-date = ab { $date }
times-in = Zeiten in { $zones }
nothing-found = Nichts gefunden.
nothing-on = Keine Termine: { $date }.
nothing-from = Keine Termine ab { $date }.
nothing-between = Keine Termine: { $first } – { $last }.
nothing-in = Keine Termine im { $month }.
advice-words = Versuchen Sie es mit weniger Wörtern oder weniger Filtern.
advice-days = Versuchen Sie es mit mehr Tagen (--days 90), weniger Filtern oder mit `redletter search WÖRTER` für alle Termine.
advice-new = Der Kalender hat noch keine Termine; versuchen Sie `redletter new`.
more = { $count ->
    [one] … und { $count } weiterer
   *[other] … und { $count } weitere
}
more-limit = { $count ->
    [one] … und { $count } weiterer (--limit erhöhen)
   *[other] … und { $count } weitere (--limit erhöhen)
}
all-lists-each = --all listet alle einzeln auf
more-short = +{ $count }
join-link = teilnehmen

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Wann
field-repeats = Wiederholung
field-next = Nächste
field-moved-from = Ursprünglich
field-where = Wo
field-coordinates = Koordinaten
field-access = Barrierefrei
field-notes = Anfahrt
field-online = Online
field-platform = Plattform
field-meeting-id = Meeting-ID
field-passcode = Kenncode
field-phone = Telefon
field-registration = Anmeldung
field-organizers = Aufruf von
field-contact = Kontakt
field-page = Seite
field-tags = Schlagwörter
field-language = Sprache
field-part-of = Teil von
field-has-part = Dazu gehört
field-image = Bild
field-source = Quelle
end-assumed = (Ende geschätzt)
is-moved = (verlegt)
is-cancelled = (abgesagt)
is-postponed = (verschoben)
is-tentative = (unter Vorbehalt)
day-all-day = { $date }, ganztägig
whole-days = { $count ->
    [one] { $first } – { $last }, { $count } ganzer Tag
   *[other] { $first } – { $last }, { $count } ganze Tage
}
by-each-clock = { $time } jeweilige Ortszeit
days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}

## `redletter when`

whole-day-everywhere = { $date }: ganztägig, überall an diesem Datum
whole-days-everywhere = { $first } – { $last }: ganze Tage, überall an diesen Daten
begins-first = Erster Beginn: { $date } ({ $place }, { $zone })
ends-at-sea = Letztes Ende auf See: { $date } ({ $zone })
ends-on-land = und an Land: { $date } ({ $place })

## The text of an event in a calendar program

join = Teilnehmen
join-by = Teilnehmen ({ $platform })
meeting-id = Meeting-ID
passcode = Kenncode
phone = Telefon
online-by = Online
registration = Anmeldung
accessibility = Barrierefreiheit
step-free = stufenlos
sign-language = Gebärdensprache
captions = Untertitel
hearing-loop = Induktionsschleife
childcare = Kinderbetreuung
quiet-space = Ruheraum
named = { $name }: { $value }
moved-from-day = Ursprünglicher Termin: { $date }.
moved-from-zone = Ursprünglicher Termin: { $date } ({ $zone }).
moved-from-local = Ursprünglicher Termin: { $date } Ortszeit.
clock = Ortszeit: { $time } ({ $zone }).
each-place-hours = { $time } jeweilige Ortszeit.
each-place = { $time }, jeweilige Ortszeit.

## What has no end yet, and what is for members

for-members = online, für Mitglieder
day-number = Tag { $day }
day-number-behind = (Tag { $day })
day-today = heute Tag { $day }
open-end = Ende offen
open-from = ab { $date }, Ende offen
clock-at-start = Beginn: { $time } ({ $zone }).
register-link = anmelden
field-milestones = Wegmarken
milestone-was = Tag { $day }: { $date }
milestone-today = Tag { $day }: heute, { $date }
milestone-is = Tag { $day }: { $date }
field-review-by = Prüfen bis
review-overdue = { $date }: unter Vorbehalt, bis jemand bestätigt, dass es weitergeht
local-events = Aktionen vor Ort
everywhere = Online und überall
in-countries = { $count ->
    [one] { $locals } in { $count } Land
   *[other] { $locals } in { $count } Ländern
}
countries-without = Länder dieses Kalenders ohne Aktion: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] jeden Tag
   *[other] alle { $count } Tage
}
repeat-weeks = { $count ->
    [1] jede Woche
   *[other] alle { $count } Wochen
}
repeat-months = { $count ->
    [1] jeden Monat
   *[other] alle { $count } Monate
}
repeat-years = { $count ->
    [1] jedes Jahr
   *[other] alle { $count } Jahre
}
repeat-dates = an mehreren Terminen
repeat-times = { $count ->
    [one] einmal
   *[other] { $count }-mal
}
more-dates = { $count ->
    [one] { $count } weiterer Termin
   *[other] { $count } weitere Termine
}
month-day = am { $day }.
month-last-day = am letzten Tag
nth-weekday = { $number ->
    [-1] letzter { $weekday }
   *[other] { $number }. { $weekday }
}

## Kinds of events

kind-protest = Demonstration
kind-strike = Streik
kind-forum = Forum
kind-action-day = Aktionstag
kind-meeting = Treffen
kind-conference = Konferenz
kind-vigil = Mahnwache
kind-occupation = Besetzung
kind-boycott = Boykott
kind-commemoration = Gedenken
kind-deadline = Frist

## `redletter digest`

digest-changes = Was sich geändert hat seit { $date }
digest-ongoing = Läuft
digest-cancelled = Abgesagt
digest-postponed = Verschoben, noch ohne Termin
digest-moved = Neuer Termin
digest-restored = Findet doch statt
digest-new = Neu
digest-changed = Geändert
digest-place = an einem anderen Ort
digest-end = endet zu einer anderen Zeit
digest-confirmed = jetzt bestätigt
digest-uncertain = nicht mehr sicher
digest-dates = an anderen Tagen
digest-rules = durch neue Zeitzonenregeln
digest-from-to = { $from } → { $to }
digest-not-on = nicht am { $date }
digest-locals = { $count ->
    [one] { $count } Veranstaltung vor Ort
   *[other] { $count } Veranstaltungen vor Ort
}

## The frame of the site's pages

# What the language calls itself
own-name = Deutsch
# Links to the main pages
site-home = Start
site-agenda = Termine
site-month = Monat
site-subscribe = Abonnieren
# The first link of a page, for keyboards
site-skip = Zum Inhalt
# Names of groups of links, for screen readers
site-languages = Sprachen
site-pages = Seiten

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = Die Einträge enthalten Fehler: Zu sehen ist der letzte fehlerfreie Stand.

## Lists and months of the site

site-coming = Demnächst
site-whole-agenda = Alle Termine
site-red-days = Kommende Aktionstage
site-kinds = Arten
site-countries = Länder
site-feeds = Abonnements
site-subscribe-how = Diese Adresse im Kalenderprogramm als Abonnement hinzufügen; es hält sich dann selbst auf dem neuesten Stand.
site-subscribe-open = Im Kalenderprogramm öffnen
site-subscribe-more = So abonniert man, Programm für Programm
site-search = In dieser Liste suchen
site-shown = Angezeigt: { $count }
site-show-all = Alle anzeigen
site-no-match = Keine Termine passen zu „{ $words }“.
site-no-matches = Keine Termine passen.
site-past = Vergangen
site-months = Benachbarte Monate
site-earlier = Früher:
site-later = Später:
site-throughout = Den ganzen Monat
site-archive = Alle Monate
site-missing = Hier ist keine Seite
site-missing-why = Vielleicht enthält die Adresse einen Fehler, oder die Seite ist umgezogen. Alles, was kommt, steht unter den Terminen.
site-own-time = { $time } nach deiner Uhr
site-zone = Deine Zeitzone

## The page of an event, and its time in every zone

event-every-zone = Die Uhrzeit in jeder Zeitzone
event-map = Auf der Karte (OpenStreetMap)
event-add = In den eigenen Kalender
event-file = Kalenderdatei (.ics)
event-feeds = Oder einem Feed folgen und jede Änderung erfahren:
event-next = Nächste Termine
event-changed = Geändert am { $date }
event-cancelled = Findet nicht statt.
event-postponed = Findet an diesem Tag nicht statt. Es gibt noch keinen neuen Termin.
event-tentative = Es ist noch nicht sicher, dass es stattfindet.
event-deleted = Wurde aus dem Kalender genommen und findet nicht statt.
event-over = Ist vorbei.
days-before = { $count ->
    [one] am Tag davor
   *[other] { $count } Tage davor
}
days-after = { $count ->
    [one] am Tag danach
   *[other] { $count } Tage danach
}
when-order = Von West nach Ost, was die Uhren zeigen, wo Menschen leben.

## How to subscribe

subscribe-lead = Einmal abonnieren: Der eigene Kalender zeigt dann alle Termine, und jede Änderung von selbst.
subscribe-relative = Diese Kopie der Website kennt ihre eigene Adresse nicht. Kopieren Sie die Adresse des Links „.ics“ unten.
subscribe-feeds = Feeds
subscribe-how = Im eigenen Programm
subscribe-open = In meinem Kalender öffnen
subscribe-then = Was danach geschieht
subscribe-refresh = { $count ->
    [one] Die Programme suchen von selbst nach Änderungen, viele jede Stunde.
   *[other] Die Programme suchen von selbst nach Änderungen, viele alle { $count } Stunden.
}
subscribe-google-slow = Google Kalender braucht manchmal einen Tag, bis er eine Änderung zeigt.
subscribe-privacy = Wer Ihren Kalender betreibt, etwa Google, Apple oder Microsoft, kann sehen, welchem Feed Sie folgen.
subscribe-file = Eine heruntergeladene Datei ändert sich nicht mehr. Ein Abonnement schon.
subscribe-iphone = „In meinem Kalender öffnen“ antippen, dann „Abonnieren“. Oder: Kalender → Kalender → Kalender hinzufügen → Kalenderabo hinzufügen, und die Adresse einsetzen.
subscribe-mac = Kalender → Ablage → Neues Kalenderabonnement, und die Adresse einsetzen.
subscribe-android = Den Feed in Google Kalender im Web hinzufügen; er erscheint dann auf dem Telefon. Ohne Google: ICSx⁵ installieren und die Adresse einsetzen.
subscribe-google = Die Adresse unter „Per URL“ einsetzen:
subscribe-outlook = Im neuen Outlook und im Web: Kalender → Kalender hinzufügen → Aus dem Internet abonnieren, und die Adresse einsetzen.
subscribe-outlook-classic = Datei → Kontoeinstellungen → Internetkalender → Neu, und die Adresse einsetzen.
subscribe-thunderbird = Neuer Kalender → Im Netzwerk, und die Adresse einsetzen.
subscribe-nextcloud = Kalender → Neuer Kalender → Neues Abonnement aus Link, und die Adresse einsetzen.
subscribe-terminal = khal: ein Paar in vdirsyncer mit einem Speicher vom Typ http. calcurse: „calcurse -i“ mit der heruntergeladenen Datei.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: ganztägig, nach der Ortszeit von { $place }
event-not-on = ausgenommen: { $date }
event-instead-of = statt { $date }
