use super::*;

#[test]
fn days_in_figures() {
    let of = |text| readings(text).map(|days| days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    assert_eq!(of("06/07/2026").as_deref(), Some("2026-07-06 2026-06-07"));
    assert_eq!(of("25.12.2026").as_deref(), Some("2026-12-25"));
    assert_eq!(of("2026/12/25 18:00").as_deref(), Some("2026-12-25"));
    assert_eq!(of("1.5"), None);
    assert_eq!(of("40/50/60"), None);
}

#[test]
fn clocks_are_padded() {
    assert_eq!(padded("9:30").as_deref(), Some("09:30"));
    assert_eq!(padded("18").as_deref(), Some("18:00"));
    assert_eq!(padded("25"), None);
    assert_eq!(padded("9:3"), None);
}
