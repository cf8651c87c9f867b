//! Holds the order of the modules: a module uses what stands above it in `lib.rs` and nothing below it.

use std::fs;
use std::path::Path;

/// The modules in the order of the data, as `lib.rs` declares them.
fn order() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").expect("src/lib.rs");
    text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Names behind `crate::` in a text, also those in braces.
fn used(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let list = match rest.strip_prefix('{') {
            Some(inside) => inside.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for item in list {
            let name: String = item.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            names.push(name);
        }
    }
    names
}

#[test]
fn nothing_reaches_upwards() {
    let order = order();
    assert!(order.len() > 10, "lib.rs declares the modules: {order:?}");
    let rank = |name: &str| order.iter().position(|module| module == name);
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    let mut wrong = Vec::new();
    for path in found {
        let inside = path.strip_prefix("src").expect("below src");
        let module = inside.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        // Tests beside the code may use what they like.
        let Some(own) = rank(&module).filter(|_| !path.ends_with("tests.rs")) else { continue };
        let text = fs::read_to_string(&path).expect("a source file");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for name in used(&code) {
            if rank(&name).is_some_and(|other| other > own) {
                wrong.push(format!("{} uses {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_use_of_a_lower_module_is_seen() {
    assert_eq!(used("use crate::{cli, zone::Zone};\ncrate::render::x()"), ["cli", "zone", "render"]);
}

/// Files that may ask the system for files, each with its reason. Everything of a calendar is opened by `source/root`.
const OPENERS: &[(&str, &str)] = &[
    ("src/source/root", "the one way to the files of a calendar"),
    ("src/source/root.rs", "the one way to the files of a calendar"),
    ("src/zone", "zone files of the system, or of --tzdb"),
    ("src/sink", "what is written, and the folder of the site"),
    ("src/serve/state.rs", "the path of the calendar's folder"),
    ("src/serve/watch.rs", "the paths of the folders that are watched; what is in them goes through the root"),
    ("src/serve/watch/watcher.rs", "the real path of the calendar's folder"),
    ("src/calendar/cache.rs", "the type of what `Root::stat` gives"),
    ("src/cli/world.rs", "the size of our own program"),
    ("src/cli/diff", "records of a revision in a folder of their own, and .ics files of the command line"),
    ("src/cli/diff.rs", "whether a word of the command line is a file"),
    ("src/cli/init.rs", "a folder that becomes a calendar"),
    ("src/cli/init", "the repository around that folder, and examples that are deleted"),
    ("src/cli/check.rs", "paths of the command line"),
    ("src/cli/build.rs", "the folder of the site"),
    ("src/cli/feed.rs", "the file that a feed is written to"),
    ("src/cli/lint.rs", "files of the command line"),
    ("src/cli/new.rs", "whether a record exists, at a place that the root gave"),
    ("src/cli/new/sheet.rs", "whether a sheet exists, at a place that the root gave"),
    ("src/cli/import.rs", "a folder that becomes a calendar"),
    ("src/cli/import/sources.rs", "files and folders of the command line"),
    ("src/cli/import/target.rs", "whether a file exists, so that no record replaces it"),
    ("src/cli/templates.rs", "a folder of the command line"),
];

/// What opens, reads, lists or stats a file.
const OPENING: [&str; 9] = [
    "std::fs",
    " fs::",
    "(fs::",
    "File::open",
    "File::options",
    "OpenOptions",
    ".canonicalize()",
    ".exists()",
    ".symlink_metadata()",
];

/// The lines of a source file, without comments and tests, that open a file.
fn openings(text: &str) -> Vec<&str> {
    let text = text.split("mod tests {").next().unwrap_or_default();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.filter(|line| OPENING.iter().any(|opening| line.contains(opening))).collect()
}

#[test]
fn files_of_a_calendar_are_opened_in_one_place() {
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    let mut wrong = Vec::new();
    let mut used = std::collections::BTreeSet::new();
    for path in found {
        if path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let lines = openings(&text);
        match OPENERS.iter().find(|(allowed, _)| path.starts_with(allowed)) {
            Some((allowed, _)) if !lines.is_empty() => drop(used.insert(*allowed)),
            Some(_) => {}
            None => wrong.extend(lines.iter().map(|line| format!("{}: {}", path.display(), line.trim()))),
        }
    }
    assert!(wrong.is_empty(), "open it by `source::root`, or say here why not:\n{}", wrong.join("\n"));
    let unused: Vec<_> = OPENERS.iter().filter(|(allowed, _)| !used.contains(allowed)).collect();
    assert!(unused.is_empty(), "these need no exception any more: {unused:?}");
}

#[test]
fn an_opening_is_seen() {
    assert_eq!(
        openings("// std::fs\nlet x = File::open(path);\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}"),
        ["let x = File::open(path);"]
    );
}
