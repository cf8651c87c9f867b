use super::*;

fn read(text: &str) -> Vec<(u32, String, String)> {
    Lines::new(text).map(|line| (line.line, line.name.into_owned(), line.value.into_owned())).collect()
}

fn owned(lines: &[(u32, &str, &str)]) -> Vec<(u32, String, String)> {
    lines.iter().map(|(line, name, value)| (*line, (*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn lines_of_every_ending_are_unfolded_and_numbered() {
    let text = "SUMMARY:One\r\n  two\r\n\tthree\r\nURL:x\nUID:1\n 2\rDTSTART:3\r\r\nLAST:4";
    let expected =
        [(1, "SUMMARY", "One twothree"), (4, "URL", "x"), (5, "UID", "12"), (7, "DTSTART", "3"), (8, "LAST", "4")];
    assert_eq!(read(text), owned(&expected));
}

#[test]
fn doubled_line_ends_are_folds_too() {
    let text = "UID\r\n\r\n :1\r\n\r\nSUMMARY:a\n\n\tb\n\n\n\nURL:x\n";
    assert_eq!(read(text), owned(&[(1, "UID", "1"), (5, "SUMMARY", "ab"), (11, "URL", "x")]));
}

#[test]
fn parameters_are_divided_and_decoded() {
    let text = "item1.DTSTART;TZID=\"Europe/Madrid; x:y\";X-LIST=a,\"b,c\",d;X=^n^'^^^a:2026\r\n";
    let mut lines = Lines::new(text);
    let line = lines.next().expect("a line");
    assert_eq!((&*line.name, &*line.value), ("DTSTART", "2026"));
    assert_eq!(line.param("tzid"), Some("Europe/Madrid; x:y"));
    assert_eq!(line.values("X-LIST"), ["a", "b,c", "d"]);
    assert_eq!(line.param("X"), Some("\n\"^^a"));
    assert_eq!(lines.take_problems(), []);
}

#[test]
fn a_span_is_the_whole_line() {
    let text = "A:1\r\nSUMMARY:One\r\n two\r\nB:2\r\n";
    let spans: Vec<&str> = Lines::new(text).map(|line| &text[line.span]).collect();
    assert_eq!(spans, ["A:1", "SUMMARY:One\r\n two", "B:2"]);
}

#[test]
fn escapes_are_decoded_and_lists_divided() {
    let line = Lines::new(r"CATEGORIES:a\,b,c\;\\,d\ne\x\").next().expect("a line");
    assert_eq!(line.texts().collect::<Vec<_>>(), ["a,b", "c;\\", "d\ne\\x\\"]);
    assert_eq!(divide("", b',').collect::<Vec<_>>(), [""]);
    assert_eq!(divide("é\\é,\\", b',').collect::<Vec<_>>(), ["é\\é", "\\"]);
}

#[test]
fn quoted_printable_is_decoded_with_its_soft_breaks() {
    let text = "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9=\r\n=20bar=0D=0Ax\r\nDESCRIPTION;QUOTED-PRINTABLE:Le=F3n\r\n";
    assert_eq!(read(text), owned(&[(1, "SUMMARY", "Café bar\nx"), (3, "DESCRIPTION", "León")]));
}

#[test]
fn text_that_is_not_folded_goes_on() {
    let text = "DESCRIPTION:One\r\ntwo: three\r\n\r\nfour\r\nUID:1\r\n";
    let mut lines = Lines::new(text);
    let line = lines.next().expect("a line");
    assert_eq!(line.text(), "One\ntwo: three\n\nfour");
    assert_eq!(lines.next().map(|line| line.line), Some(5));
    let problems = lines.take_problems();
    assert_eq!(problems.iter().map(|problem| (problem.line, problem.is_loss)).collect::<Vec<_>>(), [(1, false)]);
}

#[test]
fn what_is_no_line_is_reported_and_the_rest_is_kept() {
    let text = "UID:1\r\nno line\r\nDTSTART;TZID=\"Europe/Madrid:20260101T000000\r\n:empty\r\nä:1\r\nURL:x\r\n";
    let mut lines = Lines::new(text);
    let found: Vec<_> = lines.by_ref().collect();
    assert_eq!(found.iter().map(|line| &*line.name).collect::<Vec<_>>(), ["UID", "DTSTART", "URL"]);
    assert_eq!(found[1].param("TZID"), Some("Europe/Madrid"));
    let problems = lines.take_problems();
    let places: Vec<_> = problems.iter().map(|problem| (problem.line, problem.is_loss)).collect();
    assert_eq!(places, [(2, true), (3, false), (4, true), (5, true)]);
}

#[test]
fn no_text_panics() {
    let pieces = [
        "",
        "\r",
        "\n",
        " ",
        "\t",
        ":",
        ";",
        "=",
        "\"",
        "é",
        "\\",
        "^",
        "A",
        "ENCODING=QUOTED-PRINTABLE",
        "\u{FEFF}",
        "DESCRIPTION",
    ];
    let mut state = 7_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
        }
        for line in Lines::new(&text) {
            assert!(line.span.end <= text.len());
            let _ = (line.text(), line.texts().count());
        }
    }
}
