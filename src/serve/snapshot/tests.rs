use super::*;

fn at(second: u32) -> DateTime<Utc> {
    format!("2026-11-21T12:00:{second:02}.5Z").parse().expect("a time")
}

fn key(byte: u8) -> Key {
    Key::from_bytes([byte; 16])
}

/// Puts an artifact on `snapshot`, which follows `before`.
fn put(snapshot: &mut Snapshot, artifact: Artifact, before: &Snapshot, now: DateTime<Utc>) {
    let path = artifact.path.clone();
    if let Some(resource) = before.renewed(artifact, now) {
        snapshot.put(&path, resource);
    }
}

fn page(path: &str, text: &str) -> Artifact {
    let bytes = Some(Bytes::from(text.to_owned()));
    Artifact { path: path.into(), media_type: "text/html; charset=utf-8", key: Some(key(0)), bytes }
}

#[test]
fn what_did_not_change_keeps_its_date_and_its_forms() {
    let mut first = Snapshot::default();
    put(&mut first, page("agenda/index.html", &"same ".repeat(100)), &Snapshot::default(), at(0));
    put(&mut first, page("index.html", "old"), &Snapshot::default(), at(0));
    first.compress(first.find("agenda/").expect("the agenda"), Encoding::Gzip);

    let mut second = Snapshot::default();
    put(&mut second, page("agenda/index.html", &"same ".repeat(100)), &first, at(9));
    put(&mut second, page("index.html", "new"), &first, at(0));
    let agenda = second.find("agenda/").expect("the agenda");
    assert!(Arc::ptr_eq(agenda, first.find("agenda/").expect("the agenda")));
    assert!(agenda.made(Encoding::Gzip).is_some_and(|representation| representation.bytes.len() < 100));
    assert!(second.compressed.into_inner() > 0);
    let (old, new) = (first.find("").expect("a page"), second.resources.get("").expect("a page"));
    assert_ne!(old.plain.etag, new.plain.etag);
    assert_eq!((old.modified, new.modified), (at(0).trunc_subsecs(0), at(1).trunc_subsecs(0)));
    assert!(
        old.last_modified(at(0)).is_some() && new.last_modified(at(0)).is_none() && new.last_modified(at(1)).is_some()
    );
}

#[test]
fn nothing_is_made_twice_for_the_same_key() {
    let mut first = Snapshot::default();
    put(&mut first, page("index.html", "text"), &Snapshot::default(), at(0));
    assert_eq!((first.length("index.html", key(0)), first.length("index.html", key(1))), (Some(4), None));
    assert_eq!(first.length("other.html", key(0)), None);
    assert!(!first.is_same(&Snapshot::default()));
    let mut second = Snapshot::default();
    put(&mut second, Artifact { bytes: None, ..page("index.html", "") }, &first, at(5));
    put(&mut second, Artifact { bytes: None, ..page("unknown.html", "") }, &first, at(5));
    assert_eq!((second.len(), second.size), (1, 4));
}

#[test]
fn files_for_other_servers_are_not_served() {
    let mut snapshot = Snapshot::default();
    for path in ["404.html", "es/404.html", "_headers", "myindex.html", "robots.txt"] {
        put(&mut snapshot, page(path, path), &Snapshot::default(), at(0));
    }
    let folder = |path| snapshot.missing(path).map(|(folder, _)| folder);
    assert_eq!((folder("x/y"), folder("es/y/z"), folder("est")), (Some(""), Some("es/"), Some("")));
    assert!(snapshot.find("myindex.html").is_some() && snapshot.find("404.html").is_none());
    assert_eq!(snapshot.len(), 2);
}

#[test]
fn kinds_by_path() {
    let kinds = [
        ("", Kind::Page),
        ("agenda/", Kind::Page),
        ("feeds/all.ics", Kind::Feed),
        ("feeds/all.json", Kind::Feed),
        ("members/x/all.ics", Kind::Members),
        ("events/a/a.ics", Kind::Event),
        ("static/site.css", Kind::Static),
        ("robots.txt", Kind::Other),
    ];
    for (path, kind) in kinds {
        assert_eq!(Kind::of(path), kind, "{path}");
    }
}
