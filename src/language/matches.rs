//! Selects the text that suits a reader, by BCP 47 language tags.
//!
//! A tag matches itself, then a less specific tag (`es-MX`: `es`), then another variety (`es-MX`: `es-AR`). Scripts are not
//! mixed: `zh-Hant` does not match `zh-Hans`.

/// The distance of a text in `own` from the wanted language: lower is nearer; `None` if it does not match.
pub fn distance(own: &str, wanted: &str) -> Option<u8> {
    if own.eq_ignore_ascii_case(wanted) {
        return Some(0);
    }
    let (primary, script) = (primary(own), script(own));
    if !primary.eq_ignore_ascii_case(self::primary(wanted)) || !script.eq_ignore_ascii_case(self::script(wanted)) {
        return None;
    }
    Some(if extends(wanted, own) {
        1
    } else if extends(own, wanted) {
        2
    } else {
        3
    })
}

/// Whether the tag `long` is `short` with further subtags.
fn extends(long: &str, short: &str) -> bool {
    long.get(..short.len()).is_some_and(|head| head.eq_ignore_ascii_case(short)) && long[short.len()..].starts_with('-')
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The script where it is written, or is another than usual in the region.
fn script(tag: &str) -> &str {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    if let Some(script) = parts.clone().find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())) {
        return script;
    }
    let is_chinese = primary.eq_ignore_ascii_case("zh");
    let is_of =
        |places: &[&str]| tag.split('-').skip(1).any(|part| places.iter().any(|one| one.eq_ignore_ascii_case(part)));
    match is_chinese {
        true if is_of(&["TW", "HK", "MO"]) => "Hant",
        true => "Hans",
        false => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_and_far() {
        for (own, wanted, expected) in [
            ("es", "es", Some(0)),
            ("ES-mx", "es-MX", Some(0)),
            ("es", "es-MX", Some(1)),
            ("es-MX", "es", Some(2)),
            ("es-AR", "es-MX", Some(3)),
            ("en", "es", None),
            ("est", "es", None),
            ("zh-Hant", "zh-Hans", None),
            ("zh", "zh-Hans", Some(1)),
            ("zh-TW", "zh-Hant", Some(3)),
            ("zh", "zh-TW", None),
            ("zh-CN", "zh", Some(2)),
        ] {
            assert_eq!(distance(own, wanted), expected, "{own} for {wanted}");
        }
    }
}
