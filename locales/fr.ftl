# Français. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = ANNULÉ
postponed = REPORTÉ
tentative = À CONFIRMER
moved = NOUVELLE DATE
titled = { $status } : { $title }

## Hours and days, beside a title

all-day = toute la journée
day-of = jour { $day } sur { $days }
from-time = à partir de { $time }
until-time = jusqu’à { $time }
until-date = jusqu’au { $date }
since-date = depuis le { $date }
moved-from = initialement : { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = heure locale de chaque lieu
local-time = { $time }, heure locale
today = aujourd’hui
tomorrow = demain
yesterday = hier

## Places

online = en ligne
in-country = { $place }, { $country }

## Listings

all-dates = toutes les dates
from-date = à partir du { $date }
times-in = heures de { $zones }
nothing-found = Rien n’a été trouvé.
nothing-on = Rien n’est prévu : { $date }.
nothing-from = Rien n’est prévu à partir du { $date }.
nothing-between = Rien n’est prévu : { $first } – { $last }.
nothing-in = Rien n’est prévu : { $month }.
advice-words = Essayez avec moins de mots ou moins de filtres.
advice-days = Essayez plus de jours (--days 90), moins de filtres, ou `redletter search MOTS` pour toutes les dates.
advice-new = Le calendrier n'a pas encore d'événements ; essayez `redletter new`.
more = { $count ->
    [one] … et { $count } autre
   *[other] … et { $count } autres
}
more-limit = { $count ->
    [one] … et { $count } autre (augmentez --limit)
   *[other] … et { $count } autres (augmentez --limit)
}
all-lists-each = --all les affiche un par un
more-short = +{ $count }
join-link = participer

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Quand
field-repeats = Se répète
field-next = Prochaines
field-moved-from = Initialement
field-where = Où
field-coordinates = Coordonnées
field-access = Accessibilité
field-notes = Accès
field-online = En ligne
field-platform = Plateforme
field-meeting-id = ID de réunion
field-passcode = Code secret
field-phone = Téléphone
field-registration = Inscription
field-organizers = Appel de
field-contact = Contact
field-page = Page
field-tags = Étiquettes
field-language = Langue
field-part-of = Fait partie de
field-has-part = Comprend
field-image = Image
field-source = Source
end-assumed = (fin supposée)
is-moved = (nouvelle date)
is-cancelled = (annulé)
is-postponed = (reporté)
is-tentative = (à confirmer)
day-all-day = { $date }, toute la journée
whole-days = { $count ->
    [one] { $first } – { $last }, { $count } journée entière
   *[other] { $first } – { $last }, { $count } journées entières
}
by-each-clock = { $time }, heure locale de chaque lieu
days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

## `redletter when`

whole-day-everywhere = { $date } : toute la journée, à cette date partout
whole-days-everywhere = { $first } – { $last } : journées entières, à ces dates partout
begins-first = commence d’abord : { $date } ({ $place }, { $zone })
ends-at-sea = finit en dernier, en mer : { $date } ({ $zone })
ends-on-land = et à terre : { $date } ({ $place })

## The text of an event in a calendar program

join = Participer
join-by = Participer ({ $platform })
meeting-id = ID de réunion
passcode = Code secret
phone = Téléphone
online-by = En ligne
registration = Inscription
accessibility = Accessibilité
step-free = accès de plain-pied
sign-language = langue des signes
captions = sous-titres
hearing-loop = boucle magnétique
childcare = garde d’enfants
quiet-space = espace calme
named = { $name } : { $value }
moved-from-day = Date initiale : { $date }.
moved-from-zone = Date initiale : { $date } ({ $zone }).
moved-from-local = Date initiale : { $date }, heure locale.
clock = Heure locale : { $time } ({ $zone }).
each-place-hours = { $time }, heure locale de chaque lieu.
each-place = { $time }, heure locale de chaque lieu.

## What has no end yet, and what is for members

for-members = en ligne, réservé aux membres
day-number = jour { $day }
day-number-behind = (jour { $day })
day-today = jour { $day } aujourd’hui
open-end = sans date de fin
open-from = à partir du { $date }, sans date de fin
clock-at-start = Début : { $time } ({ $zone }).
register-link = s’inscrire
field-milestones = Étapes
milestone-was = jour { $day } : { $date }
milestone-today = jour { $day } : aujourd’hui, { $date }
milestone-is = jour { $day } : { $date }
field-review-by = À revoir
review-overdue = { $date } : à confirmer tant que personne ne confirme que cela continue
local-events = Actions locales
everywhere = En ligne et partout
in-countries = { $count ->
    [one] { $locals } dans { $count } pays
   *[other] { $locals } dans { $count } pays
}
countries-without = Pays de ce calendrier sans action : { $countries }

## How something repeats

repeat-days = { $count ->
    [1] tous les jours
   *[other] tous les { $count } jours
}
repeat-weeks = { $count ->
    [1] toutes les semaines
   *[other] toutes les { $count } semaines
}
repeat-months = { $count ->
    [1] tous les mois
   *[other] tous les { $count } mois
}
repeat-years = { $count ->
    [1] tous les ans
   *[other] tous les { $count } ans
}
repeat-dates = à plusieurs dates
repeat-times = { $count ->
    [1] une fois
   *[other] { $count } fois
}
more-dates = { $count ->
    [one] { $count } autre date
   *[other] { $count } autres dates
}
month-day = { $day ->
    [1] le 1er
   *[other] le { $day }
}
month-last-day = le dernier jour
nth-weekday = { $number ->
    [-1] dernier { $weekday }
    [1] 1er { $weekday }
   *[other] { $number }e { $weekday }
}

## Kinds of events

kind-protest = Manifestation
kind-strike = Grève
kind-forum = Forum
kind-action-day = Journée d’action
kind-meeting = Réunion
kind-conference = Conférence
kind-vigil = Veillée
kind-occupation = Occupation
kind-boycott = Boycott
kind-commemoration = Commémoration
kind-deadline = Date limite

## `redletter digest`

digest-changes = Ce qui a changé depuis le { $date }
digest-ongoing = En cours
digest-cancelled = Annulé
digest-postponed = Reporté
digest-moved = Déplacé
digest-restored = Aura finalement lieu
digest-new = Nouveau
digest-changed = Modifié
digest-place = dans un autre lieu
digest-end = fin à une autre heure
digest-confirmed = confirmé
digest-uncertain = plus certain
digest-dates = à d’autres dates
digest-rules = selon de nouvelles règles horaires
digest-from-to = { $from } → { $to }
digest-not-on = pas le { $date }
digest-locals = { $count ->
    [one] { $count } événement local
   *[other] { $count } événements locaux
}

## The frame of the site's pages

# What the language calls itself
own-name = Français
# Links to the main pages
site-home = Accueil
site-agenda = Agenda
site-month = Mois
site-subscribe = S’abonner
# The first link of a page, for keyboards
site-skip = Aller au contenu
# Names of groups of links, for screen readers
site-languages = Langues
site-pages = Pages

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = Les fiches contiennent des erreurs : voici le dernier état qui n’en avait pas.

## Lists and months of the site

site-coming = À venir
site-whole-agenda = Tout l’agenda
site-red-days = Prochaines journées d’action
site-kinds = Types
site-countries = Pays
site-feeds = Abonnements
site-subscribe-how = Ajoutez cette adresse comme abonnement dans votre logiciel d’agenda : il se tiendra à jour tout seul.
site-subscribe-open = Ouvrir dans votre logiciel d’agenda
site-subscribe-more = Comment s’abonner, logiciel par logiciel
site-search = Chercher dans cette liste
site-shown = Affichés : { $count }
site-show-all = Tout afficher
site-no-match = Aucun événement ne correspond à « { $words } ».
site-no-matches = Aucun événement ne correspond.
site-past = Passé
site-months = Mois voisins
site-earlier = Avant :
site-later = Après :
site-throughout = Tout le mois
site-archive = Tous les mois
site-missing = Il n’y a pas de page ici
site-missing-why = L’adresse est peut-être erronée, ou la page a été déplacée. Tout ce qui vient se trouve dans l’agenda.
site-own-time = { $time } à votre heure
site-zone = Votre fuseau horaire

## The page of an event, and its time in every zone

event-every-zone = L’heure dans chaque fuseau
event-map = Sur la carte (OpenStreetMap)
event-add = Ajouter à votre agenda
event-file = Fichier d’agenda (.ics)
event-feeds = Ou suivez un flux, et soyez averti de chaque changement :
event-next = Prochaines dates
event-changed = Modifié le { $date }
event-cancelled = N’a pas lieu.
event-postponed = N’a pas lieu à cette date. Il n’y a pas encore de nouvelle date.
event-tentative = Il n’est pas encore certain que cela ait lieu.
event-deleted = A été retiré de l’agenda et n’a pas lieu.
event-over = C’est terminé.
days-before = { $count ->
    [one] la veille
   *[other] { $count } jours avant
}
days-after = { $count ->
    [one] le lendemain
   *[other] { $count } jours après
}
when-order = D’ouest en est, ce que montrent les horloges là où vivent des gens.

## How to subscribe

subscribe-lead = Abonnez-vous une fois. Votre agenda montre ensuite tous les rendez-vous, et chaque changement de lui-même.
subscribe-relative = Cette copie du site ne connaît pas sa propre adresse. Copiez l’adresse du lien « .ics » ci-dessous.
subscribe-feeds = Flux
subscribe-how = Dans votre programme
subscribe-open = Ouvrir dans mon agenda
subscribe-then = Et ensuite
subscribe-refresh = { $count ->
    [one] Les programmes cherchent les changements d’eux-mêmes, souvent toutes les heures.
   *[other] Les programmes cherchent les changements d’eux-mêmes, souvent toutes les { $count } heures.
}
subscribe-google-slow = Google Agenda peut mettre un jour à montrer un changement.
subscribe-privacy = Qui gère votre agenda, comme Google, Apple ou Microsoft, peut voir quel flux vous suivez.
subscribe-file = Un fichier téléchargé ne change plus. Un abonnement, si.
subscribe-iphone = Touchez « Ouvrir dans mon agenda », puis « S’abonner ». Ou : Calendrier → Calendriers → Ajouter un calendrier → Ajouter un calendrier avec abonnement, et collez l’adresse.
subscribe-mac = Calendrier → Fichier → Nouvel abonnement à un calendrier, et collez l’adresse.
subscribe-android = Ajoutez le flux dans Google Agenda sur le web ; il apparaît ensuite sur le téléphone. Sans Google : installez ICSx⁵ et collez l’adresse.
subscribe-google = Collez l’adresse dans « À partir de l’URL » :
subscribe-outlook = Dans le nouvel Outlook et sur le web : Calendrier → Ajouter un calendrier → S’abonner à partir du web, et collez l’adresse.
subscribe-outlook-classic = Fichier → Paramètres du compte → Calendriers Internet → Nouveau, et collez l’adresse.
subscribe-thunderbird = Nouvel agenda → Sur le réseau, et collez l’adresse.
subscribe-nextcloud = Agenda → Nouvel agenda → Nouvel abonnement par lien, et collez l’adresse.
subscribe-terminal = khal : une paire vdirsyncer avec un stockage de type http. calcurse : « calcurse -i » avec le fichier téléchargé.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date } : toute la journée, heure locale de { $place }
event-not-on = sauf : { $date }
event-instead-of = au lieu de : { $date }
