# Ελληνικά. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = ΑΚΥΡΩΘΗΚΕ
postponed = ΑΝΑΒΛΗΘΗΚΕ
tentative = ΠΡΟΣ ΕΠΙΒΕΒΑΙΩΣΗ
moved = ΝΕΑ ΗΜΕΡΟΜΗΝΙΑ
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = όλη την ημέρα
day-of = ημέρα { $day } από { $days }
from-time = από τις { $time }
until-time = έως τις { $time }
until-date = έως { $date }
since-date = από { $date }
moved-from = αρχικά: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = τοπική ώρα κάθε τόπου
local-time = { $time } τοπική ώρα
today = σήμερα
tomorrow = αύριο
yesterday = χθες

## Places

online = διαδικτυακά
in-country = { $place }, { $country }

## Listings

all-dates = όλες οι ημερομηνίες
from-date = από { $date }
times-in = ώρες: { $zones }
nothing-found = Δεν βρέθηκε τίποτα.
nothing-on = Δεν υπάρχει τίποτα προγραμματισμένο: { $date }.
nothing-from = Δεν υπάρχει τίποτα προγραμματισμένο από { $date }.
nothing-between = Δεν υπάρχει τίποτα προγραμματισμένο: { $first } – { $last }.
nothing-in = Δεν υπάρχει τίποτα προγραμματισμένο: { $month }.
advice-words = Δοκιμάστε λιγότερες λέξεις ή λιγότερα φίλτρα.
advice-days = Δοκιμάστε περισσότερες ημέρες (--days 90), λιγότερα φίλτρα ή `redletter search ΛΕΞΕΙΣ` για κάθε ημερομηνία.
advice-new = Το ημερολόγιο δεν έχει ακόμη εκδηλώσεις· δοκιμάστε `redletter new`.
more = … και { $count } ακόμη
more-limit = … και { $count } ακόμη (αυξήστε το --limit)
all-lists-each = --all για την καθεμία
more-short = +{ $count }
join-link = συμμετοχή

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Πότε
field-repeats = Επανάληψη
field-next = Επόμενα
field-moved-from = Αρχικά
field-where = Πού
field-coordinates = Συντεταγμένες
field-access = Προσβασιμότητα
field-notes = Πρόσβαση
field-online = Διαδικτυακά
field-platform = Πλατφόρμα
field-meeting-id = ID συνάντησης
field-passcode = Κωδικός
field-phone = Τηλέφωνο
field-registration = Εγγραφή
field-organizers = Καλεί
field-contact = Επικοινωνία
field-page = Σελίδα
field-tags = Ετικέτες
field-language = Γλώσσα
field-part-of = Μέρος του
field-has-part = Περιλαμβάνει
field-image = Εικόνα
field-source = Πηγή
end-assumed = (εκτιμώμενη λήξη)
is-moved = (νέα ημερομηνία)
is-cancelled = (ακυρώθηκε)
is-postponed = (αναβλήθηκε)
is-tentative = (προς επιβεβαίωση)
day-all-day = { $date }, όλη την ημέρα
whole-days = { $count ->
    [one] { $first } – { $last }, { $count } ολόκληρη ημέρα
   *[other] { $first } – { $last }, { $count } ολόκληρες ημέρες
}
by-each-clock = { $time } τοπική ώρα κάθε τόπου
days = { $count ->
    [one] { $count } ημέρα
   *[other] { $count } ημέρες
}

## `redletter when`

whole-day-everywhere = { $date }: όλη την ημέρα, την ίδια ημερομηνία παντού
whole-days-everywhere = { $first } – { $last }: ολόκληρες ημέρες, τις ίδιες ημερομηνίες παντού
begins-first = αρχίζει πρώτα: { $date } ({ $place }, { $zone })
ends-at-sea = τελειώνει τελευταία, στη θάλασσα: { $date } ({ $zone })
ends-on-land = και στη στεριά: { $date } ({ $place })

## The text of an event in a calendar program

join = Συμμετοχή
join-by = Συμμετοχή ({ $platform })
meeting-id = ID συνάντησης
passcode = Κωδικός
phone = Τηλέφωνο
online-by = Διαδικτυακά
registration = Εγγραφή
accessibility = Προσβασιμότητα
step-free = χωρίς σκαλοπάτια
sign-language = νοηματική γλώσσα
captions = υπότιτλοι
hearing-loop = σύστημα επαγωγικού βρόχου
childcare = φύλαξη παιδιών
quiet-space = ήσυχος χώρος
named = { $name }: { $value }
moved-from-day = Αρχική ημερομηνία: { $date }.
moved-from-zone = Αρχική ημερομηνία: { $date } ({ $zone }).
moved-from-local = Αρχική ημερομηνία: { $date } τοπική ώρα.
clock = Τοπική ώρα: { $time } ({ $zone }).
each-place-hours = { $time } τοπική ώρα κάθε τόπου.
each-place = { $time }, τοπική ώρα κάθε τόπου.

## What has no end yet, and what is for members

