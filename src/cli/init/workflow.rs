//! The workflow for GitHub: where it stands, and its text.

use std::path::{Component, Path, PathBuf};

/// The workflow's file, from the top of the repository.
pub(super) const NAME: &str = ".github/workflows/calendar.yml";

const TEXT: &str = include_str!("workflow.yml");

/// Where redletter can be fetched from; empty until it is published. A name on crates.io is not taken, because another
/// program could have it.
const SOURCE: &str = env!("CARGO_PKG_REPOSITORY");

/// What a person still has to do for it.
pub(super) const NEEDS: &str = if SOURCE.is_empty() {
    "Its first lines say how to publish the site, and where to write the address of redletter's source: until then it\nchecks nothing."
} else {
    "Its first lines say how to publish the site."
};

/// Where the workflow is.
pub(super) struct Place {
    pub(super) file: PathBuf,
    /// The calendar's folder from the top of the repository, if it is not the top.
    pub(super) inside: Option<String>,
}

impl Place {
    /// GitHub runs the workflows at the top of a repository, so that is where the workflow of a folder in one stands.
    pub(super) fn of(folder: &Path) -> Self {
        let at_top = Place { file: folder.join(NAME), inside: None };
        let Some(real) = real(folder) else { return at_top };
        let top = real.ancestors().find(|above| above.join(".git").exists());
        let Some((top, inside)) = top.and_then(|top| Some((top, real.strip_prefix(top).ok()?))) else { return at_top };
        let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
        match parts {
            Some(parts) if !parts.is_empty() => Place { file: top.join(NAME), inside: Some(parts.join("/")) },
            _ => at_top,
        }
    }
}

/// The path without links, also of a folder that does not exist yet.
fn real(folder: &Path) -> Option<PathBuf> {
    let existing = folder.ancestors().find(|above| above.is_dir())?;
    let rest = folder.strip_prefix(existing).ok()?;
    let is_plain = rest.components().all(|part| matches!(part, Component::Normal(_)));
    let real = existing.canonicalize().ok()?;
    is_plain.then(|| if rest.as_os_str().is_empty() { real } else { real.join(rest) })
}

/// The text of the workflow there.
pub(super) fn text(place: &Place) -> String {
    // A JSON string is one in YAML too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let (folder, public) = match &place.inside {
        None => (String::new(), "public".to_owned()),
        Some(inside) => (
            format!("    defaults:\n      run:\n        working-directory: {}\n", quoted(inside)),
            quoted(&format!("{inside}/public")),
        ),
    };
    TEXT.replace("    # {folder}\n", &folder).replace("{source}", SOURCE).replace("{public}", &public)
}
