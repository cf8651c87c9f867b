//! A folder of the sink against a model of it: many builds, files of others, hostile folders, `kill -9` at any point.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use redletter::error::Result;
use redletter::sink::dir::Key;
use redletter::sink::{Plan, Stage};

type Site = BTreeMap<String, Vec<u8>>;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

fn key(bytes: &[u8], salt: u64) -> Key {
    Key::of(&[bytes, &salt.to_le_bytes()])
}

/// Builds by the whole road: what the stage has by its key is kept, the rest put, by two threads.
fn build(out: &Path, site: &Site, salt: u64) -> Result<Plan> {
    let stage = Stage::open(out, || {})?;
    let all: Vec<_> = site.iter().collect();
    let put = |part: &[(&String, &Vec<u8>)]| -> Result<()> {
        part.iter().try_for_each(|(path, bytes)| match stage.has(path, key(bytes, salt)) {
            Some(size) => {
                assert_eq!(size, bytes.len() as u64);
                stage.keep(path)
            }
            None => stage.put(path, key(bytes, salt), bytes),
        })
    };
    let (one, other) = all.split_at(all.len() / 2);
    std::thread::scope(|scope| {
        let one = scope.spawn(|| put(one));
        put(other).and(one.join().expect("no panic"))
    })?;
    stage.commit()
}

fn walk(root: &Path, folder: &Path, files: &mut Site, folders: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(root).expect("below").to_str().expect("UTF-8").replace('\\', "/");
        if path.is_symlink() {
            files.insert(name, b"a link".to_vec());
        } else if path.is_dir() {
            folders.insert(name);
            walk(root, &path, files, folders);
        } else {
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

fn all(root: &Path) -> (Site, BTreeSet<String>) {
    let mut found = (Site::new(), BTreeSet::new());
    if root.exists() {
        walk(root, root, &mut found.0, &mut found.1);
    }
    found
}

/// Folders that files lie in.
fn folders(site: &Site) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for path in site.keys() {
        folders.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
    }
    folders
}

fn times(root: &Path, site: &Site) -> BTreeMap<String, SystemTime> {
    let time = |path: &str| fs::metadata(root.join(path)).and_then(|found| found.modified()).expect("a time");
    site.keys().map(|path| (path.clone(), time(path))).collect()
}

fn random_site(dice: &mut Dice) -> Site {
    let mut site = Site::new();
    for number in 0..12 {
        // `a` and `a/b` change from file to folder and back.
        let path = match dice.roll(7) {
            0 => format!("t{number}"),
            1 => format!("t{number}/index.html"),
            2 => format!("deep/{number}/x/y.ics"),
            3 => format!("events/e{number}/index.html"),
            4 => format!("events/é{number}.html"),
            _ => continue,
        };
        site.insert(path, vec![b'a' + dice.roll(3) as u8; 1 + dice.roll(2) as usize]);
    }
    site
}

#[test]
fn many_builds_do_what_the_model_says() {
    for seed in 1..=12 {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ seed);
        // Hundreds of builds need not wait for a disk where the system has memory to write to.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder");
        let out = folder.path().join("public");
        let mut last = Site::new();
        let mut others = Site::new();
        for round in 0..25 {
            if round > 0 && dice.roll(3) == 0 {
                let path = ["CNAME", ".git/HEAD", "own/x/y", "events/flyer.pdf", "deep/note"][dice.roll(5) as usize];
                // What people do that is of no concern to the site: only where it has a folder, or none of that name.
                fs::create_dir_all(out.join(path).parent().expect("a folder")).expect("a folder");
                fs::write(out.join(path), format!("of others {round}")).expect("a file");
                others.insert(path.to_owned(), format!("of others {round}").into_bytes());
            }
            let mut site = random_site(&mut dice);
            if dice.roll(4) == 0 {
                site.clone_from(&last);
            }
            let before = if round == 0 { BTreeMap::new() } else { times(&out, &last) };
            // A key may change where the bytes do not.
            let plan = build(&out, &site, dice.roll(2)).expect("a build");
            let expected = Plan {
                added: site.keys().filter(|path| !last.contains_key(*path)).count(),
                changed: site.iter().filter(|(path, bytes)| last.get(*path).is_some_and(|old| old != *bytes)).count(),
                removed: last.keys().filter(|path| !site.contains_key(*path)).count(),
                unchanged: site.iter().filter(|(path, bytes)| last.get(*path) == Some(bytes)).count(),
                set_aside: None,
            };
            assert_eq!(plan, expected, "seed {seed}, round {round}");
            let mut whole = site.clone();
            whole.extend(others.clone());
            assert_eq!(all(&out), (whole.clone(), folders(&whole)), "seed {seed}, round {round}");
            let now = times(&out, &site);
            for (path, bytes) in &site {
                if last.get(path) == Some(bytes) {
                    assert_eq!(now.get(path), before.get(path), "{path} is what it was, and so is its time");
                } else if let Some(before) = before.get(path) {
                    assert_ne!(now.get(path), Some(before), "{path} has other bytes and another time");
                }
            }
            last = site;
        }
    }
}

