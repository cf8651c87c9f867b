//! RRULE text → [`Rule`] (RFC 5545 3.3.10).
//!
//! Forgives what real files have: an `RRULE:` in front, lower case, space around the whole, one `;` too many at the end,
//! parts in any order. Refuses all else, at the first mistake from the left; then [`limits`](super::limits) judges the
//! parts together.

use std::num::NonZeroU32;
use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::error::RuleErrorKind::{Conflict, OutOfRange, Syntax, TooFine, UnknownPart};
use super::{End, Freq, Rule, RuleError, Until, limits};

/// The part names, in the order in which they are written out.
pub(super) const PARTS: [&str; 14] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYHOUR",
    "BYMINUTE",
    "BYSECOND",
    "BYSETPOS",
    "WKST",
];

/// Two letters a weekday, as RFC 5545 has them, from Monday.
pub(super) const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The position of each part in the text, in the order of [`PARTS`].
pub(super) type Places = [Option<Range<usize>>; PARTS.len()];

impl Rule {
    /// Reads RRULE text, with or without `RRULE:` in front.
    ///
    /// # Errors
    /// The first mistake from the left; then the first combination that RFC 5545 forbids.
    ///
    /// ```
    /// # use redletter::recurrence::{Rule, RuleErrorKind};
    /// assert_eq!(Rule::parse("byday=2tu;freq=monthly").unwrap().to_string(), "FREQ=MONTHLY;BYDAY=2TU");
    /// let error = Rule::parse("FREQ=HOURLY").unwrap_err();
    /// assert_eq!((error.kind, error.range), (RuleErrorKind::TooFine, 5..11));
    /// ```
    pub fn parse(text: &str) -> Result<Rule, RuleError> {
        let trimmed = text.trim_ascii_start();
        let mut at = text.len() - trimmed.len();
        let mut rest = trimmed.trim_ascii_end();
        if rest.get(..6).is_some_and(|prefix| prefix.eq_ignore_ascii_case("RRULE:")) {
            rest = &rest[6..];
            at += 6;
        }
        rest = rest.strip_suffix(';').unwrap_or(rest);
        let whole = at..at + rest.len();

        let mut rule = Rule::every(Freq::Daily);
        let mut places = Places::default();
        for part in rest.split(';') {
            let field = Field { text: part, at };
            at += part.len() + 1;
            let Some((name, value)) = part.split_once('=') else {
                return Err(field.refuse(Syntax, "`NAME=VALUE`"));
            };
            let value = Field { text: value, at: field.at + name.len() + 1 };
            let name = Field { text: name, at: field.at };
            let Some(part) = PARTS.iter().position(|known| name.text.eq_ignore_ascii_case(known)) else {
                return Err(name.refuse(UnknownPart, format!("one of {}", PARTS.join(", "))));
            };
            if places[part].is_some() {
                return Err(field.refuse(Conflict, format!("{} once", PARTS[part])));
            }
            places[part] = Some(field.range());
            read(&mut rule, PARTS[part], value)?;
        }
        if places[0].is_none() {
            return Err(RuleError::new(Syntax, whole.end..whole.end, "", "FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"));
        }
        let rule = rule.normalised();
        limits::check(&rule, &places, text)?;
        Ok(rule)
    }
}

