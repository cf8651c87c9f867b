//! The secret of the members: a part of the paths under which feeds for them are served.
//!
//! It comes from the environment (`REDLETTER_MEMBERS_SECRET`), never from a file of the calendar's folder, which is
//! public more often than one thinks. Whoever knows the path can read the feed, so the secret must be beyond guessing;
//! and it is printed nowhere: not by `Debug`, not in an error, not in a path that is told.

use std::fmt;
use std::path::{Path, PathBuf};

use super::Feed;
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::error::{Error, Result};
use crate::event::Audience;
use crate::privacy::Search;
use crate::source::root::{Kind, Root};
use crate::source::{Source, Span};

/// The variable that holds it.
pub const VARIABLE: &str = "REDLETTER_MEMBERS_SECRET";

/// Bits that it must have.
const BITS: f64 = 128.0;
/// Different characters that it must have: of 32 random hexadecimal digits, one in ten million has fewer.
const DIFFERENT: usize = 8;
/// A stretch with fewer characters than this that repeats itself was typed, not drawn.
const SHORT: usize = 16;
/// More characters than this do not fit into every address.
const LONGEST: usize = 200;

/// A secret of at least 128 bits, of characters that may stand in a path.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// Judges the text of the variable. The error says how one makes a secret, and nothing of this one.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let wrong = |why: String| Err(Error::new(format!("{VARIABLE} {why}")).help(HELP));
        if text.is_empty() {
            return wrong("is empty".to_owned());
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte)) {
            return wrong(
                "has a character that cannot stand in every path: expected letters, digits, `-` and `_`".into(),
            );
        }
        if text.starts_with('.') || text.len() > LONGEST {
            return wrong(format!("begins with a dot, or has over {LONGEST} characters"));
        }
        let bits = bits(text);
        if bits < BITS {
            return wrong(format!("can be guessed: it has about {bits:.0} bits, and needs {BITS:.0}"));
        }
        if different(text) < DIFFERENT {
            return wrong(format!("can be guessed: it has fewer than {DIFFERENT} different characters"));
        }
        Ok(Secret(text.into()))
    }

    /// The files below `root` that hold it, each with its place. Folders that nobody writes by hand are passed over.
    pub fn found_in(&self, root: &Path) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let Ok(root) = Root::open(root) else { return found };
        let mut folders = vec![PathBuf::new()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            let mut entries = root.list(&folder).unwrap_or_default();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (name, kind) in entries {
                // Beside a built site lies what `build` remembers of it, paths of members' feeds among it.
                let is_ours = name.to_string_lossy().ends_with(".redletter");
                if kind == Kind::Folder && !is_ours && !OTHERS.iter().any(|other| name == *other) {
                    folders.push(folder.join(name));
                } else if kind == Kind::File && files < MOST_FILES {
                    files += 1;
                    found.extend(self.found_in_file(&root, &folder.join(name)));
                }
            }
        }
        found
    }

    fn found_in_file(&self, root: &Root, path: &Path) -> Option<Diagnostic> {
        let bytes = root.read(path, LARGEST).ok()?;
        let at = memchr::memmem::find(&bytes, self.0.as_bytes())?;
        let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        let name = self.struck_from(&names.join("/"));
        // A file of other bytes than text is named, and not quoted.
        let source = Source::file(name, String::from_utf8(bytes).unwrap_or_default());
        let range = if source.text.is_empty() { 0..0 } else { at..at + self.0.len() };
        let all = source.text.match_indices(&*self.0).map(|(at, secret)| at..at + secret.len());
        let source = source.with_hidden(all);
        let finding = Finding::new(
            Code::SecretInFile,
            Span::new(range),
            format!("the value of {VARIABLE} is in a file of the calendar"),
        )
        .label("anyone who sees this file finds the feeds for members")
        .help("make a new one by `openssl rand -hex 16`, keep it outside this folder, and delete it here");
        Some(finding.within(&source))
    }

    /// Has it searched for in all that is public.
    pub fn add_to(&self, search: &mut Search) {
        search.add_secret(&self.0);
    }

    /// `text` with the secret struck out.
    pub fn struck_from(&self, text: &str) -> String {
        text.replace(&*self.0, PLACEHOLDER)
    }
}

/// Folders that are no part of a calendar.
const OTHERS: [&str; 4] = [".git", "target", "node_modules", ".venv"];
/// Files that are looked into.
const MOST_FILES: usize = 100_000;
/// Bytes of a file that people write.
const LARGEST: u64 = 1 << 20;

