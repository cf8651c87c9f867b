//! `redletter fmt`: the canonical order of keys and layout, comments kept.

use std::path::{Path, PathBuf};

use super::amend;
use super::check::{count, within};
use super::{Exit, Global, World, open, writing};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::error::{Error, Result};
use crate::record::format::{Kind, format};
use crate::record::read::{self, Part};
use crate::render::difference;
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
const LARGEST: usize = 16_000_000;

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let Some(root) = open::find_root(global, world)? else {
        return Err(Error::new("no calendar here: neither this folder nor one above it has a `calendar.toml`")
            .help("`redletter --root DIR fmt` names one"));
    };
    let writes = !args.check && !args.diff;
    let _lock = if writes { Some(writing::lock(&root, global, world)?) } else { None };
    let found = find::records(&root)?;
    let asked = within(&args.paths, &root, &found, world)?;
    let mut files: Vec<(String, PathBuf)> =
        found.into_iter().filter(|found| found.refused.is_none()).map(|one| (one.name, one.path)).collect();
    if root.join("calendar.toml").is_file() {
        let settings = if writes { writing::target(&root, "calendar.toml")? } else { root.join("calendar.toml") };
        files.insert(0, ("calendar.toml".to_owned(), settings));
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
        match formatted(name, path) {
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
                    amend::write(path, &old, &new)?;
                }
            }
            Err(Wrong::Syntax(diagnostics)) => {
                refused = true;
                let text = diagnostic::text::render(&diagnostics, world.err_color(Some(global)), world.width());
                world.say_anyway(text.trim_end());
            }
            Err(Wrong::Other(error)) => {
                refused = true;
                world.complain(&error);
            }
        }
    }
    let of = count(files.len(), "file", "files");
    world.say(
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
fn formatted(name: &str, path: &Path) -> std::result::Result<Option<(String, String)>, Wrong> {
    let old = std::fs::read_to_string(path).map_err(|source| Wrong::Other(Error::io("read", path, &source)))?;
    if old.len() > LARGEST {
        return Err(Wrong::Other(
            Error::new(format!("{name} has over {} MB, and is not formatted", LARGEST / 1_000_000))
                .help("split it into several files, such as one for each year"),
        ));
    }
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
