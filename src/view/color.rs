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

/// How much two colours differ in light, from 1 to 21 (WCAG 2.2, contrast ratio).
pub fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Black or white, whichever is read better on `ground`; the contrast is 4.5 at least, whatever the colour.
pub fn ink_on(ground: [u8; 3]) -> [u8; 3] {
    let (black, white) = ([0; 3], [255; 3]);
    if contrast(white, ground) >= contrast(black, ground) { white } else { black }
}

/// The nearest colour to `rgb`, towards black or white, with the contrast `ratio` to `paper`.
pub fn set_off(rgb: [u8; 3], paper: [u8; 3], ratio: f64) -> [u8; 3] {
    let target = ink_on(paper);
    let mixed = |step: u16| {
        let mix = |from: u8, to: u8| ((u16::from(from) * (20 - step) + u16::from(to) * step) / 20) as u8;
        std::array::from_fn(|index| mix(rgb[index], target[index]))
    };
    (0..=20).map(mixed).find(|color| contrast(*color, paper) >= ratio).unwrap_or(target)
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let [red, green, blue] = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Names of CSS3; `rebeccapurple` came with CSS4.
fn names() -> impl Iterator<Item = (&'static str, [u8; 3])> {
    NAMED_COLORS.entries().map(|(name, rgb)| (name.as_str(), *rgb)).filter(|(name, _)| *name != "rebeccapurple")
}

/// The given name: two names may mean one colour (`gray`, `grey`).
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

    #[test]
    fn every_colour_can_be_read_and_seen() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        for step in 0..4096_u16 {
            let rgb = [step >> 8, step >> 4 & 15, step & 15].map(|part| (part * 17) as u8);
            assert!(contrast(ink_on(rgb), rgb) >= 4.5, "{rgb:?}");
            for paper in [[255, 253, 251], [23, 21, 20]] {
                assert!(contrast(set_off(rgb, paper, 3.0), paper) >= 3.0, "{rgb:?}");
            }
        }
        assert_eq!(set_off([178, 34, 34], [255, 253, 251], 3.0), [178, 34, 34]);
    }
}
