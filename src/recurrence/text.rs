//! [`Rule`] → canonical RRULE value text, without `RRULE:`; what [`Rule::parse`] reads back to the same rule.

use std::fmt::{self, Display};

use chrono::Weekday;

use super::parse::WEEKDAYS;
use super::{End, Freq, Rule, Until};

impl Display for Freq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Freq::Daily => "DAILY",
            Freq::Weekly => "WEEKLY",
            Freq::Monthly => "MONTHLY",
            Freq::Yearly => "YEARLY",
        })
    }
}

impl Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Until::Date(date) => write!(f, "{}", date.format("%Y%m%d")),
            Until::DateTime(moment) => write!(f, "{}", moment.format("%Y%m%dT%H%M%S")),
            Until::Utc(moment) => write!(f, "{}", moment.format("%Y%m%dT%H%M%SZ")),
        }
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rule {
            freq,
            interval,
            by_month,
            by_week_no,
            by_year_day,
            by_month_day,
            by_day,
            by_hour,
            by_minute,
            by_second,
            by_set_pos,
            week_start,
            end,
        } = self;
        write!(f, "FREQ={freq}")?;
        if interval.get() != 1 {
            write!(f, ";INTERVAL={interval}")?;
        }
        match end {
            End::Never => {}
            End::Count(count) => write!(f, ";COUNT={count}")?,
            End::Until(until) => write!(f, ";UNTIL={until}")?,
        }
        list(f, "BYMONTH", by_month)?;
        list(f, "BYWEEKNO", by_week_no)?;
        list(f, "BYYEARDAY", by_year_day)?;
        list(f, "BYMONTHDAY", by_month_day)?;
        let days: Vec<String> = by_day
            .iter()
            .map(|(ordinal, day)| match ordinal {
                Some(number) => format!("{number}{}", code(*day)),
                None => code(*day).to_owned(),
            })
            .collect();
        list(f, "BYDAY", &days)?;
        list(f, "BYHOUR", by_hour)?;
        list(f, "BYMINUTE", by_minute)?;
        list(f, "BYSECOND", by_second)?;
        list(f, "BYSETPOS", by_set_pos)?;
        if *week_start != Weekday::Mon {
            write!(f, ";WKST={}", code(*week_start))?;
        }
        Ok(())
    }
}

fn code(day: Weekday) -> &'static str {
    WEEKDAYS[day.num_days_from_monday() as usize]
}

fn list<T: Display>(f: &mut fmt::Formatter<'_>, name: &str, values: &[T]) -> fmt::Result {
    for (place, value) in values.iter().enumerate() {
        if place == 0 {
            write!(f, ";{name}={value}")?;
        } else {
            write!(f, ",{value}")?;
        }
    }
    Ok(())
}
