//! `redletter templates`: the built-in templates, style and script, written out to start from.

use std::path::PathBuf;

use super::theme::{STATICS_FOLDER, TEMPLATES_FOLDER};
use super::{Exit, Global, World};
use crate::error::{Error, Result};
use crate::render::site::theme::{STATICS, TEMPLATES};
use crate::sink;

/// Arguments of `templates`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Where `templates/` and `static/` are written; in a calendar's folder, they are used at once
    #[arg(value_name = "DIR", default_value = "theme")]
    folder: PathBuf,
    /// Write over files that are there
    #[arg(short = 'f', long)]
    force: bool,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let folder = world.folder.join(&args.folder);
    let below = |kind: &'static str| move |(name, text): (&'static str, &'static str)| (format!("{kind}/{name}"), text);
    let files: Vec<(String, &str)> = (TEMPLATES.into_iter().map(below(TEMPLATES_FOLDER)))
        .chain(STATICS.into_iter().map(below(STATICS_FOLDER)))
        .collect();
    if !args.force
        && let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).symlink_metadata().is_ok())
    {
        return Err(Error::new(format!("{} is there already", args.folder.join(name).display()))
            .help("give another folder, or write over what is there with --force"));
    }
    for (name, text) in &files {
        sink::write_file(&folder.join(name), |out| out.write_all(text.as_bytes()))?;
    }
    for (name, _) in &files {
        world.print(&format!("{}\n", args.folder.join(name).display()))?;
    }
    world.say(
        global,
        "A file of templates/ or static/ in a calendar's folder is used in place of the built-in one of its name.\n\
         Keep only those that you change: what is not there stays built in, and is mended with the program.\n\
         Each template says at its top what it has to show; base.html is around them all.",
    );
    Ok(Exit::Fine)
}
