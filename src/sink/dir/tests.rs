//! The lights go out at every step that a build makes on the disk, one after the other.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;

use super::*;

type Site = BTreeMap<&'static str, &'static str>;

fn key(text: &str) -> Key {
    Key::of(&[text.as_bytes()])
}

fn build(disk: Disk, out: &Path, site: &Site) -> Result<Plan> {
    let stage = Stage::on(disk, out, || panic!("nobody else builds"))?;
    for (path, text) in site {
        if stage.has(path, key(text)).is_some() {
            stage.keep(path)?;
        } else {
            stage.put(path, key(text), text.as_bytes())?;
        }
    }
    stage.commit()
}

/// Every file of a folder with its content; folders are `None`.
fn all(root: &Path) -> BTreeMap<String, Option<String>> {
    let tree = walk(root, |_| true).expect("a folder");
    let files = tree.files.iter().map(|(path, _)| (path.to_string(), fs::read_to_string(root.join(&**path)).ok()));
    files.chain(tree.folders.iter().map(|path| (path.to_string(), None))).collect()
}

fn as_all(sites: &[&Site]) -> BTreeMap<String, Option<String>> {
    let mut all = BTreeMap::new();
    for (path, text) in sites.iter().flat_map(|site| site.iter()) {
        all.insert((*path).to_owned(), Some((*text).to_owned()));
        all.extend(name::folders(path).map(|folder| (folder.to_owned(), None)));
    }
    all
}

fn old() -> Site {
    Site::from([
        ("index.html", "one"),
        ("events/a/index.html", "a"),
        ("events/b/b.ics", "b"),
        ("x/y", "page"),
        ("z", "z"),
    ])
}

fn new() -> Site {
    Site::from([
        ("index.html", "two"),
        ("events/a/index.html", "a"),
        ("events/c/c.ics", "c"),
        ("x", "page"),
        ("z/z", "z"),
    ])
}

fn foreign() -> Site {
    Site::from([("CNAME", "example.org"), (".git/HEAD", "main"), ("events/a/flyer.pdf", "%PDF"), ("own/d/e", "e")])
}

fn bring(root: &Path, site: &Site) {
    for (path, text) in site {
        fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("a folder");
        fs::write(root.join(path), text).expect("a file");
    }
}

/// A folder that needs no waiting for a disk, where the system has one.
fn memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder")
}

/// Builds `to` with a disk that fails for good after the first changes, then after one more, until none is left to fail.
fn lights_out(is_plain: bool, prepare: impl Fn(&Path), from: &[&Site], to: &[&Site], is_whole: impl Fn(&Path) -> bool) {
    let target = to[0];
    for steps in 0.. {
        let folder = memory();
        let out = folder.path().join("public");
        prepare(&out);
        let disk = Disk { left: Some(AtomicUsize::new(steps)), is_plain };
        let is_done = build(disk, &out, target).is_ok();
        let now = all(&out);
        let is_old = now == as_all(from);
        if is_done {
            assert_eq!(now, as_all(to), "after all {steps} steps");
        }
        assert!(is_old || is_whole(&out) || now == as_all(to), "after {steps} steps: {now:?}");
        build(Disk::default(), &out, target).expect("the next build mends it");
        assert_eq!(all(&out), as_all(to), "mended after {steps} steps");
        // Nor is anything left of the way there.
        let names = fs::read_dir(out.with_file_name(".public.redletter")).expect("the folder beside it");
        let mut names: Vec<_> = names.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        // A build with nothing to do makes no second generation.
        names.retain(|name| name != "spare");
        assert_eq!(names, [".gitignore", "manifest"], "after {steps} steps");
        // And the generation that was left behind does not come back.
        let (plain, again) = (old(), build(Disk::default(), &out, &old()).expect("a third build"));
        assert!(!again.is_empty() || from.is_empty());
        let mut expected = vec![&plain];
        expected.extend(&to[1..]);
        assert_eq!(all(&out), as_all(&expected), "built back after {steps} steps");
        if is_done {
            assert!(steps > 10, "a build takes more than {steps} steps");
            return;
        }
    }
}

#[test]
fn a_first_build_is_whole_or_not_there() {
    lights_out(false, |_| {}, &[], &[&new()], |out| !out.exists());
}

#[test]
fn a_second_build_leaves_the_old_site_or_the_new_one() {
    lights_out(
        false,
        |out| drop(build(Disk::default(), out, &old()).expect("a site")),
        &[&old()],
        &[&new()],
        |_| false,
    );
}

#[test]
fn a_build_among_others_leaves_the_old_site_or_the_new_one() {
    let prepare = |out: &Path| {
        for site in [&old(), &new(), &old()] {
            build(Disk::default(), out, site).expect("a site");
        }
    };
    lights_out(false, prepare, &[&old()], &[&new()], |_| false);
}

#[test]
fn what_is_not_ours_survives_a_crash() {
    let (old, new, others) = (old(), new(), foreign());
    let prepare = |out: &Path| {
        build(Disk::default(), out, &old).expect("a site");
        build(Disk::default(), out, &new).expect("a site");
        build(Disk::default(), out, &old).expect("a site");
        bring(out, &others);
    };
    // Folders that are not ours follow the swap, so that a crash may come between; files never miss.
    let is_site = |out: &Path| {
        let now = all(out);
        let files = Site::from([("CNAME", "example.org"), ("events/a/flyer.pdf", "%PDF")]);
        as_all(&[&new, &files]).iter().all(|(path, text)| now.get(path) == Some(text))
    };
    lights_out(false, prepare, &[&old, &others], &[&new, &others], is_site);
}

#[test]
fn a_system_that_cannot_swap_has_a_moment_without_a_site_and_the_next_build_mends_it() {
    let prepare = |out: &Path| {
        for site in [&old(), &new(), &old()] {
            build(Disk { is_plain: true, ..Disk::default() }, out, site).expect("a site");
        }
    };
    lights_out(true, prepare, &[&old()], &[&new()], |out| !out.exists());
}

#[cfg(unix)]
#[test]
fn nobody_else_looks_into_what_a_build_keeps() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build(Disk::default(), &out, &Site::from([("members/secret/x.ics", "x")])).expect("a build");
    let mode = |path: &Path| fs::metadata(path).expect("a folder").permissions().mode() & 0o777;
    let hidden = folder.path().join(".public.redletter");
    assert_eq!(mode(&hidden), 0o700);
    assert_eq!(mode(&out) & 0o055, 0o055, "the site itself is for all");
    assert_eq!(mode(&out.join("members")), 0o711, "the names in it are secret");
    // One that an earlier version left open.
    fs::set_permissions(&hidden, fs::Permissions::from_mode(0o755)).expect("an owner");
    build(Disk::default(), &out, &Site::from([("index.html", "x")])).expect("a build");
    assert_eq!(mode(&hidden), 0o700);
}
