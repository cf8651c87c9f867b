# Italiano. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = ANNULLATO
postponed = RINVIATO
tentative = DA CONFERMARE
moved = NUOVA DATA
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = tutto il giorno
day-of = giorno { $day } di { $days }
from-time = dalle { $time }
until-time = fino alle { $time }
until-date = fino a { $date }
since-date = da { $date }
moved-from = in precedenza: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = ora locale di ogni luogo
local-time = { $time }, ora locale
today = oggi
tomorrow = domani
yesterday = ieri

## Places

online = online
in-country = { $place }, { $country }

## Listings

all-dates = tutte le date
from-date = da { $date }
times-in = orari di { $zones }
nothing-found = Nessun risultato.
nothing-on = Niente in programma: { $date }.
nothing-from = Niente in programma da { $date } in poi.
nothing-between = Niente in programma: { $first } – { $last }.
nothing-in = Niente in programma: { $month }.
advice-words = Prova con meno parole o meno filtri.
advice-days = Prova con più giorni (--days 90), meno filtri o `redletter search PAROLE` per qualsiasi data.
advice-new = Il calendario non ha ancora eventi; prova `redletter new`.
more = { $count ->
    [one] … e un altro
   *[other] … e altri { $count }
}
more-limit = { $count ->
    [one] … e un altro (aumenta --limit)
   *[other] … e altri { $count } (aumenta --limit)
}
all-lists-each = --all li elenca uno per uno
more-short = +{ $count }
join-link = partecipa

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Quando
field-repeats = Si ripete
field-next = Prossimi
field-moved-from = In precedenza
field-where = Dove
field-coordinates = Coordinate
field-access = Accessibilità
field-notes = Come arrivare
field-online = Online
field-platform = Piattaforma
field-meeting-id = ID riunione
field-passcode = Passcode
field-phone = Telefono
field-registration = Iscrizione
field-organizers = Promosso da
field-contact = Contatto
field-page = Pagina
field-tags = Etichette
field-language = Lingua
field-part-of = Parte di
field-has-part = Comprende
field-image = Immagine
field-source = Fonte
end-assumed = (fine presunta)
is-moved = (nuova data)
is-cancelled = (annullato)
is-postponed = (rinviato)
is-tentative = (da confermare)
day-all-day = { $date }, tutto il giorno
whole-days = { $count ->
    [one] { $first } – { $last }, { $count } giorno intero
   *[other] { $first } – { $last }, { $count } giorni interi
}
by-each-clock = { $time }, ora locale di ogni luogo
days = { $count ->
    [one] { $count } giorno
   *[other] { $count } giorni
}

## `redletter when`

whole-day-everywhere = { $date }: tutto il giorno, in quella data ovunque
whole-days-everywhere = { $first } – { $last }: giorni interi, in quelle date ovunque
begins-first = inizia per primo: { $date } ({ $place }, { $zone })
ends-at-sea = finisce per ultimo, in mare: { $date } ({ $zone })
ends-on-land = e sulla terraferma: { $date } ({ $place })

## The text of an event in a calendar program

join = Partecipa
join-by = Partecipa ({ $platform })
meeting-id = ID riunione
passcode = Passcode
phone = Telefono
online-by = Online
registration = Iscrizione
accessibility = Accessibilità
step-free = senza gradini
sign-language = lingua dei segni
captions = sottotitoli
hearing-loop = anello magnetico
childcare = spazio bambini
quiet-space = spazio tranquillo
named = { $name }: { $value }
moved-from-day = Data precedente: { $date }.
moved-from-zone = Data precedente: { $date } ({ $zone }).
moved-from-local = Data precedente: { $date }, ora locale.
clock = Ora locale: { $time } ({ $zone }).
each-place-hours = { $time }, ora locale di ogni luogo.
each-place = { $time }, ora locale di ogni luogo.

## What has no end yet, and what is for members

for-members = online, per i membri
day-number = giorno { $day }
day-number-behind = (giorno { $day })
day-today = oggi giorno { $day }
open-end = senza data di fine
open-from = da { $date }, senza data di fine
clock-at-start = Inizio: { $time } ({ $zone }).
register-link = iscriviti
field-milestones = Tappe
milestone-was = giorno { $day }: { $date }
milestone-today = giorno { $day }: oggi, { $date }
milestone-is = giorno { $day }: { $date }
field-review-by = Da rivedere
review-overdue = { $date }: da confermare finché qualcuno non conferma che continua
local-events = Iniziative locali
everywhere = Online e ovunque
in-countries = { $count ->
    [one] { $locals } in { $count } paese
   *[other] { $locals } in { $count } paesi
}
countries-without = Paesi di questo calendario senza iniziative: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] ogni giorno
   *[other] ogni { $count } giorni
}
repeat-weeks = { $count ->
    [1] ogni settimana
   *[other] ogni { $count } settimane
}
repeat-months = { $count ->
    [1] ogni mese
   *[other] ogni { $count } mesi
}
repeat-years = { $count ->
    [1] ogni anno
   *[other] ogni { $count } anni
}
repeat-dates = in più date
repeat-times = { $count ->
    [one] una volta
   *[other] { $count } volte
}
more-dates = { $count ->
    [one] un’altra data
   *[other] altre { $count } date
}
month-day = giorno { $day }
month-last-day = ultimo giorno
nth-weekday = { $number ->
    [-1] { $day ->
            [7] ultima { $weekday }
           *[other] ultimo { $weekday }
        }
   *[other] { $day ->
            [7] { $number }ª { $weekday }
           *[other] { $number }º { $weekday }
        }
}

## Kinds of events

