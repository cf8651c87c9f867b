//! `redletter explain CODE`.

use super::{Exit, World};
use crate::diagnostic::{Code, shorten};
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
        for code in Code::ALL {
            let first = code.meaning().split(". ").next().unwrap_or_default().trim_end_matches('.');
            world.print(&format!("{:26} {first}\n", code.name()))?;
        }
        return Ok(Exit::Fine);
    };
    let name = &name.trim_matches(['[', ']']).to_lowercase();
    let Some(code) = Code::from_name(name) else {
        let near = crate::record::suggest::nearest(name, Code::ALL.iter().map(|code| code.name()));
        return Err(Error::new(format!("no diagnostic is called `{}`", shorten(name)))
            .help(near.map_or("`redletter explain` lists them all".into(), |near| format!("did you mean {near}?"))));
    };
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
