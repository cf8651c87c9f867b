use super::*;

const RECORD: &str = "\
# Who: the tenants
title    = \"Forum\" # a comment
kind     = \"forum\"
start    = 2026-12-02T18:00
\ttags = [\"a\", # one
  \"b\",
]

[location]
city = \"Athens\"

# The autumn
[[change]]
occurrence = 2026-12-09
title = \"Other\"
";

fn edited(text: &str, work: impl FnOnce(&mut Edit)) -> String {
    let mut edit = Edit::new(text, 0);
    work(&mut edit);
    edit.text()
}

#[test]
fn a_new_key_stands_where_the_table_of_fields_has_it() {
    let after = edited(RECORD, |edit| edit.set(&Address::Whole, "status", "\"cancelled\"").expect("an edit"));
    assert_eq!(
        after,
        RECORD.replace("T18:00\n", "T18:00\nstatus   = \"cancelled\"\n"),
        "behind `start`, aligned with it"
    );
    let crlf = RECORD.replace('\n', "\r\n");
    let after = edited(&crlf, |edit| edit.set(&Address::Whole, "status", "\"cancelled\"").expect("an edit"));
    assert_eq!(after, crlf.replace("T18:00\r\n", "T18:00\r\nstatus   = \"cancelled\"\r\n"));
    let after = edited(RECORD, |edit| edit.set(&Address::Whole, "note", "\"x\"").expect("an edit"));
    assert_eq!(after, RECORD.replace("]\n\n[loc", "]\n\tnote = \"x\"\n\n[loc"));
    let after = edited(RECORD, |edit| edit.set(&Address::Whole, "id", "\"x\"").expect("an edit"));
    assert_eq!(after, RECORD.replace("title    =", "id       = \"x\"\ntitle    ="));
}

#[test]
fn a_change_is_added_edited_and_taken_away() {
    let lines = [("occurrence", "2026-12-16".to_owned()), ("status", "\"cancelled\"".to_owned())];
    let after = edited(RECORD, |edit| edit.add_change(&Address::Whole, &lines).expect("an edit"));
    assert_eq!(after, format!("{RECORD}\n[[change]]\noccurrence = 2026-12-16\nstatus = \"cancelled\"\n"));
    let again = edited(&after, |edit| assert!(edit.remove_change(&Address::Whole, 1).expect("an edit")));
    assert_eq!(again, RECORD);
    let kept = edited(RECORD, |edit| assert!(!edit.remove_change(&Address::Whole, 0).expect("an edit")));
    assert_eq!(kept, RECORD, "the comment above it stays, and so does it");
    let first = Address::Change(Box::new(Address::Whole), 0);
    let after = edited(RECORD, |edit| edit.set(&first, "status", "\"cancelled\"").expect("an edit"));
    assert_eq!(after, format!("{RECORD}status = \"cancelled\"\n"));
}

#[test]
fn many_events_in_a_file() {
    let text = "[defaults]\nkind = \"forum\"\n\n[[event]]\nid = \"a\"\nstart = 2026-12-02 # day\n\n# second\n[[event]]\nid = \"b\"\nstart = 2026-12-03\n[event.location]\ncity = \"Rome\"\n\n\n[[event]]\nid = \"c\"";
    let event = |id: &str| Address::Event(id.into());
    let after = edited(text, |edit| edit.set(&event("a"), "status", "\"x\"").expect("an edit"));
    assert_eq!(after, text.replace("# day\n", "# day\nstatus = \"x\"\n"));
    let after = edited(text, |edit| edit.set(&event("c"), "status", "\"x\"").expect("an edit"));
    assert_eq!(after, format!("{text}\nstatus = \"x\""));
    let lines = [("occurrence", "2026-12-03".to_owned())];
    let after = edited(text, |edit| edit.add_change(&event("b"), &lines).expect("an edit"));
    assert_eq!(after, text.replace("\"Rome\"\n", "\"Rome\"\n\n[[event.change]]\noccurrence = 2026-12-03\n"));
    let after = edited(text, |edit| edit.add_change(&event("a"), &lines).expect("an edit"));
    assert_eq!(after, text.replace("# day\n", "# day\n\n[[event.change]]\noccurrence = 2026-12-03\n"));
}

#[test]
fn inline_tables_stay_inline() {
    let text =
        "event = [{ id = \"a\", start = 2026-12-02 }, { id = 'b', status = \"x\", start = 2026-12-03 }] # both\n";
    let event = |id: &str| Address::Event(id.into());
    let after = edited(text, |edit| edit.set(&event("a"), "status", "\"y\"").expect("an edit"));
    assert_eq!(after, text.replace("2026-12-02 }", "2026-12-02, status = \"y\" }"));
    let after = edited(text, |edit| assert!(edit.remove(&event("b"), "status").expect("an edit")));
    assert_eq!(after, text.replace("status = \"x\", ", ""));
    let lines = [("occurrence", "2026-12-03".to_owned())];
    let after = edited(text, |edit| edit.add_change(&event("a"), &lines).expect("an edit"));
    assert_eq!(after, text.replace("2026-12-02 }", "2026-12-02, change = [{ occurrence = 2026-12-03 }] }"));
}

#[test]
fn quoted_and_dotted_keys_count() {
    let text = "\u{FEFF}\"title\" = \"x\"\nlocation.city = \"Rome\"\nlocation.country = \"IT\"\n'status' = \"tentative\"\nnote = \"n\"";
    let after = edited(text, |edit| edit.set(&Address::Whole, "status", "\"cancelled\"").expect("an edit"));
    assert_eq!(after, text.replace("\"tentative\"", "\"cancelled\""));
    let after = edited(text, |edit| edit.set(&Address::Whole, "tags", "[]").expect("an edit"));
    assert_eq!(after, text.replace("\"IT\"\n", "\"IT\"\ntags = []\n"));
    let after = edited(text, |edit| edit.set(&Address::Whole, "start", "2026-12-02").expect("an edit"));
    assert_eq!(after, text.replace("\"x\"\n", "\"x\"\nstart = 2026-12-02\n"));
}

#[test]
fn a_key_with_a_comment_is_not_taken_away() {
    for text in ["# why\nstatus = \"x\"\n", "status = \"x\" # why\n"] {
        assert_eq!(edited(text, |edit| assert!(!edit.remove(&Address::Whole, "status").expect("an edit"))), text);
    }
    let text = "# about the file\n\nstatus = \"x\"\nkind = \"y\"\n";
    let after = edited(text, |edit| assert!(edit.remove(&Address::Whole, "status").expect("an edit")));
    assert_eq!(after, "# about the file\n\nkind = \"y\"\n");
}

#[test]
fn elements_of_lists() {
    let of =
        |text: &str, index| edited(text, |edit| edit.remove_element(&Address::Whole, "tags", index).expect("an edit"));
    assert_eq!(of("tags = [\"a\", \"b\", \"c\"]", 0), "tags = [\"b\", \"c\"]");
    assert_eq!(of("tags = [\"a\", \"b\", \"c\"]", 2), "tags = [\"a\", \"b\"]");
    assert_eq!(of("tags = [\"a\"]", 0), "tags = []");
    assert_eq!(of("tags = [\n  \"a\",\n  \"b\", # why\n]\n", 0), "tags = [\n  \"b\", # why\n]\n");
    assert_eq!(of("tags = [\n  \"a\",\n  \"b\", # why\n]\n", 1), "tags = [\n  \"a\",\n   # why\n]\n");
}
