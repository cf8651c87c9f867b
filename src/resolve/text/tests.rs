use super::*;

#[test]
fn languages_are_tags() {
    assert_eq!(checked_language("pt-br").as_deref(), Some("pt-BR"));
    assert_eq!(checked_language("zh-hant").as_deref(), Some("zh-Hant"));
    assert_eq!(checked_language("spanish"), None);
    assert_eq!(checked_language("e"), None);
}

#[test]
fn tags_are_folded() {
    assert_eq!(&*folded_tag("Anti War"), "anti-war");
    assert_eq!(&*folded_tag("Ελλάδα  2026"), "ελλάδα-2026");
}
