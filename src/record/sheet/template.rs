//! A sheet to fill in: a header row in a language, and two examples.

/// Primary tag, what stands between two columns, and the names of the columns. Excel opens a file with semicolons as columns
/// where decimals have a comma.
const HEADERS: [(&str, char, [&str; 5]); 16] = [
    ("en", ',', ["City", "Country", "Place", "Time", "Link"]),
    ("es", ';', ["Ciudad", "País", "Lugar", "Hora", "Enlace"]),
    ("fr", ';', ["Ville", "Pays", "Lieu", "Heure", "Lien"]),
    ("pt", ';', ["Cidade", "País", "Local", "Hora", "Site"]),
    ("it", ';', ["Città", "Paese", "Luogo", "Ora", "Sito"]),
    ("de", ';', ["Stadt", "Land", "Treffpunkt", "Uhrzeit", "Link"]),
    ("el", ';', ["Πόλη", "Χώρα", "Τοποθεσία", "Ώρα", "Σύνδεσμος"]),
    ("tr", ';', ["Şehir", "Ülke", "Yer", "Saat", "Bağlantı"]),
    ("ru", ';', ["Город", "Страна", "Место", "Время", "Ссылка"]),
    ("ar", ',', ["المدينة", "البلد", "المكان", "الوقت", "الرابط"]),
    ("fa", ',', ["شهر", "کشور", "مکان", "ساعت", "لینک"]),
    ("he", ',', ["עיר", "מדינה", "מקום", "שעה", "קישור"]),
    ("hi", ',', ["शहर", "देश", "स्थान", "समय", "लिंक"]),
    ("ko", ',', ["도시", "국가", "장소", "시간", "링크"]),
    ("zh", ',', ["城市", "国家", "地点", "时间", "链接"]),
    ("ja", ',', ["都市", "国", "場所", "時刻", "リンク"]),
];

/// The columns that the header names.
#[cfg(test)]
const FIELDS: [&str; 5] = ["city", "country", "location", "start.time", "url"];

const EXAMPLES: [[&str; 5]; 2] =
    [["Lima", "PE", "Plaza San Martín", "18:00", ""], ["Madrid", "ES", "Puerta del Sol", "19:30", ""]];

/// The sheet in the language of a primary tag, in English for others. A byte order mark tells Excel that it is UTF-8.
pub fn template(language: &str) -> String {
    let header = HEADERS.iter().find(|(tag, ..)| *tag == language).unwrap_or(&HEADERS[0]);
    let (_, separator, names) = header;
    let rows = std::iter::once(names).chain(&EXAMPLES);
    let lines = rows.map(|row| row.join(&separator.to_string()) + "\r\n");
    std::iter::once("\u{FEFF}".to_owned()).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::language::Language;
    use crate::record::names;

    #[test]
    fn every_language_has_a_sheet_that_is_read() {
        for language in Language::all() {
            let (_, _, names) = HEADERS.iter().find(|(tag, ..)| *tag == language.code()).expect("a header");
            for (name, field) in names.iter().zip(FIELDS) {
                assert_eq!(names::field(name), Some(field), "{language}: {name}");
            }
            let mut findings = Vec::new();
            let locals = super::super::read(&template(language.code()), None, &mut findings);
            assert!(findings.iter().all(|finding| finding.code == Code::SheetAssumed), "{language}: {findings:?}");
            assert_eq!(locals.len(), 2);
            assert!(locals.iter().all(|local| local.value.start.is_some() && local.value.location.is_some()));
        }
    }
}
