//! The language in which something is written: `--language`, else the calendar's.

use super::open::Opened;
use super::{Global, World};
use crate::calendar::Settings;
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::resolve::text;

/// `tag` in its usual letter case, or an error that names the tag that may be meant.
pub(super) fn checked(tag: &str) -> Result<Box<str>> {
    text::checked_language(tag).ok_or_else(|| {
        let error = Error::new(format!("--language: `{}` is no language tag", shorten(tag)));
        error.help(match text::meant_language(tag) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "expected a BCP 47 tag such as es or pt-BR".into(),
        })
    })
}

/// The tag to write in. Says so where there are no words of it.
pub(super) fn chosen(
    given: Option<&str>,
    settings: &Settings,
    global: &Global,
    world: &mut World<'_>,
) -> Result<Box<str>> {
    let Some(tag) = given else { return Ok(settings.language.clone()) };
    let tag = checked(tag)?;
    if Language::find(&tag).is_none() {
        let known: Vec<&str> = Language::all().map(Language::code).collect();
        world.say(
            global,
            &format!("note: no words in `{tag}` yet, so these are English; there are {}", known.join(" ")),
        );
    }
    Ok(tag)
}

impl Opened {
    /// The tag to write in. Says so where there are no words of it.
    pub(super) fn language(&self, given: Option<&str>, global: &Global, world: &mut World<'_>) -> Result<Box<str>> {
        chosen(given, &self.calendar().settings, global, world)
    }
}
