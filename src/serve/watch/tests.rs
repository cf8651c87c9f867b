use notify::event::{AccessMode, EventKind};

use super::watcher::{is_news, is_ours};
use super::*;

#[test]
fn only_the_calendars_own_files_count() {
    let root = PathBuf::from("/c");
    let ours = |path: &str| is_ours(Path::new(path), &[&root]);
    for path in ["/c/calendar.toml", "/c/calendar.lock", "/c/events", "/c/events/2026/x.toml", "/c/static/a.css"] {
        assert!(ours(path), "{path}");
    }
    for path in [
        "/c",
        "/c/public/index.html",
        "/c/.git/index",
        "/c/events/.redletter-x1",
        "/c/events/.x.toml.swp",
        "/c/events/x.toml~",
        "/c/README.md",
        "/c/calendar.toml/x",
    ] {
        assert!(!ours(path), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_looked_at_once() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for name in ["events/2026", "shared"] {
        fs::create_dir_all(root.join(name)).expect("a folder");
    }
    let before = signature(root);
    for (to, link) in [(".", "a"), (".", "b"), ("../shared", "c"), ("../..", "d")] {
        symlink(to, root.join("events").join(link)).expect("a link");
    }
    symlink(elsewhere.path(), root.join("events/out")).expect("a link");
    let seen = look_around(root);
    assert_ne!(before, seen.signature);
    let names: Vec<_> = seen.links.iter().filter_map(|link| link.file_name()?.to_str()).collect();
    assert_eq!(names, ["a", "b", "c"], "what leads out is not followed");
    fs::write(root.join("shared/x.toml"), "x").expect("a file");
    assert_ne!(seen.signature, signature(root));
    assert!(is_ours(&root.join("events/c/./x.toml"), &[&root.to_owned()]));
}

#[test]
fn a_day_that_cannot_be_shown_is_tried_seldom() {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
    let soon = Duration::from_secs(30);
    assert!(!is_due(day(21), day(21), day(21), AGAIN * 2));
    assert!(is_due(day(22), day(21), day(21), soon));
    assert!(!is_due(day(22), day(21), day(22), soon));
    assert!(is_due(day(22), day(21), day(22), AGAIN * 2));
}

#[test]
fn reading_is_no_news() {
    use notify::event::{AccessKind, CreateKind};
    let root = PathBuf::from("/c");
    let event = |kind| notify::Event::new(kind).add_path("/c/events/x.toml".into());
    for kind in [AccessKind::Read, AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Read)] {
        assert!(!is_news(&event(EventKind::Access(kind)), &[&root]));
    }
    for kind in [EventKind::Access(AccessKind::Close(AccessMode::Write)), EventKind::Create(CreateKind::File)] {
        assert!(is_news(&event(kind), &[&root]));
    }
}

fn signature(root: &Path) -> u64 {
    look_around(root).signature
}

#[test]
fn a_look_sees_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let mut seen = vec![signature(root)];
    let mut changed = |what: &str| {
        let now = signature(root);
        assert!(!seen.contains(&now), "{what}");
        seen.push(now);
    };
    fs::create_dir_all(root.join("events/2026")).expect("folders");
    fs::write(root.join("events/2026/a.toml"), "a").expect("a file");
    changed("a new file in a new folder");
    fs::write(root.join("events/2026/a.toml"), "ab").expect("a file");
    changed("a longer file");
    fs::rename(root.join("events/2026/a.toml"), root.join("events/2026/b.toml")).expect("a name");
    changed("another name");
    fs::write(root.join("calendar.toml"), "title = \"x\"").expect("a file");
    changed("settings");
    let before = signature(root);
    fs::write(root.join("events/.b.toml.swp"), "x").expect("a file");
    fs::write(root.join("README.md"), "x").expect("a file");
    assert_eq!(before, signature(root));
}
