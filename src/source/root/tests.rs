//! Each kind of file system object in place of a regular file.

use super::*;

fn calendar() -> (tempfile::TempDir, Root) {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(home.path().join("events/2026")).expect("a folder");
    fs::write(home.path().join("events/2026/a.toml"), "text").expect("a file");
    fs::write(home.path().join(".env"), "secret").expect("a file");
    let root = Root::open(home.path()).expect("a calendar");
    (home, root)
}

/// What reading a path gives: the text, or why not.
fn told(root: &Root, path: &str) -> String {
    match root.read(Path::new(path), 10) {
        Ok(bytes) => String::from_utf8(bytes).expect("text"),
        Err(why) => why.to_string(),
    }
}

#[test]
fn paths_begin_at_the_root_or_at_its_path_and_never_climb() {
    let (home, root) = calendar();
    assert_eq!(told(&root, "events/2026/a.toml"), "text");
    assert_eq!(told(&root, "./events/./2026/a.toml"), "text");
    for base in [home.path(), root.path()] {
        assert_eq!(told(&root, &base.join("events/2026/a.toml").display().to_string()), "text");
    }
    assert_eq!(told(&root, "events/none"), "it does not exist");
    assert_eq!(told(&root, "events"), "it is not a regular file");
    for path in ["..", "events/../../x", "/etc/hostname", "events/../events/2026/a.toml"] {
        assert_eq!(told(&root, path), "the link leads out of the calendar's folder", "{path}");
        assert!(root.list(Path::new(path)).is_err() && root.place(Path::new(path)).is_err());
        assert!(root.stat(Path::new(path)).is_none());
    }
}

#[test]
fn a_file_over_its_limit_is_not_read() {
    let (home, root) = calendar();
    fs::write(home.path().join("ten"), "0123456789").expect("a file");
    fs::write(home.path().join("eleven"), "0123456789-").expect("a file");
    assert_eq!(told(&root, "ten"), "0123456789");
    assert_eq!(told(&root, "eleven"), "it has 1 MB, over 1");
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_calendar_to_what_is_not_hidden() {
    use std::os::unix::fs::symlink;
    let (home, root) = calendar();
    let other = tempfile::tempdir().expect("a folder");
    fs::write(other.path().join("x"), "foreign").expect("a file");
    fs::create_dir(home.path().join(".git")).expect("a folder");
    fs::write(home.path().join(".git/x"), "hidden").expect("a file");
    let outside = other.path().join("x").display().to_string();
    let inside = root.path().join("events/2026/a.toml").display().to_string();
    let climbing = format!("../{}/events", root.path().file_name().expect("a name").display());
    for (name, target, wanted) in [
        ("file", "events/2026/a.toml", "text"),
        ("absolute", &*inside, "text"),
        ("twice", "file", "text"),
        ("around", "events/../events/2026/../2026/a.toml", "text"),
        ("out", &*outside, "the link leads out of the calendar's folder"),
        ("up", "../x", "the link leads out of the calendar's folder"),
        // Its last part is inside again, and what lies between was outside.
        ("up-and-down", &*climbing, "the link leads out of the calendar's folder"),
        ("environ", "/proc/self/environ", "the link leads out of the calendar's folder"),
        ("zero", "/dev/zero", "the link leads out of the calendar's folder"),
        ("env", ".env", "the link leads to a hidden file"),
        ("git", ".git/x", "the link leads to a hidden file"),
        ("nowhere", "none", "the link leads nowhere"),
        ("circle", "circle", "the link leads nowhere"),
    ] {
        symlink(target, home.path().join(name)).expect("a link");
        assert_eq!(told(&root, name), wanted, "{name}");
    }
    symlink("events/2026", home.path().join("year")).expect("a link");
    symlink(other.path(), home.path().join("foreign")).expect("a link");
    assert_eq!(told(&root, "year/a.toml"), "text");
    assert_eq!(root.list(Path::new("year")).expect("a folder"), [("a.toml".into(), Kind::File)]);
    assert_eq!(told(&root, "foreign/x"), "the link leads out of the calendar's folder");
    assert!(root.list(Path::new("foreign")).is_err());
    assert!(root.place(Path::new("foreign/new")).is_err(), "nothing is written through such a link");
    assert_eq!(root.place(Path::new("year/new")).expect("a place"), root.path().join("events/2026/new"));
    assert_eq!(root.place(Path::new("new/deep/x")).expect("a place"), root.path().join("new/deep/x"));
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_devices_are_errors_at_once() {
    let (home, root) = calendar();
    let began = std::time::Instant::now();
    let pipe = home.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(home.path().join("socket")).expect("a socket");
    for name in ["pipe", "socket"] {
        assert_eq!(told(&root, name), "it is not a regular file", "{name}");
        assert!(!root.has_file(Path::new(name)));
    }
    assert_eq!(
        Root::open(Path::new("/dev")).map(|root| told(&root, "zero")).expect("a folder"),
        "it is not a regular file"
    );
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
}

#[cfg(unix)]
#[test]
fn the_root_itself_may_be_a_link() {
    let (home, _) = calendar();
    let other = tempfile::tempdir().expect("a folder");
    let link = other.path().join("calendar");
    std::os::unix::fs::symlink(home.path(), &link).expect("a link");
    let root = Root::open(&link).expect("a calendar");
    assert_eq!(told(&root, "events/2026/a.toml"), "text");
    assert_eq!(told(&root, &link.join("events/2026/a.toml").display().to_string()), "text");
}
