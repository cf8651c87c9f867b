//! Every code, with the text of `redletter explain`. Codes are a published contract: they name what was found, and none
//! changes its meaning.

use super::Severity;

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
        /// What was found in a record.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            fn row(self) -> Row {
                match self {
                    $(Code::$variant => Row {
                        name: $name, severity: Severity::$severity, meaning: $meaning, wrong: $wrong, right: $right,
                    },)*
                }
            }
        }
    };
}

codes! {
    // The file
    Unreadable "unreadable" Error
        "The file cannot be read: permissions, a broken or circular link, or something that is no file. Links that leave the calendar's folder are not followed, unless they stand in its top level."
        "events/x.toml -> /etc/x.toml" => "a plain file events/x.toml"
    TooLarge "too-large" Error
        "The file is over 96 MB, or the calendar has more records than one may hold. Split it into several files."
        "a file of 100 MB" => "several files, one a year"
    InvalidUtf8 "invalid-utf8" Error
        "The file is not UTF-8 text. Editors on Windows may save in another encoding; choose `UTF-8` in the dialogue for saving."
        "title = \"Caf\\xe9\" in Latin-1" => "title = \"Café\" in UTF-8"
    Syntax "syntax" Error
        "The text is not TOML. Quotes that are not closed, a missing `=`, and a key that stands twice are the common causes. A file with such a mistake is judged no further."
        "title = \"Forum" => "title = \"Forum\""
    UnknownField "unknown-field" Error
        "No field has this name, so nothing would read it. Often a letter is missing, or another tool's name was used."
        "organiser = [\"Tenants' union\"]" => "organizers = [\"Tenants' union\"]"
    MissingField "missing-field" Error
        "A field that every event needs is not there: `title`, `start`, a `kind`, and, where one file holds many events, an `id`."
        "title = \"Forum\"" => "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00"
    WrongType "wrong-type" Error
        "The value is of another type than the field: a number where text belongs, text where a list belongs."
        "tags = \"anti-war\"" => "tags = [\"anti-war\"]"
    EmptyValue "empty-value" Error
        "The field is there and says nothing. Leave the line out, or fill it in."
        "title = \"\"" => "title = \"Forum\""
    TooLong "too-long" Error
        "The text is longer than its field allows: a title has one line of at most 255 characters, an id at most 128. The rest belongs in `description`."
        "title = \"(a whole paragraph)\"" => "title = \"Forum: war in Ukraine\"\ndescription = \"(the paragraph)\""
    ControlCharacter "control-character" Error
        "The text holds a character that no reader sees and some programs obey: a control character, or one that turns the direction of writing. They come with copied text; delete and type the word again."
        "title = \"Forum\\u0007\"" => "title = \"Forum\""
    UnknownValue "unknown-value" Error
        "The field takes one of a few words, and this is none of them."
        "accessibility = [\"wheelchair\"]" => "accessibility = [\"step-free\"]"

    // Dates and times
    InvalidDate "invalid-date" Error
        "There is no such day, or the text is not a date."
        "start = 2026-02-30" => "start = 2026-02-28"
    InvalidTime "invalid-time" Error
        "There is no such time of day, or the text is not a time. Hours go from 00:00 to 23:59 (24:00 ends a day); seconds have no fractions. A printed hour without am or pm cannot be read."
        "start = \"2026-06-10 25:00\"" => "start = 2026-06-10T23:00"
    InvalidDuration "invalid-duration" Error
        "The text is no length of time."
        "duration = \"2 hours or so\"" => "duration = \"2h\""
    AmbiguousDate "ambiguous-date" Error
        "The date reads as two days: 06/07 is 6 July to some and 7 June to others. Write the year first, or the month as a word."
        "start = \"06/07/2023 16:00\"" => "start = 2023-07-06T16:00"
    WeekdayMismatch "weekday-mismatch" Error
        "The weekday and the date disagree, so one of them is wrong. People trust the weekday on a poster."
        "start = \"Friday 10 June 2023, 16:00\"" => "start = \"Saturday 10 June 2023, 16:00\""
    UnknownTimezone "unknown-timezone" Error
        "No zone of the tz database has this name. Names look like `Europe/Athens`; `redletter zones athens` finds them."
        "timezone = \"Europe/Pari\"" => "timezone = \"Europe/Paris\""
    AmbiguousAbbreviation "ambiguous-abbreviation" Error
        "The abbreviation stands for several clocks: CST is Chicago's, Shanghai's and Havana's. Name the zone instead."
        "start = \"2026-12-02 18:00 CST\"" => "start = 2026-12-02T18:00\ntimezone = \"America/Chicago\""
    AbbreviationMismatch "abbreviation-mismatch" Error
        "The abbreviation is not in force there on that date: Pacific Standard Time (PST) ends in March. Who reads it literally is an hour off."
        "start = \"2023-06-10 16:00 PST\"" => "start = \"2023-06-10 16:00 PDT\""
    OffsetMismatch "offset-mismatch" Error
        "The offset and the zone disagree for that date."
        "start = 2023-06-10T16:00-08:00\ntimezone = \"America/Los_Angeles\"" => "start = 2023-06-10T16:00-07:00\ntimezone = \"America/Los_Angeles\""
    TimezoneMissing "timezone-missing" Error
        "A time of day means nothing without a zone. Give `timezone` in the record, in `[defaults]`, or in calendar.toml."
        "start = 2026-12-02T18:00" => "start = 2026-12-02T18:00\ntimezone = \"America/Vancouver\""
    TimezoneCountryMismatch "timezone-country-mismatch" Warning
        "The zone is not one of the country's. Either may be right for an online event; for a place, one of them is wrong."
        "timezone = \"Europe/Athens\"\nlocation = { country = \"PE\" }" => "timezone = \"America/Lima\"\nlocation = { country = \"PE\" }"
    TimeInGap "time-in-gap" Error
        "Clocks skip this time when they are put forward, so it never happens. The message names the neighbours that do."
        "start = 2026-03-29T02:30\ntimezone = \"Europe/Madrid\"" => "start = 2026-03-29T03:00\ntimezone = \"Europe/Madrid\""
    TimeInOverlap "time-in-overlap" Error
        "Clocks are put back and this time happens twice. The offset says which of the two is meant."
        "start = 2026-10-25T02:30\ntimezone = \"Europe/Madrid\"" => "start = 2026-10-25T02:30+02:00\ntimezone = \"Europe/Madrid\""
    EndBeforeStart "end-before-start" Error
        "The end comes before the start. A forum past midnight ends on the next date."
        "start = 2026-12-02T22:00\nend = 2026-12-02T01:00" => "start = 2026-12-02T22:00\nend = 2026-12-03T01:00"
    ZeroDuration "zero-duration" Error
        "The event has no length, and many calendars then show nothing. Leave the end out for the kind's default length."
        "duration = \"0m\"" => "duration = \"90m\""
    EndAndDuration "end-and-duration" Error
        "`end` and `duration` both say when it ends. Keep one."
        "end = 2026-12-02T20:00\nduration = \"2h\"" => "duration = \"2h\""
    MixedDateTypes "mixed-date-types" Error
        "A start that is a date needs an end that is a date, or whole days; a start with a time needs an end with one."
        "start = 2026-12-02\nend = 2026-12-02T20:00" => "start = 2026-12-02T18:00\nend = 2026-12-02T20:00"
    AnnouncedMismatch "announced-mismatch" Error
        "A time as printed is not the instant of `start`. Whoever trusts the poster comes too early or too late."
        "start = 2026-12-02T18:00\ntimezone = \"America/Vancouver\"\nannounced = [\"21:00 Toronto\"]" => "announced = [\"20:00 Toronto\"]"
    PastDate "past-date" Warning
        "The date is over and the event is still tentative: it was never confirmed or called off."
        "start = 2020-01-01\nstatus = \"tentative\"" => "start = 2020-01-01\nstatus = \"cancelled\""
    LongEvent "long-event" Warning
        "The event is unusually long: over 31 days, or over a year for a strike, an occupation or a boycott. Often the end has the wrong month or year."
        "start = 2026-05-01\nend = 2062-05-01" => "start = 2026-05-01\nend = 2026-05-01"
    FileNameDateMismatch "file-name-date-mismatch" Warning
        "The file's name gives one date and its `start` another."
        "events/2026/12-01-forum.toml: start = 2026-12-02" => "events/2026/12-02-forum.toml: start = 2026-12-02"
    WrittenInUtc "written-in-utc" Note
        "Calendar programs may have old or simplified rules for this zone, and would show another time. Feeds carry this event in UTC, with the local time in its description, so that it is right everywhere."
        "timezone = \"America/Vancouver\" in December 2026" => "nothing to do"
    MovedByTzdb "moved-by-tzdb" Note
        "The time zone database is newer than that of calendar.lock, and has other rules for this zone: the same time on the clocks there is another instant now. Feeds say so already; `redletter lock` records it. Whoever announced the time in other zones should do so again."
        "start = 2026-12-02T18:00\ntimezone = \"America/Vancouver\" and a calendar.lock of 2025" => "redletter lock"

    // Repeats
    InvalidRepeat "invalid-repeat" Error
        "The text is no repeat that we know, or two fields contradict each other: `repeat` beside `rrule`, `until` beside `count`. A repeat needs a zone, because a fixed offset says nothing about next month."
        "repeat = \"every other tuesday or so\"" => "repeat = \"every 2 weeks on tuesday\""
    RepeatTooFine "repeat-too-fine" Error
        "Repeats are daily or rarer. What happens every hour is one event with a longer duration, or several."
        "rrule = \"FREQ=HOURLY\"" => "rrule = \"FREQ=DAILY\""
    EmptyRepeat "empty-repeat" Error
        "The repeat gives no occurrence at all: a 30 February, or exceptions that take out every one."
        "rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"" => "rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28\""
    UntilBeforeStart "until-before-start" Error
        "The repeat ends before the event begins for the first time. Often the year is an old one."
        "start = 2026-01-13T19:00\nuntil = 2025-12-31" => "start = 2026-01-13T19:00\nuntil = 2026-12-31"
    StartNotInRepeat "start-not-in-repeat" Warning
        "The first start is not one that the repeat gives: it says Tuesdays, and the start is a Monday. Calendar programs disagree on whether that first day counts."
        "start = 2026-01-12T19:00\nrepeat = \"every week on tuesday\"" => "start = 2026-01-13T19:00\nrepeat = \"every week on tuesday\""
    ExceptNotInRepeat "except-not-in-repeat" Error
        "No occurrence falls on this date, so the exception takes out nothing and people come for nothing."
        "repeat = \"every month on the 2nd tuesday\"\nexcept = [2026-08-12]" => "except = [2026-08-11]"
    ChangeNotInRepeat "change-not-in-repeat" Error
        "No occurrence is planned for this date, so the change changes nothing. `occurrence` is the planned start, not the new one."
        "occurrence = 2026-09-09" => "occurrence = 2026-09-08"
    OpenWithRepeat "open-with-repeat" Error
        "An event with `end = \"open\"` lasts from its start until somebody writes its end, so it cannot happen a second time; nor can one occurrence of a repeat be open."
        "end = \"open\"\nrepeat = \"weekly\"" => "end = \"open\""
    OpenAndOff "open-and-off" Warning
        "The event had begun, its end is open, and it is cancelled or postponed: nobody can tell whether it took place, nor until when. What is over needs its last day; `cancelled` is for what does not take place."
        "start = 2026-05-01\nend = \"open\"\nstatus = \"cancelled\"" => "start = 2026-05-01\nend = 2026-06-12"
    Stale "stale" Warning
        "The event repeats or is open, and the day is past by which somebody was to confirm that it goes on. It is shown as tentative until `review-by` is moved ahead, by hand or by `redletter confirm`, or its end is written."
        "end = \"open\"\nreview-by = 2026-03-01" => "end = \"open\"\nreview-by = 2027-03-01"
    Unreviewed "unreviewed" Note
        "The event has no end, has gone on for over 90 days, and no `review-by` reminds anybody to look whether it still does. Only `check --stale` says so; what comes once a year is left alone."
        "end = \"open\"" => "end = \"open\"\nreview-by = 2027-03-01"
    NeedlessReview "needless-review" Note
        "`review-by` is for what repeats and for what has an open end. The other events are over when they are over."
        "start = 2026-12-02T18:00\nreview-by = 2026-12-01" => "start = 2026-12-02T18:00"
    TooManyOccurrences "too-many-occurrences" Error
        "A listing would have over 100,000 occurrences of one event. Ask for fewer days, or give the repeat an end."
        "redletter agenda 0001-01-01 9998-12-31" => "redletter agenda 2026-01-01 2026-12-31"
    DoubleBooked "double-booked" Warning
        "Two repeating events meet at the same place at the same time."
        "two assemblies in one hall, both every Tuesday at 19:00" => "one of them at 20:30, or in another hall"

    // Other values
    UnknownKind "unknown-kind" Error
        "The kind is neither built in nor declared in calendar.toml under `[kinds.<name>]`."
        "kind = \"demo\"" => "kind = \"protest\""
    UnknownStatus "unknown-status" Error
        "The status is none of `tentative`, `confirmed`, `cancelled`, `postponed`."
        "status = \"canceled\"" => "status = \"cancelled\""
    InvalidUrl "invalid-url" Error
        "The text is not a web address. It begins with `https://` or `http://`, and has a host and no spaces."
        "url = \"example.org/forum\"" => "url = \"https://example.org/forum\""
    UnsafeUrl "unsafe-url" Error
        "The address would run a program or open a file on the reader's machine, or carries a password. Only http and https are published."
        "url = \"javascript:alert(1)\"" => "url = \"https://example.org/\""
    InvalidEmail "invalid-email" Error
        "The text is not an e-mail address."
        "organizers = [{ name = \"Union\", email = \"union at example.org\" }]" => "organizers = [{ name = \"Union\", email = \"union@example.org\" }]"
    InvalidCountry "invalid-country" Error
        "Countries are written as two capital letters of ISO 3166-1."
        "country = \"Greece\"" => "country = \"GR\""
    InvalidCoordinates "invalid-coordinates" Error
        "Latitude goes from -90 to 90 and longitude from -180 to 180, both are given or neither, and 0, 0 is in the sea."
        "lat = 120.5" => "lat = 37.98\nlon = 23.73"
    InvalidLanguage "invalid-language" Error
        "Languages are BCP 47 tags: `es`, `pt-BR`, `zh-Hant`."
        "language = \"spanish\"" => "language = \"es\""

    // Between events
    DuplicateId "duplicate-id" Error
        "Two events have the same id. It names the event's page and, without a `uid`, the event on every phone."
        "id = \"forum\" in two records" => "id = \"forum-june\""
    DuplicateUid "duplicate-uid" Error
        "Two events have the same UID. Phones keep only one of them."
        "uid = \"1@example.org\" in two records" => "uid = \"2@example.org\""
    InvalidId "invalid-id" Error
        "An id has lower-case letters a to z, digits and hyphens, begins with a letter or digit, and has at most 128 characters. It stands in addresses."
        "id = \"Forum Ukraine\"" => "id = \"forum-ukraine\""
    UnknownParent "unknown-parent" Error
        "`part-of` names an event that does not exist."
        "part-of = \"global-day\"" => "part-of = \"global-day-of-action\""
    ParentCycle "parent-cycle" Error
        "An event is part of itself, directly or through others."
        "part-of = \"(its own id)\"" => "no part-of"

    WithheldInPublic "withheld-in-public" Error
        "A value that `share` withholds stands where everybody reads it: in a title, a text, an address, a public link, of this event or another one. Delete it there. Values of under four characters or of four digits, digits that read as a date, and the names of platforms are not looked for."
        "description = \"The passcode is 191837\"\n[online]\npasscode = \"191837\"\nshare = \"members\"" => "description = \"Members get the passcode by mail\""
    FeedNameTaken "feed-name-taken" Note
        "An event that others are part of has a feed of its own, named by its id. Here a kind, `all`, or a feed of calendar.toml has that name already, and keeps it."
        "a feed `name = \"may-day\"` beside an action day `may-day`" => "name = \"may-day-highlights\""

    // The calendar
    SecretInFile "secret-in-file" Error
        "The secret of the members, REDLETTER_MEMBERS_SECRET, stands in a file of the calendar's folder. Whoever sees the folder can then find the feeds for members. Make a new one with `openssl rand -hex 16`, and keep it elsewhere."
        "REDLETTER_MEMBERS_SECRET=… in .env" => "a secret in the settings of the machine or the forge that builds"
    DomainMissing "domain-missing" Warning
        "Neither `domain` nor `url` is set in calendar.toml, so UIDs end in `calendar.invalid`. Set one before people subscribe: a UID that changes makes every event appear twice."
        "title = \"Action days\"" => "title = \"Action days\"\ndomain = \"example.org\""
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

    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
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
