//! The messages of a language, read from its file one by one.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::numerals::{self, Digits};
use super::words::Word;
use super::{LANGUAGES, Language};

/// The words of a language, with the digits of a region. A message is read when it is first said: a file has a hundred
/// and more, and a run says a few. So none may refer to another one.
pub(super) struct Book {
    language: Language,
    digits: Digits,
    /// By [`Word`].
    messages: [OnceLock<Option<Box<Message>>>; Word::ALL.len()],
    /// By [`Word`]: those without variables.
    pub(super) fixed: [OnceLock<Box<str>>; Word::ALL.len()],
}

type Message = FluentBundle<FluentResource>;

static BOOKS: [[OnceLock<Box<Book>>; Digits::ALL.len()]; LANGUAGES.len()] =
    [const { [const { OnceLock::new() }; Digits::ALL.len()] }; LANGUAGES.len()];

impl Book {
    /// The one of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        let digits = numerals::of(language);
        BOOKS[usize::from(language.words)][digits as usize].get_or_init(|| Box::new(Book::new(language, digits)))
    }

    fn new(language: Language, digits: Digits) -> Self {
        Book {
            language,
            digits,
            messages: [const { OnceLock::new() }; Word::ALL.len()],
            fixed: [const { OnceLock::new() }; Word::ALL.len()],
        }
    }

    /// A message without variables; `None` if the file lacks it.
    fn message(&self, word: Word) -> Option<&Message> {
        let read = || {
            let source = message_of(self.language.source(), word.id())?;
            // All sixteen are well-formed, and the tests say so of the files too; what a translator breaks stays English.
            let identifier: LanguageIdentifier = self.language.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
            bundle.set_use_isolating(false);
            bundle.set_formatter(match self.digits {
                Digits::Latin => None,
                Digits::Arabic => Some(|value, _| number(value, Digits::Arabic)),
                Digits::Persian => Some(|value, _| number(value, Digits::Persian)),
                Digits::Devanagari => Some(|value, _| number(value, Digits::Devanagari)),
            });
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(sound, _)| sound);
            // The only error is a message twice.
            let _ = bundle.add_resource(resource);
            Some(Box::new(bundle))
        };
        self.messages[word as usize].get_or_init(read).as_deref()
    }

    /// A message with its variables filled in; `None` if the file lacks it.
    pub(super) fn say(&self, word: Word, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let bundle = self.message(word)?;
        let pattern = bundle.get_message(word.id())?.value()?;
        Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    }
}

/// The lines of the message `id`: from its name to the next line that begins with a name or a comment.
fn message_of<'s>(source: &'s str, id: &str) -> Option<&'s str> {
    let mut places = source.match_indices(id).map(|(place, _)| place);
    let begin = places.find(|place| {
        let begins_line = *place == 0 || source.as_bytes()[place - 1] == b'\n';
        begins_line && source[place + id.len()..].trim_start_matches(' ').starts_with('=')
    })?;
    let message = &source[begin..];
    let ends = |(place, _): &(usize, &str)| matches!(message.as_bytes().get(place + 1), Some(first) if first.is_ascii_alphabetic() || *first == b'#');
    Some(message.match_indices('\n').find(ends).map_or(message, |(place, _)| &message[..=place]))
}

fn number(value: &FluentValue<'_>, digits: Digits) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(digits.write(&number.as_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_whole_and_by_its_whole_name() {
        let source =
            "# one\none-more = no\none = a\n    { $n ->\n        [x] one = b\n       *[other] c\n}\n# two\ntwo = d";
        let one = "one = a\n    { $n ->\n        [x] one = b\n       *[other] c\n}\n";
        assert_eq!(message_of(source, "one"), Some(one));
        assert_eq!(message_of(source, "two"), Some("two = d"));
        assert_eq!(message_of(source, "more"), None);
    }
}
