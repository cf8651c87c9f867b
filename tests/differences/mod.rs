//! Where programs that we did not write are known to read a rule otherwise than RFC 5545 has it.

use chrono::{Datelike, NaiveDateTime};
use redletter::recurrence::{Freq, Rule};

/// What a program was asked to expand.
pub(crate) struct Asked<'a> {
    /// The rule as written.
    pub(crate) text: &'a str,
    /// The same, understood.
    pub(crate) rule: &'a Rule,
    pub(crate) start: NaiveDateTime,
    /// Whether the first difference falls into a week that two years share.
    pub(crate) at_new_year: bool,
}

impl Asked<'_> {
    /// Why `who` may come to other occurrences, if so.
    pub(crate) fn differs(&self, who: &str) -> Option<&'static str> {
        DIFFER.iter().find(|(other, _, applies)| *other == who && applies(self)).map(|(_, why, _)| *why)
    }

    fn has(&self, part: &str) -> bool {
        self.text.split(';').any(|text| text.split('=').next() == Some(part))
    }

    fn lists(&self, part: &str, wanted: impl Fn(i32) -> bool) -> bool {
        let mut parts = self.text.split(';').filter_map(|text| text.split_once('='));
        let list = parts.find(|(name, _)| *name == part).map_or("", |(_, list)| list);
        list.split(',').any(|number| number.parse().is_ok_and(&wanted))
    }

    fn starts_within_week(&self) -> bool {
        let begins = self.text.split(';').find_map(|part| part.strip_prefix("WKST=")).unwrap_or("MO");
        !self.start.weekday().to_string().to_uppercase().starts_with(begins)
    }

    fn numbered_days(&self) -> bool {
        self.text
            .split(';')
            .any(|part| part.strip_prefix("BYDAY=").is_some_and(|days| days.split(',').any(|day| day.len() > 2)))
    }

    fn yearly_without_days(&self) -> bool {
        self.has("BYWEEKNO") && !["BYDAY", "BYMONTHDAY", "BYYEARDAY"].iter().any(|part| self.has(part))
    }
}

/// Where another program is known to differ: who, why the RFC is on our side, and which rules.
type Difference = (&'static str, &'static str, fn(&Asked<'_>) -> bool);

const DIFFER: &[Difference] = &[
    ("dateutil", "BYWEEKNO without days: every day of the week; 3.3.10 takes the missing weekday from DTSTART", |it| {
        it.yearly_without_days()
    }),
    (
        "dateutil",
        "BYDAY with numbered and plain weekdays: only days that are both; a list in 3.3.10 is a union",
        |it| {
            it.rule.to_string().split(';').any(|part| {
                part.strip_prefix("BYDAY=").is_some_and(|days| {
                    let numbered = days.split(',').filter(|day| day.len() > 2).count();
                    numbered > 0 && numbered < days.split(',').count()
                })
            })
        },
    ),
    (
        "dateutil",
        "BYSETPOS of WEEKLY counts in a first week cut off before DTSTART; 3.3.10 counts in the interval",
        |it| it.rule.freq() == Freq::Weekly && it.has("BYSETPOS") && it.starts_within_week(),
    ),
    (
        "dateutil",
        "BYWEEKNO 52 and 53 before week 1: takes this year's number of weeks for that of the year before",
        |it| it.lists("BYWEEKNO", |week| week.abs() >= 52) && (it.has("BYSETPOS") || it.at_new_year),
    ),
    ("ical.js", "gives out or counts a DTSTART that the rule does not produce", |it| !it.rule.start_matches(it.start)),
    ("ical.js", "takes BYSETPOS only of some MONTHLY rules, and in whole periods", |it| it.has("BYSETPOS")),
    ("ical.js", "YEARLY with BYWEEKNO: nothing, or weeks off by one", |it| it.has("BYWEEKNO")),
    ("ical.js", "MONTHLY with BYMONTH: leaves the months in which it should stay", |it| {
        it.rule.freq() == Freq::Monthly && it.has("BYMONTH")
    }),
    ("ical.js", "times of day of MONTHLY and YEARLY: skips or repeats some", |it| {
        it.rule.freq() >= Freq::Monthly && it.rule.sets_times()
    }),
    ("ical.js", "YEARLY with BYMONTHDAY and no BYMONTH: the month of DTSTART only; 3.3.10 expands", |it| {
        it.rule.freq() == Freq::Yearly && it.has("BYMONTHDAY") && !it.has("BYMONTH")
    }),
    ("ical.js", "MONTHLY and YEARLY with BYMONTHDAY and BYDAY: loses some days", |it| {
        it.rule.freq() >= Freq::Monthly && it.has("BYMONTHDAY") && it.has("BYDAY")
    }),
    ("ical.js", "YEARLY with BYMONTH and the 29th to 31st: goes on into the next month; 3.3.10 skips", |it| {
        let late = it.lists("BYMONTHDAY", |day| day > 28) || !it.has("BYMONTHDAY") && it.start.day() > 28;
        it.rule.freq() == Freq::Yearly && it.has("BYMONTH") && late
    }),
    ("ical.js", "YEARLY with numbered BYDAY and no BYMONTH: counts past the week", |it| {
        it.rule.freq() == Freq::Yearly && it.numbered_days() && !it.has("BYMONTH")
    }),
    ("ical.js", "DAILY and YEARLY with a negative BYMONTHDAY: off by the length of another month", |it| {
        it.rule.freq() != Freq::Monthly && it.lists("BYMONTHDAY", |day| day < 0)
    }),
];
