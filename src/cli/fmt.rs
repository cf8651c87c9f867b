//! `redletter fmt`: the canonical order of keys and layout, comments kept.

use std::path::{Path, PathBuf};

use super::check::{count, within};
use super::edit;
use super::{Exit, Global, World, open, writing};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::error::{Error, Result};
use crate::record::format::{Kind, format};
use crate::record::read::{self, Part};
use crate::render::difference;
use crate::source::root::{Root, Unopened};
use crate::source::{Source, find};

/// Arguments of `fmt`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Files or folders of the calendar [default: all records, and calendar.toml]
    paths: Vec<PathBuf>,
    /// List the files that would change, write nothing, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    diff: bool,
}

/// Larger files are not formatted: the whole of one is held several times.
const LARGEST: u64 = 16_000_000;

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let Some(root) = open::find_root(global, world)? else {
        return Err(Error::new("no calendar here: neither this folder nor one above it has a `calendar.toml`")
            .help("`redletter --root DIR fmt` names one"));
    };
    let writes = !args.check && !args.diff;
    let _lock = if writes { Some(writing::lock(&root, global, world)?) } else { None };
    let calendar = Root::open(&root)?;
    let found = find::records(&calendar);
    let asked = within(&args.paths, &root, &found, world)?;
    let mut files: Vec<(String, PathBuf)> =
        found.into_iter().filter(|found| found.refused.is_none()).map(|one| (one.name, one.path)).collect();
    if calendar.has_file(Path::new("calendar.toml")) {
        // By its real path, so that a link stays a link.
        let path = calendar.place(Path::new("calendar.toml")).map_err(|why| why.of("calendar.toml"))?;
        files.insert(0, ("calendar.toml".to_owned(), path));
    }
    if !asked.is_empty() {
        files.retain(|(name, _)| {
            asked.iter().any(|path| {
                path.is_empty()
                    || name == path
                    || name.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
        });
    }
    let (mut changed, mut refused) = (0, false);
    for (name, path) in &files {
        match formatted(&calendar, name, path) {
            Ok(None) => {}
            Ok(Some((old, new))) => {
                changed += 1;
                let shown = diagnostic::visible(name.chars());
                world.print(&if args.diff {
                    difference::write(name, &old, &new, world.color(global))
                } else {
                    format!("{shown}\n")
                })?;
                if writes {
                    edit::write(&calendar, path, &old, &new)?;
                }
            }
            Err(Wrong::Syntax(diagnostics)) => {
                refused = true;
                let text = diagnostic::text::render(&diagnostics, world.err_color(Some(global)), world.width());
                world.say_drawn(text.trim_end());
            }
            Err(Wrong::Other(error)) => {
                refused = true;
                world.print_error(&error);
            }
        }
    }
    let of = count(files.len(), "file", "files");
    world.note(
        global,
        &match (changed, args.check || args.diff) {
            (0, _) => format!("{of}: nothing to change"),
            (changed, true) => format!("{of}: {changed} would change; `redletter fmt` changes them"),
            (changed, false) => format!("{of}: {changed} changed"),
        },
    );
    Ok(if refused || (args.check && changed > 0) { Exit::Problems } else { Exit::Fine })
}

/// Why a file is left as it is.
enum Wrong {
    Syntax(Vec<Diagnostic>),
    Other(Error),
}

/// The old and the new text of a file; nothing where they are the same.
fn formatted(calendar: &Root, name: &str, path: &Path) -> std::result::Result<Option<(String, String)>, Wrong> {
    let old = match calendar.read(path, LARGEST) {
        Ok(bytes) => bytes,
        Err(Unopened::TooLarge { most, .. }) => {
            return Err(Wrong::Other(
                Error::new(format!("{name} has over {} MB, and is not formatted", most / 1_000_000))
                    .help("split it into several files, such as one for each year"),
            ));
        }
        Err(why) => return Err(Wrong::Other(why.of(name))),
    };
    let old = String::from_utf8(old).map_err(|_| Wrong::Other(Error::new(format!("{name} is not UTF-8 text"))))?;
    let kind = if name == "calendar.toml" { Kind::Settings } else { Kind::Records };
    let new = format(&old, kind).map_err(|why| {
        let bom = if old.starts_with('\u{FEFF}') { 3 } else { 0 };
        let mut findings = Vec::new();
        read::document(&old[bom..], bom as u32, Part::Whole, &mut findings);
        findings.retain(|finding| finding.code == Code::Syntax);
        if findings.is_empty() {
            return Wrong::Other(Error::new(format!("{name} is not formatted: {why}")));
        }
        let source = Source::file(name, old.as_str());
        Wrong::Syntax(findings.into_iter().map(|finding| finding.within(&source)).collect())
    })?;
    Ok((new != old).then_some((old, new)))
}
