//! Personal data in a feed. Findings redact the values.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Findings;
use crate::diagnostic::FeedCode;
use crate::import::component::Component;
use crate::import::lines::ContentLine;

/// How texts and links name a passcode.
static PASSCODES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = ["pwd=", "passcode:", "passcode=", "password:", "password=", "kenncode:", "kenncode=", "access code:"];
    // These few words make no automaton that is too large.
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("an automaton")
});

/// Whether a text has something that is written as a mail address is.
pub(super) fn has_address(value: &str) -> bool {
    let bytes = value.as_bytes();
    memchr::memchr_iter(b'@', bytes).any(|at| {
        let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
        let host = &bytes[at + 1..];
        let length = host.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
        let host = &value[at + 1..at + 1 + length];
        let has_domain = host.trim_end_matches('.').rsplit_once('.').is_some_and(|(name, top)| {
            !name.is_empty() && top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        });
        at > 0 && is_local(&bytes[at - 1]) && has_domain
    })
}

/// Whether a text gives a passcode away.
pub(super) fn has_passcode(value: &str) -> bool {
    PASSCODES.is_match(value)
}

/// Properties of the calendar that name an account.
pub(super) fn calendar(calendar: &Component<'_>, findings: &mut Findings<'_>) {
    for line in &calendar.properties {
        extension(line, findings);
    }
}

/// An `X-` property that names an account.
pub(super) fn extension(line: &ContentLine<'_>, findings: &mut Findings<'_>) {
    let is_extension = line.name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("X-"));
    if !is_extension {
        return;
    }
    if line.is("X-OWNER") || has_address(&line.value) {
        findings.at(FeedCode::AccountName, line, format!("{} names an account", crate::import::shown(&line.name)));
        findings.hide(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_signs() {
        for text in ["ana@example.org", "mailto:a.b+c@mail.example.org.", "<x@y.de>"] {
            assert!(has_address(text), "{text}");
        }
        for text in ["@ana", "ana @ home.org", "ana@home", "a@1.2", "@", "user@"] {
            assert!(!has_address(text), "{text}");
        }
    }
}
