//! Countries as people write them: `Alemania`, `Espagne`, `États-Unis`, in all languages that have words.
//!
//! The names are CLDR's, long and short, and those of the English table. Case, accents, hyphens and points are ignored. A
//! name that several countries go by, such as `Congo`, decides nothing; the countries are listed instead.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Language, cldr};
use crate::text::fold;
use crate::zone::country;

/// Countries that a message lists at most.
const MOST_LISTED: usize = 6;

/// Codes by folded name, of all languages.
static NAMES: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut names = BTreeMap::<String, Vec<&'static str>>::new();
    for (code, english) in country::all() {
        let of_languages = Language::all().flat_map(|language| cldr::country_names(language, code));
        for name in of_languages.chain([english.to_owned()]) {
            let codes = names.entry(key(&name)).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    for (name, code) in OTHER_NAMES {
        names.insert(key(name), vec![code]);
    }
    names
});

/// Names in other languages that people use and CLDR does not have.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("Angleterre", "GB"),
    ("Birmania", "MM"),
    ("Birmanie", "MM"),
    ("Chequia", "CZ"),
    ("Écosse", "GB"),
    ("EEUU", "US"),
    ("EE UU", "US"),
    ("Escocia", "GB"),
    ("England", "GB"),
    ("Estados Unidos de América", "US"),
    ("Etats-Unis d'Amérique", "US"),
    ("EUA", "US"),
    ("Gran Bretaña", "GB"),
    ("Gran Bretagna", "GB"),
    ("Grande-Bretagne", "GB"),
    ("Großbritannien", "GB"),
    ("Grã-Bretanha", "GB"),
    ("Holanda", "NL"),
    ("Hollande", "NL"),
    ("Inghilterra", "GB"),
    ("Inglaterra", "GB"),
    ("Olanda", "NL"),
    ("República Checa", "CZ"),
    ("République tchèque", "CZ"),
    ("RD Congo", "CD"),
    ("RDC", "CD"),
    ("EAU", "AE"),
    ("Emirats", "AE"),
    ("Pays-Bas", "NL"),
    ("Schottland", "GB"),
    ("Tschechische Republik", "CZ"),
    ("Англия", "GB"),
    ("Голландия", "NL"),
    ("США", "US"),
    ("英国", "GB"),
    ("韩国", "KR"),
    ("朝鲜", "KP"),
    ("Bielorrusia", "BY"),
    ("Bielorússia", "BY"),
    ("Cabo Verde", "CV"),
    ("Costa d'Avorio", "CI"),
    ("Costa de Marfil", "CI"),
    ("Costa do Marfim", "CI"),
    ("Elfenbeinküste", "CI"),
    ("Moldavia", "MD"),
    ("Moldavie", "MD"),
    ("Moldawien", "MD"),
    ("Russie", "RU"),
    ("Vereinigte Staaten von Amerika", "US"),
    ("Weißrussland", "BY"),
    ("Белоруссия", "BY"),
    ("Молдавия", "MD"),
];

/// Names of one country that mean another to many.
const SHARED_NAMES: &[(&str, &[&str])] = &[("congo", &["CD", "CG"]), ("korea", &["KP", "KR"])];