for-members = διαδικτυακά, για μέλη
day-number = ημέρα { $day }η
day-number-behind = ({ $day }η ημέρα)
day-today = σήμερα { $day }η ημέρα
open-end = χωρίς ημερομηνία λήξης
open-from = από { $date }, χωρίς ημερομηνία λήξης
clock-at-start = Έναρξη: { $time } ({ $zone }).
register-link = εγγραφή
field-milestones = Ορόσημα
milestone-was = { $day }η ημέρα: { $date }
milestone-today = { $day }η ημέρα: σήμερα, { $date }
milestone-is = { $day }η ημέρα: { $date }
field-review-by = Έλεγχος έως
review-overdue = { $date }: προς επιβεβαίωση μέχρι να επιβεβαιωθεί ότι συνεχίζεται
local-events = Τοπικές δράσεις
everywhere = Διαδικτυακά και παντού
in-countries = { $count ->
    [one] { $locals } σε { $count } χώρα
   *[other] { $locals } σε { $count } χώρες
}
countries-without = Χώρες αυτού του ημερολογίου χωρίς δράση: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] κάθε μέρα
   *[other] κάθε { $count } μέρες
}
repeat-weeks = { $count ->
    [1] κάθε εβδομάδα
   *[other] κάθε { $count } εβδομάδες
}
repeat-months = { $count ->
    [1] κάθε μήνα
   *[other] κάθε { $count } μήνες
}
repeat-years = { $count ->
    [1] κάθε χρόνο
   *[other] κάθε { $count } χρόνια
}
repeat-dates = σε πολλές ημερομηνίες
repeat-times = { $count ->
    [one] μία φορά
   *[other] { $count } φορές
}
more-dates = { $count ->
    [one] { $count } ακόμη ημερομηνία
   *[other] { $count } ακόμη ημερομηνίες
}
month-day = στις { $day }
month-last-day = την τελευταία μέρα
nth-weekday = { $number ->
    [-1] { $day ->
            [6] τελευταίο { $weekday }
           *[other] τελευταία { $weekday }
        }
   *[other] { $day ->
            [6] { $number }ο { $weekday }
           *[other] { $number }η { $weekday }
        }
}

## Kinds of events

kind-protest = Διαμαρτυρία
kind-strike = Απεργία
kind-forum = Φόρουμ
kind-action-day = Ημέρα δράσης
kind-meeting = Συνάντηση
kind-conference = Συνέδριο
kind-vigil = Αγρυπνία
kind-occupation = Κατάληψη
kind-boycott = Μποϊκοτάζ
kind-commemoration = Εκδήλωση μνήμης
kind-deadline = Προθεσμία

## `redletter digest`

digest-changes = Τι άλλαξε από { $date }
digest-ongoing = Σε εξέλιξη
digest-cancelled = Ακυρώθηκε
digest-postponed = Αναβλήθηκε
digest-moved = Άλλαξε ημερομηνία
digest-restored = Γίνεται τελικά
digest-new = Νέα
digest-changed = Άλλαξε
digest-place = σε άλλο μέρος
digest-end = τελειώνει άλλη ώρα
digest-confirmed = επιβεβαιώθηκε
digest-uncertain = δεν είναι πια βέβαιο
digest-dates = σε άλλες ημερομηνίες
digest-rules = με νέους κανόνες ζώνης ώρας
digest-from-to = { $from } → { $to }
digest-not-on = όχι στις { $date }
digest-locals = { $count ->
    [one] { $count } τοπική εκδήλωση
   *[other] { $count } τοπικές εκδηλώσεις
}

## The frame of the site's pages

# What the language calls itself
own-name = Ελληνικά
# Links to the main pages
site-home = Αρχική
site-agenda = Ατζέντα
site-month = Μήνας
site-subscribe = Εγγραφή
# The first link of a page, for keyboards
site-skip = Μετάβαση στο περιεχόμενο
# Names of groups of links, for screen readers
site-languages = Γλώσσες
site-pages = Σελίδες

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = Οι εγγραφές έχουν λάθη: αυτή είναι η τελευταία κατάσταση χωρίς λάθη.

## Lists and months of the site

site-coming = Προσεχώς
site-whole-agenda = Όλη η ατζέντα
site-red-days = Επόμενες ημέρες δράσης
site-kinds = Είδη
site-countries = Χώρες
site-feeds = Συνδρομές
site-subscribe-how = Πρόσθεσε αυτή τη διεύθυνση ως συνδρομή στο πρόγραμμα ημερολογίου σου· θα ενημερώνεται μόνη της.
site-subscribe-open = Άνοιγμα στο πρόγραμμα ημερολογίου
site-subscribe-more = Πώς γίνεται η συνδρομή, ανά πρόγραμμα
site-search = Αναζήτηση σε αυτή τη λίστα
site-shown = Εμφανίζονται: { $count }
site-show-all = Εμφάνιση όλων
site-no-match = Καμία εκδήλωση δεν ταιριάζει με «{ $words }».
site-no-matches = Καμία εκδήλωση δεν ταιριάζει.
site-past = Παρελθόν
site-months = Γειτονικοί μήνες
site-earlier = Πριν:
site-later = Μετά:
site-throughout = Όλο τον μήνα
site-archive = Όλοι οι μήνες
site-missing = Δεν υπάρχει σελίδα εδώ
site-missing-why = Ίσως η διεύθυνση έχει κάποιο λάθος ή η σελίδα μετακινήθηκε. Όλα όσα έρχονται είναι στην ατζέντα.
site-own-time = { $time } στη δική σου ώρα
site-zone = Η ζώνη ώρας σου

