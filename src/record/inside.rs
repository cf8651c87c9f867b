//! Fields of `location` and `online` that stand at the top of a record: `city = "Lima"`. The advice has the author's values.

use toml::de::DeValue;

use super::fields::{LocationTable, OnlineTable, Record, Row};
use super::joined::Unknown;
use super::suggest::meant_exactly;
use super::value::{Reading, Section, toml_text};
use crate::diagnostic::{Code, Finding, shorten};

/// Longer values are not written into advice.
const LONGEST: usize = 200;

/// Takes from `unknown` the fields that belong into a table, and reports those of one table together.
pub(super) fn tables<'a, T: Section<'a>>(section: &mut T, unknown: &mut Vec<Unknown<'a>>, reading: &mut Reading) {
    let tables: [(&'static str, &[Row]); 2] = [("location", LocationTable::ROWS), ("online", OnlineTable::ROWS)];
    for (table, rows) in tables {
        let all = std::mem::take(unknown);
        let belongs = |one: &Unknown<'_>| {
            if meant_exactly(&one.key, Record::ROWS).is_some() { None } else { meant_exactly(&one.key, rows) }
        };
        let (inside, mut others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| belongs(one).is_some());
        // `lieu = "Town hall"` beside `ville`: the short form of the table, in other words.
        let is_short = |one: &Unknown<'_>| {
            meant_exactly(&one.key, Record::ROWS) == Some(table) && matches!(one.value, DeValue::String(_))
        };
        let place = if inside.is_empty() || section.has(table) { None } else { others.iter().position(is_short) };
        let foreign = place.map(|place| others.remove(place));
        *unknown = others;
        let Some(first) = inside.first() else { continue };
        // What the text of the short form is called in the table.
        let short_key = if table == "location" { "name" } else { "url" };
        let own = section.short(table).map(|(whole, text)| (whole, toml_text(text)));
        let short = own.or_else(|| foreign.as_ref().and_then(|one| Some((one.whole(), written(&one.value)?))));
        let lines: Option<Vec<String>> =
            inside.iter().map(|one| Some(format!("{} = {}", belongs(one)?, written(&one.value)?))).collect();
        let names: Vec<String> = inside.iter().map(|one| format!("`{}`", shorten(&one.key))).collect();
        let message = match &names[..] {
            [one] => format!("unknown field {one}"),
            many => format!("unknown fields {}", many.join(", ")),
        };
        let mut finding =
            Finding::new(Code::UnknownField, first.key_span, message).label(format!("a field of `{table}`"));
        for one in &inside[1..] {
            finding = finding.also(one.key_span, format!("a field of `{table}`"));
        }
        let mut keys: Vec<_> = inside.iter().filter_map(belongs).collect();
        keys.sort_unstable();
        let is_twice = keys.windows(2).any(|pair| pair[0] == pair[1]);
        if let Some(foreign) = &foreign {
            finding = finding.also(foreign.key_span, format!("the `{short_key}` of `{table}`"));
        }
        reading.findings.push(match (lines, short) {
            (Some(lines), Some((whole, text))) if !is_twice && !keys.contains(&short_key) => {
                let line = format!("{table} = {{ {short_key} = {text}, {} }}", lines.join(", "));
                let finding = finding.help(format!("write `{line}` instead of these lines")).fix(whole, line);
                inside.iter().fold(finding, |finding, one| finding.removing(one.whole()))
            }
            (lines, _) => match lines {
                Some(lines) if section.has(table) => {
                    finding.help(format!("write `{}` into the table `{table}`, and delete it here", lines.join(", ")))
                }
                Some(lines) if !is_twice => {
                    let line = format!("{table} = {{ {} }}", lines.join(", "));
                    let instead = if inside.len() == 1 { "" } else { " instead of these lines" };
                    let finding = finding.help(format!("write `{line}`{instead}")).fix(first.whole(), line);
                    inside[1..].iter().fold(finding, |finding, one| finding.removing(one.whole()))
                }
                _ => finding.help(format!("write it into a table `[{table}]`, which stands below all other fields")),
            },
        });
        section.unread(table);
    }
}

/// A value as TOML, on one line.
fn written(value: &DeValue<'_>) -> Option<String> {
    let text = match value {
        DeValue::String(text) => toml_text(text),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Array(list) => {
            let texts: Option<Vec<String>> = list.iter().map(|one| written(one.get_ref())).collect();
            format!("[{}]", texts?.join(", "))
        }
        _ => return None,
    };
    (text.len() <= LONGEST).then_some(text)
}