fn site(of: &[(&str, &str)]) -> Site {
    of.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn small() -> Site {
    site(&[
        ("index.html", "<p>home"),
        ("events/a/index.html", "<p>a"),
        ("events/a/a.ics", "BEGIN"),
        ("robots.txt", "*"),
    ])
}

#[test]
fn what_somebody_did_to_a_file_is_made_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    let index = out.join("events/a/index.html");
    let mend = |what: &str, changed: usize| {
        let stage = Stage::open(&out, || {}).expect("a stage");
        assert_eq!(stage.has("events/a/index.html", key(b"<p>a", 0)), None, "{what}: not trusted");
        assert_eq!(stage.has("index.html", key(b"<p>home", 0)), Some(7), "{what}: the others are");
        drop(stage);
        let plan = build(&out, &small(), 0).expect("a build");
        assert_eq!((plan.changed + plan.added, plan.removed), (changed, 0), "{what}");
        assert_eq!(all(&out).0, small(), "{what}");
        assert!(build(&out, &small(), 0).expect("a build").is_empty(), "{what}: nothing is left to do");
    };
    build(&out, &small(), 0).expect("a build");
    // In place, which reaches both generations, as they are one file.
    fs::write(&index, "<p>hacked").expect("a write");
    mend("written in place", 1);
    fs::remove_dir_all(out.join("events")).expect("gone");
    mend("removed with its folder", 2);
    #[expect(clippy::disallowed_methods, reason = "files have the times of the machine")]
    let later = SystemTime::now() + Duration::from_secs(5);
    fs::File::options().write(true).open(&index).and_then(|file| file.set_modified(later)).expect("touched");
    mend("touched, the bytes as they were", 0);
    fs::remove_file(&index).expect("gone");
    fs::create_dir(&index).expect("a folder");
    mend("a folder in its place", 1);
    fs::remove_dir_all(folder.path().join(".public.redletter/spare")).expect("gone");
    assert!(build(&out, &small(), 0).expect("a build").is_empty());
    fs::write(&index, "x").expect("a write");
    mend("the second generation gone", 1);
}

#[test]
fn a_build_that_is_not_committed_did_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build(&out, &small(), 0).expect("a build");
    let before = all(folder.path());
    let stage = Stage::open(&out, || {}).expect("a stage");
    stage.put("events/new/index.html", key(b"n", 0), &vec![7; 100_000]).expect("a page");
    stage.put("index.html", key(b"n", 0), b"new").expect("a page");
    drop(stage);
    assert_eq!(all(&out), (small(), folders(&small())));
    let left = all(folder.path()).0;
    assert!(left.values().all(|bytes| bytes.len() < 100_000), "the room is given back");
    assert!(left.len() <= before.0.len());
    assert_eq!(build(&out, &small(), 0).expect("a build").unchanged, 4);
}

