//! Colours as calendars take them: a CSS3 name (RFC 7986 5.9) and the same in hexadecimal.

use csscolorparser::NAMED_COLORS;

/// A colour and its nearest CSS3 name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Color {
    /// In lower case.
    pub name: &'static str,
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

impl Color {
    /// Reads any CSS colour; transparency is left out.
    pub fn parse(text: &str) -> Option<Self> {
        let [red, green, blue, _] = csscolorparser::parse(text).ok()?.to_rgba8();
        let rgb = [red, green, blue];
        Some(Color { name: exact(text, rgb).unwrap_or_else(|| nearest(rgb)), rgb })
    }
}

/// Names of CSS3; `rebeccapurple` came with CSS4.
fn names() -> impl Iterator<Item = (&'static str, [u8; 3])> {
    NAMED_COLORS.entries().map(|(name, rgb)| (name.as_str(), *rgb)).filter(|(name, _)| *name != "rebeccapurple")
}

/// The name that was given: two names may stand for one colour (`gray`, `grey`).
fn exact(text: &str, rgb: [u8; 3]) -> Option<&'static str> {
    names().find(|(name, own)| *own == rgb && name.eq_ignore_ascii_case(text.trim())).map(|(name, _)| name)
}

fn nearest(rgb: [u8; 3]) -> &'static str {
    let distance = |own: [u8; 3]| -> u32 { rgb.iter().zip(own).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    names().min_by_key(|(name, own)| (distance(*own), *name)).map_or("black", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hexadecimal_colour_gets_the_nearest_name() {
        assert_eq!(Color::parse("FireBrick"), Some(Color { name: "firebrick", rgb: [178, 34, 34] }));
        assert_eq!(Color::parse("grey").map(|color| color.name), Some("grey"));
        assert_eq!(Color::parse("#b22223").map(|color| color.name), Some("firebrick"));
        assert_ne!(Color::parse("rebeccapurple").map(|color| color.name), Some("rebeccapurple"));
        assert_eq!(Color::parse("red\r\nBEGIN:VEVENT"), None);
    }
}