/// What stands for it where a path is told.
const PLACEHOLDER: &str = "<secret>";

const HELP: &str = "make one by `openssl rand -hex 16`, and keep it outside the calendar's folder";

/// A class of characters.
type Class = fn(&u8) -> bool;

/// The bits of a text whose characters were drawn at random from their alphabet. A short stretch that repeats itself
/// counts once.
fn bits(text: &str) -> f64 {
    let period = (1..text.len().min(SHORT))
        .find(|n| text.as_bytes().iter().skip(*n).eq(text.as_bytes()[..text.len() - n].iter()));
    let once = &text[..period.unwrap_or(text.len())];
    let any = |class: Class| once.bytes().any(|byte| class(&byte));
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let alphabet = if once.bytes().all(|byte| byte.is_ascii_digit()) {
        10
    } else if once.bytes().all(is_hex) || once.to_ascii_lowercase().bytes().all(is_hex) {
        16
    } else {
        let classes: [(Class, u32); 4] = [
            (u8::is_ascii_digit, 10),
            (u8::is_ascii_lowercase, 26),
            (u8::is_ascii_uppercase, 26),
            (|byte| !byte.is_ascii_alphanumeric(), 2),
        ];
        classes.into_iter().filter(|(class, _)| any(*class)).map(|(_, size)| size).sum()
    };
    once.len() as f64 * f64::from(alphabet).log2()
}

fn different(text: &str) -> usize {
    let mut bytes = text.as_bytes().to_vec();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.len()
}

impl Feed {
    /// Where its file stands below the folder of feeds: `forums.ics`, and for members `members/<secret>/forums.ics`.
    /// A feed for members has no path without a secret.
    pub fn path(&self, secret: Option<&Secret>) -> Result<PathBuf> {
        let file = format!("{}.ics", self.name);
        match (self.audience, secret) {
            (Audience::Public, _) => Ok(file.into()),
            (Audience::Members, Some(secret)) => Ok(Path::new("members").join(&*secret.0).join(file)),
            (Audience::Members, None) => {
                let name = &self.name;
                Err(Error::new(format!("the feed `{name}` is for members, and {VARIABLE} is not set")).help(HELP))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Filter;

    const HEX: &str = "3f9c1b7d5e8a2046c1d9e7b3a5f80246";

    #[test]
    fn a_secret_is_beyond_guessing() {
        for sound in
            [HEX, "uS0k3ZbWqE9xTn5cRfYh1A", "v2m-x7Tq_9Lk4hZr8nWbYc", "314159265358979323846264338327950288419"]
        {
            assert!(Secret::parse(sound).is_ok(), "{sound}");
        }
        let long = "x7".repeat(150);
        for weak in [
            "",
            "  ",
            "members",
            "hunter2hunter2hunter2hunter2hunter2",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "abababababababababababababababababababab",
            &HEX[..31],
            "uS0k3ZbWqE9xTn5cRfYh1",
            "../../3f9c1b7d5e8a2046c1d9e7b3a5f80246",
            "3f9c1b7d/5e8a2046c1d9e7b3a5f8024699",
            "3f9c1b7d5e8a2046 c1d9e7b3a5f8024699",
            ".3f9c1b7d5e8a2046c1d9e7b3a5f8024699",
            &long,
        ] {
            let error = Secret::parse(weak).expect_err(weak);
            let said = format!("{error} {:?}", error.help_text());
            assert!(weak.len() < 8 || !said.contains(&weak[..8]), "{said}");
            assert!(said.contains("openssl rand -hex 16"));
        }
    }

    #[test]
    fn only_feeds_for_members_are_served_under_the_secret() {
        let secret = Secret::parse(HEX).expect("a secret");
        let public = Feed::of("forums", None, Filter::default());
        assert_eq!(public.path(Some(&secret)).expect("a path"), Path::new("forums.ics"));
        let members = Feed { audience: Audience::Members, ..public };
        let path = members.path(Some(&secret)).expect("a path");
        assert_eq!(path, Path::new("members").join(HEX).join("forums.ics"));
        assert_eq!(
            secret.struck_from(&path.display().to_string()),
            path.display().to_string().replace(HEX, "<secret>")
        );
        assert!(members.path(None).is_err());
        assert_eq!(format!("{secret:?}"), "Secret");
    }
}