#[test]
fn without_a_manifest_bytes_are_compared_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    let mut small = small();
    small.insert("index.html".into(), b"<head>\n<meta name=\"generator\" content=\"redletter\">".to_vec());
    let mut old = small.clone();
    old.insert("2025/01/index.html".into(), b"long ago".to_vec());
    build(&out, &old, 0).expect("a build");
    let before = times(&out, &small);
    fs::write(out.join("CNAME"), "example.org").expect("a file");
    fs::create_dir(out.join(".git")).expect("a folder");
    fs::write(out.join(".git/HEAD"), "main").expect("a file");
    // As a checkout of a branch with the pages has it.
    fs::remove_dir_all(folder.path().join(".public.redletter")).expect("gone");
    let plan = build(&out, &small, 0).expect("a build");
    assert_eq!((plan.added, plan.changed, plan.removed, plan.unchanged), (0, 0, 1, 4));
    assert_eq!(times(&out, &small), before);
    let aside = plan.set_aside.expect("the folder from before");
    assert_eq!(fs::read(aside.join("2025/01/index.html")).expect("the page"), b"long ago");
    let mut whole = small.clone();
    whole.extend(site(&[("CNAME", "example.org"), (".git/HEAD", "main")]));
    assert_eq!(all(&out), (whole.clone(), folders(&whole)));
    assert!(build(&out, &small, 0).expect("a build").is_empty());
    // Nor does a manifest in a format of the future stop a build, or one that is cut off.
    for wrong in [&b"redletter site 9\n"[..], b"redletter site 1\n\x05", b""] {
        fs::write(folder.path().join(".public.redletter/manifest"), wrong).expect("a file");
        assert!(build(&out, &small, 0).expect("a build").is_empty());
        assert_eq!(all(&out).0, whole);
    }
}

fn refusal(out: &Path) -> String {
    let error = build(out, &small(), 0).expect_err("a refusal");
    format!("{error}\n{}", error.help_text().unwrap_or_default())
}

#[test]
fn folders_of_others_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let photos = folder.path().join("photos");
    fs::create_dir(&photos).expect("a folder");
    fs::write(photos.join("b.jpg"), "b").expect("a file");
    fs::write(photos.join("a.jpg"), "a").expect("a file");
    let before = all(folder.path());
    let said = refusal(&photos);
    assert!(said.contains("it holds `a.jpg`, and no site that redletter made"), "{said}");
    assert!(said.contains("-o"), "{said}");
    assert!(refusal(&photos.join("a.jpg")).contains("it is a file"));
    assert!(refusal(&photos.join("a.jpg/site")).contains("a.jpg"));
    assert!(refusal(Path::new("/")).contains("no folder around it"));
    assert_eq!(all(folder.path()), before, "nothing was made anywhere");
}

#[test]
fn no_path_leads_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let stage = Stage::open(&folder.path().join("public"), || {}).expect("a stage");
    for path in ["../x", "/tmp/x", "a/../../x", "", "a//b", "a\\..\\x", "C:\\x", "a\0", ".", "a/./b"] {
        assert!(stage.put(path, key(b"", 0), b"x").is_err(), "{path:?}");
    }
    stage.put("a", key(b"", 0), b"x").expect("a page");
    assert!(stage.put("a", key(b"", 0), b"y").is_err(), "two pages in one place");
}

