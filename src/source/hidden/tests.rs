use crate::source::Source;

fn shown(text: &str) -> String {
    let source = Source::file("events/x.toml", text);
    source.quote(0..text.len()).text
}

#[test]
fn a_public_file_shows_all_but_notes() {
    let text = "title = \"Forum\"\nnote = \"Ask Ana\" # or Eva\n[online]\nurl = \"https://x.example/\"\n";
    assert_eq!(shown(text), text.replace("Ask Ana", "••••").replace(" # or Eva", "••••"));
    let text = "note = \"\"\"\nAsk Ana\nor Eva\n\"\"\"\ntitle = \"Forum\"\nntoe = 'x'\nnot = \"y\n[location]\nnotes = \"Left\"\n";
    let expected =
        "note = ••••\n••••\n••••\n••••\ntitle = \"Forum\"\nntoe = '••••'\nnot = ••••\n[location]\nnotes = \"Left\"\n";
    assert_eq!(shown(text), expected);
    let shared = "[online]\nurl = \"https://x.example/\"\nshare = \"public\"\n";
    assert_eq!(shown(shared), shared);
}

#[test]
fn what_is_not_for_all_is_hidden_however_it_is_written() {
    for text in [
        "[online]\npasscode = \"SECRET\"\nshare = \"members\"\n",
        "[online]\nshare = \"members\"\npasscode = \"SECRET\n",
        "[online\nshare = \"members\"\npasscode = \"SECRET\"\n",
        "[onlin]\nshare = \"members\"\npasscode = \"SECRET\"\n",
        "share = \"members\"\nurl = \"https://SECRET.example/\"\n",
        "online = { url = \"SECRET\", share = \"members\" }\n",
        "online = { url = \"SECRET\",\n  passcode = SECRET,\n  share = \"members\" }\n",
        "online.share = 'members'\nonline.\"pass-code\" = 'SECRET'\n",
        "online = \"https://SECRET.example/\"\n[defaults.online]\nshare = \"registered\"\n",
        "[online]\npasscode \"SECRET\"\nshare = \"members\"\n",
        "[online]\npasscode = \"SECRET\"\nshare = members\n",
        "[online]\npasscode = \"SECRET\"\nshare \"members\"\n",
        "[online]\nurl: \"https://SECRET.example/?a=b\"\nshare = \"members\"\n",
        "note: \"SECRET = x\"\n",
        "private = [\"SECRET\"]\n",
        "internal = \"SECRET\"\n",
        "notiz = \"SECRET\"\n",
        "internal_notes = \"SECRET\"\n",
        "title = \"x\"\r[online]\rpasscode = \"SECRET\"\rshare = \"members\"\r",
        "title = \"x\"\rnote = \"SECRET\"\rkind = 3\r",
        "[online]\npasscode = [\"SECRET\"]\n\"sh\\u0061re\" = \"m\\u0065mbers\"\n",
        "online = { passcode = [\"SECRET\"], \"sh\\u0061re\"=\"m\\u0065mbers\" }\n",
        "\"n\\u006fte\"=[\"SECRET\"]\n",
        "\"n\\u006fte\" = [\n\"SECRET\",\n]\n",
        "note \"SECRET\"\n",
        "\"note = \"SECRET\"\n",
        "[online]\npasscode = \"SECRET\"\nshar = \"members\"\n",
        "[online]\npasscode = \"SECRET\"\nSHARE = \"Public\"\nshare = \"publik\"\n",
        "[online]\npasscode = [\"SECRET\",\n\"SECRET\"]\nshare = \"members\"\n",
        "description = \"\"\"\nopen\n[online]\npasscode = \"SECRET\"\nshare = \"members\"\n",
        "title = \"x\" # SECRET\n# passcode = \"SECRET\"\n[online]\nshare = \"members\"\n",
        "event = [{ id = \"a\", online = { url = \"SECRET\", share = \"members\" } }]\n",
        "event = [{ id = \"a\", note = \"SECRET\" }]\n",
        "[[change]]\noccurrence = 2026-12-01\nonline = \"https://SECRET.example/\"\n[online]\nshare = \"members\"\n",
    ] {
        assert!(!shown(text).contains("SECRET"), "{text}\n{}", shown(text));
    }
}

#[test]
fn what_helps_to_mend_it_stays() {
    let text = "title = \"Forum\"\nkind = \"forum\"\nlocation = { city = \"Lima\" }\n[online]\nregistration = \"https://x.example/\"\nshare = \"registered\"\n";
    assert_eq!(shown(text), text);
    let text = "online = { url = \"SECRET\", pass = \"SECRET\", share = \"membrs\" }\n";
    assert_eq!(shown(text), "online = { url = ••••, pass = ••••, share = \"membrs\" }\n");
}

#[test]
fn a_table_with_such_a_column_shows_its_header() {
    assert_eq!(Source::file("events/x.csv", "city,note\nLima,SECRET\n").quote(0..22).text, "city,note\n••••\n");
    assert_eq!(Source::file("events/x.csv", "city\nLima\n").quote(0..9).text, "city\nLima");
}
