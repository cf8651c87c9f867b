//! The texts of an event in other languages than its own.

use super::Event;
use crate::language::matches;

/// The texts of an event in another language; at least one of them is there.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Translation {
    /// BCP 47 tag.
    pub language: Box<str>,
    /// One line.
    pub title: Option<Box<str>>,
    /// One line.
    pub reason: Option<Box<str>>,
    /// Markdown.
    pub description: Option<Box<str>>,
}

/// A text, and the language that it is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Said<'e> {
    /// The text.
    pub text: &'e str,
    /// The BCP 47 language tag; `None` means the calendar's language.
    pub language: Option<&'e str>,
}

/// The texts that a local event has of its own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnTexts {
    /// One line.
    pub title: Option<Box<str>>,
    /// One line.
    pub reason: Option<Box<str>>,
    /// Markdown.
    pub description: Option<Box<str>>,
}

impl Event {
    /// The title for the language `wanted`: the nearest translation, or the original. `default` is the calendar's language,
    /// which applies to records without a language.
    pub fn title_in(&self, wanted: &str, default: &str) -> Said<'_> {
        let own = Said { text: &self.title, language: self.language.as_deref() };
        self.translated(wanted, default, |translation| translation.title.as_deref()).unwrap_or(own)
    }

    /// The reason for its status or move that serves a reader of `wanted`.
    pub fn reason_in(&self, wanted: &str, default: &str) -> Option<Said<'_>> {
        let own = || Some(Said { text: self.reason.as_deref()?, language: self.language.as_deref() });
        self.translated(wanted, default, |translation| translation.reason.as_deref())
            .or_else(own)
            .or_else(|| self.first_translated(|translation| translation.reason.as_deref()))
    }

    /// The description that serves a reader of `wanted`.
    pub fn description_in(&self, wanted: &str, default: &str) -> Option<Said<'_>> {
        let own = || Some(Said { text: self.description.as_deref()?, language: self.language.as_deref() });
        self.translated(wanted, default, |translation| translation.description.as_deref())
            .or_else(own)
            .or_else(|| self.first_translated(|translation| translation.description.as_deref()))
    }

    /// Whether a text of it serves a reader of `wanted`.
    pub fn is_translated_to(&self, wanted: &str) -> bool {
        self.translations
            .iter()
            .flat_map(|all| all.iter())
            .any(|one| matches::distance(&one.language, wanted).is_some())
    }

    /// Drops the translations of the title.
    pub fn retitle(&mut self, title: Box<str>) {
        self.title = title;
        self.keep_translations(|translation| translation.title = None);
    }

    /// Gives it another reason, or none, and drops the translations of the old one.
    pub fn explain(&mut self, reason: Option<Box<str>>) {
        self.reason = reason;
        self.keep_translations(|translation| translation.reason = None);
    }

    /// Drops the translations of the description.
    pub fn describe(&mut self, description: Option<Box<str>>) {
        self.description = description;
        self.keep_translations(|translation| translation.description = None);
    }

    /// Takes texts in other languages, each instead of the one that it has.
    pub fn translate(&mut self, translations: Option<Box<[Translation]>>) {
        let Some(new) = translations else { return };
        let mut all = self.translations.take().map(<[Translation]>::into_vec).unwrap_or_default();
        for Translation { language, title, reason, description } in new {
            match all.iter_mut().find(|one| one.language == language) {
                Some(one) => {
                    one.title = title.or(one.title.take());
                    one.reason = reason.or(one.reason.take());
                    one.description = description.or(one.description.take());
                }
                None => all.push(Translation { language, title, reason, description }),
            }
        }
        self.translations = Some(all.into());
    }

    fn keep_translations(&mut self, change: impl Fn(&mut Translation)) {
        let Some(all) = self.translations.take() else { return };
        let mut all = all.into_vec();
        all.iter_mut().for_each(change);
        all.retain(|one| one.title.is_some() || one.reason.is_some() || one.description.is_some());
        self.translations = (!all.is_empty()).then(|| all.into());
    }

    /// A text that is only there in another language, such as the inherited description of a local event with a title of its
    /// own.
    fn first_translated<'e>(&'e self, text: impl Fn(&'e Translation) -> Option<&'e str>) -> Option<Said<'e>> {
        let all = self.translations.as_deref().unwrap_or_default();
        all.iter().find_map(|one| Some(Said { text: text(one)?, language: Some(&one.language) }))
    }

    /// Gives it texts of its own in `language`, and keeps the language of the others, which is `before`. The language of the
    /// event is that of its title.
    pub fn localize(&mut self, own: OwnTexts, language: &str, before: &str) {
        let OwnTexts { title, reason, description } = own;
        let none =
            |language: &str| Translation { language: language.into(), title: None, reason: None, description: None };
        let Some(title) = title else {
            let mut new = none(language);
            if reason.is_some() {
                self.explain(None);
                new.reason = reason;
            }
            if description.is_some() {
                self.describe(None);
                new.description = description;
            }
            return self.translate(Some(Box::new([new])));
        };
        self.retitle(title);
        let mut kept = none(before);
        let index = self.translations.iter().flatten().position(|one| one.language.eq_ignore_ascii_case(language));
        let mut translated = index.and_then(|index| self.translations.as_mut()?.get_mut(index));
        if reason.is_none() {
            kept.reason = self.reason.take();
            self.reason = translated.as_mut().and_then(|one| one.reason.take());
        }
        if description.is_none() {
            kept.description = self.description.take();
            self.description = translated.and_then(|one| one.description.take());
        }
        if reason.is_some() {
            self.explain(reason);
        }
        if description.is_some() {
            self.describe(description);
        }
        self.translate(Some(Box::new([kept])));
        self.keep_translations(|_| ());
        self.language = Some(language.into());
    }

    fn translated<'e>(
        &'e self,
        wanted: &str,
        default: &str,
        text: impl Fn(&'e Translation) -> Option<&'e str>,
    ) -> Option<Said<'e>> {
        let all = self.translations.as_deref()?;
        let own = matches::distance(self.language.as_deref().unwrap_or(default), wanted);
        let near = all.iter().filter_map(|one| Some((matches::distance(&one.language, wanted)?, one, text(one)?)));
        // The first of equally near ones.
        let (distance, one, text) = near.min_by_key(|(distance, ..)| *distance)?;
        own.is_none_or(|own| distance < own).then_some(Said { text, language: Some(&one.language) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::{days, event};

    fn translated() -> Event {
        let to = |language: &str, title: Option<&str>, description: Option<&str>| Translation {
            language: language.into(),
            title: title.map(Into::into),
            reason: None,
            description: description.map(Into::into),
        };
        Event {
            translations: Some(Box::new([
                to("es", Some("Foro"), Some("Texto")),
                to("es-MX", Some("Foro MX"), None),
                to("zh-Hant", Some("論壇"), None),
            ])),
            description: Some("Text".into()),
            ..event("a", days("2026-06-10", "2026-06-11"))
        }
    }

    #[test]
    fn the_nearest_text_serves() {
        let event = translated();
        for (wanted, title, language) in [
            ("en", "Forum", None),
            ("es", "Foro", Some("es")),
            ("es-MX", "Foro MX", Some("es-MX")),
            ("es-AR", "Foro", Some("es")),
            ("zh-TW", "論壇", Some("zh-Hant")),
            ("zh", "Forum", None),
            ("fr", "Forum", None),
        ] {
            assert_eq!(event.title_in(wanted, "en"), Said { text: title, language }, "{wanted}");
        }
        // Each text by itself.
        assert_eq!(event.description_in("es-MX", "en"), Some(Said { text: "Texto", language: Some("es") }));
        assert_eq!(event.description_in("zh-Hant", "en"), Some(Said { text: "Text", language: None }));
        // A record without a language has the calendar's.
        assert_eq!(event.title_in("es", "es").text, "Forum");
        assert!(event.is_translated_to("es-AR") && !event.is_translated_to("en"));
    }

    #[test]
    fn inherited_texts_keep_their_language() {
        let text = |text: &str| Some(text.into());
        let said = |event: &Event, wanted: &str| {
            let said = |said: Said<'_>| format!("{} {}", said.language.unwrap_or("-"), said.text);
            (said(event.title_in(wanted, "en")), event.description_in(wanted, "en").map(said).unwrap_or_default())
        };
        // A title of its own; the description has a translation.
        let mut event = translated();
        event.localize(OwnTexts { title: text("Marcha"), ..OwnTexts::default() }, "es", "en");
        assert_eq!(said(&event, "es"), ("es Marcha".into(), "es Texto".into()));
        assert_eq!(said(&event, "en"), ("es Marcha".into(), "en Text".into()));
        // The description has none.
        let mut event = Event { translations: None, ..translated() };
        event.localize(OwnTexts { title: text("Marcha"), ..OwnTexts::default() }, "es", "en");
        assert_eq!(said(&event, "es"), ("es Marcha".into(), "en Text".into()));
        assert_eq!(said(&event, "fr"), ("es Marcha".into(), "en Text".into()));
        // A description of its own.
        let mut event = Event { translations: None, ..translated() };
        event.localize(OwnTexts { description: text("Plaza"), ..OwnTexts::default() }, "es", "en");
        assert_eq!(said(&event, "en"), ("- Forum".into(), "es Plaza".into()));
    }

    #[test]
    fn another_title_has_no_translation() {
        let mut event = translated();
        event.retitle("Assembly".into());
        assert_eq!(event.title_in("es", "en").text, "Assembly");
        assert_eq!(event.description_in("es", "en").map(|said| said.text), Some("Texto"));
        event.describe(None);
        assert_eq!(event.translations, None);
    }
}