#[test]
fn a_page_in_the_place_of_a_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build(&out, &small(), 0).expect("a build");
    let clash = site(&[("a", "1"), ("a/b", "2")]);
    assert!(build(&out, &clash, 0).is_err());
    assert_eq!(all(&out).0, small());
    assert!(build(&out, &small(), 0).expect("a build").is_empty());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_leads_no_write_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let (out, secret) = (folder.path().join("public"), folder.path().join("etc"));
        build(&out, &small(), 0).expect("a build");
        fs::create_dir_all(secret.join("a")).expect("a folder");
        fs::write(secret.join("a/index.html"), "passwords").expect("a file");
        fs::remove_dir_all(out.join("events")).expect("gone");
        symlink(&secret, out.join("events")).expect("a link");
        fs::remove_file(out.join("robots.txt")).expect("gone");
        symlink(secret.join("a/index.html"), out.join("robots.txt")).expect("a link");
        symlink("nowhere", out.join("own-link")).expect("a link");
        for _ in 0..3 {
            build(&out, &small(), 0).expect("a build");
            let mut whole = small();
            whole.insert("own-link".into(), b"a link".to_vec());
            assert_eq!(all(&out).0, whole);
            assert_eq!(all(&secret).0, site(&[("a/index.html", "passwords")]));
            // Something to swap for.
            build(&out, &site(&[("index.html", "other")]), 0).expect("a build");
        }
    }

    #[test]
    fn a_link_in_the_place_of_the_output_or_of_what_a_build_keeps_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let foreign = folder.path().join("foreign");
        for name in ["", "spare", "members"] {
            fs::create_dir_all(foreign.join(name)).expect("a folder");
            fs::write(foreign.join(name).join("index.html"), "theirs").expect("a file");
        }
        fs::set_permissions(&foreign, fs::Permissions::from_mode(0o755)).expect("a mode");
        let before = all(&foreign);
        let out = folder.path().join("public");
        symlink("foreign", &out).expect("a link");
        assert!(refusal(&out).contains("it is a link"));
        fs::remove_file(&out).expect("a link");
        symlink("nowhere", &out).expect("a link");
        assert!(refusal(&out).contains("it is a link"));
        fs::remove_file(&out).expect("a link");
        let state = folder.path().join(".public.redletter");
        symlink("foreign", &state).expect("a link");
        assert!(refusal(&out).contains(".public.redletter is a link"));
        fs::remove_file(&state).expect("a link");
        let clear = || [&out, &state].iter().for_each(|folder| drop(fs::remove_dir_all(folder)));
        for name in ["spare", "leaving", "manifest", "manifest.next", "turn", ".gitignore"] {
            clear();
            build(&out, &small(), 0).expect("a build");
            let _ = fs::remove_dir_all(state.join(name));
            let _ = fs::remove_file(state.join(name));
            symlink("../foreign", state.join(name)).expect("a link");
            assert!(refusal(&out).contains("is a link"), "{name}");
            fs::remove_file(state.join(name)).expect("a link");
        }
        clear();
        // A link within the second generation is removed before anything is written there.
        build(&out, &small(), 0).expect("a build");
        fs::remove_dir_all(state.join("spare/events")).expect("a folder");
        symlink("../../foreign", state.join("spare/events")).expect("a link");
        build(&out, &site(&[("index.html", "new"), ("events/new/index.html", "new")]), 0).expect("a build");
        assert_eq!(all(&foreign), before, "the foreign folder is as it was");
        assert_eq!(fs::metadata(&foreign).expect("a folder").permissions().mode() & 0o777, 0o755);
    }

    #[test]
    fn what_is_no_longer_public_leaves_the_second_generation() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("public");
        let whole = |text: &str| {
            let (site, _) = all(&out);
            let (state, _) = all(&folder.path().join(".public.redletter"));
            site.values().chain(state.values()).any(|bytes| String::from_utf8_lossy(bytes).contains(text))
        };
        let with = |text| site(&[("index.html", "same"), ("events/a/index.html", text), ("events/b", text)]);
        build(&out, &with("https://meet.example.org/once-public"), 0).expect("a build");
        build(&out, &with("other"), 0).expect("a build");
        assert!(!whole("once-public"));
        // Should a build be killed after the swap, the next one does it, also if it has nothing else to do.
        build(&out, &with("other"), 0).expect("a build");
        let spare = folder.path().join(".public.redletter/spare/events/a");
        fs::create_dir_all(&spare).expect("a folder");
        fs::write(spare.join("index.html"), "once-public again").expect("a file");
        assert!(build(&out, &with("other"), 0).expect("a build").is_empty());
        assert!(!whole("once-public"));
        build(&out, &site(&[("index.html", "same")]), 0).expect("a build");
        assert!(!whole("other"), "nor does a page that is gone");
    }

    #[test]
    fn a_folder_of_its_own_disk_is_refused() {
        // Every Linux has these; a system that does not has nothing to refuse.
        if Path::new("/dev/shm").is_dir() {
            assert!(refusal(Path::new("/dev/shm")).contains("cannot build in /dev/shm"));
        }
        if Path::new("/proc/self").is_dir() {
            assert!(build(Path::new("/proc/site"), &small(), 0).is_err());
        }
    }

    #[test]
    fn a_page_that_cannot_be_written_leaves_the_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("public");
        build(&out, &small(), 0).expect("a build");
        let mut site = site(&[("index.html", "new")]);
        // No file system takes a name this long.
        site.insert("x".repeat(5000), b"x".to_vec());
        assert!(build(&out, &site, 0).is_err());
        assert_eq!(all(&out), (small(), folders(&small())));
        assert!(build(&out, &small(), 0).expect("a build").is_empty());
    }

    #[test]
    fn kill_at_any_point_leaves_one_site_or_the_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("public");
        let begin = Instant::now();
        assert!(child(&out, "0 once").stdout(Stdio::null()).status().expect("a child").success());
        let took = begin.elapsed();
        let mut dice = Dice(42);
        let mut seen = BTreeSet::new();
        for round in 0..60 {
            // How long a build takes depends on what else the machine does: from its start until a little after two.
            let mut running = child(&out, &(round % 3).to_string()).stdout(Stdio::null()).spawn().expect("a child");
            std::thread::sleep(took.mul_f64(dice.roll(1000) as f64 / 400.0));
            running.kill().expect("killed");
            running.wait().expect("gone");
            let now = all(&out);
            let which = (0..3).find(|number| now == (large(*number), folders(&large(*number))));
            seen.insert(which.unwrap_or_else(|| panic!("round {round}: a site between: {:?}", now.0.keys())));
        }
        assert!(seen.len() > 1, "some builds came to their end: {seen:?}");
        build(&out, &small(), 0).expect("the next build");
        assert_eq!(all(&out), (small(), folders(&small())));
    }
}

