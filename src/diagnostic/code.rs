//! Every code, with the text of `redletter explain`. Codes are a published contract: they name the problem, and their
//! meaning never changes.

use super::{FeedCode, Severity};

/// A row of the table below.
struct Row {
    name: &'static str,
    severity: Severity,
    meaning: &'static str,
    wrong: &'static str,
    right: &'static str,
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $meaning:literal $wrong:literal => $right:literal)*) => {
        /// The code of a problem.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
            /// A problem of a feed.
            Feed(FeedCode),
        }

        impl Code {
            /// All codes of records, in the order of the table; those of feeds are [`FeedCode::ALL`].
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            fn row(self) -> Row {
                match self {
                    $(Code::$variant => Row {
                        name: $name, severity: Severity::$severity, meaning: $meaning, wrong: $wrong, right: $right,
                    },)*
                    Code::Feed(code) => {
                        let (wrong, right) = code.example();
                        let (name, severity, meaning) = (code.name(), code.severity(), code.meaning());
                        Row { name, severity, meaning, wrong, right }
                    }
                }
            }
        }
    };
}

codes! {
    // The lock
    MassDeletion "mass-deletion" Error
        "Most of the events that are still to come, and that subscribers know by calendar.lock, are gone at once; or there is no record at all. Feeds would cancel them on every phone, so that nothing is published. Often the folder is another one, or is not mounted. If the events are meant to go, say so once by `redletter lock --allow-mass-deletion`; for a single event, deleting its record is enough."
        "no file in events/, and 40 events in calendar.lock" => "the records are back, or: redletter lock --allow-mass-deletion"

    // The file
    Unreadable "unreadable" Error
        "The file cannot be read: permissions, a broken or circular link, or not a regular file. Links are followed within the calendar's folder, to what is not hidden; `events` and `calendar.toml` are no exception."
        "events/x.toml -> /etc/x.toml" => "a plain file events/x.toml"
    SheetAssumed "sheet-assumed" Note
        "A sheet is not in the usual form of CSV, with commas and in UTF-8, and this is how it was read. Columns may be separated by semicolons, tabs or bars, and a first line such as `sep=;` names the separator; UTF-16 and Windows-1252 are read too. If names of cities look wrong, save the sheet as `CSV UTF-8`."
        "city;country" => "city,country"
    IgnoredFile "ignored-file" Warning
        "A file in `events/` looks like a record or a list of events, and nothing reads it: its name does not end in `.toml` in small letters, or no record names the sheet. Names that begin with `_` or `.` are passed over in silence."
        "events/forum.toml.txt" => "events/forum.toml"
    TooLarge "too-large" Error
        "The file is over its limit (records 96 MB, sheets 64 MB, calendar.toml 1 MB), or the calendar has too many records. Split it into several files."
        "a file of 100 MB" => "several files, one a year"
    InvalidUtf8 "invalid-utf8" Error
        "The file is not UTF-8 text. Editors on Windows may save in another encoding; choose `UTF-8` in the dialogue for saving."
        "title = \"Caf\\xe9\" in Latin-1" => "title = \"Café\" in UTF-8"
    Syntax "syntax" Error
        "The text is not TOML. Common causes are an unclosed quote, a missing `=`, and a repeated key. A file with a syntax error is not checked any further."
        "title = \"Forum" => "title = \"Forum\""
    UnknownField "unknown-field" Error
        "There is no field with this name, so its value would be ignored. Often a letter is missing, or the name comes from another tool."
        "organiser = [\"Tenants' union\"]" => "organizers = [\"Tenants' union\"]"
    MissingField "missing-field" Error
        "A required field is missing: `title`, `start`, `kind`, and, in a file with many events, `id`."
        "title = \"Forum\"" => "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00"
    WrongType "wrong-type" Error
        "The value has the wrong type: a number instead of text, or text instead of a list."
        "tags = \"anti-war\"" => "tags = [\"anti-war\"]"
    EmptyValue "empty-value" Error
        "The field is empty. Fill it in, or delete the line."
        "title = \"\"" => "title = \"Forum\""
    HtmlInText "html-in-text" Warning
        "A description has HTML in it, such as `<p>` or `<a href=…>`, and descriptions are Markdown. Feeds and pages drop the tags, keep the text between them, and keep the addresses of links. Write paragraphs as blank lines, links as `[text](https://…)`, and a literal `<` as `\\<`."
        "description = \"<p>Bring <b>water</b></p>\"" => "description = \"Bring **water**\""
    TooLong "too-long" Error
        "The text is too long for its field: a title is one line of at most 255 characters, an id has at most 128, and any field at most 1 MB, with its translations. Put the rest into `description`, or on a page of its own."
        "title = \"(a whole paragraph)\"" => "title = \"Forum: war in Ukraine\"\ndescription = \"(the paragraph)\""
    TooManyValues "too-many-values" Error
        "A list is over its limit: an event has at most 10,000 `announced`, `also`, `except` and `change`, and a sheet at most 1,000 columns. Divide them among several events."
        "except = [(40,000 dates)]" => "two series, one behind the other"
    ControlCharacter "control-character" Error
        "The text contains an invisible character that some programs obey: a control character, or one that changes the writing direction. Such characters come with copied text. Delete the word and type it again."
        "title = \"Forum\\u0007\"" => "title = \"Forum\""
    UnknownValue "unknown-value" Error
        "The field allows only certain words, and this is not one of them."
        "accessibility = [\"wheelchair\"]" => "accessibility = [\"step-free\"]"

    // Dates and times
    InvalidDate "invalid-date" Error
        "There is no such day, the text is not a date, or the year is not from 1900 to 2200. Most places had no standard time before, so that a day from 1800 on has to stand without an hour, and the rules of clocks far ahead are not known."
        "start = 2026-02-30" => "start = 2026-02-28"
    InvalidTime "invalid-time" Error
        "There is no such time of day, or the text is not a time. Hours range from 00:00 to 23:59 (24:00 is the end of a day); fractions of a second are not allowed. A bare hour needs am or pm."
        "start = \"2026-06-10 25:00\"" => "start = 2026-06-10T23:00"
    InvalidDuration "invalid-duration" Error
        "The text is not a length of time."
        "duration = \"2 hours or so\"" => "duration = \"2h\""
    AmbiguousDate "ambiguous-date" Error
        "The date has two readings: 06/07 is 6 July to some and 7 June to others. Write the year first, or the month as a word."
        "start = \"06/07/2023 16:00\"" => "start = 2023-07-06T16:00"
    WeekdayMismatch "weekday-mismatch" Error
        "The weekday and the date disagree, so one of them is wrong. Readers of a poster rely on the weekday."
        "start = \"Friday 10 June 2023, 16:00\"" => "start = \"Saturday 10 June 2023, 16:00\""
    UnknownTimezone "unknown-timezone" Error
        "The time zone database has no zone with this name. Names look like `Europe/Athens`; `redletter zones athens` finds them."
        "timezone = \"Europe/Pari\"" => "timezone = \"Europe/Paris\""
    AmbiguousAbbreviation "ambiguous-abbreviation" Error
        "The abbreviation has several meanings: CST is Chicago's, Shanghai's and Havana's. Name the zone instead."
        "start = \"2026-12-02 18:00 CST\"" => "start = 2026-12-02T18:00\ntimezone = \"America/Chicago\""
    AbbreviationMismatch "abbreviation-mismatch" Error
        "The abbreviation is not in force there on that date: Pacific Standard Time (PST) ends in March. A reader who takes it literally is an hour off."
        "start = \"2023-06-10 16:00 PST\"" => "start = \"2023-06-10 16:00 PDT\""
    OffsetMismatch "offset-mismatch" Error
        "The offset and the zone disagree for that date."
        "start = 2023-06-10T16:00-08:00\ntimezone = \"America/Los_Angeles\"" => "start = 2023-06-10T16:00-07:00\ntimezone = \"America/Los_Angeles\""
    TimezoneMissing "timezone-missing" Error
        "A time of day needs a time zone. Set `timezone` in the record, in `[defaults]`, or in calendar.toml."
        "start = 2026-12-02T18:00" => "start = 2026-12-02T18:00\ntimezone = \"America/Vancouver\""
    TimezoneCountryMismatch "timezone-country-mismatch" Warning
        "The zone does not belong to the country. For an online event both can be right; for a place, one of them is wrong."
        "timezone = \"Europe/Athens\"\nlocation = { country = \"PE\" }" => "timezone = \"America/Lima\"\nlocation = { country = \"PE\" }"
    TimeInGap "time-in-gap" Error
        "The clocks go forward and skip this time, so it does not exist on this day. The message names the nearest times that do."
        "start = 2026-03-29T02:30\ntimezone = \"Europe/Madrid\"" => "start = 2026-03-29T03:00\ntimezone = \"Europe/Madrid\""
    TimeInOverlap "time-in-overlap" Error
        "The clocks go back, so this time happens twice. Add the offset to say which one you mean."
        "start = 2026-10-25T02:30\ntimezone = \"Europe/Madrid\"" => "start = 2026-10-25T02:30+02:00\ntimezone = \"Europe/Madrid\""
    EndBeforeStart "end-before-start" Error
        "The end is before the start. An event past midnight ends on the next date."
        "start = 2026-12-02T22:00\nend = 2026-12-02T01:00" => "start = 2026-12-02T22:00\nend = 2026-12-03T01:00"
    ZeroDuration "zero-duration" Error
        "The event has no length, and many calendar programs do not show such an event. Delete the end to use the kind's default length."
        "duration = \"0m\"" => "duration = \"90m\""
    EndAndDuration "end-and-duration" Error
        "Both `end` and `duration` set the end. Delete one of them."
        "end = 2026-12-02T20:00\nduration = \"2h\"" => "duration = \"2h\""
    MixedDateTypes "mixed-date-types" Error
        "A start that is a date needs an end that is a date, or whole days; a start with a time needs an end with one."
        "start = 2026-12-02\nend = 2026-12-02T20:00" => "start = 2026-12-02T18:00\nend = 2026-12-02T20:00"
    AnnouncedMismatch "announced-mismatch" Error
        "An announced time is not the same instant as `start`. Readers of the poster would come too early or too late."
        "start = 2026-12-02T18:00\ntimezone = \"America/Vancouver\"\nannounced = [\"21:00 Toronto\"]" => "announced = [\"20:00 Toronto\"]"
    PastDate "past-date" Warning
        "The date is past and the event is still tentative: it was neither confirmed nor cancelled."
        "start = 2020-01-01\nstatus = \"tentative\"" => "start = 2020-01-01\nstatus = \"cancelled\""
    LongEvent "long-event" Warning
        "The event is unusually long: over 31 days, or over a year for a strike, an occupation or a boycott. Often the month or year of the end is wrong."
        "start = 2026-05-01\nend = 2062-05-01" => "start = 2026-05-01\nend = 2026-05-01"
    FileNameDateMismatch "file-name-date-mismatch" Warning
        "The date in the file name differs from `start`."
        "events/2026/12-01-forum.toml: start = 2026-12-02" => "events/2026/12-02-forum.toml: start = 2026-12-02"
    ZoneOfPlace "zone-of-place" Note
        "The record has no `timezone`, and its place keeps another clock than the calendar's `timezone`. The place's clock is used."
        "start = 2026-12-02T18:00\nlocation = { city = \"Lima\", country = \"PE\" }" => "start = 2026-12-02T18:00\ntimezone = \"America/Lima\"\nlocation = { city = \"Lima\", country = \"PE\" }"
    WrittenInUtc "written-in-utc" Note
        "Some calendar programs may use outdated or simplified rules for this zone and show a wrong time. Feeds write this event in UTC, with the local time in its description, so that it is right everywhere."
        "timezone = \"America/Vancouver\" in December 2026" => "nothing to do"
    OutlookRule "outlook-rule" Note
        "Outlook reads six patterns of repeats, and leaves out a series with any other rule, such as two weekdays of a month, or occurrences that overlap. Feeds carry such a series as several series with one pattern each, or as single dates, two years ahead where it has no end. Other programs show the same."
        "repeat = \"every month on the 2nd and 4th tuesday\"" => "nothing to do"
    MovedByTzdb "moved-by-tzdb" Note
        "The time zone database is newer than the one in calendar.lock and has different rules for this zone, so the same local time is now a different instant. Feeds already use the new one; `redletter lock` records it. If you announced the time in other zones, announce it again."
        "start = 2026-12-02T18:00\ntimezone = \"America/Vancouver\" and a calendar.lock of 2025" => "redletter lock"

    // Repeats
    InvalidRepeat "invalid-repeat" Error
        "The text is not a known repeat, or two fields conflict: `repeat` and `rrule`, or `until` and `count`. A repeat needs a zone, because a fixed offset says nothing about next month."
        "repeat = \"every other tuesday or so\"" => "repeat = \"every 2 weeks on tuesday\""
    RepeatOverlaps "repeat-overlaps" Error
        "An occurrence lasts so long that over 100 of the same series take place at once. Usually the end or the duration is a slip, or the event does not repeat but goes on: then leave the repeat out, and write `end = \"open\"`."
        "start = 2026-01-01\nduration = \"365d\"\nrepeat = \"daily\"" => "start = 2026-01-01\nend = \"open\""
    RepeatTooFine "repeat-too-fine" Error
        "A repeat can be daily or rarer. Write an hourly event as one event with a longer duration, or as several events."
        "rrule = \"FREQ=HOURLY\"" => "rrule = \"FREQ=DAILY\""
    EmptyRepeat "empty-repeat" Error
        "The repeat has no occurrences: it asks for 30 February, or exceptions remove all of them."
        "rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"" => "rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28\""
    UntilBeforeStart "until-before-start" Error
        "The repeat ends before its first occurrence. Often `until` has last year's date."
        "start = 2026-01-13T19:00\nuntil = 2025-12-31" => "start = 2026-01-13T19:00\nuntil = 2026-12-31"
    StartNotInRepeat "start-not-in-repeat" Warning
        "`start` is not an occurrence of the repeat: the repeat says Tuesday, and the start is a Monday. Calendar programs disagree on whether that first day counts."
        "start = 2026-01-12T19:00\nrepeat = \"every week on tuesday\"" => "start = 2026-01-13T19:00\nrepeat = \"every week on tuesday\""
    RepeatSkips "repeat-skips" Warning
        "The repeat falls on a day that some months, or years, do not have, and then there is no occurrence: \"monthly\" from the 31st skips February, April, June, September and November. Say `on the last day`, or `on day 30 or the last`; or name the months that are meant."
        "start = 2026-01-31T19:00\nrepeat = \"monthly\"" => "start = 2026-01-31T19:00\nrepeat = \"every month on the last day\""
    ExceptNotInRepeat "except-not-in-repeat" Error
        "There is no occurrence on this date, so the exception removes nothing, and people would come in vain."
        "repeat = \"every month on the 2nd tuesday\"\nexcept = [2026-08-12]" => "except = [2026-08-11]"
    ChangeNotInRepeat "change-not-in-repeat" Error
        "There is no occurrence on this date, so the change has no effect. `occurrence` is the planned start, not the new one."
        "occurrence = 2026-09-09" => "occurrence = 2026-09-08"
    FromNotInRepeat "from-not-in-repeat" Error
        "A table `[[from]]` says what a series is from a date on, and the series has no occurrence on one of the two sides of that date: it begins later, or has ended. What holds from the beginning belongs into the event's own lines."
        "start = 2026-09-08T19:00\n[[from]]\ndate = 2026-09-01" => "start = 2026-09-08T20:00"
    FromOutOfOrder "from-out-of-order" Error
        "The tables `[[from]]` stand in order of their dates, because each is what it says and otherwise as the one above it. Two with the same date belong into one."
        "[[from]]\ndate = 2027-01-01\n[[from]]\ndate = 2026-09-01" => "[[from]]\ndate = 2026-09-01\n[[from]]\ndate = 2027-01-01"
    OpenWithRepeat "open-with-repeat" Error
        "An event with `end = \"open\"` lasts until its end is written, so it cannot repeat; nor can one occurrence of a repeat be open."
        "end = \"open\"\nrepeat = \"weekly\"" => "end = \"open\""
    OpenAndOff "open-and-off" Warning
        "The event has begun, its end is open, and it is cancelled or postponed, so it is unclear whether it took place and until when. If it is over, write its last day as `end`; `cancelled` is for events that do not take place."
        "start = 2026-05-01\nend = \"open\"\nstatus = \"cancelled\"" => "start = 2026-05-01\nend = 2026-06-12"
    Stale "stale" Warning
        "The event repeats or is open, and its `review-by` date is past. It is shown as tentative until you move `review-by` ahead, by hand or with `redletter confirm`, or write its end."
        "end = \"open\"\nreview-by = 2026-03-01" => "end = \"open\"\nreview-by = 2027-03-01"
    Unreviewed "unreviewed" Note
        "The event has no end, has run for more than 90 days, and has no `review-by` as a reminder to confirm it. Only `check --stale` reports this; yearly events are exempt."
        "end = \"open\"" => "end = \"open\"\nreview-by = 2027-03-01"
    NeedlessReview "needless-review" Note
        "`review-by` is for repeating and open events. Other events have an end and need no review."
        "start = 2026-12-02T18:00\nreview-by = 2026-12-01" => "start = 2026-12-02T18:00"
    TooManyOccurrences "too-many-occurrences" Error
        "A listing would contain more than 100,000 occurrences of one event. List fewer days, or give the repeat an end."
        "redletter agenda 0001-01-01 9998-12-31" => "redletter agenda 2026-01-01 2026-12-31"
    DoubleBooked "double-booked" Warning
        "Two repeating events are at the same place at the same time."
        "two assemblies in one hall, both every Tuesday at 19:00" => "one of them at 20:30, or in another hall"

    // Other values
    UnknownKind "unknown-kind" Error
        "The kind is neither built in nor declared in calendar.toml under `[kinds.<name>]`."
        "kind = \"demo\"" => "kind = \"protest\""
    UnknownStatus "unknown-status" Error
        "The status is not one of `tentative`, `confirmed`, `cancelled`, `postponed`."
        "status = \"canceled\"" => "status = \"cancelled\""
    InvalidUrl "invalid-url" Error
        "The text is not a web address. An address begins with `https://` or `http://`, has a host, and contains no spaces."
        "url = \"example.org/forum\"" => "url = \"https://example.org/forum\""
    UnsafeUrl "unsafe-url" Error
        "The address would run a program or open a file on the reader's machine, or contains a password. Only http and https addresses are published."
        "url = \"javascript:alert(1)\"" => "url = \"https://example.org/\""
    InvalidEmail "invalid-email" Error
        "The text is not an e-mail address."
        "organizers = [{ name = \"Union\", email = \"union at example.org\" }]" => "organizers = [{ name = \"Union\", email = \"union@example.org\" }]"
    InvalidCountry "invalid-country" Error
        "A country is a two-letter code of ISO 3166-1, in capitals."
        "country = \"Greece\"" => "country = \"GR\""
    InvalidCoordinates "invalid-coordinates" Error
        "Latitude ranges from -90 to 90, longitude from -180 to 180. Give both or neither; 0, 0 is in the sea."
        "lat = 120.5" => "lat = 37.98\nlon = 23.73"
    InvalidLanguage "invalid-language" Error
        "A language is a BCP 47 tag: `es`, `pt-BR`, `zh-Hant`."
        "language = \"spanish\"" => "language = \"es\""

    // Between events
    DuplicateId "duplicate-id" Error
        "Two events have the same id. The id is part of the event's address and, without a `uid`, of its UID in feeds."
        "id = \"forum\" in two records" => "id = \"forum-june\""
    DuplicateUid "duplicate-uid" Error
        "Two events have the same UID. Calendar programs keep only one of them."
        "uid = \"1@example.org\" in two records" => "uid = \"2@example.org\""
    InvalidId "invalid-id" Error
        "An id consists of lower-case letters a to z, digits and hyphens, begins with a letter or digit, and has at most 128 characters, because it is part of web addresses."
        "id = \"Forum Ukraine\"" => "id = \"forum-ukraine\""
    UnknownParent "unknown-parent" Error
        "`part-of` names an event that does not exist."
        "part-of = \"global-day\"" => "part-of = \"global-day-of-action\""
    ParentCycle "parent-cycle" Error
        "An event is part of itself, directly or through others."
        "part-of = \"(its own id)\"" => "no part-of"

    ParentTooDeep "parent-too-deep" Error
        "The event is part of an event that is part of another one, and so on, more than 32 times. Name an event further up as `part-of`."
        "part-of = \"(an event with 32 others above it)\"" => "part-of = \"global-day-of-action\""
    WithheldInPublic "withheld-in-public" Error
        "A value that `share` withholds is also in a public place: in a title, text, address or link of this or another event, in a file of `static/`, or in the name of a file. Delete it there. Links, rooms, numbers and passcodes are found however they are written. Values that are too short or too ordinary are not searched; `withheld-not-searched` names them."
        "description = \"The passcode is 191837\"\n[online]\npasscode = \"191837\"\nshare = \"members\"" => "description = \"Members get the passcode by mail\""
    WithheldNotSearched "withheld-not-searched" Note
        "A withheld value is too short or too ordinary to search for in public text, because it would match everywhere: it has under four characters, is a number of four digits or a date, or names a room by an ordinary word. Choose a longer value, or check yourself that no public text repeats it."
        "[online]\npasscode = \"1918\"\nshare = \"members\"" => "passcode = \"191837\""
    FeedNameTaken "feed-name-taken" Note
        "An event with parts has its own feed, named after its id. Here a kind, `all`, or a feed of calendar.toml already has that name and keeps it."
        "a feed `name = \"may-day\"` beside an action day `may-day`" => "name = \"may-day-highlights\""

    // The calendar
    SecretInFile "secret-in-file" Error
        "The members' secret, REDLETTER_MEMBERS_SECRET, is in a file of the calendar's folder. Anyone who can read the folder can find the members' feeds. Create a new secret with `openssl rand -hex 16`, and keep it elsewhere."
        "REDLETTER_MEMBERS_SECRET=… in .env" => "a secret in the settings of the machine or the forge that builds"
    DomainMissing "domain-missing" Warning
        "Neither `domain` nor `url` is set in calendar.toml, so UIDs end in `calendar.invalid`. Set one before people subscribe: a UID that changes makes every event appear twice."
        "title = \"Action days\"" => "title = \"Action days\"\ndomain = \"example.org\""
    DomainChanged "domain-changed" Error
        "The domain in calendar.toml is not the one that published UIDs end in. UIDs would change, so that every event appears twice in subscribers' calendars or vanishes from them. Keep the former domain for UIDs by a `domain` line, also if `url` has another host; or run `redletter lock --adopt-domain`, which keeps the UIDs of published events and uses the new domain for new ones."
        "url = \"https://cal.example.org/\"   # instead of: domain = \"example.org\"" => "url = \"https://cal.example.org/\"\ndomain = \"example.org\""
}

impl Code {
    /// As printed: `unknown-timezone`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// How bad it is unless said otherwise.
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// All codes of records, then those of feeds.
    pub fn every() -> impl Iterator<Item = Code> {
        Code::ALL.iter().copied().chain(FeedCode::ALL.iter().copied().map(Code::Feed))
    }

    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Code::every().find(|code| code.name() == name)
    }

    /// What it means, a few sentences.
    pub fn meaning(self) -> &'static str {
        self.row().meaning
    }

    /// A text that is wrong in this way, and the one to write instead.
    pub fn example(self) -> (&'static str, &'static str) {
        let row = self.row();
        (row.wrong, row.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        for (index, code) in Code::ALL.iter().enumerate() {
            let name = code.name();
            assert!(name.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase() || byte == b'8'), "{name}");
            assert!(Code::ALL[..index].iter().all(|other| other.name() != name), "{name} twice");
            assert_eq!(Code::from_name(name), Some(*code));
        }
    }
}
