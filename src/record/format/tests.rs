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

/// What stands before and behind each comment, comments aside.
fn neighbours(text: &str) -> std::collections::BTreeMap<String, (String, String)> {
    let bare = |line: &str| line.split_whitespace().collect::<String>();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_comment = |line: &&&str| line.starts_with('#');
    let place = |at: usize| {
        let before = lines[..at].iter().rfind(|line| !is_comment(line)).map_or(String::new(), |line| bare(line));
        let behind = lines[at..].iter().find(|line| !is_comment(line)).map_or(String::new(), |line| bare(line));
        (before, behind)
    };
    let comments = lines.iter().enumerate().filter(|(_, line)| is_comment(line));
    comments.map(|(at, line)| ((*line).to_owned(), place(at))).collect()
}

#[test]
fn a_comment_stays_below_what_it_stands_under() {
    assert_eq!(
        formatted(
            "[[event]]\nid = \"a\"\ntitle = \"x\"\n# the hall is booked\n\n[defaults]\nkind = \"forum\"\n# of all\n\n# the end\n"
        ),
        "[defaults]\nkind = \"forum\"\n# of all\n\n[[event]]\nid = \"a\"\ntitle = \"x\"\n# the hall is booked\n\n# the end\n"
    );
    assert_eq!(
        formatted("# head\n\nstart = 2026-12-02\n# after the fair\n\ntitle = \"x\"\nkind = \"forum\"\n"),
        "# head\n\ntitle = \"x\"\nkind = \"forum\"\nstart = 2026-12-02\n# after the fair\n"
    );
    assert_eq!(
        formatted("title = \"x\"\n[online]\n# not yet\n\n[location]\n# the square\n\ncity = \"y\"\n"),
        "title = \"x\"\n\n[location]\n# the square\n\ncity = \"y\"\n\n[online]\n# not yet\n"
    );
}

#[test]
fn a_key_that_is_commented_out_stays_in_its_table() {
    let text = "# SPDX-License-Identifier: CC0-1.0\nkind = \"forum\"\ntitle = \"A\"\n#duration=\"3h\"\n[translations.es]\ntitle=\"E\"\n#description=\"x\"\n[location]\ncity=\"Madrid\"\n# the hall\n#name=\"Hall\"\n# the second meeting\n[[change]]\noccurrence=2026-12-15\n#status=\"cancelled\"\n[online]\n#tags = [\n#  \"a\",\n#]\n[image]\nurl=\"https://a.org\"\n";
    assert_eq!(
        formatted(text),
        "# SPDX-License-Identifier: CC0-1.0\ntitle = \"A\"\n#duration=\"3h\"\n\nkind = \"forum\"\n\n[location]\ncity = \"Madrid\"\n# the hall\n#name=\"Hall\"\n\n[online]\n#tags = [\n#  \"a\",\n#]\n\n[translations.es]\ntitle = \"E\"\n#description=\"x\"\n\n[image]\nurl = \"https://a.org\"\n\n# the second meeting\n[[change]]\noccurrence = 2026-12-15\n#status=\"cancelled\"\n"
    );
    // After a blank line too; but a whole table that is commented out stays where it is.
    assert_eq!(
        formatted("title = \"A\"\n\n#url = \"x\"\n[online]\nurl = \"y\"\n[location]\ncity = \"z\"\n"),
        "title = \"A\"\n\n#url = \"x\"\n\n[location]\ncity = \"z\"\n\n[online]\nurl = \"y\"\n"
    );
    assert_eq!(
        formatted("title = \"A\"\n#[image]\n#url = \"x\"\n[online]\nurl = \"y\"\n"),
        "title = \"A\"\n\n#[image]\n#url = \"x\"\n[online]\nurl = \"y\"\n"
    );
    let settings =
        "[[feed]]\nname = \"a\"\n#past = \"9d\"\n[kinds.b]\nlabel = \"B\"\n#color = \"red\"\n[[feed]]\nname = \"c\"\n";
    assert_eq!(
        format(settings, Kind::Settings).as_deref(),
        Ok(
            "[kinds.b]\nlabel = \"B\"\n#color = \"red\"\n\n[[feed]]\nname = \"a\"\n#past = \"9d\"\n\n[[feed]]\nname = \"c\"\n"
        )
    );
}

#[test]
fn every_comment_keeps_a_neighbour() {
    let mut state = 7_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let keys = ["title", "kind", "start", "url", "note", "contact", "uid", "language"];
    for _ in 0..300 {
        let (mut text, mut comments) = (String::new(), 0);
        let mut between = |text: &mut String, random: &mut dyn FnMut(usize) -> usize| {
            for _ in 0..random(4) {
                if random(3) == 0 {
                    text.push('\n');
                } else {
                    comments += 1;
                    text.push_str(&format!("# comment {comments}\n"));
                }
            }
        };
        let mut value = 0;
        let tables = 1 + random(4);
        let last = random(tables + 1);
        for table in 0..=tables {
            between(&mut text, &mut random);
            text.push_str(if table == last { "[defaults]\n" } else { "[[event]]\n" });
            let mut left = keys.to_vec();
            for _ in 0..random(5) {
                between(&mut text, &mut random);
                value += 1;
                text.push_str(&format!("{} = \"{value}\"\n", left.swap_remove(random(left.len()))));
            }
        }
        between(&mut text, &mut random);
        let after = neighbours(&formatted(&text));
        for (comment, (before, behind)) in neighbours(&text) {
            let (now_before, now_behind) = &after[&comment];
            let is_kept = *now_before == before || *now_behind == behind;
            assert!(is_kept, "{comment} left {before} and {behind}:\n{text}\n--\n{}", formatted(&text));
        }
    }
}
