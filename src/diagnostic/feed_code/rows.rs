//! The table of problems: name, severity, the clients that break, what they do, the text of `redletter explain`, an example, and the
//! section of the standard or public reports. Codes are a published contract, as those of records are.

use super::{Client, Row, Severity};

feed_codes! {
    // Structure and encoding
    NotCalendar "ics-not-calendar" Error []
        "Every client refuses the file."
        "The file has no `BEGIN:VCALENDAR` line, so that it is no iCalendar file. Often it is a web page, such as an error page or a login form, that was saved under the name of the feed."
        "<!DOCTYPE html>" => "BEGIN:VCALENDAR"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.4"]
    Compressed "ics-compressed" Error [Outlook]
        "Outlook does not show the calendar."
        "The file is compressed by gzip. Browsers undo a compression that the server names in `Content-Encoding`, but Outlook subscribes to no feed that is compressed, and other clients do not look for it in a file. Serve feeds uncompressed."
        "(gzip)" => "BEGIN:VCALENDAR"
        ["https://github.com/markuspoerschke/iCal/issues/541", "https://github.com/franc6/ics_calendar/pull/71"]
    ByteOrderMark "ics-byte-order-mark" Error [Calcurse Vdirsyncer HomeAssistant]
        "The first line is not read as `BEGIN:VCALENDAR`, and the file is refused."
        "The file begins with a byte order mark, which editors on Windows write. RFC 5545 knows none: parsers take it for a part of the first line. Save as `UTF-8` without BOM."
        "\\u{feff}BEGIN:VCALENDAR" => "BEGIN:VCALENDAR"
        ["https://github.com/franc6/ics_calendar/issues/75", "https://github.com/collective/icalendar/pull/700", "https://www.rfc-editor.org/rfc/rfc5545#section-3.1.4"]
    Encoding "ics-encoding" Error [Apple Google]
        "Letters with accents are garbled, or the file is refused."
        "The file is not UTF-8, which is the encoding of calendars unless the server names another one. Convert it to UTF-8."
        "SUMMARY:Caf\\xe9" => "SUMMARY:Café"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.1.4", "https://github.com/qwqVictor/CQUPT-ics/issues/6"]
    LineEnds "ics-line-ends" Warning [Outlook]
        "Strict parsers refuse the file; Outlook may call it a calendar message that is not supported."
        "Lines end in LF or CR alone. RFC 5545 wants CR and LF at the end of each line. Git and editors on Linux and macOS change line ends; write the file in binary mode."
        "BEGIN:VCALENDAR\\n" => "BEGIN:VCALENDAR\\r\\n"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.1", "https://github.com/adamgibbons/ics/issues/168", "https://github.com/ics-tools/ics.tools/issues/11"]
    LongLine "ics-long-line" Warning [Outlook]
        "Old and strict parsers cut the line or refuse the file."
        "A line has more than 75 octets. Longer lines should be folded: CR, LF and a space within the line. Octets count, not characters: a letter with an accent has two."
        "DESCRIPTION:(a paragraph in one line)" => "DESCRIPTION:(75 octets)\\r\\n (the rest)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.1", "https://github.com/ical-org/ical.net/issues/693", "https://github.com/adamgibbons/ics/pull/66"]
    FoldInCharacter "ics-fold-in-character" Error [Google]
        "The character is shown as two replacement characters."
        "A line is folded between the bytes of one UTF-8 character. Parsers that decode before they unfold lose the character. Fold only between characters."
        "(a fold between the bytes of é)" => "(a fold before é)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.1", "https://github.com/sebbo2002/ical-generator/issues/221", "https://github.com/arran4/golang-ical/pull/13"]
    NotFolded "ics-not-folded" Error [Google Apple Thunderbird]
        "The rest of the text is lost, or the file is refused."
        "A text goes on in a line that begins without a space. A line break within a text is written `\\n`, and a long line is folded with a space at the beginning of the next one."
        "DESCRIPTION:First line\\r\\nSecond line" => "DESCRIPTION:First line\\nSecond line"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11", "https://github.com/kewisch/ical.js/issues/186"]
    UnreadableLine "ics-unreadable-line" Error []
        "The line is ignored, or the file is refused."
        "A line is not of the form `NAME:value` or `NAME;PARAMETER=value:value`."
        "TRIGGER-PT10M" => "TRIGGER:-PT10M"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.1", "https://github.com/SimpleMobileTools/Simple-Calendar/issues/1362"]
    OpenQuote "ics-open-quote" Error []
        "The rest of the line is read as a part of the parameter."
        "A parameter value begins with a quotation mark and does not end with one. Values with a colon, semicolon or comma stand in a pair of them."
        "CONTACT;ALTREP=\"https://example.org:Ana" => "CONTACT;ALTREP=\"https://example.org\":Ana"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2"]
    Unescaped "ics-unescaped" Warning [Calcurse]
        "The text ends at the sign, or the event is not imported."
        "A text has a comma or a semicolon that is not escaped. Both separate values; within a text they are written `\\,` and `\\;`."
        "LOCATION:Town hall, Lima" => "LOCATION:Town hall\\, Lima"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11", "https://github.com/lfos/calcurse/issues/323", "https://github.com/odysseus-dev/odysseus/pull/1161"]
    BadEscape "ics-bad-escape" Warning []
        "The backslash is shown, or the letter behind it is lost."
        "A backslash stands before a character that is not escaped in a text. Only `\\\\`, `\\;`, `\\,` and `\\n` exist."
        "SUMMARY:18\\:00 forum" => "SUMMARY:18:00 forum"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11"]
    ControlCharacter "ics-control-character" Error [Nextcloud]
        "The event or the whole file is refused."
        "A text has a control character or a character that is no text. CalDAV servers answer in XML, which cannot hold them."
        "SUMMARY:Forum\\u{8}" => "SUMMARY:Forum"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.1", "https://github.com/nextcloud/calendar/issues/6043"]
    Nesting "ics-nesting" Error []
        "The component, or all behind it, is lost."
        "`BEGIN` and `END` lines do not match: a component is not closed, is closed by another name, or stands where none belongs."
        "BEGIN:VEVENT\\r\\nEND:VCALENDAR" => "BEGIN:VEVENT\\r\\nEND:VEVENT\\r\\nEND:VCALENDAR"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.6"]
    SeveralCalendars "ics-several-calendars" Warning [Google Outlook]
        "Only the first calendar is shown."
        "The file has several VCALENDAR objects. RFC 5545 allows such a stream, but most clients read its first object. Put all events into one."
        "END:VCALENDAR\\r\\nBEGIN:VCALENDAR" => "(one VCALENDAR with all events)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.4", "https://github.com/grommunio/gromox/issues/262"]
    Empty "ics-empty" Warning []
        "Clients show an empty calendar, or say that the file is damaged."
        "The calendar has no component at all; RFC 5545 wants at least one."
        "BEGIN:VCALENDAR\\r\\nEND:VCALENDAR" => "(at least one VEVENT or VTIMEZONE)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.6", "https://github.com/sec-deadlines/sec-deadlines.github.io/issues/162"]
    VersionMissing "ics-version-missing" Error []
        "Strict parsers refuse the file."
        "The calendar has no `VERSION:2.0`, or another version. Version 1.0 is vCalendar, which few programs still read."
        "VERSION:1.0" => "VERSION:2.0"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.7.4"]
    ProdidMissing "ics-prodid-missing" Warning []
        "Strict parsers refuse the file."
        "The calendar does not say by PRODID which program wrote it, as RFC 5545 requires."
        "BEGIN:VCALENDAR\\r\\nVERSION:2.0" => "PRODID:-//Example//Calendar//EN"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.7.3", "https://github.com/SimpleMobileTools/Simple-Calendar/issues/256"]
    UidMissing "ics-uid-missing" Error [Google Outlook Thunderbird]
        "Only one event is imported, or each refresh adds all events again."
        "An event has no UID. Clients know by it which event is which at the next refresh. Give each event one that never changes."
        "BEGIN:VEVENT\\r\\nSUMMARY:Forum" => "UID:forum-2026@example.org"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.7", "https://github.com/nwcell/ics.js/issues/37", "https://github.com/lfos/calcurse/issues/351"]
    UidDuplicate "ics-uid-duplicate" Error [Google Thunderbird]
        "Only one of the events is shown."
        "Two events have the same UID, and none of them is a changed occurrence of the other (RECURRENCE-ID). Clients keep the last one."
        "UID:1 … UID:1" => "UID:1 … UID:2"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.7", "https://github.com/Kozea/Radicale/issues/401", "https://github.com/emfcamp/Website/issues/2097"]
    DtstampMissing "ics-dtstamp-missing" Error [Google Apple Outlook]
        "The import fails, wholly or now and then."
        "An event has no DTSTAMP, which RFC 5545 requires: when it was last changed, in UTC."
        "UID:1\\r\\nSUMMARY:Forum" => "DTSTAMP:20261120T120000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.2", "https://github.com/FuzzyGrim/Yamtrack/issues/669", "https://github.com/spatie/calendar-links/issues/96"]
    DtstartMissing "ics-dtstart-missing" Error []
        "The event is not shown."
        "An event has no DTSTART, so that it takes place at no time."
        "UID:1\\r\\nSUMMARY:Forum" => "DTSTART:20261202T170000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.2.4", "https://github.com/lfos/calcurse/issues/323"]
    PropertyDuplicate "ics-property-duplicate" Warning [Nextcloud]
        "Clients take the first one, the last one, or refuse the event."
        "A property stands twice in an event or calendar, and RFC 5545 allows it once."
        "SUMMARY:Forum\\r\\nSUMMARY:Forum on rents" => "SUMMARY:Forum on rents"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1"]

    // Dates and times
    DateInvalid "ics-date-invalid" Error []
        "The event is not shown, or the file is refused."
        "A value is no date and no time, or a day or hour that does not exist. Dates are written `20261202`, times `20261202T180000`."
        "DTSTART:2026-12-02T18:00" => "DTSTART:20261202T180000"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5", "https://github.com/kewisch/ical.js/issues/515"]
    ValueMissing "ics-value-missing" Error [Thunderbird Nextcloud Calcurse]
        "The event is not shown."
        "A value is a date, and the property does not say so by `VALUE=DATE`; without it, a time is expected."
        "DTSTART:20261202" => "DTSTART;VALUE=DATE:20261202"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2.20", "https://github.com/kewisch/ical.js/issues/186", "https://github.com/nextcloud/calendar/issues/376"]
    ValueWrong "ics-value-wrong" Error [Calcurse Google]
        "The event is refused, or becomes an event of the whole day."
        "`VALUE=DATE` stands before a value with a time of day."
        "DTSTART;VALUE=DATE:20261202T180000" => "DTSTART:20261202T180000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2.20", "https://github.com/lfos/calcurse/issues/517"]
    EndBeforeStart "ics-end-before-start" Error [Outlook Google]
        "The event is refused, or shown at another time or on another day."
        "An event ends before or at its start. The end of an all-day event is the day after its last one: an event of 2 December ends on 3 December."
        "DTSTART;VALUE=DATE:20261202\\r\\nDTEND;VALUE=DATE:20261202" => "DTEND;VALUE=DATE:20261203"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.2.2", "https://github.com/spatie/calendar-links/issues/53", "https://github.com/derekantrican/GAS-ICS-Sync/pull/58"]
    EndAndDuration "ics-end-and-duration" Error []
        "Clients take one of them, or refuse the event."
        "An event has DTEND and DURATION; only one is allowed."
        "DTEND:20261202T190000Z\\r\\nDURATION:PT1H" => "DTEND:20261202T190000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1"]
    EndType "ics-end-type" Error []
        "The event is refused or has no end."
        "DTSTART is a date and DTEND a time, or the other way round."
        "DTSTART;VALUE=DATE:20261202\\r\\nDTEND:20261202T190000Z" => "DTEND;VALUE=DATE:20261203"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.2.2"]
    DurationInvalid "ics-duration-invalid" Error []
        "The event has no end, or is refused."
        "A DURATION is not of the form `PT1H30M` or `P2D`, or is negative."
        "DURATION:1H" => "DURATION:PT1H"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.6"]
    Floating "ics-floating" Warning [Google Outlook]
        "Google shows the time as UTC; Outlook reports an error."
        "A time has neither `Z` for UTC nor a TZID, so that it means another instant for each reader. Name the zone by TZID."
        "DTSTART:20261202T180000" => "DTSTART;TZID=Europe/Madrid:20261202T180000"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5", "https://github.com/webuildsg/webuild/issues/26", "https://github.com/neokoenig/RoomBooking/issues/18"]
    TimezoneMissing "ics-timezone-missing" Error [Outlook]
        "Outlook reports an error, and shows the time in the reader's own zone."
        "A TZID names a time zone that no VTIMEZONE of the file defines. Add the VTIMEZONE, or write the time in UTC."
        "DTSTART;TZID=Europe/Berlin:… (no VTIMEZONE)" => "BEGIN:VTIMEZONE\\r\\nTZID:Europe/Berlin …"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2.19", "https://github.com/neokoenig/RoomBooking/issues/18", "https://github.com/owncloud-archive/calendar/issues/687"]
    TimezoneWrong "ics-timezone-wrong" Error [Thunderbird Outlook]
        "Clients that read the VTIMEZONE show another time than those that have their own rules."
        "A VTIMEZONE gives another offset than the time zone database for a time that the file uses: its rules are old, or wrong."
        "TZOFFSETTO:+0300 (Europe/Istanbul is right, Europe/Madrid is not)" => "TZOFFSETTO:+0100"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5", "https://github.com/tine20/tine20/issues/3301", "https://github.com/iCalcreator/iCalcreator/issues/86"]
    TimezoneWindows "ics-timezone-windows" Warning [Thunderbird Nextcloud HomeAssistant]
        "The zone is unknown, and the time is read as UTC or as the reader's own."
        "A TZID is a name of Windows or Outlook instead of the IANA database. Clients on other systems know none of them."
        "TZID=W. Europe Standard Time" => "TZID=Europe/Berlin"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2.19", "https://github.com/home-assistant/core/issues/179613", "https://github.com/u01jmg3/ics-parser/issues/186"]
    TimezoneUnknown "ics-timezone-unknown" Warning [Google Android]
        "Clients that ignore VTIMEZONE cannot know the time."
        "A TZID is no name of the IANA database. Clients that have rules of their own find none by that name, and read the time as UTC or as the reader's own."
        "TZID=My Zone" => "TZID=Europe/Madrid"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2.19", "https://github.com/derekantrican/GAS-ICS-Sync/issues/14"]
    TimezoneDamaged "ics-timezone-damaged" Error [Thunderbird Outlook]
        "Times of that zone are an hour or more off."
        "A VTIMEZONE has no TZID, no STANDARD or DAYLIGHT part, or a part without DTSTART, TZOFFSETFROM or TZOFFSETTO."
        "BEGIN:STANDARD\\r\\nEND:STANDARD" => "TZOFFSETFROM:+0200\\r\\nTZOFFSETTO:+0100"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5"]
    TimezoneOutlook "ics-timezone-outlook" Warning [Outlook]
        "Outlook takes the first rules, and shows later times an hour off."
        "A VTIMEZONE has more than one STANDARD and one DAYLIGHT part with a yearly rule each, or lists its changes by RDATE. Outlook reads one yearly rule for each half of the year."
        "BEGIN:STANDARD\\r\\nRDATE:20201025T030000" => "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"
        ["https://github.com/iCalcreator/iCalcreator/issues/86", "https://github.com/mangstadt/biweekly/issues/76"]
    TimezoneOnUtc "ics-timezone-on-utc" Warning []
        "Clients take the zone, or UTC: hours apart."
        "A time ends in `Z`, which is UTC, and has a TZID too. RFC 5545 forbids both at once."
        "DTSTART;TZID=Europe/Madrid:20261202T180000Z" => "DTSTART;TZID=Europe/Madrid:20261202T180000"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2.19", "https://github.com/lsndr/rrule-rust/issues/463"]
    TimeInGap "ics-time-in-gap" Warning [Thunderbird Evolution]
        "Clients show it an hour earlier or later."
        "An event starts at a time that the clocks of its zone skip when they go forward."
        "DTSTART;TZID=Europe/Madrid:20260329T023000" => "DTSTART;TZID=Europe/Madrid:20260329T033000"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5"]

    // Repeats
    RuleInvalid "ics-rule-invalid" Error []
        "The event is shown once, or refused."
        "An RRULE cannot be read: a part is unknown, out of range, or excludes another one."
        "RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20270101T000000Z" => "RRULE:FREQ=WEEKLY;COUNT=3"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10"]
    RuleTooFine "ics-rule-too-fine" Warning [Google Outlook]
        "The event is shown once, or not at all."
        "An event repeats every hour, minute or second. Calendars of people offer days as the shortest period, and Outlook's patterns know none below."
        "RRULE:FREQ=HOURLY;COUNT=5" => "(an event an occurrence)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10"]
    UntilType "ics-until-type" Warning [Google Outlook Nextcloud]
        "The last occurrence is missing, or there is one too many."
        "UNTIL is not of the type of DTSTART: a date for dates, UTC (`Z`) where DTSTART has a TZID or is UTC, and a time without zone for times without one."
        "DTSTART;TZID=Europe/Madrid:…\\r\\nRRULE:FREQ=DAILY;UNTIL=20261220T180000" => "UNTIL=20261220T170000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10", "https://github.com/mangstadt/biweekly/issues/10", "https://github.com/rlanvin/php-rrule/issues/13"]
    RuleEmpty "ics-rule-empty" Error [Nextcloud]
        "CalDAV servers refuse the event."
        "A rule has no occurrence, or all of them are excluded."
        "DTSTART:20261202T180000Z\\r\\nRRULE:FREQ=DAILY;UNTIL=20261201T180000Z" => "UNTIL=20261210T180000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.3", "https://github.com/sabre-io/dav/issues/1423"]
    StartNotInRule "ics-start-not-in-rule" Warning [Outlook Google Thunderbird]
        "Some clients show the start as one more occurrence, and others do not."
        "DTSTART is not on a date that its RRULE gives. RFC 5545 leaves open what that means."
        "DTSTART:20261202T180000Z (a Wednesday)\\r\\nRRULE:FREQ=WEEKLY;BYDAY=TU" => "DTSTART:20261208T180000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.3", "https://github.com/fmeringdal/rust-rrule/issues/119", "https://github.com/ical-org/ical.net/issues/409"]
    RuleOutlook "ics-rule-outlook" Warning [Outlook]
        "Outlook skips the event."
        "Outlook knows six patterns: every n days; weekdays of every n weeks; one day of a month or year; one weekday of a month or year. An event with another rule is left out. Write several events, each with one pattern."
        "RRULE:FREQ=MONTHLY;BYDAY=2TU,4TU" => "RRULE:FREQ=MONTHLY;BYDAY=2TU (and another event with 4TU)"
        ["https://github.com/w3c/calendar/issues/25", "https://github.com/meeting-room-booking-system/mrbs-code/issues/994"]
    RuleLong "ics-rule-long" Warning [Nextcloud]
        "CalDAV servers based on sabre/dav refuse the event or show none of its later dates."
        "A rule has more than 3,500 occurrences up to now, or up to its end. Servers based on sabre/dav, such as Nextcloud, stop there. Begin a new event after some years."
        "DTSTART:20100101T080000Z\\r\\nRRULE:FREQ=DAILY" => "DTSTART:20260101T080000Z\\r\\nRRULE:FREQ=DAILY"
        ["https://github.com/sabre-io/dav/issues/899", "https://github.com/nextcloud/server/issues/43647"]
    RuleEndless "ics-rule-endless" Warning []
        "Some programs show no date later than three years after the start."
        "A rule by days, weeks or months has no end, and began more than three years ago. Programs that expand rules on a web server stop after some years, counted from DTSTART. End the series, and begin a new one."
        "DTSTART:20200107T180000Z\\r\\nRRULE:FREQ=WEEKLY" => "DTSTART:20260106T180000Z\\r\\nRRULE:FREQ=WEEKLY"
        ["https://github.com/OzzyCzech/icalparser/issues/28", "https://github.com/suitenumerique/calendars/issues/55"]
    SeveralRules "ics-several-rules" Warning [Outlook]
        "Clients take the first rule, or none."
        "An event has several RRULE lines. RFC 5545 advises against it. Write an event a rule."
        "RRULE:FREQ=WEEKLY;BYDAY=TU\\r\\nRRULE:FREQ=MONTHLY" => "RRULE:FREQ=WEEKLY;BYDAY=TU"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.3"]
    Exrule "ics-exrule" Warning []
        "The excluded dates are shown."
        "EXRULE was withdrawn with RFC 5545, and new programs ignore it. List the dates by EXDATE."
        "EXRULE:FREQ=MONTHLY" => "EXDATE:20261202T180000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#appendix-A.3"]
    Rdate "ics-rdate" Warning [Outlook Google Android]
        "The dates are not shown; Outlook leaves out an event that has RDATE alone."
        "RDATE adds dates to an event. Outlook, Google and Android lose them. Write an event of its own for each date."
        "RDATE:20261209T180000Z" => "(an event with DTSTART:20261209T180000Z)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.2", "https://github.com/esrg-knights/Squire/issues/214", "https://github.com/esrg-knights/Squire/issues/107"]
    OverrideUnmatched "ics-override-unmatched" Warning []
        "The occurrence is shown twice, or the change not at all."
        "A RECURRENCE-ID names an occurrence that its series does not have, or a series that is not in the file. Often the start of the series was moved later."
        "RECURRENCE-ID:20261209T180000Z (the series is at 19:00)" => "RECURRENCE-ID:20261209T190000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.4", "https://github.com/niccokunzmann/python-recurring-ical-events/issues/253", "https://github.com/CalConnect/DEVGUIDE/issues/45"]
    ExdateUnmatched "ics-exdate-unmatched" Warning []
        "The date is shown although it was meant to be left out."
        "An EXDATE excludes a start that the series does not have, so that it excludes nothing."
        "EXDATE:20261209T180000Z (the series is at 19:00)" => "EXDATE:20261209T190000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.1", "https://github.com/simshaun/recurr/issues/36"]
    ExdateType "ics-exdate-type" Warning [Nextcloud]
        "The date is shown although it was meant to be left out."
        "An EXDATE is a date and DTSTART a time, or the other way round: they never match."
        "EXDATE;VALUE=DATE:20261209" => "EXDATE:20261209T180000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.1", "https://github.com/nextcloud/server/issues/44600", "https://github.com/sabre-io/vobject/issues/555"]
    ThisAndFuture "ics-this-and-future" Warning [Google Thunderbird Khal]
        "Only one occurrence is changed."
        "`RANGE=THISANDFUTURE` changes an occurrence and all behind it. Most clients change the one. End the series, and begin a new one."
        "RECURRENCE-ID;RANGE=THISANDFUTURE:…" => "(a new event from that date)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.2.13", "https://github.com/kewisch/ical.js/issues/41", "https://github.com/pimutils/khal/issues/68"]

    // Clients
    WordUnknown "ics-word-unknown" Warning [Google]
        "The property is ignored: a cancelled event is shown as if it took place."
        "STATUS is none of CONFIRMED, TENTATIVE and CANCELLED (with two L), or TRANSP none of OPAQUE and TRANSPARENT."
        "STATUS:CANCELED" => "STATUS:CANCELLED"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.1.11", "https://github.com/derekantrican/GAS-ICS-Sync/issues/218"]
    Method "ics-method" Warning [Outlook Proton]
        "Outlook opens an invitation, and imports the first event only."
        "METHOD is not PUBLISH. REQUEST, CANCEL and the others belong to invitations by mail, which are answered."
        "METHOD:REQUEST" => "METHOD:PUBLISH"
        ["https://www.rfc-editor.org/rfc/rfc5546#section-3.2.1", "https://github.com/markuspoerschke/iCal/issues/117", "https://github.com/mlool/workday-calendar-extension/issues/199"]
    CalendarUid "ics-calendar-uid" Warning [Vdirsyncer]
        "vdirsyncer synchronises one event of all."
        "The calendar itself has a UID. RFC 7986 allows it, but vdirsyncer takes it for the UID of its events."
        "BEGIN:VCALENDAR\\r\\nUID:1" => "(no UID before the first VEVENT)"
        ["https://www.rfc-editor.org/rfc/rfc7986#section-5.3", "https://github.com/pimutils/vdirsyncer/issues/1222"]
    CancelledQuietly "ics-cancelled-quietly" Warning [Google Android Outlook]
        "Google hides the event; other clients show it as if it took place."
        "An event has `STATUS:CANCELLED`, and its title does not say so. Begin the SUMMARY with a word such as `CANCELLED:`."
        "STATUS:CANCELLED\\r\\nSUMMARY:Forum" => "SUMMARY:CANCELLED: Forum"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.1.11", "https://github.com/hackgvl/hackgreenville-com/pull/498", "https://github.com/Etar-Group/Etar-Calendar/issues/69"]
    TooLarge "ics-too-large" Warning [Google]
        "Google drops events, without a message."
        "The file has more than 1 MB or 1,000 events. Google reads about that much of a subscription. Leave out past events, or divide the feed."
        "(2,000 events)" => "(the events of the coming year)"
        ["https://github.com/roed314/seminars/issues/777", "https://github.com/JM-Lemmi/ical-relay/issues/212"]
    AttachInline "ics-attach-inline" Warning [Nextcloud Google]
        "Imports fail, and the feed becomes slow."
        "A file is attached within the feed. Give its address instead."
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:…" => "ATTACH:https://example.org/leaflet.pdf"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.1.1", "https://github.com/nextcloud/calendar/issues/4421", "https://github.com/linagora/esn-sabre/issues/289"]
    Alarm "ics-alarm" Warning [Android Apple]
        "Every subscriber gets the publisher's reminders, or must remove them."
        "An event has a VALARM. In a feed for others it rings on their phones; Google and Outlook ignore it."
        "BEGIN:VALARM" => "(no VALARM)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.6.6", "https://github.com/Ivan-Malinovski/calino/issues/165", "https://github.com/adamgibbons/ics/issues/124"]
    Html "ics-html" Warning [Thunderbird Apple]
        "The tags are shown as text."
        "A DESCRIPTION has HTML tags. The property is plain text; only Google and Outlook's web page show tags as formatting."
        "DESCRIPTION:<p>Bring <b>water</b></p>" => "DESCRIPTION:Bring water"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.1.5", "https://github.com/kewisch/gdata-provider/issues/79", "https://github.com/tutao/tutanota/issues/4724"]

    // Privacy
    Attendee "ics-attendee" Warning []
        "All who have the address of the feed read who takes part."
        "An event lists guests by ATTENDEE, with their names and mail addresses. A published feed has none (RFC 5546). Leave them out."
        "ATTENDEE;CN=Ana:mailto:ana@example.org" => "(no ATTENDEE)"
        ["https://www.rfc-editor.org/rfc/rfc5546#section-3.2.1", "https://github.com/nextcloud/calendar/issues/3987"]
    MailAddress "ics-mail-address" Warning []
        "Programs that collect addresses for spam read feeds too."
        "A mail address stands in a text or as the organizer. If it is not meant for the public, give a page or a form instead."
        "ORGANIZER:mailto:ana@example.org" => "CONTACT:https://example.org/contact"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.3", "https://github.com/tc39/how-we-work/issues/94"]
    Passcode "ics-passcode" Warning []
        "Anyone who finds the feed can join, and disturb."
        "A join link has its passcode in it, or a text names a passcode. Send it to those who register."
        "LOCATION:https://zoom.us/j/1?pwd=…" => "LOCATION:https://example.org/register"
        ["https://github.com/indico/indico-plugins/pull/103", "https://github.com/open-telemetry/community/issues/588"]
    AccountName "ics-account-name" Warning []
        "All who have the feed read whose account it comes from."
        "A property of the calendar names an account: an address as the name of the calendar, or an owner."
        "X-WR-CALNAME:ana@example.org" => "X-WR-CALNAME:Tenants' union"
        ["https://github.com/nextcloud/calendar/issues/1176"]
    PrivateEvent "ics-private-event" Warning []
        "Subscribers read what its author marked as private."
        "An event is marked CLASS:PRIVATE or CONFIDENTIAL, and is in the feed all the same. Clients show it to everyone who subscribes."
        "CLASS:PRIVATE" => "(leave the event out)"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.1.3", "https://github.com/icssc/AntAlmanac/issues/963"]

    // Freshness
    SequenceDown "ics-sequence-down" Error [Outlook Thunderbird]
        "Clients keep the old version of the event."
        "SEQUENCE is lower than in the earlier version of the feed, or an event that moved has no higher one. Clients take the version with the higher number."
        "SEQUENCE:2, then SEQUENCE:0" => "SEQUENCE:3"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.4", "https://github.com/humhub/calendar/issues/440", "https://github.com/owncloud/core/issues/27151"]
    ModifiedDown "ics-modified-down" Warning [Outlook Thunderbird]
        "Clients may keep the old version of the event."
        "LAST-MODIFIED or DTSTAMP is earlier than in the earlier version of the feed."
        "LAST-MODIFIED:20261120T120000Z, then 20261101T120000Z" => "LAST-MODIFIED:20261121T120000Z"
        ["https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.3"]
}