kind-protest = Manifestazione
kind-strike = Sciopero
kind-forum = Forum
kind-action-day = Giornata di mobilitazione
kind-meeting = Riunione
kind-conference = Conferenza
kind-vigil = Veglia
kind-occupation = Occupazione
kind-boycott = Boicottaggio
kind-commemoration = Commemorazione
kind-deadline = Scadenza

## `redletter digest`

digest-changes = Che cosa è cambiato dal { $date }
digest-ongoing = In corso
digest-cancelled = Annullato
digest-postponed = Rinviato
digest-moved = Spostato
digest-restored = Si svolge comunque
digest-new = Nuovo
digest-changed = Modificato
digest-place = in un altro luogo
digest-end = termina a un’altra ora
digest-confirmed = ora confermato
digest-uncertain = non più certo
digest-dates = in altre date
digest-rules = per nuove regole dei fusi orari
digest-from-to = { $from } → { $to }
digest-not-on = non il { $date }
digest-locals = { $count ->
    [one] { $count } evento locale
   *[other] { $count } eventi locali
}

## The frame of the site's pages

# What the language calls itself
own-name = Italiano
# Links to the main pages
site-home = Inizio
site-agenda = Agenda
site-month = Mese
site-subscribe = Iscriviti
# The first link of a page, for keyboards
site-skip = Vai al contenuto
# Names of groups of links, for screen readers
site-languages = Lingue
site-pages = Pagine

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = Le schede contengono errori: questo è l’ultimo stato che non ne aveva.

## Lists and months of the site

site-coming = In arrivo
site-whole-agenda = Tutta l’agenda
site-red-days = Prossime giornate di azione
site-kinds = Tipi
site-countries = Paesi
site-feeds = Abbonamenti
site-subscribe-how = Aggiungi questo indirizzo come abbonamento nel tuo programma di calendario: si aggiornerà da solo.
site-subscribe-open = Apri nel tuo programma di calendario
site-subscribe-more = Come abbonarsi, programma per programma
site-search = Cerca in questo elenco
site-shown = Mostrati: { $count }
site-show-all = Mostra tutto
site-no-match = Nessun evento corrisponde a «{ $words }».
site-no-matches = Nessun evento corrisponde.
site-past = Passato
site-months = Mesi vicini
site-earlier = Prima:
site-later = Dopo:
site-throughout = Tutto il mese
site-archive = Tutti i mesi
site-missing = Qui non c’è nessuna pagina
site-missing-why = Forse l’indirizzo contiene un errore o la pagina è stata spostata. Tutto ciò che è in programma si trova nell’agenda.
site-own-time = { $time } ora tua
site-zone = Il tuo fuso orario

## The page of an event, and its time in every zone

event-every-zone = L’ora in ogni fuso
event-map = Sulla mappa (OpenStreetMap)
event-add = Aggiungi al tuo calendario
event-file = File di calendario (.ics)
event-feeds = Oppure segui un feed e vieni a sapere di ogni modifica:
event-next = Prossime date
event-changed = Modificato il { $date }
event-cancelled = Non si svolge.
event-postponed = Non si svolge in quella data. Non c’è ancora una nuova data.
event-tentative = Non è ancora certo che si svolga.
event-deleted = È stato tolto dal calendario e non si svolge.
event-over = È terminato.
days-before = { $count ->
    [one] il giorno prima
   *[other] { $count } giorni prima
}
days-after = { $count ->
    [one] il giorno dopo
   *[other] { $count } giorni dopo
}
when-order = Da ovest a est, ciò che segnano gli orologi dove vive qualcuno.

## How to subscribe

subscribe-lead = Iscriviti una volta. Il tuo calendario mostra poi tutti gli appuntamenti, e ogni modifica da sé.
subscribe-relative = Questa copia del sito non conosce il proprio indirizzo. Copia l’indirizzo del link «.ics» qui sotto.
subscribe-feeds = Feed
subscribe-how = Nel tuo programma
subscribe-open = Apri nel mio calendario
subscribe-then = Che cosa succede poi
subscribe-refresh = { $count ->
    [one] I programmi cercano le modifiche da soli, molti ogni ora.
   *[other] I programmi cercano le modifiche da soli, molti ogni { $count } ore.
}
subscribe-google-slow = Google Calendar può impiegare un giorno a mostrare una modifica.
subscribe-privacy = Chi gestisce il tuo calendario, come Google, Apple o Microsoft, può vedere quale feed segui.
subscribe-file = Un file scaricato non cambia più. Un’iscrizione sì.
subscribe-iphone = Tocca «Apri nel mio calendario», poi «Iscriviti». Oppure: Calendario → Calendari → Aggiungi calendario → Aggiungi calendario con iscrizione, e incolla l’indirizzo.
subscribe-mac = Calendario → File → Nuova iscrizione a calendario, e incolla l’indirizzo.
subscribe-android = Aggiungi il feed in Google Calendar sul web; poi compare sul telefono. Senza Google: installa ICSx⁵ e incolla l’indirizzo.
subscribe-google = Incolla l’indirizzo in «Da URL»:
subscribe-outlook = Nel nuovo Outlook e sul web: Calendario → Aggiungi calendario → Iscriviti dal Web, e incolla l’indirizzo.
subscribe-outlook-classic = File → Impostazioni account → Calendari Internet → Nuovo, e incolla l’indirizzo.
subscribe-thunderbird = Nuovo calendario → Sulla rete, e incolla l’indirizzo.
subscribe-nextcloud = Calendario → Nuovo calendario → Nuova iscrizione da link, e incolla l’indirizzo.
subscribe-terminal = khal: una coppia di vdirsyncer con uno storage di tipo http. calcurse: «calcurse -i» con il file scaricato.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: tutto il giorno, ora locale di { $place }
event-not-on = tranne: { $date }
event-instead-of = invece di: { $date }