/// A piece of the text with its position.
#[derive(Clone, Copy)]
struct Field<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Field<'a> {
    fn range(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    fn refuse(self, kind: super::RuleErrorKind, expected: impl Into<String>) -> RuleError {
        RuleError::new(kind, self.range(), self.text, expected)
    }

    fn list(self) -> impl Iterator<Item = Field<'a>> {
        let mut at = self.at;
        self.text.split(',').map(move |text| {
            let field = Field { text, at };
            at += text.len() + 1;
            field
        })
    }

    /// A number from `low` to `high`, both included; a sign only where `low` is negative, and then never 0.
    fn number(self, low: i64, high: i64) -> Result<i64, RuleError> {
        let digits = if low < 0 { self.text.strip_prefix(['+', '-']).unwrap_or(self.text) } else { self.text };
        let expected =
            if low < 0 { format!("1 to {high} or -{high} to -1") } else { format!("a number from {low} to {high}") };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.refuse(Syntax, expected));
        }
        let found = digits.parse::<i64>().map(|number| if self.text.starts_with('-') { -number } else { number });
        match found {
            Ok(number) if (low..=high).contains(&number) && (low >= 0 || number != 0) => Ok(number),
            _ => Err(self.refuse(OutOfRange, expected)),
        }
    }

    fn numbers<T: TryFrom<i64>>(self, low: i64, high: i64) -> Result<Vec<T>, RuleError> {
        let each = |field: Field<'_>| {
            let number = field.number(low, high)?;
            T::try_from(number).map_err(|_| field.refuse(OutOfRange, "a smaller number"))
        };
        self.list().map(each).collect()
    }

    fn positive(self) -> Result<NonZeroU32, RuleError> {
        let number = self.number(1, i64::from(u32::MAX))?;
        u32::try_from(number).ok().and_then(NonZeroU32::new).ok_or_else(|| self.refuse(OutOfRange, "a smaller number"))
    }

    fn weekday(self) -> Result<Weekday, RuleError> {
        let known = WEEKDAYS.iter().position(|known| self.text.eq_ignore_ascii_case(known));
        known
            .and_then(|day| Weekday::try_from(day as u8).ok())
            .ok_or_else(|| self.refuse(Syntax, "one of MO, TU, WE, TH, FR, SA, SU"))
    }

    fn ordinal_weekday(self) -> Result<(Option<i8>, Weekday), RuleError> {
        let split = self.text.len().saturating_sub(2);
        let Some((ordinal, day)) = self.text.split_at_checked(split) else {
            return Err(self.refuse(Syntax, "a weekday such as TU, 2TU or -1FR"));
        };
        let weekday = Field { text: day, at: self.at + split }.weekday()?;
        if ordinal.is_empty() {
            return Ok((None, weekday));
        }
        let number = Field { text: ordinal, at: self.at }.number(-53, 53)?;
        Ok((Some(number as i8), weekday))
    }

    fn freq(self) -> Result<Freq, RuleError> {
        match self.text.to_ascii_uppercase().as_str() {
            "DAILY" => Ok(Freq::Daily),
            "WEEKLY" => Ok(Freq::Weekly),
            "MONTHLY" => Ok(Freq::Monthly),
            "YEARLY" => Ok(Freq::Yearly),
            "SECONDLY" | "MINUTELY" | "HOURLY" => Err(self.refuse(TooFine, "DAILY, WEEKLY, MONTHLY or YEARLY")),
            _ => Err(self.refuse(Syntax, "DAILY, WEEKLY, MONTHLY or YEARLY")),
        }
    }

    /// `20261231`, `20261231T190000` or `20261231T190000Z`.
    fn until(self) -> Result<Until, RuleError> {
        const FORM: &str = "a date such as 20261231, or with a time 20261231T190000 or 20261231T190000Z";
        let digits = |range: Range<usize>| -> Option<u32> {
            let part = self.text.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let date_part = || Some((digits(0..4)?, digits(4..6)?, digits(6..8)?));
        let (year, month, day) = date_part().ok_or_else(|| self.refuse(Syntax, FORM))?;
        let rest = &self.text[8..];
        let utc = rest.ends_with(['Z', 'z']);
        let time_part = || {
            let sound = rest.starts_with(['T', 't']) && rest.len() == 7 + usize::from(utc);
            if sound { Some((digits(9..11)?, digits(11..13)?, digits(13..15)?)) } else { None }
        };
        let time = if rest.is_empty() { None } else { Some(time_part().ok_or_else(|| self.refuse(Syntax, FORM))?) };
        let date = NaiveDate::from_ymd_opt(year as i32, month, day)
            .filter(|_| year > 0)
            .ok_or_else(|| self.refuse(OutOfRange, "a date that exists"))?;
        let Some((hour, minute, second)) = time else { return Ok(Until::Date(date)) };
        let moment: NaiveDateTime = date
            // Leap seconds: 60 is 59 (RFC 5545 3.3.12).
            .and_hms_opt(hour, minute, if second == 60 { 59 } else { second })
            .ok_or_else(|| self.refuse(OutOfRange, "a time that exists"))?;
        Ok(if utc { Until::Utc(moment) } else { Until::DateTime(moment) })
    }
}

fn read(rule: &mut Rule, part: &str, value: Field<'_>) -> Result<(), RuleError> {
    match part {
        "FREQ" => rule.freq = value.freq()?,
        "INTERVAL" => rule.interval = value.positive()?,
        // COUNT beside UNTIL is refused by `limits`, which knows both places.
        "COUNT" => rule.end = End::Count(value.positive()?),
        "UNTIL" => rule.end = End::Until(value.until()?),
        "BYMONTH" => rule.by_month = value.numbers(1, 12)?,
        "BYWEEKNO" => rule.by_week_no = value.numbers(-53, 53)?,
        "BYYEARDAY" => rule.by_year_day = value.numbers(-366, 366)?,
        "BYMONTHDAY" => rule.by_month_day = value.numbers(-31, 31)?,
        "BYDAY" => rule.by_day = value.list().map(Field::ordinal_weekday).collect::<Result<_, _>>()?,
        "BYHOUR" => rule.by_hour = value.numbers(0, 23)?,
        "BYMINUTE" => rule.by_minute = value.numbers(0, 59)?,
        "BYSECOND" => rule.by_second = value.numbers(0, 60)?,
        "BYSETPOS" => rule.by_set_pos = value.numbers(-366, 366)?,
        _ => rule.week_start = value.weekday()?,
    }
    Ok(())
}
