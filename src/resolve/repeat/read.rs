//! `repeat` and `rrule`, read: the rule, without its end.

use super::Findings;
use crate::diagnostic::{Code, Finding, shorten};
use crate::record::{Field, Record, Slot, Text};
use crate::recurrence::{Reason, Rule, RuleErrorKind, Timed, parse_timed};
use crate::resolve::text;
use crate::source::Span;

/// The rules of a record, each with its hour, their end not yet judged against the start.
pub fn rule(record: &Record<'_>, findings: &mut Findings) -> Option<Field<Vec<Timed>>> {
    rules(&record.repeat, &record.rrule, findings)
}

/// The same of a table that has such lines.
pub(super) fn rules(
    repeat: &Slot<Text<'_>>,
    rrule: &Slot<Text<'_>>,
    findings: &mut Findings,
) -> Option<Field<Vec<Timed>>> {
    match (repeat, rrule) {
        (Some(repeat), Some(rrule)) => {
            findings.push(
                Finding::new(Code::InvalidRepeat, rrule.key, "both `repeat` and `rrule`")
                    .label("says how it repeats")
                    .also(repeat.key, "so does this")
                    .help("delete one of the two lines"),
            );
            None
        }
        (Some(field), None) | (None, Some(field)) if field.value.trim().is_empty() => {
            findings.push(text::empty(field));
            None
        }
        (Some(field), None) => by_phrase(field, findings),
        (None, Some(field)) => by_rule(field, findings),
        (None, None) => None,
    }
}

/// The span of a part of a text, where escapes do not blur it.
fn part(field: &Field<Text<'_>>, range: &std::ops::Range<usize>) -> Span {
    let exact = (field.span.end - field.span.start) as usize == field.value.len() + 2;
    if exact && range.start < range.end { Span::new(range.clone()).shifted(field.span.start + 1) } else { field.span }
}

fn by_phrase(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<Field<Vec<Timed>>> {
    let lower = field.value.to_lowercase();
    if let Some(finer) = ["hour", "minute", "second"].into_iter().find(|finer| is_unit(&lower, finer)) {
        findings.push(
            Finding::new(Code::RepeatTooFine, field.span, format!("a repeat of every {finer}"))
                .label("expected daily or rarer")
                .help("write one event with a longer `duration`, or several events"),
        );
        return None;
    }
    match parse_timed(&field.value) {
        Ok(rules) => Some(Field { key: field.key, span: field.span, value: rules }),
        Err(error) => {
            let finding = Finding::new(Code::InvalidRepeat, part(field, &error.range), error.to_string());
            let finding = match &error.reason {
                Reason::Ambiguous(readings) => {
                    let [one, other] = readings;
                    finding.label("reads two ways").help(format!("write `\"{one}\"` or `\"{other}\"`"))
                }
                _ => match &error.nearest {
                    Some(near) => {
                        let text = format!("\"{near}\"");
                        finding.label("not understood").help(format!("did you mean `{text}`?"))
                    }
                    None => finding.label("not understood"),
                },
            };
            findings.push(finding.help(format!("it can be {}", error.forms.join(", "))));
            None
        }
    }
}

/// Whether a phrase counts in such units: `hourly`, `every 2 hours`. A second Tuesday is none.
fn is_unit(phrase: &str, unit: &str) -> bool {
    let words = || phrase.split(|c: char| !c.is_alphanumeric());
    let plural = format!("{unit}s");
    let adverb = format!("{unit}ly");
    words().any(|word| word == plural || word == adverb) || (unit != "second" && words().any(|word| word == unit))
}

fn by_rule(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<Field<Vec<Timed>>> {
    match Rule::parse(&field.value) {
        Ok(rule) => Some(Field { key: field.key, span: field.span, value: vec![Timed { at: None, rule }] }),
        Err(error) => {
            let code = if error.kind == RuleErrorKind::TooFine { Code::RepeatTooFine } else { Code::InvalidRepeat };
            let message = if error.found.is_empty() {
                "the rule is not complete".to_owned()
            } else {
                format!("`{}` is not part of a rule here", shorten(&error.found))
            };
            findings.push(
                Finding::new(code, part(field, &error.range), message)
                    .label(format!("expected {}", error.expected))
                    .help("a rule of RFC 5545 looks like FREQ=MONTHLY;BYDAY=2TU; `repeat` takes it in words"),
            );
            None
        }
    }
}
