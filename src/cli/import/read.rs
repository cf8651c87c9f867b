//! Sources → drafts of records: the kind of each source is recognised by its content.

use super::sources::Source;
use super::target::Target;
use super::{Args, World};
use crate::error::Result;
use crate::import::convert::{File, Ground};
use crate::import::encoding::{Decoded, Encoding, decode};
use crate::import::series;
use crate::import::summary::{Problem, Summary};

/// What reading came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Read {
    /// Events were read, or the files are calendars at least.
    Calendars,
    /// A source is none.
    NoCalendar,
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
    for (number, decoded) in texts.iter().enumerate() {
        if decoded.encoding == Encoding::Mixed {
            let line = decoded.foreign.first().copied().unwrap_or(0);
            summary.problem(Problem {
                file: number as u32,
                line,
                found: "bytes that are not UTF-8 are read as Windows-1252".to_owned(),
                expected: "UTF-8".to_owned(),
                is_loss: false,
            });
        }
    }
    let mut files = Vec::new();
    for (number, (source, decoded)) in sources.iter().zip(&texts).enumerate() {
        let number = number as u32;
        match File::new(number, &decoded.text) {
            Ok(file) => files.push(file),
            Err((line, found)) => {
                let expected = "`BEGIN:VCALENDAR`".to_owned();
                summary.problem(Problem { file: number, line, found, expected, is_loss: true });
                if !source.is_of_folder {
                    return Ok(Read::NoCalendar);
                }
            }
        }
    }
    target.settle(&files, args, world)?;
    let kind = target.kind_name(args)?;
    let kinds = target.kinds().clone();
    for file in &files {
        let ground = Ground {
            tzdb: target.tzdb,
            kinds: &kinds,
            target: series::Target { zone: target.zone, kind: kind.as_deref() },
            private: args.private,
        };
        target.seen += file.events();
        file.convert(&ground, summary, &mut |draft| target.drafts.push(draft));
    }
    Ok(Read::Calendars)
}
