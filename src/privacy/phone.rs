//! Telephone numbers as people write them: with the country code or without, with a trunk 0, and what is dialled behind.

use super::needle::{Form, LONG_NUMBER};

/// Country codes of one and two digits (ITU-T E.164); all others have three.
const SHORT_CODES: [&str; 46] = [
    "1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
    "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
    "86", "90", "91", "92", "93", "94", "95", "98",
];

/// Digits of the shortest number that is searched for.
const LEAST: usize = 6;

/// Gives to `push` all that admits in a `phone`: its numbers, and the codes that are dialled behind them.
pub(super) fn needles(phone: &str, mut push: impl FnMut(&str, Form)) {
    for (index, part) in phone.split([',', ';', '#', '*', '\n']).enumerate() {
        let part = part.trim();
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        if part.is_empty() {
            continue;
        }
        if part.contains('+') || digits.starts_with("00") || digits.len() >= 7 && index == 0 {
            number(part, &digits, &mut push);
        } else if digits.len() == part.chars().filter(|c| c.is_alphanumeric()).count() {
            push(&digits, Form::Number);
        } else {
            push(part, Form::Text);
        }
    }
}

fn number(part: &str, digits: &str, push: &mut impl FnMut(&str, Form)) {
    // `+44 (0)20 …`
    let without_trunk = part.replace("(0)", "");
    let digits: String = if part.starts_with('+') {
        without_trunk.chars().filter(char::is_ascii_digit).collect()
    } else {
        digits.to_owned()
    };
    let international = if part.contains('+') { Some(&*digits) } else { digits.strip_prefix("00") };
    if let Some(number) = international {
        let code = SHORT_CODES.iter().find(|code| number.starts_with(**code)).map_or(3, |code| code.len());
        let national = number.get(code..).unwrap_or_default();
        if national.len() < LEAST { push(number, Form::Number) } else { push(national, Form::Phone) }
    } else {
        let national = digits.trim_start_matches('0');
        // North America's code is also its trunk prefix.
        let national = national.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(national);
        if national.len() < LEAST {
            push(&digits, Form::Number);
        } else {
            push(national, Form::Phone);
        }
        // A country code may stand there without its plus.
        if national.len() > LONG_NUMBER {
            push(&national[national.len() - LONG_NUMBER..], Form::Phone);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(phone: &str) -> Vec<String> {
        let mut found = Vec::new();
        needles(phone, |value, form| found.push(format!("{value} {form:?}")));
        found
    }

    #[test]
    fn the_number_without_its_country_and_what_is_dialled_behind() {
        for (phone, found) in [
            ("+1 929 555 0147,,858#", &["9295550147 Phone", "858 Number"][..]),
            ("+44 (0)20 7946 0123", &["2079460123 Phone"]),
            ("+49 30 123456", &["30123456 Phone"]),
            ("0049 30 123456", &["30123456 Phone"]),
            ("030 123456", &["30123456 Phone"]),
            ("+45 12 34 56 78", &["12345678 Phone"]),
            ("+351 21 123 4567", &["211234567 Phone"]),
            ("+98 21 1234 5678", &["2112345678 Phone"]),
            ("1 929 555 0147", &["9295550147 Phone", "295550147 Phone"]),
            ("+1 555 01", &["155501 Number"]),
            ("+1 929 555 0147,,85835549492#,,,,*191837#", &["9295550147 Phone", "85835549492 Number", "191837 Number"]),
            ("555 AGITATE", &["555 AGITATE Text"]),
        ] {
            assert_eq!(of(phone), found, "{phone}");
        }
    }
}
