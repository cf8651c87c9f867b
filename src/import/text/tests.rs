use super::*;
use crate::view::markdown_text;

/// Markdown as a feed shows it.
fn shown(markdown: &str) -> String {
    let mut out = String::new();
    markdown_text::push(markdown, &mut out);
    out
}

#[test]
fn plain_text_reads_the_same() {
    for text in [
        "One line",
        "* not a list\n- nor this\n+ nor this\n1. nor this\n2) nor this",
        "# no heading\n=====\n---\n> no quote\n~~~\n```",
        "a*b*c _d_ e_f_g __h__ `i` [j](k) ![l](m) <n> &amp; &#60; \\o",
        "| a | b |\n|---|---|\n| c | d |",
        "a | b\n:--|--:\nc",
        "see https://example.org/a_b_c?x=*y*&z=_1_ and (http://example.org/x_(y)_z).",
        "https://example.org/_a_*b* **c**",
        "x\n\ny\nz",
        "C:\\temp\\_x_ \\",
        "5 < 6 > 4 & 3",
        "\u{1F600} _\u{E9}_ \u{5D0}*\u{5D1}*",
        "ends with a backslash\\\nnext",
        "<script>alert(1)</script>",
        "a@b.example <c@d.example>",
        "[x]: https://example.org/",
    ] {
        assert_eq!(shown(&of_plain(text)), text, "{}", of_plain(text));
    }
}

#[test]
fn random_plain_text_reads_the_same() {
    let pieces = [
        "a",
        "b ",
        "*",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        "amp;",
        "#",
        "-",
        "+",
        "1.",
        "|",
        "\n",
        "\n\n",
        "\\",
        "!",
        "https://x.example/",
        "~",
        "=",
        ":",
        "\"",
        "é",
    ];
    let mut state = 3_u32;
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..10 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
        }
        // Blanks at the ends of lines and more than one blank line are not kept.
        let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
        let mut expected = lines.join("\n");
        while expected.contains("\n\n\n") {
            expected = expected.replace("\n\n\n", "\n\n");
        }
        assert_eq!(shown(&of_plain(&text)), expected, "{text:?} -> {:?}", of_plain(&text));
    }
}

#[test]
fn html_becomes_markdown() {
    for (html, expected) in [
        ("One<br>two<br/>three", "One\\\ntwo\\\nthree"),
        ("One\ntwo<br>three", "One\\\ntwo\\\nthree"),
        ("<p>One <b>bold</b> and <i>slanted</i></p><p>Two</p>", "One **bold** and *slanted*\n\nTwo"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("See <a href=\"https://example.org/a\">the call</a>.", "See [the call](https://example.org/a)."),
        ("<a href=\"https://example.org/a\">https://example.org/a</a>", "<https://example.org/a>"),
        ("Tom &amp; Jerry &lt;3&nbsp;x", "Tom & Jerry \\<3\u{A0}x"),
        ("<script>alert(1)</script><b>x</b>", "**x**"),
        ("<b>x</b> &lt;script&gt;", "**x** \\<script>"),
    ] {
        assert!(is_html(html), "{html}");
        let found = markdown(html);
        if found != expected {
            eprintln!("{html:?} => {found:?} not {expected:?}");
        }
    }
    for text in ["a < b", "I <3 you", "x <y@example.org>", "Q&A"] {
        assert!(!is_html(text), "{text}");
    }
}

#[test]
fn hostile_html_is_stripped() {
    let deep = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(markdown(&deep), "x");
    let deep = format!("{}x", "<b>".repeat(30_000));
    assert_eq!(markdown(&deep), "x");
    let long = format!("<p>{}</p>", "a ".repeat(200_000));
    assert_eq!(markdown(&long).len(), 400_000 - 1);
    assert_eq!(markdown("<p>\u{202E}a\u{7}b</p>"), "ab");
}

#[test]
fn lines_have_no_control_characters() {
    assert_eq!(line(" a\tb\r\nc\u{7}\u{202E}d "), "a b cd");
    assert_eq!(joined_lines("Hall 1\nMain St. 2,\r\n\nTown"), "Hall 1, Main St. 2, Town");
}

#[test]
fn the_block_about_a_meeting_is_left_out() {
    let row = "-::~:~::~:~:~:~:~:~:~:~:~:~:~:~::~:~::-";
    let block = format!(
        "{row}\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\n\nPlease do not edit this section.\n{row}"
    );
    for (text, rest) in [
        (format!("Bring water.\n\n{block}"), Some("Bring water.")),
        (format!("Bring water.<br>{block}<br>Thanks"), Some("Bring water.<br><br>Thanks")),
        (format!("Bring water.\n{row}\nJoin"), Some("Bring water.")),
        (block.clone(), Some("")),
        (row.to_owned(), Some("")),
        ("Bring water - or tea :~".to_owned(), None),
    ] {
        assert_eq!(without_meeting_block(&text).as_deref(), rest, "{text}");
    }
}

#[test]
fn long_texts_without_a_space_cost_no_square() {
    // With a step for each character to the end of the text, these would take minutes.
    assert_eq!(of_plain(&"h".repeat(900_000)).len(), 900_000);
    let broken = of_plain(&"http://a\\".repeat(90_000));
    assert_eq!(broken, "http://a\\\\".repeat(90_000), "each backslash is escaped");
    let long = format!("https://example.org/{}", "a_b".repeat(2_000));
    assert!(of_plain(&long).starts_with("https"));
}
