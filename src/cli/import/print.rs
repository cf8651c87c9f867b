//! The summary of an import, as text and as JSON.

use serde_json::{Value, json};

use super::target::{Plan, Target};
use super::{Args, Global, World};
use crate::cli::check::count;
use crate::diagnostic::{visible, visible_json, visible_lines};
use crate::error::Result;
use crate::import::summary::{Fate, Place, Summary};

/// Problems that are shown one by one.
const SHOWN: usize = 50;

/// Prints what is wrong in the sources, by file and line.
pub(super) fn problems(summary: &Summary, names: &[&str], global: &Global, world: &mut World<'_>) {
    let mut problems: Vec<_> = summary.problems.iter().collect();
    problems.sort();
    problems.dedup();
    let most = if global.verbose { usize::MAX } else { SHOWN };
    let shown = problems.iter().filter(|problem| problem.is_loss || !global.quiet).take(most);
    for problem in shown {
        let severity = if problem.is_loss { "error" } else { "warning" };
        let place = at(names, problem.file, problem.line);
        let mut text = format!("{severity}: {place}: {}", problem.found);
        if !problem.expected.is_empty() {
            text.push_str(&format!("\n  expected {}", problem.expected));
        }
        world.note_always(&text);
    }
    if problems.len() > most {
        world.note_always(&format!("… and {} more; `--verbose` shows all", problems.len() - most));
    }
}

fn at(names: &[&str], file: u32, line: u32) -> String {
    let name = visible(names.get(file as usize).copied().unwrap_or_default().chars());
    if line == 0 { name } else { format!("{name}:{line}") }
}

/// Prints the summary for people.
pub(super) fn text(
    plan: &Plan,
    summary: &Summary,
    names: &[&str],
    args: &Args,
    target: &Target<'_>,
    global: &Global,
    world: &mut World<'_>,
) -> Result<()> {
    let mut out = String::new();
    let folder = target.shown(world);
    let refused: usize =
        summary.entries.iter().filter(|((fate, ..), _)| *fate == Fate::Refused).map(|(_, entry)| entry.count).sum();
    let (did, made) = if args.dry_run { ("would import", "would make") } else { ("imported", "made") };
    if target.settings_text.is_some() && !plan.imported.is_empty() {
        out.push_str(&format!("{made} the calendar \"{}\" in {folder}\n", target.settings.title));
    }
    out.push_str(&format!("{did} {}", count(plan.imported.len(), "event", "events")));
    if !plan.imported.is_empty() {
        out.push_str(&format!(" in {} below {folder}", count(plan.files(), "file", "files")));
    }
    out.push('\n');
    if plan.skipped > 0 {
        out.push_str(&format!("skipped {} that the calendar has already\n", count(plan.skipped, "event", "events")));
    }
    if !plan.updated.is_empty() {
        let did = if args.dry_run { "would update" } else { "updated" };
        out.push_str(&format!("{did} {}\n", count(plan.updated.len(), "event", "events")));
        for (id, file) in &plan.updated {
            out.push_str(&format!("  {id} ({file})\n"));
        }
    }
    if !plan.different.is_empty() {
        out.push_str(&format!(
            "left {} as they are, because the source differs; `--update` takes it over\n",
            count(plan.different.len(), "event", "events")
        ));
        for (id, keys) in &plan.different {
            out.push_str(&format!("  {id}: {}\n", keys.join(", ")));
        }
    }
    if refused > 0 {
        out.push_str(&format!("refused {}\n", count(refused, "event", "events")));
    }
    if args.dry_run || global.verbose {
        for one in &plan.imported {
            out.push_str(&format!("  {}  {}  {}\n", one.file, one.start, one.title));
        }
    }
    for (fate, title) in [
        (Fate::Changed, "in another form:"),
        (Fate::Dropped, "not in the records:"),
        (Fate::Private, "left out, because it is other people's data or for the event's own circle:"),
    ] {
        let mut is_first = true;
        for ((_, property, why), entry) in summary.entries.iter().filter(|((other, ..), _)| *other == fate) {
            if std::mem::take(&mut is_first) {
                out.push_str(&format!("\n{title}\n"));
            }
            out.push_str(&format!("  {property}: {why} ({})\n", places(&entry.places, entry.count, names, global)));
        }
    }
    if !plan.remaining.is_empty() {
        out.push_str("\n`redletter check` will say:\n");
        for (code, (message, number)) in &plan.remaining {
            out.push_str(&format!("  {code}: {message} ({number} ×)\n"));
        }
    }
    world.print(&visible_lines(&out))
}

/// `12 times, in a.ics:3, a.ics:20, …`
fn places(places: &[Place], times: usize, names: &[&str], global: &Global) -> String {
    let most = if global.verbose { usize::MAX } else { 3 };
    let mut shown: Vec<String> = places.iter().take(most).map(|place| at(names, place.file, place.line)).collect();
    if places.len() > shown.len() {
        shown.push("…".to_owned());
    }
    let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
    format!("{times}, in {}", shown.join(", "))
}

/// Prints the summary for programs.
pub(super) fn json(
    plan: &Plan,
    summary: &Summary,
    names: &[&str],
    args: &Args,
    target: &Target<'_>,
    world: &mut World<'_>,
) -> Result<()> {
    let name = |file: u32| names.get(file as usize).copied().unwrap_or_default();
    let event = |place: &Place| {
        let mut event = json!({ "file": name(place.file), "line": place.line });
        if !place.uid.is_empty() {
            event["uid"] = Value::String(place.uid.clone());
        }
        event
    };
    let properties: Vec<Value> = summary
        .entries
        .iter()
        .map(|((fate, property, why), entry)| {
            json!({
                "fate": fate.name(), "property": property, "reason": why, "count": entry.count,
                "events": entry.places.iter().map(event).collect::<Vec<_>>(),
            })
        })
        .collect();
    let problems: Vec<Value> = summary
        .problems
        .iter()
        .map(|problem| {
            let severity = if problem.is_loss { "error" } else { "warning" };
            json!({
                "severity": severity, "file": name(problem.file), "line": problem.line, "message": problem.found,
                "expected": problem.expected,
            })
        })
        .collect();
    let imported: Vec<Value> = plan
        .imported
        .iter()
        .map(|one| json!({ "id": one.id, "uid": one.uid, "title": one.title, "start": one.start.trim_matches('"'), "file": one.file }))
        .collect();
    let remaining: Vec<Value> = plan
        .remaining
        .iter()
        .map(|(code, (message, number))| json!({ "code": code, "message": message, "count": number }))
        .collect();
    let document = json!({
        "version": 1,
        "dry_run": args.dry_run,
        "new_calendar": target.settings_text.is_some() && !plan.imported.is_empty(),
        "imported": imported,
        "skipped": plan.skipped,
        "different": plan.different.iter().map(|(id, keys)| json!({ "id": id, "keys": keys })).collect::<Vec<_>>(),
        "updated": plan.updated.iter().map(|(id, file)| json!({ "id": id, "file": file })).collect::<Vec<_>>(),
        "properties": properties,
        "problems": problems,
        "diagnostics": remaining,
    });
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    world.print(&format!("{}\n", visible_json(&text)))
}
