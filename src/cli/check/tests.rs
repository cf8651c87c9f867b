use super::*;
use crate::cli::Environment;
use crate::sink;

#[test]
fn a_path_is_one_of_this_folder_or_else_of_the_calendar() {
    let (root, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let at = |name: &str| root.path().join(name);
    for name in ["events/forum.toml", "events/2026/a.toml", "events/b.TOML", "events/_draft.toml", "other.toml"] {
        sink::write_file(&at(name), |out| out.write_all(b"")).expect("a file");
    }
    let world = World {
        clock: chrono::DateTime::UNIX_EPOCH,
        time: || unreachable!("nothing runs on"),
        folder: elsewhere.path().to_owned(),
        environment: Environment::default(),
        columns: None,
        err_terminal: false,
        input: None,
        out: &mut Vec::new(),
        err: &mut Vec::new(),
    };
    let found = find::records(&Root::open(root.path()).expect("a calendar"));
    let asked = |path: PathBuf| within(&[path], root.path(), &found, &world);
    for path in [at("events/forum.toml"), "events/forum.toml".into()] {
        assert_eq!(asked(path).expect("a path"), ["events/forum.toml"]);
    }
    assert_eq!(asked("events/2026".into()).expect("a path"), ["events/2026"]);
    assert_eq!(asked(root.path().to_owned()).expect("a path"), [""]);
    for path in ["events/nothing.toml", "events/b.TOML", "events/_draft.toml", "other.toml"] {
        assert!(asked(path.into()).is_err(), "{path}");
    }
    assert!(asked(elsewhere.path().to_owned()).is_err());
}
