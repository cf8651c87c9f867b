//! `redletter templates`: the built-in templates, style and script, written out to start from.

use std::path::PathBuf;

use super::theme::{STATICS_FOLDER, TEMPLATES_FOLDER};
use super::{Exit, Global, World, open};
use crate::error::{Error, Result};
use crate::render::site::theme::{STATICS, TEMPLATES};
use crate::sink;

/// Arguments of `templates`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Where `templates/` and `static/` are written; without it, the calendar's own folder, where they are used at once
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Overwrite existing files
    #[arg(short = 'f', long)]
    force: bool,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let folder = match &args.folder {
        Some(folder) => world.folder.join(folder),
        None => open::required_root(global, world)?,
    };
    let shown = |name: &str| {
        let path = folder.join(name);
        path.strip_prefix(&world.folder).unwrap_or(&path).display().to_string()
    };
    let below = |kind: &'static str| move |(name, text): (&'static str, &'static str)| (format!("{kind}/{name}"), text);
    let files: Vec<(String, &str)> = (TEMPLATES.into_iter().map(below(TEMPLATES_FOLDER)))
        .chain(STATICS.into_iter().map(below(STATICS_FOLDER)))
        .collect();
    if !args.force
        && let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).symlink_metadata().is_ok())
    {
        return Err(Error::new(format!("{} is there already", shown(name)))
            .help("name another folder to compare with, or write over what is there with --force"));
    }
    for (name, text) in &files {
        sink::write_below(&folder, name.as_ref(), |out| out.write_all(text.as_bytes()))?;
    }
    let list: Vec<String> = files.iter().map(|(name, _)| shown(name)).collect();
    world.print(&crate::diagnostic::visible_lines(&(list.join("\n") + "\n")))?;
    world.note(
        global,
        "A file of templates/ or static/ in a calendar's folder is used in place of the built-in one of its name.\n\
         Delete those that you leave as they are: what is not there stays built in, and later versions reach it.\n\
         Each template says at its top what it has to show; base.html is around them all.",
    );
    Ok(Exit::Fine)
}
