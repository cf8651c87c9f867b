# The words that redletter adds to the text of records, one file per language.
#
# To translate, change the text after `=`; keep the name before it. The program fills in words in braces, such as
# { $day }: place each where your language needs it, and keep all of them. Dates and times come from CLDR in the form
# for a line of their own: prefer `Ends: { $time }` to a sentence that would inflect them.
# If the word depends on a number, write one line for each plural form of your language, as `days` below does.
# `cargo test language` reports missing words. A new language needs a file here and a row in `src/language/mod.rs`.

## Status, before a title. In capitals, where the script has them.

cancelled = CANCELLED
postponed = POSTPONED
tentative = TENTATIVE
moved = MOVED
# A status and what it is about: `CANCELLED: Night vigil`
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = all day
# An event of several days: `day 2 of 3`
day-of = day { $day } of { $days }
# An hour: `from 09:00`
from-time = from { $time }
# An hour: `until 01:00`
until-time = until { $time }
# A day, perhaps with an hour: `until Sat 29 Oct 10:00 CET`
until-date = until { $date }
# A day with an hour: `since Thu 19 Nov 22:00 CET`
since-date = since { $date }
# The date before the present one: `moved from Sat 10 Jun 16:00 (Los Angeles)`
moved-from = moved from { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
# From a day and an hour to another day and hour
from-to = { $from } to { $to }
# A date and an hour in a text: `Saturday 10 June 2023, 16:00`
date-time = { $date }, { $time }
# The same where there is little room: `Sat 10 Jun 16:00`
date-time-short = { $date } { $time }
# Of an hour that holds by every place's own clock
local-time-each = local time at each place
# In a line for posters: `11:00 local time`
local-time = { $time } local time
today = today
tomorrow = tomorrow
yesterday = yesterday

## Places

# Can be joined by video or telephone
online = online
# A city and its country: `Madrid, Spain`
in-country = { $place }, { $country }

## Listings

# In place of first and last day: everything is searched
all-dates = all dates
from-date = from { $date }
# Names of time zones: `times in Europe/Madrid (CET, UTC+1)`
times-in = times in { $zones }
nothing-found = Nothing was found.
nothing-on = Nothing is listed for { $date }.
nothing-from = Nothing is listed from { $date } on.
nothing-between = Nothing is listed from { $first } to { $last }.
nothing-in = Nothing is listed in { $month }.
advice-words = Try fewer words or fewer filters.
advice-days = Try more days (--days 90), fewer filters, or `redletter search WORDS` for any date.
advice-new = The calendar has no events yet; try `redletter new`.
more = … and { $count } more
# `--limit` stays as it is
more-limit = … and { $count } more (raise --limit)
# Beside a row that stands for many local events: an option of the command line
all-lists-each = --all lists each
# In a day of a month, where there is little room
more-short = +{ $count } more
# The text of a link to a video conference
join-link = join

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = When
field-repeats = Repeats
field-next = Next
field-moved-from = Moved from
field-where = Where
field-coordinates = Coordinates
field-access = Access
field-notes = How to find
field-online = Online
field-platform = Platform
field-meeting-id = Meeting id
field-passcode = Passcode
field-phone = Phone
field-registration = Register
field-organizers = Called by
field-contact = Contact
field-page = Page
field-tags = Tags
field-language = Language
field-part-of = Part of
field-has-part = Has part
field-image = Image
field-source = Source
end-assumed = (end assumed)
is-moved = (moved)
is-cancelled = (cancelled)
is-postponed = (postponed)
is-tentative = (tentative)
day-all-day = { $date }, all day
whole-days = { $count ->
    [one] { $first } to { $last }, { $count } whole day
   *[other] { $first } to { $last }, { $count } whole days
}
by-each-clock = { $time } by the clock of each place
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

## `redletter when`

whole-day-everywhere = { $date }: the whole day, on that date everywhere
whole-days-everywhere = { $first } to { $last }: whole days, on those dates everywhere
# When a day begins first on Earth, and ends last: on ships at sea, and where people live
begins-first = begins first in { $place } ({ $zone }): { $date }
ends-at-sea = ends last at sea ({ $zone }): { $date }
ends-on-land = and on land in { $place }: { $date }

## The text of an event in a calendar program

join = Join
join-by = Join ({ $platform })
meeting-id = Meeting ID
passcode = Passcode
phone = Phone
online-by = Online
registration = Registration
accessibility = Accessibility
step-free = step-free
sign-language = sign language
captions = captions
hearing-loop = hearing loop
childcare = childcare
quiet-space = quiet space
# A word of these, and what it names: `Passcode: 191837`
named = { $name }: { $value }
moved-from-day = Moved from { $date }.
moved-from-zone = Moved from { $date } ({ $zone }).
moved-from-local = Moved from { $date } local time.
clock = Local time: { $time } ({ $zone }).
each-place-hours = { $time } local time at each place.
each-place = { $time }, local time at each place.

## Open events, and events for members

# How one joins, where only members may know it
for-members = online, for members
# An open event: `day 37`
day-number = day { $day }
# Behind a title: `General strike (day 37)`
day-number-behind = (day { $day })
# Beside another day: `since Fri 16 Oct, day 37 today`
day-today = day { $day } today
# It has no end yet
open-end = open end
# A day, in an answer of `redletter when`
open-from = from { $date }, open end, on those dates everywhere
# When it began, where a program shows only the day
clock-at-start = Start: { $time } ({ $zone }).
# The text of a link to a page where one registers
register-link = register
# Anniversaries of an open event: `day 100 is Sat 3 Oct 2026`
field-milestones = Milestones
milestone-was = day { $day } was { $date }
milestone-today = day { $day } is today, { $date }
milestone-is = day { $day } is { $date }
# Date of the next review of an open or repeating event
field-review-by = Review by
review-overdue = { $date }: tentative until someone confirms it
# Before the places of a day of action
local-events = Local events
# Heading of events without a place, in a listing by place
everywhere = Online and everywhere
# A number of local events, as in `digest-locals` below, and of the countries that they are in
in-countries = { $count ->
    [one] { $locals } in { $count } country
   *[other] { $locals } in { $count } countries
}
# Before a list of countries
countries-without = Countries of this calendar without a local event: { $countries }

## How something repeats. English has words of its own for this, in the program.

# Before days: `every week, Tuesday, Thursday`
repeat-days = { $count ->
    [1] every day
   *[other] every { $count } days
}
repeat-weeks = { $count ->
    [1] every week
   *[other] every { $count } weeks
}
repeat-months = { $count ->
    [1] every month
   *[other] every { $count } months
}
repeat-years = { $count ->
    [1] every year
   *[other] every { $count } years
}
# Of dates that no short phrase says
repeat-dates = on several dates
# How often, in all
repeat-times = { $count ->
    [one] once
   *[other] { $count } times
}
# Beside the rule
more-dates = { $count ->
    [one] { $count } more date
   *[other] { $count } more dates
}
# Of a month: `every month, day 15`
month-day = day { $day }
month-last-day = last day
# Of a month: `2nd Tuesday`. { $day } is the weekday's number from Monday, 1, to Sunday, 7: for languages in which an
# ordinal agrees with it. { $number } is -1 for the last one.
nth-weekday = { $number ->
    [-1] last { $weekday }
    [1] 1st { $weekday }
    [2] 2nd { $weekday }
    [3] 3rd { $weekday }
   *[other] { $number }th { $weekday }
}

## Kinds of events

kind-protest = Protest
kind-strike = Strike
kind-forum = Forum
kind-action-day = Day of action
kind-meeting = Meeting
kind-conference = Conference
kind-vigil = Vigil
kind-occupation = Occupation
kind-boycott = Boycott
kind-commemoration = Commemoration
kind-deadline = Deadline

## `redletter digest`: what changed and what comes

# A heading: `What changed since Mon 16 November 2026`
digest-changes = What changed since { $date }
# Heading of long-running events: strikes, occupations
digest-ongoing = Going on
# Headings of changes, and lists follow
digest-cancelled = Cancelled
# Without a new date yet
digest-postponed = Postponed
digest-moved = Moved
digest-restored = On after all
digest-new = New
digest-changed = Changed
# What changed about an event, beside its date
digest-place = at another place
digest-end = ends at another time
digest-confirmed = now confirmed
digest-uncertain = no longer confirmed
digest-dates = on other dates
# A state changed its clocks
digest-rules = by new time zone rules
# The old date and the new one: `Tue 24 Nov 19:00 CET → Thu 26 Nov 19:00 CET`; with ← where lines run from right to left
digest-from-to = { $from } → { $to }
# The old date of a postponed event: `not on Sun 29 Nov`
digest-not-on = not on { $date }
# Events that belong to an action day
digest-locals = { $count ->
    [one] { $count } local event
   *[other] { $count } local events
}

## The frame of the site's pages

# What the language calls itself
own-name = English
# Links to the main pages
site-home = Home
site-agenda = Agenda
site-month = Month
site-subscribe = Subscribe
# The first link of a page, for keyboards
site-skip = Skip to the content
# Names of groups of links, for screen readers
site-languages = Languages
site-pages = Pages

## Banner of `redletter serve` for editors

# The newest state cannot be shown
site-stale = The records have mistakes: this is the last state without any.

## Lists and months of the site

site-coming = Coming up
site-whole-agenda = Full agenda
# Heading of the next days of action
site-red-days = Coming days of action
site-kinds = Kinds
site-countries = Countries
# Heading of calendars that one can subscribe to
site-feeds = Feeds
# Above the address of the feed
site-subscribe-how = Add this address to your calendar program as a subscription. It then updates by itself.
site-subscribe-open = Open in your calendar program
site-subscribe-more = How to subscribe in each program
# Name of a field for words
site-search = Search this list
# How many rows of a list a filter leaves
site-shown = Shown: { $count }
site-show-all = Show all
# Where a search or a filter leaves no row
site-no-match = No events match “{ $words }”.
site-no-matches = No events match.
# Heading of past events
site-past = Past
site-months = Neighbouring months
# Before the name of a month, for screen readers
site-earlier = Earlier:
site-later = Later:
# Heading of events that last the whole month
site-throughout = All month
site-archive = All months
site-missing = Page not found
site-missing-why = The address may be wrong, or the page has moved. The agenda lists all coming events.
# The reader's local time, beside the official one: `10:00–12:00 your time`
site-own-time = { $time } your time
# Before a choice of time zones
site-zone = Your time zone

## The page of an event, and its time in every zone

# A link, and the title of a page with the local time in every zone
event-every-zone = This time in every time zone
# A link to a map
event-map = On the map (OpenStreetMap)
event-add = Add to your calendar
event-file = Calendar file (.ics)
# Before a list of feeds that have the event
event-feeds = Or subscribe to a feed to get every change:
# Before a list of dates
event-next = Next dates
# When its record last changed
event-changed = Changed on { $date }
event-cancelled = This event is cancelled.
event-postponed = This event is postponed. There is no new date yet.
event-tentative = This event is not confirmed yet.
# Of an event whose record was deleted
event-deleted = This event was removed from the calendar and does not take place.
event-over = This event is over.
# Beside a local time: how many days it is before the day of the event
days-before = { $count ->
    [one] the day before
   *[other] { $count } days before
}
days-after = { $count ->
    [one] the day after
   *[other] { $count } days after
}
# Above a table of the clocks of the world
when-order = Local times around the world, west to east

## How to subscribe

subscribe-lead = Subscribe once. Your calendar then shows all events and updates by itself.
# Where the page does not know its own address
subscribe-relative = This copy of the site does not know its own address. Copy the address of the “.ics” link below.
subscribe-feeds = Feeds
subscribe-how = In your program
# A link that opens a calendar program
subscribe-open = Open in my calendar
subscribe-then = What happens then
# How often programs look for changes, in hours
subscribe-refresh = { $count ->
    [one] Programs look for changes by themselves, many of them every hour.
   *[other] Programs look for changes by themselves, many of them every { $count } hours.
}
subscribe-google-slow = Google Calendar may take a day to show a change.
subscribe-privacy = Your calendar provider, such as Google, Apple or Microsoft, can see which feed you follow.
subscribe-file = A downloaded file does not update. A subscription does.
# What to do in each program; names of menus as they are in that language
subscribe-iphone = Tap “Open in my calendar”, then “Subscribe”. Or: Calendar → Calendars → Add Calendar → Add Subscription Calendar, and paste the address.
subscribe-mac = Calendar → File → New Calendar Subscription, and paste the address.
subscribe-android = Add the feed in Google Calendar on the web; it then shows on the phone. Without Google: install ICSx⁵ and paste the address.
subscribe-google = Paste the address in “Add by URL”:
subscribe-outlook = In new Outlook and on the web: Calendar → Add calendar → Subscribe from web, and paste the address.
subscribe-outlook-classic = File → Account Settings → Internet Calendars → New, and paste the address.
subscribe-thunderbird = New Calendar → On the Network, and paste the address.
subscribe-nextcloud = Calendar → New calendar → New subscription from link, and paste the address.
subscribe-terminal = khal: a vdirsyncer pair with a storage of type http. calcurse: “calcurse -i” with the downloaded file.

## Exceptions of a series, and days at a place

# Of an event on dates that has a place: a city or a country
whole-day-there = { $date }: the whole day, by the clock of { $place }
# Below the rule of a series: dates, one or several, on which it does not happen
event-not-on = not on { $date }
# Behind an occurrence of a series that was moved: the date or the hour that it had
event-instead-of = instead of { $date }
