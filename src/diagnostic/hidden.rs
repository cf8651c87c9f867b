//! Redacts messages about values that are not public.
//!
//! A message may quote a value, or a shortened, corrected or partial form of it, always between backquotes. If a finding
//! touches a redacted span, everything from the first backquote to the last is struck out.

use super::{Code, Finding};
use crate::source::{STRUCK, Source};

/// Whether a finding is about something that `source` does not show.
pub(super) fn touches(finding: &Finding, source: &Source) -> bool {
    // These quote names of fields and zones only.
    if matches!(
        finding.code,
        Code::MissingField
            | Code::TimezoneMissing
            | Code::EmptyValue
            | Code::TooLong
            | Code::WithheldInPublic
            | Code::WithheldNotSearched
            | Code::SecretInFile
    ) {
        return false;
    }
    // A mistake of syntax quotes its line.
    let around = |span| if finding.code == Code::Syntax { source.span_of_lines(span) } else { span };
    let labels = finding.labels.iter();
    source.hides(around(finding.span))
        || labels.clone().filter(|label| label.source.is_none()).any(|label| source.hides(around(label.span)))
        || labels.filter_map(|label| Some((label.source.as_ref()?, label.span))).any(|(other, span)| other.hides(span))
        || finding.fix.as_ref().is_some_and(|fix| fix.edits().iter().any(|(span, _)| source.hides(*span)))
}

/// Strikes out whatever a finding quotes. The fix stays, for `check --fix`.
pub(super) fn strike_all(finding: &mut Finding) {
    let Finding { code: _, severity: _, message, span: _, label, labels, help, fix: _ } = &mut *finding;
    for text in [message, label].into_iter().chain(labels.iter_mut().map(|label| &mut label.text)).chain(help) {
        strike(text);
    }
    // Without its text, this says nothing.
    finding.help.retain(|help| *help != format!("write `{STRUCK}`"));
    finding.help.push("this text is private, so it is not shown here".to_owned());
}

/// Strikes out whatever a sentence quotes.
pub fn strike(text: &mut String) {
    let (first, last) = (text.find('`'), text.rfind('`'));
    if let (Some(first), Some(last)) = (first, last)
        && first < last
    {
        text.replace_range(first + 1..last, STRUCK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn everything_between_back_quotes_goes() {
        let mut finding = Finding::new(Code::InvalidUrl, Span::default(), "`a`b` is not an address, write `c`")
            .label("`d")
            .help("write `\"x\"` or else")
            .also(Span::default(), "`e`");
        strike_all(&mut finding);
        assert_eq!(finding.message, "`••••`");
        assert_eq!(
            (&*finding.label, &*finding.help[0], &*finding.labels[0].text),
            ("`d", "write `••••` or else", "`••••`")
        );
    }
}
