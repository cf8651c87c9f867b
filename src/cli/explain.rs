//! `redletter explain CODE`.

use super::{Exit, World};
use crate::diagnostic::{Code, FeedCode, shorten};
use crate::error::{Error, Result};

/// Arguments of `explain`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The code in square brackets, such as time-in-gap; all codes are listed without it
    code: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let Some(name) = &args.code else {
        for code in Code::every() {
            let first = code.meaning().split(". ").next().unwrap_or_default().trim_end_matches('.');
            world.print(&format!("{:26} {first}\n", code.name()))?;
        }
        return Ok(Exit::Fine);
    };
    let name = &name.trim_matches(['[', ']']).to_lowercase();
    let Some(code) = Code::from_name(name) else {
        let near = crate::record::suggest::nearest(name, Code::every().map(Code::name));
        return Err(Error::new(format!("no diagnostic is called `{}`", shorten(name)))
            .help(near.map_or("`redletter explain` lists them all".into(), |near| format!("did you mean {near}?"))));
    };
    if let Code::Feed(code) = code {
        return feed(code, world);
    }
    let (wrong, right) = code.example();
    let indented = |text: &str| format!("    {}\n", text.replace('\n', "\n    "));
    let text = format!(
        "{} ({})\n\n{}\n\nFor example:\n\n{}\nBetter:\n\n{}",
        code.name(),
        code.severity().name(),
        wrapped(code.meaning(), world.width().min(80)),
        indented(wrong),
        indented(right),
    );
    world.print(&text)?;
    Ok(Exit::Fine)
}

/// Explains a problem of a feed, with the clients that break and the evidence.
fn feed(code: FeedCode, world: &mut World<'_>) -> Result<Exit> {
    let width = world.width().min(80);
    let clients = code.client_list();
    let (wrong, right) = code.example();
    let mut text = format!("{} ({})\n\n{}\n\n", code.name(), code.severity().name(), wrapped(code.meaning(), width));
    let breaks = if clients.is_empty() { code.breaks().to_owned() } else { format!("{clients}: {}", code.breaks()) };
    text.push_str(&format!(
        "{}\n\nFor example:\n\n    {wrong}\n\nBetter:\n\n    {right}\n\nSee:\n\n",
        wrapped(&breaks, width)
    ));
    code.links().iter().for_each(|link| text.push_str(&format!("    {link}\n")));
    world.print(&text)?;
    Ok(Exit::Fine)
}

/// The words of a sentence on lines of at most `width` columns.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}
