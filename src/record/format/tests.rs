use super::*;

fn formatted(text: &str) -> String {
    let once = format(text, Kind::Records).expect("sound TOML");
    assert_eq!(format(&once, Kind::Records).as_deref(), Ok(&*once), "twice is once");
    once
}

#[test]
fn keys_stand_in_the_order_of_the_fields_with_their_comments() {
    let text = "# The tenants' calendar.\n\n\n  # when\n  start=2026-12-02T18:00 # after work  \n\n\n# what\ntitle = \"x\"\nnote = \"\"\"\n a \n\n\"\"\"\nkind = \"forum\"";
    assert_eq!(
        formatted(text),
        "# The tenants' calendar.\n\n# what\ntitle = \"x\"\nkind = \"forum\"\n# when\nstart = 2026-12-02T18:00 # after work\nnote = \"\"\"\n a \n\n\"\"\"\n"
    );
}

#[test]
fn tables_stand_apart_and_in_order() {
    let text = "title = \"x\"\n[[change]] # the first\nstatus = \"cancelled\"\noccurrence = 2026-12-02\n[change.location]\ncity = \"Rome\"\n# hall\n[location]\n\ncity = \"Athens\"\n[[change]]\noccurrence = 2026-12-09\nstatus = \"cancelled\"\n# the end";
    assert_eq!(
        formatted(text),
        "title = \"x\"\n\n# hall\n[location]\ncity = \"Athens\"\n\n[[change]] # the first\noccurrence = 2026-12-02\nstatus = \"cancelled\"\n\n[change.location]\ncity = \"Rome\"\n\n[[change]]\noccurrence = 2026-12-09\nstatus = \"cancelled\"\n# the end\n"
    );
}

#[test]
fn columns_stay_columns() {
    let text = "title    = \"x\"\nkind = \"y\"\nmoved-from = 2026-12-02\n[online]\nurl=\"z\"\nplatform    = \"y\"\n";
    assert_eq!(
        formatted(text),
        "title      = \"x\"\nkind       = \"y\"\nmoved-from = 2026-12-02\n\n[online]\nurl      = \"z\"\nplatform = \"y\"\n"
    );
}

#[test]
fn many_events_keep_their_order() {
    let text = "\u{FEFF}# all\r\n\r\n[[event]]\r\nstart = 2026-12-02\r\nid = \"b\"\r\n[event.online]\r\nurl = \"x\"\r\n[event.location]\r\ncity = \"y\"\r\n[[event]]\r\nid = \"a\"\r\nlocation.city = \"x\"\r\ntags = []\r\nlocation.country = \"GR\"\r\n[defaults]\r\nkind = \"forum\"\r\n";
    assert_eq!(
        formatted(text),
        "\u{FEFF}# all\r\n\r\n[defaults]\r\nkind = \"forum\"\r\n\r\n[[event]]\r\nid = \"b\"\r\nstart = 2026-12-02\r\n\r\n[event.location]\r\ncity = \"y\"\r\n\r\n[event.online]\r\nurl = \"x\"\r\n\r\n[[event]]\r\nid = \"a\"\r\nlocation.city = \"x\"\r\nlocation.country = \"GR\"\r\ntags = []\r\n"
    );
}

#[test]
fn nothing_and_nearly_nothing() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\n\n# a\n\n\n# b\n\n"), "# a\n\n# b\n");
    assert!(format("title = ", Kind::Records).is_err());
    let settings = "[[feed]]\nwhere = {}\nname = \"a\"\n[kinds.b]\nduration = \"2h\"\nlabel = \"B\"\n[kinds.a]\n";
    assert_eq!(
        format(settings, Kind::Settings).as_deref(),
        Ok("[kinds.b]\nlabel = \"B\"\nduration = \"2h\"\n\n[kinds.a]\n\n[[feed]]\nname = \"a\"\nwhere = {}\n")
    );
}