## The page of an event, and its time in every zone

event-every-zone = Η ώρα σε κάθε ζώνη
event-map = Στον χάρτη (OpenStreetMap)
event-add = Προσθήκη στο ημερολόγιό σας
event-file = Αρχείο ημερολογίου (.ics)
event-feeds = Ή ακολουθήστε μια ροή και μάθετε κάθε αλλαγή:
event-next = Επόμενες ημερομηνίες
event-changed = Άλλαξε: { $date }
event-cancelled = Δεν πραγματοποιείται.
event-postponed = Δεν πραγματοποιείται εκείνη την ημέρα. Δεν υπάρχει ακόμη νέα ημερομηνία.
event-tentative = Δεν είναι ακόμη βέβαιο ότι θα πραγματοποιηθεί.
event-deleted = Αφαιρέθηκε από το ημερολόγιο και δεν πραγματοποιείται.
event-over = Έχει λήξει.
days-before = { $count ->
    [one] την προηγούμενη ημέρα
   *[other] { $count } ημέρες πριν
}
days-after = { $count ->
    [one] την επόμενη ημέρα
   *[other] { $count } ημέρες μετά
}
when-order = Από τη δύση προς την ανατολή, τι δείχνουν τα ρολόγια όπου ζουν άνθρωποι.

## How to subscribe

subscribe-lead = Εγγραφείτε μία φορά. Το ημερολόγιό σας δείχνει τότε όλες τις δράσεις, και κάθε αλλαγή από μόνο του.
subscribe-relative = Αυτό το αντίγραφο δεν ξέρει τη διεύθυνσή του. Αντιγράψτε τη διεύθυνση του συνδέσμου «.ics» παρακάτω.
subscribe-feeds = Ροές
subscribe-how = Στο πρόγραμμά σας
subscribe-open = Άνοιγμα στο ημερολόγιό μου
subscribe-then = Τι γίνεται μετά
subscribe-refresh = { $count ->
    [one] Τα προγράμματα ψάχνουν μόνα τους για αλλαγές, πολλά κάθε ώρα.
   *[other] Τα προγράμματα ψάχνουν μόνα τους για αλλαγές, πολλά κάθε { $count } ώρες.
}
subscribe-google-slow = Το Ημερολόγιο Google μπορεί να χρειαστεί μία ημέρα για να δείξει μια αλλαγή.
subscribe-privacy = Όποιος διαχειρίζεται το ημερολόγιό σας, όπως η Google, η Apple ή η Microsoft, βλέπει ποια ροή ακολουθείτε.
subscribe-file = Ένα αρχείο που κατεβάσατε δεν αλλάζει πια. Μια εγγραφή αλλάζει.
subscribe-iphone = Πατήστε «Άνοιγμα στο ημερολόγιό μου», μετά «Εγγραφή». Ή: Ημερολόγιο → Ημερολόγια → Προσθήκη ημερολογίου → Προσθήκη ημερολογίου συνδρομής, και επικολλήστε τη διεύθυνση.
subscribe-mac = Ημερολόγιο → Αρχείο → Νέα συνδρομή ημερολογίου, και επικολλήστε τη διεύθυνση.
subscribe-android = Προσθέστε τη ροή στο Ημερολόγιο Google στον ιστό· μετά φαίνεται στο τηλέφωνο. Χωρίς Google: εγκαταστήστε το ICSx⁵ και επικολλήστε τη διεύθυνση.
subscribe-google = Επικολλήστε τη διεύθυνση στο «Από διεύθυνση URL»:
subscribe-outlook = Στο νέο Outlook και στον ιστό: Ημερολόγιο → Προσθήκη ημερολογίου → Εγγραφή από το web, και επικολλήστε τη διεύθυνση.
subscribe-outlook-classic = Αρχείο → Ρυθμίσεις λογαριασμού → Ημερολόγια Internet → Δημιουργία, και επικολλήστε τη διεύθυνση.
subscribe-thunderbird = Νέο ημερολόγιο → Στο δίκτυο, και επικολλήστε τη διεύθυνση.
subscribe-nextcloud = Ημερολόγιο → Νέο ημερολόγιο → Νέα συνδρομή από σύνδεσμο, και επικολλήστε τη διεύθυνση.
subscribe-terminal = khal: ένα ζεύγος του vdirsyncer με αποθήκη τύπου http. calcurse: «calcurse -i» με το αρχείο που κατεβάσατε.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: όλη την ημέρα, με την τοπική ώρα ({ $place })
event-not-on = εκτός από: { $date }
event-instead-of = αντί για: { $date }