/// Three sites that share some files.
fn large(number: u64) -> Site {
    (0..90)
        .filter(|page| page % 5 != number)
        .map(|page| {
            let version = if page % 2 == 0 { 0 } else { number };
            (format!("events/e{page}-{}/index.html", page % 3 * number), format!("{page} {version}").into_bytes())
        })
        .collect()
}

/// This very test program again, as a process of its own that can be killed.
fn child(out: &Path, what: &str) -> Command {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", "as_a_child", "--ignored", "--test-threads=1"]);
    child.env("REDLETTER_TEST_OUT", out).env("REDLETTER_TEST_WHAT", what);
    child
}

#[test]
#[ignore = "runs as the child of other tests"]
fn as_a_child() {
    let Some(out) = std::env::var_os("REDLETTER_TEST_OUT").map(PathBuf::from) else { return };
    let what = std::env::var("REDLETTER_TEST_WHAT").expect("where to begin");
    let first: usize = what.split(' ').next().and_then(|first| first.parse().ok()).expect("a number");
    for number in (0..3).cycle().skip(first) {
        build(&out, &large(number), number).expect("a build");
        if what.ends_with("once") {
            break;
        }
    }
}

#[test]
fn two_builders_at_once_take_turns() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build(&out, &large(0), 0).expect("a build");
    std::thread::scope(|scope| {
        for number in 0..3 {
            let out = &out;
            scope.spawn(move || {
                for _ in 0..4 {
                    build(out, &large(number), number).expect("a build");
                }
            });
        }
    });
    let now = all(&out);
    assert!((0..3).any(|number| now == (large(number), folders(&large(number)))));
}
