//! The calendar of `tests/calendars/actions`, which has every sort of event.

use std::fs;
use std::path::Path;

/// A copy of it, to change and to build.
pub(crate) fn calendar() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendars/actions"), root.path());
    root
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for path in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file");
        }
    }
}
