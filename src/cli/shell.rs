//! `redletter completions SHELL` and `redletter man`, by clap's own crates.

use clap::CommandFactory;

use super::{Cli, Exit, World};
use crate::error::{Error, Result};

/// Arguments of `completions`.
#[derive(clap::Args, Debug)]
pub struct CompletionArgs {
    /// bash, zsh, fish, powershell or elvish
    shell: clap_complete::Shell,
}

/// Arguments of `man`.
#[derive(clap::Args, Debug)]
pub struct ManArgs {}

/// Prints the completions.
pub fn completions(args: &CompletionArgs, world: &mut World<'_>) -> Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "redletter", &mut text);
    world.print(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Fine)
}

/// Prints the man page: that of the program, then that of each verb.
pub fn man(_args: &ManArgs, world: &mut World<'_>) -> Result<Exit> {
    let mut text = Vec::new();
    let mut command = Cli::command();
    command.build();
    let rendered = clap_mangen::Man::new(command.clone()).render(&mut text).and_then(|()| {
        for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
            clap_mangen::Man::new(verb.clone()).render(&mut text)?;
        }
        Ok(())
    });
    rendered.map_err(|source| Error::output(&source))?;
    world.print(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Fine)
}
