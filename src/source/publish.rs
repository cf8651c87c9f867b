//! Which files of a calendar may be published unchanged: files in `static/`, and images.
//!
//! Records and sheets contain notes and withheld values, `calendar.lock` and `calendar.toml` are not for readers, and a
//! built site contains feeds for members. A link in `static/` must not lead to any of them.

use std::path::{Component, Path};

use super::root::{Root, is_hidden};

/// Extensions of images, which may be next to the records that show them.
const PICTURES: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// Why the file at `real`, a path from the root without links, may not be published. `None` if it may.
pub fn refusal(root: &Root, real: &Path) -> Option<&'static str> {
    let mut parts = real.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().to_lowercase()),
        _ => None,
    });
    let top = parts.next().unwrap_or_default();
    let is_alone = parts.next().is_none();
    let ending = real.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if real.iter().any(is_hidden) {
        Some("it is a hidden file")
    } else if is_alone && top.starts_with("calendar.") {
        Some("it is a file of the calendar itself")
    } else if top == "events" && !PICTURES.contains(&ending.as_str()) {
        Some("it is a file of records")
    } else if real.ancestors().skip(1).any(|folder| is_site(root, folder)) {
        Some("it is a file of a site that was built")
    } else {
        None
    }
}

/// Whether a folder is a site that `build` made, or holds feeds for members.
fn is_site(root: &Root, folder: &Path) -> bool {
    let Some(name) = folder.file_name() else { return false };
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(".redletter");
    name == "members" || root.stat(&folder.with_file_name(hidden)).is_some()
}