/// A name for comparing.
fn key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    for letter in folded.chars() {
        match letter {
            '\'' | '.' => {}
            // The vowel signs of Indic scripts are not alphanumeric, and distinguish names.
            _ if letter.is_whitespace() || matches!(letter, '-' | ',' | '(' | ')' | '/' | '&' | '_') => {
                if !(key.is_empty() || key.ends_with(' ')) {
                    key.push(' ');
                }
            }
            _ => key.push(letter),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The countries that go by a name, an alpha-3 code, or an alpha-2 code in small letters. The codes are of ISO 3166-1.
pub fn named(words: &str) -> Vec<&'static str> {
    if let Some(code) = country::code(words) {
        return vec![code];
    }
    let name = key(words);
    if let Some((_, codes)) = SHARED_NAMES.iter().find(|(shared, _)| *shared == name) {
        return codes.to_vec();
    }
    if let Some(code) = country::named(words) {
        return vec![code];
    }
    let words = name;
    if words.is_empty() {
        return Vec::new();
    }
    if let Some(codes) = NAMES.get(&words) {
        return codes.clone();
    }
    // `Corée` of `Corée du Nord` and `Corée du Sud`.
    let mut codes: Vec<&'static str> = Vec::new();
    for (name, of_name) in NAMES.range(words.clone()..).take_while(|(name, _)| name.starts_with(&words)) {
        if name[words.len()..].starts_with(' ') {
            codes.extend(of_name);
        }
    }
    codes.sort_unstable();
    codes.dedup();
    if (2..=MOST_LISTED).contains(&codes.len()) { codes } else { Vec::new() }
}

/// The one country that goes by a name.
pub fn only(words: &str) -> Option<&'static str> {
    match named(words)[..] {
        [code] => Some(code),
        _ => None,
    }
}

/// The code to suggest for a name that may have a slip. `None` if several countries go by it.
pub fn suggest(words: &str) -> Option<&'static str> {
    match named(words)[..] {
        [code] => Some(code),
        [] => country::suggest(words),
        _ => None,
    }
}

/// The countries with their codes, for a message: `CD (Democratic Republic of the Congo) or CG (Congo)`.
pub fn listed(codes: &[&'static str]) -> String {
    let with_name = |code: &&'static str| format!("{code} ({})", country::name(code).unwrap_or_default());
    codes.iter().map(with_name).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_languages_lead_to_codes() {
        for (words, codes) in [
            ("Alemania", &["DE"][..]),
            ("alemanha", &["DE"]),
            ("Allemagne", &["DE"]),
            ("Γερμανία", &["DE"]),
            ("France", &["FR"]),
            ("Espagne", &["ES"]),
            ("ESPAÑA", &["ES"]),
            ("espana", &["ES"]),
            ("États-Unis", &["US"]),
            ("etats unis", &["US"]),
            ("EE. UU.", &["US"]),
            ("ABD", &["US"]),
            ("الولايات المتحدة", &["US"]),
            ("Deutschland", &["DE"]),
            ("Österreich", &["AT"]),
            ("Россия", &["RU"]),
            ("भारत", &["IN"]),
            ("日本", &["JP"]),
            ("中国", &["CN"]),
            ("대한민국", &["KR"]),
            ("Côte d’Ivoire", &["CI"]),
            ("Cote d'Ivoire", &["CI"]),
            ("Costa de Marfil", &["CI"]),
            ("Grande-Bretagne", &["GB"]),
            ("Guinea", &["GN"]),
            ("Niger", &["NE"]),
            ("Níger", &["NE"]),
            ("Dominica", &["DM"]),
            ("Congo", &["CD", "CG"]),
            ("Corée", &["KP", "KR"]),
            ("Corea", &["KP", "KR"]),
            ("Korea", &["KP", "KR"]),
            ("Narnia", &[]),
            ("", &[]),
        ] {
            assert_eq!(named(words), codes, "{words}");
        }
        assert_eq!(suggest("Germny"), Some("DE"));
        assert_eq!(suggest("Congo"), None);
        assert_eq!(listed(&["KP", "KR"]), "KP (North Korea) or KR (South Korea)");
    }

    #[test]
    fn every_country_is_found_by_its_name_in_every_language() {
        for (code, english) in country::all() {
            for language in Language::all() {
                let name = language.country(code).unwrap_or_else(|| english.to_owned());
                let found = named(&name);
                assert!(found.contains(&code), "{language} {code} {name}: {found:?}");
            }
        }
    }

    #[test]
    fn no_name_is_that_of_two_countries() {
        let shared: Vec<_> = NAMES.iter().filter(|(_, codes)| codes.len() > 1).collect();
        assert!(shared.is_empty(), "{shared:?}");
    }
}
