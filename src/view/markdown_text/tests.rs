//! What becomes of each piece of Markdown.

use super::*;

fn plain(markdown: &str) -> String {
    let mut out = String::new();
    push(markdown, &mut out);
    out
}

#[test]
fn a_line_has_words_only() {
    for (markdown, words) in [
        ("**Bring** your [neighbours](https://example.org/).\n\n- tea\n- `cake`", "Bring your neighbours. tea cake"),
        ("# A\nb\n\n> c\n\n<div>d</div>\n\n![e](https://example.org/e.png) f<br>g", "A b c d e f g"),
        ("1. one\n2. _two_", "one two"),
        ("", ""),
    ] {
        assert_eq!(line(markdown, 35), words, "{markdown}");
    }
    assert_eq!(line("one two three", 9), "one two…");
}

#[test]
fn marks_go_and_structure_stays() {
    assert_eq!(plain("**Bring** _signs_.\n\nAnd water."), "Bring signs.\n\nAnd water.");
    assert_eq!(plain("# Plan\n\n- one\n- two\n  - three\n\nEnd"), "Plan\n\n- one\n- two\n  - three\n\nEnd");
    assert_eq!(plain("1. a\n2. b"), "1. a\n2. b");
    assert_eq!(plain("- a\n\n  more\n- b"), "- a\n\nmore\n\n- b");
    assert_eq!(plain("a  \nb\\\nc"), "a\nb\nc");
    assert_eq!(plain("> said\n\n```\nlet x;\n```\n\nend"), "said\n\nlet x;\n\nend");
    assert_eq!(plain("Tea & cake &amp; more"), "Tea & cake & more");
}

#[test]
fn links_show_their_address_once() {
    assert_eq!(plain("[page](https://example.org/)"), "page (https://example.org/)");
    assert_eq!(plain("<https://example.org/>"), "https://example.org/");
    assert_eq!(plain("[https://example.org/](https://example.org/)"), "https://example.org/");
    assert_eq!(plain("<a@example.org>"), "a@example.org");
    assert_eq!(plain("[x](javascript:alert(1))"), "x");
    assert_eq!(plain("see\n\n[](https://example.org/)"), "see\n\nhttps://example.org/");
    assert_eq!(plain("![a march](x.png)"), "a march");
    assert_eq!(plain("![a march](https://example.org/x.png)"), "a march (https://example.org/x.png)");
    assert_eq!(
        plain("[![a march](https://example.org/x.png)](https://example.org/)"),
        "a march (https://example.org/)"
    );
    assert_eq!(plain("[call](tel:+34600111222)"), "call (tel:+34600111222)");
    assert_eq!(plain("[+34600111222](tel:+34600111222)"), "+34600111222");
    assert_eq!(plain("*See* https://example.org/_a_/b*c*, or"), "See https://example.org/_a_/b*c*, or");
    assert_eq!(plain("[a [b] c](https://example.org/a_(b))"), "a [b] c (https://example.org/a_(b))");
}

#[test]
fn tags_go_and_their_text_stays() {
    assert_eq!(plain("a <b>bold</b> word"), "a bold word");
    assert_eq!(plain("<div>\ntext <i>here</i>\n</div>\n\nend"), "text here\n\nend");
    assert_eq!(plain("a<br>b <script>c</script>"), "a\nb c");
    assert_eq!(plain("<p>a</p><p>b</p>"), "a\nb");
    assert_eq!(plain("<p>Tom &amp; Jerry&#039;s</p>"), "Tom & Jerry's");
    assert_eq!(
        plain("<p>Read\n<a class=x href='https://example.org/?a=1&amp;b=2'>the\nlink</a>.</p>"),
        "Read the link (https://example.org/?a=1&b=2)."
    );
    assert_eq!(plain("Read <a href=\"https://example.org/\">the *link*</a>."), "Read the link (https://example.org/).");
    assert_eq!(
        plain("Read <a href=\"https://example.org/\">the link\n\nNext"),
        "Read the link (https://example.org/)\n\nNext"
    );
    assert_eq!(plain("<a href=\"javascript:x\">the link</a></a>"), "the link");
    assert_eq!(plain("<p>Bring</p>\n<ul>\n<li>tea</li>\n<li><p>cake</p></li>\n</ul>"), "Bring\n\n- tea\n- cake");
    assert_eq!(plain("<ol><li>a<li>b</ol>c"), "1. a\n2. b\n\nc");
    assert_eq!(
        plain("<table><tr><th>Hour<th>Place</tr>\n<tr><td>9</td><td>Square</td></tr></table>"),
        "Hour | Place\n9 | Square"
    );
    assert_eq!(plain("<img src=\"https://example.org/a.png\" alt=\"a march\">"), "a march (https://example.org/a.png)");
    assert_eq!(plain("<!-- secret > -->\n\nend"), "end");
}

#[test]
fn tables_have_a_line_for_each_row() {
    assert_eq!(
        plain("Plan:\n\n| Hour | Place |\n|---:|---|\n| 9 | *Square* |\n| 11 | |\n\nEnd"),
        "Plan:\n\nHour | Place\n9 | Square\n11 |\n\nEnd"
    );
}

#[test]
fn entities_smuggle_nothing() {
    for markdown in [
        "a&#x0d;b&#x0a;c&#7;d&#x202e;e&#0;f",
        "<p>a&#x0d;b&#x0a;c&#7;d&#x202e;e&#0;f</p>",
        "<a href=\"https://x.example/&#13;&#10;ATTACH:x\">a</a>",
        "[a](<https://x.example/&#13;&#10;ATTACH:x>)",
    ] {
        let text = plain(markdown);
        assert!(!text.contains(|c| is_hostile(c) && c != '\n'), "{text:?}");
        assert!(!text.contains("ATTACH"), "{text:?}");
    }
    assert_eq!(plain("&lt;script&gt; &amp;amp;"), "<script> &amp;");
}

#[test]
fn the_short_way_agrees_with_the_long_one() {
    let pieces = ["word", " ", "\n", "\n\n", ".", "3", "-", "é", "!", "(", ":", "'", "\n\n\n", "x) y", "\"", "…", "  "];
    let mut seed = 7_u32;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..9 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
        }
        let mut parsed = String::new();
        push_parsed(&text, true, &mut parsed);
        assert_eq!(plain(&text), parsed, "{text:?}");
    }
}
