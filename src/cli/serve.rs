//! `redletter serve`: the site over HTTP, shown anew when the records change.

use std::net::IpAddr;
use std::sync::mpsc;

use super::lock::MassDeletionArgs;
use super::{Exit, Global, World, open, theme};
use crate::calendar::Secret;
use crate::diagnostic::{self, visible};
use crate::error::{Error, Result};
use crate::serve::{self, Line, ListenOptions, SiteContext};

/// Arguments of `serve`.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Feeds are below /feeds/: /feeds/all.ics, and /feeds/custom.ics?kind=forum&country=GR for any filter \
    (also .json and .atom).\nListings are at /api/agenda.json?from=today&to=%2B2w&timezone=Athens; the state of the server \
    is at /healthz and /metrics.\nCtrl-C or SIGTERM stops the server after it has sent all answers, a second signal at \
    once; SIGHUP reads the records again."
)]
pub struct Args {
    /// Address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 or :: for all
    #[arg(short = 'i', long, value_name = "ADDR", default_value = "127.0.0.1", value_parser = interface)]
    interface: IpAddr,
    /// Port to listen on; 0 for any free port
    #[arg(short = 'p', long, value_name = "PORT", default_value_t = 8321)]
    port: u16,
    /// Host name to answer for, such as that of a proxy (repeatable) [default: localhost, the listen address, the host of `url`]
    #[arg(long, value_name = "NAME", value_parser = host)]
    host: Vec<String>,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    open: bool,
    /// Leave out the script that reloads pages when records change; for public sites
    #[arg(long)]
    no_reload: bool,
    /// Path prefix of all addresses, such as /calendar, if a proxy forwards it unchanged
    #[arg(long, value_name = "PATH", default_value = "", value_parser = prefix)]
    prefix: String,
    /// Log requests to standard error, without IP addresses or user agents
    #[arg(long)]
    log: bool,
    #[command(flatten)]
    deletion: MassDeletionArgs,
}

fn interface(text: &str) -> Result<IpAddr, String> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    if bare == "localhost" {
        return Ok(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
    }
    bare.parse().map_err(|_| "expected an IP address such as 127.0.0.1, 0.0.0.0 or ::1".to_owned())
}

fn host(text: &str) -> Result<String, String> {
    let sound = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    if text.is_empty() || !text.chars().all(sound) {
        return Err("expected a host name such as calendar.example.org".to_owned());
    }
    Ok(text.to_owned())
}

fn prefix(text: &str) -> Result<String, String> {
    let bare = text.trim_matches('/');
    let sound = |c: char| c.is_ascii_alphanumeric() || "-_.~/".contains(c);
    if bare.contains("//") || bare.split('/').any(|part| part.starts_with('.')) || !bare.chars().all(sound) {
        return Err("expected a path such as /calendar, of letters, digits, `-`, `_` and `~`".to_owned());
    }
    Ok(if bare.is_empty() { String::new() } else { format!("/{bare}") })
}

/// Lines that may wait to be printed.
const WAITING: usize = 1024;

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let root = open::required_root(global, world)?;
    let is_fixed = global.now.is_some() || world.environment.source_date_epoch.is_some();
    let secret = world.members_secret()?;
    if let Some(exit) = secret.as_ref().and_then(|secret| refuse_found(secret, &root, global, world)) {
        return Ok(exit);
    }
    let context = SiteContext {
        tzdb: open::tzdb(global, world)?,
        secret,
        program: world.program(),
        theme: theme::load,
        fixed: if is_fixed { Some(world.now(global)?) } else { None },
        clock: world.time,
        is_live: !args.no_reload,
        allows_mass_deletion: args.deletion.allow_mass_deletion,
        root,
    };
    let options = ListenOptions {
        interface: args.interface,
        port: args.port,
        prefix: args.prefix.clone(),
        hosts: args.host.clone(),
        logs_requests: args.log,
    };
    let (sender, receiver) = mpsc::sync_channel(WAITING);
    // The streams of the world are of this thread.
    let server = std::thread::spawn(move || serve::run(context, &options, &sender));
    for line in receiver.iter().take_while(|line| !matches!(line, Line::End)) {
        print(line, args, global, world);
    }
    server.join().map_err(|_| Error::new("the server broke down"))??;
    Ok(Exit::Fine)
}

fn print(line: Line, args: &Args, global: &Global, world: &mut World<'_>) {
    match line {
        Line::Listens(address) => {
            world.note_always(&format!("serving {address}"));
            if args.open
                && let Err(error) = opener::open_browser(&address)
            {
                world.note_always(&format!("note: no browser could be started: {error}"));
            }
        }
        Line::Note(text) => world.note(global, &visible(text.chars())),
        Line::Mistakes(mistakes, done) => {
            let text = diagnostic::text::render(&mistakes, world.err_color(Some(global)), world.width());
            world.say_drawn(&format!("{text}error: {done}"));
        }
        Line::Trouble(error, done) => {
            world.print_error(&error);
            world.note_always(&format!("error: {done}"));
        }
        Line::Request(text) => world.note_always(&text),
        Line::End => {}
    }
}

/// Refuses a secret that stands in a file of the calendar.
fn refuse_found(secret: &Secret, root: &std::path::Path, global: &Global, world: &mut World<'_>) -> Option<Exit> {
    let found = secret.found_in(root);
    if found.is_empty() {
        return None;
    }
    let text = diagnostic::text::render(&found, world.err_color(Some(global)), world.width());
    world.say_drawn(&format!("{text}error: nothing is served, because the secret is none any more"));
    Some(Exit::Problems)
}
