//! Values that a file with wrong syntax may withhold.
//!
//! The file has no events, but other records may repeat its values in public, and what was withheld while the file could be
//! read must stay so. So the text is searched for the keys of `online`, wherever they are. A value too many in the search
//! costs nothing: the file has a mistake, and nothing is published of it.

use crate::event::{Online, Share};

/// The keys of `online` that are withheld; addresses only below `[online]`, because every event may have a `url`.
const KEYS: [(&str, bool); 5] =
    [("passcode", false), ("meeting-id", false), ("phone", false), ("url", true), ("registration", true)];

/// What the text of a file may withhold; nothing if it never says `share`.
pub(super) fn of(text: &str) -> Vec<Online> {
    if memchr::memmem::find(text.as_bytes(), b"share").is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut is_online = false;
    for line in text.split(['\n', '\r']) {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            is_online = trimmed.trim_end_matches(']').trim_end().trim_end_matches('"').ends_with("online");
        }
        for (key, is_address) in KEYS {
            if is_address && !is_online && !line.contains("online") {
                continue;
            }
            found.extend(values(line, key).into_iter().map(|value| online(key, value)));
        }
    }
    found
}

/// The values of a key in a line.
fn values<'t>(line: &'t str, key: &str) -> Vec<&'t str> {
    let mut values = Vec::new();
    for (at, _) in line.match_indices(key) {
        let is_part_of_a_word = line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
        let rest = line[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
        let Some(rest) = rest.strip_prefix('=').filter(|_| !is_part_of_a_word) else { continue };
        let rest = rest.trim_start().trim_start_matches('[').trim_start();
        let value = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = rest.trim_start_matches(quote);
                inside.split(quote).next().unwrap_or(inside)
            }
            _ => rest.split([',', '}', '#', ']']).next().unwrap_or(rest).trim(),
        };
        if !value.is_empty() {
            values.push(value);
        }
    }
    values
}

fn online(key: &str, value: &str) -> Online {
    let mut whole = Online::default();
    let field = match key {
        "passcode" => &mut whole.passcode,
        "meeting-id" => &mut whole.meeting_id,
        "phone" => &mut whole.phone,
        "registration" => &mut whole.registration,
        _ => &mut whole.url,
    };
    *field = Some(value.into());
    Online::shared(whole, Share::Members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Audience;

    fn found(text: &str) -> Vec<String> {
        let shown = |online: &Online| {
            let Online { url, meeting_id, passcode, phone, registration, .. } = online.seen_by(Audience::Members);
            [url, meeting_id, passcode, phone, registration]
                .into_iter()
                .flatten()
                .map(std::string::ToString::to_string)
                .collect()
        };
        of(text).iter().map(shown).collect::<Vec<Vec<String>>>().concat()
    }

    #[test]
    fn values_of_online_are_found_however_the_file_is_broken() {
        let table = "title = \nurl = \"https://example.org/\"\n[online]\nshare = \"members\"\npasscode = \"191 837\"\nurl = 'https://x.org/j'\n";
        assert_eq!(found(table), ["191 837", "https://x.org/j"]);
        let inline = "[[change]]\nonline = { share = \"members\", \"passcode\" = 'zx', meeting-id=858 3554, url = \"https://x.org/j\" ";
        assert_eq!(found(inline), ["zx", "858 3554", "https://x.org/j"]);
        assert_eq!(found("[change.online]\rshare = \"members\"\rpasscode = [\"zx91\"]\r"), ["zx91"]);
        assert_eq!(found("[online]\nphone = \"+34 91\nshare = \"members\"\n"), ["+34 91"]);
    }

    #[test]
    fn a_file_that_shares_everything_has_none() {
        assert_eq!(found("[online]\npasscode = \"191837\"\n"), [""; 0]);
        assert_eq!(found("share = \"members\"\nurl = \"https://example.org/\"\nmy-passcode = \"x\"\n"), [""; 0]);
    }
}
