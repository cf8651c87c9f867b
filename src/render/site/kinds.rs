//! `static/kinds.css`: the colours of kinds, which a calendar may declare as it likes, as classes.
//!
//! Pages have no inline styles, and no text of a record enters a style sheet: a colour is parsed and written from its numbers.
//! A colour with too little contrast is adjusted, and the letter in a tile is black or white.

use std::fmt::Write;

use crate::event::Kinds;
use crate::view::color::{Color, ink_on, set_off};

/// Where it is, below `static/`.
pub const KINDS_FILE: &str = "kinds.css";

/// The papers of the built-in style, by day and by night.
const PAPER: [u8; 3] = [0xff, 0xfd, 0xfb];
const NIGHT: [u8; 3] = [0x17, 0x15, 0x14];
/// WCAG 2.2, 1.4.11: what one has to see to understand.
const SEEN: f64 = 3.0;

/// The style sheet.
pub fn kinds(kinds: &Kinds) -> String {
    let mut css = String::new();
    let mut night = String::new();
    for (_, kind) in kinds.iter() {
        let rgb = Color::parse(&kind.color).map_or([0x69; 3], |color| color.rgb);
        rule(&mut css, "", &kind.name, rgb, PAPER);
        rule(&mut night, "  ", &kind.name, rgb, NIGHT);
    }
    let _ = write!(css, "@media (prefers-color-scheme: dark) {{\n{night}}}\n"); // a String takes everything
    css
}

fn rule(css: &mut String, indent: &str, name: &str, rgb: [u8; 3], paper: [u8; 3]) {
    let ground = set_off(rgb, paper, SEEN);
    let hex = |[red, green, blue]: [u8; 3]| format!("#{red:02x}{green:02x}{blue:02x}");
    let name = class(name);
    let _ = writeln!(css, "{indent}.{name} {{ --kind: {}; --on-kind: {}; }}", hex(ground), hex(ink_on(ground)));
}

/// The class of a kind's colours, by its name.
pub(super) fn class(kind: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    format!("kind-{}", kind.chars().filter(|c| is_plain(*c)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn colours_are_written_anew() {
        let mut all = Kinds::default();
        for (name, color) in [("a", "hsl(0 100% 50%)"), ("b", "red} body{display:none"), ("c", "#fffffe")] {
            all.declare(crate::event::Kind {
                name: name.into(),
                label: name.into(),
                labels: std::collections::BTreeMap::new(),
                color: color.into(),
                duration: TimeDelta::hours(1),
            });
        }
        let css = kinds(&all);
        assert!(css.contains(".kind-protest { --kind: #b22222; --on-kind: #ffffff; }"), "{css}");
        assert!(css.contains("\n.kind-a { --kind: #ff0000; --on-kind: #000000; }"), "{css}");
        assert!(css.contains("\n.kind-b { --kind: #696969;") && !css.contains("body"), "{css}");
        // White on white would be none.
        assert!(!css.contains("\n.kind-c { --kind: #fffffe"), "{css}");
    }
}
