//! Which parts of a rule exclude each other (RFC 5545 3.3.10), judged once all of them are read.

use super::parse::{PARTS, Places};
use super::{Freq, Rule, RuleError, RuleErrorKind};

/// Refuses the first forbidden combination, in the order of the RFC's text.
pub(super) fn check(rule: &Rule, places: &Places, text: &str) -> Result<(), RuleError> {
    let refuse = |part: &str, expected: &str| {
        let place = PARTS.iter().position(|known| *known == part).and_then(|part| places[part].clone());
        let range = place.unwrap_or(0..text.len());
        let found = text.get(range.clone()).unwrap_or_default();
        Err(RuleError::new(RuleErrorKind::Conflict, range, found, expected))
    };
    let has = |part: &str| PARTS.iter().zip(places).any(|(known, place)| *known == part && place.is_some());

    if has("COUNT") && has("UNTIL") {
        return refuse("UNTIL", "COUNT or UNTIL, not both");
    }
    if has("BYWEEKNO") && rule.freq != Freq::Yearly {
        return refuse("BYWEEKNO", "BYWEEKNO only with FREQ=YEARLY");
    }
    if has("BYYEARDAY") && rule.freq != Freq::Yearly {
        return refuse("BYYEARDAY", "BYYEARDAY only with FREQ=YEARLY");
    }
    if has("BYMONTHDAY") && rule.freq == Freq::Weekly {
        return refuse("BYMONTHDAY", "BYMONTHDAY only with FREQ=DAILY, MONTHLY or YEARLY");
    }
    if rule.by_day.iter().any(|(ordinal, _)| ordinal.is_some()) {
        if matches!(rule.freq, Freq::Daily | Freq::Weekly) {
            return refuse("BYDAY", "BYDAY with a number only with FREQ=MONTHLY or YEARLY");
        }
        if has("BYWEEKNO") {
            return refuse("BYDAY", "BYDAY without a number beside BYWEEKNO");
        }
    }
    let other_by = PARTS.iter().any(|part| part.starts_with("BY") && *part != "BYSETPOS" && has(part));
    if has("BYSETPOS") && !other_by {
        return refuse("BYSETPOS", "BYSETPOS beside another BY part");
    }
    Ok(())
}
