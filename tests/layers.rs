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
        let Some(own) = rank(&module) else { continue };
        let text = fs::read_to_string(&path).expect("a source file");
        // Tests beside the code may use what they like.
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
