use super::*;

#[test]
fn lengths() {
    let of = |text| parse(text).map(|length| (length.clock.num_days(), length.exact.num_seconds()));
    assert_eq!(of("90m"), Some((0, 5400)));
    assert_eq!(of("1h30m"), Some((0, 5400)));
    assert_eq!(of("3d"), Some((3, 0)));
    assert_eq!(of("2w"), Some((14, 0)));
    assert_eq!(of("PT2H"), Some((0, 7200)));
    assert_eq!(of("P1DT12H"), Some((1, 43200)));
    for wrong in ["", "2", "h", "-2h", "2 hours", "30m1h", "P", "PT", "P2H", "PT1D", "1.5h", "9999999d", "2h2h"] {
        assert_eq!(of(wrong), None, "{wrong}");
    }
}

#[test]
fn a_day_on_the_clock_is_not_always_24_hours() {
    let tzdb = crate::zone::Tzdb::bundled();
    let zone = tzdb.zone("Europe/Madrid").expect("a zone");
    let wall = chrono::NaiveDate::from_ymd_opt(2026, 3, 28).and_then(|day| day.and_hms_opt(12, 0, 0)).expect("a time");
    let start = Point::Zoned { zone, wall, at: zone.instant(wall) };
    let (when, _) = finish(&start, End::After(parse("1d").expect("a length"))).expect("an end");
    assert_eq!(when.elapsed().num_hours(), 23);
    let (when, _) = finish(&start, End::After(parse("24h").expect("a length"))).expect("an end");
    assert_eq!(when.elapsed().num_hours(), 24);
    let (when, _) = finish(&start, End::After(parse("1d12h").expect("a length"))).expect("an end");
    assert_eq!(when.elapsed().num_hours(), 35);
}
