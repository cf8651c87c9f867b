//! Sources → drafts of records: the kind of each source is recognised by its content.

use super::sources::{self, Source};
use super::target::{Named, Target};
use super::{Args, World};
use crate::error::Result;
use crate::import::convert::{File, Ground, convert_made, made_zone};
use crate::import::encoding::{Decoded, Encoding, decode};
use crate::import::fields::KindNames;
use crate::import::made::Made;
use crate::import::summary::{Problem, Summary};
use crate::import::{series, sheet_rows, toml_to_ical, yaml2ics};

/// What reading came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Read {
    /// Events were read, or the files are calendars at least.
    Calendars,
    /// A source is none.
    NoCalendar,
}

/// A source whose kind is known.
enum Form<'s> {
    Calendar(File<'s>),
    Made(Made),
    /// Its rows are read when the calendar's kinds are known.
    Sheet,
}

/// A calendar in another format than iCalendar.
fn made(text: &str) -> Option<Made> {
    toml_to_ical::read(text).or_else(|| yaml2ics::read(text))
}

/// Adds the files that sources include to them: beside the file that names them, and not above it.
pub(super) fn add_included(all: &mut Vec<Source>) {
    const MOST: usize = 1_000;
    let mut index = 0;
    while index < all.len() && all.len() < MOST {
        let decoded = decode(&all[index].bytes);
        let includes = made(&decoded.text).map(|made| made.includes).unwrap_or_default();
        for include in includes.iter().take(MOST) {
            let Some(source) = sources::beside(&all[index], include) else { continue };
            if !all.iter().any(|known| known.path == source.path) {
                all.push(source);
            }
        }
        index += 1;
    }
}

/// Reads all sources into the target.
pub(super) fn all(
    sources: &[Source],
    args: &Args,
    target: &mut Target<'_>,
    summary: &mut Summary,
    world: &mut World<'_>,
) -> Result<Read> {
    let texts: Vec<Decoded<'_>> = sources.iter().map(|source| decode(&source.bytes)).collect();
    let mut forms: Vec<(u32, Form<'_>)> = Vec::new();
    for (number, (source, decoded)) in sources.iter().zip(&texts).enumerate() {
        let number = number as u32;
        if decoded.encoding == Encoding::Mixed {
            let line = decoded.foreign.first().copied().unwrap_or(0);
            let found = "bytes that are not UTF-8 are read as Windows-1252".to_owned();
            summary.problem(Problem { file: number, line, found, expected: "UTF-8".to_owned(), is_loss: false });
        }
        match form(number, &decoded.text) {
            Ok(form) => forms.push((number, form)),
            Err((line, found)) => {
                // A folder may hold other files than calendars; only those that are called so are expected to be.
                let is_loss = !source.is_of_folder || source.name.to_ascii_lowercase().ends_with(".ics");
                let expected = "an iCalendar file, which begins with `BEGIN:VCALENDAR`; or TOML of toml-to-ical, YAML of \
                                yaml2ics, or CSV with the columns `title` and `start`";
                summary.problem(Problem { file: number, line, found, expected: expected.to_owned(), is_loss });
                if !source.is_of_folder {
                    return Ok(Read::NoCalendar);
                }
            }
        }
    }
    if forms.is_empty() {
        return Ok(Read::NoCalendar);
    }
    let named = forms.iter().map(|(_, form)| match form {
        Form::Calendar(file) => Named { headers: file.headers(target.tzdb), usual: file.usual_zone(target.tzdb) },
        Form::Made(made) => Named::of_made(made, made_zone(made, target.tzdb)),
        Form::Sheet => Named::default(),
    });
    let named: Vec<Named> = named.collect();
    target.settle(&named, args, world)?;
    let kind = target.kind_name(args)?;
    let kinds = target.kinds().clone();
    let kinds = KindNames::new(&kinds);
    for (number, form) in &forms {
        let ground = Ground {
            tzdb: target.tzdb,
            kinds: &kinds,
            target: series::Target { zone: target.zone, kind: kind.as_deref() },
            private: args.private,
        };
        match form {
            Form::Calendar(file) => {
                target.seen += file.events();
                file.convert(&ground, summary, &mut |draft| target.drafts.push(draft));
            }
            Form::Made(made) => {
                target.seen += made.events.len();
                convert_made(*number, made, &ground, summary, &mut |draft| target.drafts.push(draft));
            }
            Form::Sheet => {
                let text = &texts[*number as usize].text;
                let rows = sheet_rows::read(*number, text, kind.as_deref(), summary).unwrap_or_default();
                target.seen += rows.len();
                target.drafts.extend(rows);
            }
        }
    }
    Ok(Read::Calendars)
}

/// What a text is; if it is nothing that is imported, a line and what stands there.
fn form(number: u32, text: &str) -> std::result::Result<Form<'_>, (u32, String)> {
    let wrong = match File::new(number, text) {
        Ok(file) => return Ok(Form::Calendar(file)),
        Err(wrong) => wrong,
    };
    if let Some(made) = made(text) {
        return Ok(Form::Made(made));
    }
    let is_sheet = sheet_rows::read(number, text, None, &mut Summary::default()).is_some();
    if is_sheet { Ok(Form::Sheet) } else { Err(wrong) }
}
