//! The language in which something is written: `--language`, else the calendar's.

use super::open::Opened;
use super::{Global, World};
use crate::calendar::{Settings, choice};
use crate::error::Result;
use crate::language::Language;

/// The tag to write in. Says so where there are no words of it.
pub(super) fn chosen(
    given: Option<&str>,
    settings: &Settings,
    global: &Global,
    world: &mut World<'_>,
) -> Result<Box<str>> {
    let Some(tag) = given else { return Ok(settings.language.clone()) };
    let tag = choice::language(tag, "--")?;
    if Language::find(&tag).is_none() {
        let known: Vec<&str> = Language::all().map(Language::code).collect();
        world.note(
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
