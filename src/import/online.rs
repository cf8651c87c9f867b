//! Join links in properties and texts, with the meeting id and passcode that stand beside them.

use super::draft::{Line, table};
use crate::record::value::toml_text;
use crate::resolve::text::checked_url;

/// How to join.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Online {
    /// Join link.
    pub url: String,
    /// Its platform, where it is known.
    pub platform: Option<&'static str>,
    /// Number of the meeting.
    pub meeting_id: Option<String>,
    /// Passcode.
    pub passcode: Option<String>,
    /// Number to dial in.
    pub phone: Option<String>,
}

impl Online {
    /// A link with its platform.
    pub fn of(url: &str) -> Option<Self> {
        let url = checked_url(url.trim()).ok().filter(|url| url.len() < 4_000)?;
        Some(Online { platform: platform(&url), url: url.into(), ..Online::default() })
    }

    /// As a line of a record.
    pub fn line(&self) -> Line {
        let Online { url, platform, meeting_id, passcode, phone } = self;
        if meeting_id.is_none() && passcode.is_none() && phone.is_none() && platform.is_none() {
            return ("online", toml_text(url));
        }
        let mut lines = Vec::new();
        if !url.is_empty() {
            lines.push(("url", toml_text(url)));
        }
        let texts = [
            ("platform", *platform),
            ("meeting-id", meeting_id.as_deref()),
            ("passcode", passcode.as_deref()),
            ("phone", phone.as_deref()),
        ];
        lines.extend(texts.into_iter().filter_map(|(key, text)| Some((key, toml_text(text?)))));
        ("online", table(&lines))
    }
}

/// The platform of a join link; `None` for any other address.
pub fn platform(url: &str) -> Option<&'static str> {
    let rest = url.split_once("://")?.1;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let is = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
    let path_is = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    if (is("zoom.us") || is("zoom.com") || is("zoomgov.com")) && path_is(&["j/", "my/", "s/", "w/", "wc/", "webinar/"])
    {
        return Some("Zoom");
    }
    if host == "meet.google.com" && !path.is_empty() {
        return Some("Google Meet");
    }
    if (is("teams.microsoft.com") && path_is(&["l/meetup-join/", "meet/"])) || host == "teams.live.com" {
        return Some("Microsoft Teams");
    }
    if is("webex.com") && !path.is_empty() {
        return Some("Webex");
    }
    let is_jitsi = ["meet.jit.si", "8x8.vc", "framatalk.org", "kmeet.infomaniak.com", "meet.mayfirst.org"];
    if (is_jitsi.contains(&&*host) || host.contains("jitsi")) && !path.is_empty() {
        return Some("Jitsi");
    }
    if host.starts_with("bbb") && !path.is_empty()
        || path.starts_with("bigbluebutton/")
        || host.contains("bigbluebutton") && path.contains('/')
    {
        return Some("BigBlueButton");
    }
    None
}

/// The addresses in a text.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = at + text[at..].find("http")?;
            let rest = &text[found..];
            if !rest.starts_with("https://") && !rest.starts_with("http://") {
                at = found + 4;
                continue;
            }
            let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | ')' | ']' | '\\' | '|');
            let end = rest.find(ends).unwrap_or(rest.len());
            at = found + end;
            return Some(rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']));
        }
    })
}

/// The join link in some texts, if there is exactly one; with the id and passcode that stand in them.
pub fn in_texts(texts: &[&str]) -> Option<Online> {
    let mut links: Vec<&str> =
        texts.iter().flat_map(|text| addresses(text)).filter(|address| platform(address).is_some()).take(64).collect();
    links.sort_unstable();
    links.dedup();
    let [link] = links[..] else { return None };
    let mut online = Online::of(link)?;
    online.complete(texts);
    Some(online)
}

impl Online {
    /// Fills in what texts say beside the link.
    pub fn complete(&mut self, texts: &[&str]) {
        const IDS: [&str; 10] = [
            "meeting id",
            "meeting-id",
            "webinar id",
            "meeting number",
            "id de reunión",
            "id de la reunión",
            "id de réunion",
            "id réunion",
            "id da reunião",
            "access code",
        ];
        const PASSCODES: [&str; 10] = [
            "passcode",
            "password",
            "meeting password",
            "kenncode",
            "kennwort",
            "passwort",
            "código de acceso",
            "mot de passe",
            "code secret",
            "senha",
        ];
        for line in texts.iter().flat_map(|text| text.lines()).take(2_000) {
            let Some((label, value)) = line.split_once(':') else { continue };
            let label = label.trim().trim_matches(['*', '_', '-']).trim().to_lowercase();
            let value = value.trim().trim_matches(['*', '_']).trim();
            if value.is_empty() || value.chars().count() > 60 {
                continue;
            }
            let is_number = value.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'))
                && value.chars().filter(char::is_ascii_digit).count() >= 6;
            if self.meeting_id.is_none() && IDS.contains(&&*label) && is_number {
                self.meeting_id = Some(value.to_owned());
            } else if self.passcode.is_none()
                && PASSCODES.contains(&&*label)
                && !value.contains(' ')
                && !value.contains("://")
            {
                self.passcode = Some(super::text::line(value).into_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_the_platforms_are_known() {
        for (url, expected) in [
            ("https://us02web.zoom.us/j/85835549492?pwd=abc", Some("Zoom")),
            ("https://meet.google.com/abc-defg-hij", Some("Google Meet")),
            ("https://teams.microsoft.com/l/meetup-join/19%3ameeting", Some("Microsoft Teams")),
            ("https://example.webex.com/example/j.php?MTID=1", Some("Webex")),
            ("https://meet.jit.si/Room", Some("Jitsi")),
            ("https://bbb.example.org/b/ada-1", Some("BigBlueButton")),
            ("https://zoom.us/", None),
            ("https://notzoom.us/j/1", None),
            ("https://example.org/zoom.us/j/1", None),
        ] {
            assert_eq!(platform(url), expected, "{url}");
        }
    }

    #[test]
    fn what_stands_beside_a_link_is_found() {
        let text = "Join Zoom Meeting\nhttps://us02web.zoom.us/j/85835549492?pwd=abc.1.\n\nMeeting ID: 858 3554 9492\nPasscode: 191837\nhttps://example.org/";
        let online = in_texts(&[text]).expect("a link");
        assert_eq!(online.url, "https://us02web.zoom.us/j/85835549492?pwd=abc.1");
        assert_eq!(
            online.line().1,
            "{ url = \"https://us02web.zoom.us/j/85835549492?pwd=abc.1\", platform = \"Zoom\", meeting-id = \"858 3554 9492\", passcode = \"191837\" }"
        );
        assert_eq!(in_texts(&["https://zoom.us/j/1 https://zoom.us/j/2"]), None, "two meetings");
        assert_eq!(in_texts(&["Password: x"]), None);
    }
}
