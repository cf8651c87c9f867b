use super::{Reason, Timed, parse_phrase, parse_timed};

fn check(phrases: &[(&str, &str)]) {
    for (phrase, rule) in phrases {
        match parse_phrase(phrase) {
            Ok(found) => assert_eq!(found.to_string(), *rule, "{phrase}"),
            Err(error) => panic!("{phrase}: {error:?}"),
        }
    }
}

#[test]
fn phrases_of_the_documentation() {
    check(&[
        ("daily", "FREQ=DAILY"),
        ("weekly", "FREQ=WEEKLY"),
        ("monthly", "FREQ=MONTHLY"),
        ("yearly", "FREQ=YEARLY"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("every week on tue and thu", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("every month on day 15", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("every month on the last friday", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("every month on the 2nd tuesday", "FREQ=MONTHLY;BYDAY=2TU"),
        ("every year on 1 may", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
        ("every 2 months on the 1st and 3rd monday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,3MO"),
    ]);
}

#[test]
fn days_that_short_months_do_not_have() {
    check(&[
        ("every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every month on day 31 or the last", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("on the 31st or the last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every month on day 30 or the last", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("every month on the 29th or last day", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ("every 2 months on day 30 or the last", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("every month on day 15 and day 31 or the last", "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
        ("every year on 29 february or the last day of february", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("every year on 29 february or the last", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("every year on the last day of february", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("every year on 30 april or the last", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30"),
    ]);
    for (phrase, found) in [
        ("every month on day 28 or the last", "or"),
        ("every month on day 31 or 30", "or"),
        ("every week on tue or the last", "or"),
        ("every month on day 1 and day 30 or the last", "or"),
    ] {
        let error = parse_phrase(phrase).expect_err(phrase);
        assert_eq!(&phrase[error.range.clone()], found, "{phrase}: {error}");
    }
}

#[test]
fn phrases_that_people_write() {
    check(&[
        ("Every Other Week", "FREQ=WEEKLY;INTERVAL=2"),
        ("every other tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"),
        ("biweekly", "FREQ=WEEKLY;INTERVAL=2"),
        ("biweekly on tue", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every fortnight on tue", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every tuesday", "FREQ=WEEKLY;BYDAY=TU"),
        ("Tuesdays", "FREQ=WEEKLY;BYDAY=TU"),
        ("tuesdays & thursdays", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("on Mon, Wed., and Fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("monday to friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("fri-mon", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"),
        ("every 2nd tuesday of the month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("second tuesday of each month", "FREQ=MONTHLY;BYDAY=2TU"),
        ("on the second to last friday of the month", "FREQ=MONTHLY;BYDAY=-2FR"),
        ("the 2nd last friday of every month", "FREQ=MONTHLY;BYDAY=-2FR"),
        ("second-to-last friday, monthly", "FREQ=MONTHLY;BYDAY=-2FR"),
        ("first and last monday of the month", "FREQ=MONTHLY;BYDAY=-1MO,1MO"),
        ("the first monday and friday of the month", "FREQ=MONTHLY;BYDAY=1MO,1FR"),
        ("every last friday", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("on weekends", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("annually", "FREQ=YEARLY"),
        ("every may 1", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
        ("every 1st of May", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
        ("1 may and 1 october", "FREQ=YEARLY;BYMONTH=5,10;BYMONTHDAY=1"),
        ("may 1 and october 1", "FREQ=YEARLY;BYMONTH=5,10;BYMONTHDAY=1"),
        ("1 january, april, july and october", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"),
        ("the 1st and 15th of may", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1,15"),
        ("every year on the last friday of november", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR"),
        ("last friday of november", "FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR"),
        ("every 4 years on 29 feb", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("every quarter on the 15th", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"),
        ("on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("every month on the 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("the last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every second day of the month", "FREQ=MONTHLY;BYMONTHDAY=2"),
        ("monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("every third month", "FREQ=MONTHLY;INTERVAL=3"),
        ("every second year on 1 may", "FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1"),
        ("once a week", "FREQ=WEEKLY"),
        ("every day in may", "FREQ=DAILY;BYMONTH=5"),
        ("every three days", "FREQ=DAILY;INTERVAL=3"),
        ("on tuesdays every 2 weeks", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
    ]);
}

#[test]
fn phrases_with_hours() {
    for (phrase, rules) in [
        ("every week on mon at 10:00 and thu at 12:00", "FREQ=WEEKLY;BYDAY=MO 10:00; FREQ=WEEKLY;BYDAY=TH 12:00"),
        ("every monday at 10 am & every thursday at noon", "FREQ=WEEKLY;BYDAY=MO 10:00; FREQ=WEEKLY;BYDAY=TH 12:00"),
        (
            "mon at 10:00 and thu at 12:00 every 2 weeks",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO 10:00; FREQ=WEEKLY;INTERVAL=2;BYDAY=TH 12:00",
        ),
        ("at 10:00 on mon and wed and at 12:00 on thu", "FREQ=WEEKLY;BYDAY=MO,WE 10:00; FREQ=WEEKLY;BYDAY=TH 12:00"),
        ("daily at 10:00 and 18:00", "FREQ=DAILY 10:00; FREQ=DAILY 18:00"),
        ("every day at 10:00 and at 18:00", "FREQ=DAILY 10:00; FREQ=DAILY 18:00"),
        (
            "every weekday at 9:00 and sat at 11:00",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR 09:00; FREQ=WEEKLY;BYDAY=SA 11:00",
        ),
        (
            "every month on the 1st monday at 18:00 and the 3rd thursday at 19:30",
            "FREQ=MONTHLY;BYDAY=1MO 18:00; FREQ=MONTHLY;BYDAY=3TH 19:30",
        ),
        (
            "on the 1st monday at 18:00 and the 3rd thursday at 19:30 of each month",
            "FREQ=MONTHLY;BYDAY=1MO 18:00; FREQ=MONTHLY;BYDAY=3TH 19:30",
        ),
        (
            "every month on day 1 at 18:00 and day 15 at 19:00",
            "FREQ=MONTHLY;BYMONTHDAY=1 18:00; FREQ=MONTHLY;BYMONTHDAY=15 19:00",
        ),
        ("mon at 10:00, tue at 11:00 and thu at 10:00", "FREQ=WEEKLY;BYDAY=MO,TH 10:00; FREQ=WEEKLY;BYDAY=TU 11:00"),
        ("every month on day 30 or the last at 19:00", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1 19:00"),
        ("tuesdays at 19:00", "FREQ=WEEKLY;BYDAY=TU 19:00"),
        (
            "every year on 1 may at 10:00 and 3 june at 11:00",
            "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1 10:00; FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=3 11:00",
        ),
    ] {
        let found = parse_timed(phrase).unwrap_or_else(|error| panic!("{phrase}: {error:?}"));
        let shown: Vec<String> =
            found.iter().map(|Timed { at, rule }| format!("{rule} {}", at.expect("an hour").format("%H:%M"))).collect();
        assert_eq!(shown.join("; "), rules, "{phrase}");
    }
}

#[test]
fn phrases_with_two_readings() {
    for (phrase, one, other) in [
        ("every second tuesday", "every 2 weeks on tue", "every month on the 2nd tue"),
        ("every 3rd friday", "every 3 weeks on fri", "every month on the 3rd fri"),
        ("every second day", "every 2 days", "every month on day 2"),
        ("bimonthly", "every 2 months", "every month on the 1st and 15th"),
        ("biannually", "every 2 years", "every 6 months"),
    ] {
        let error = parse_phrase(phrase).expect_err(phrase);
        assert_eq!(error.reason, Reason::Ambiguous([one.to_owned(), other.to_owned()]), "{phrase}");
        assert!(parse_phrase(one).is_ok() && parse_phrase(other).is_ok(), "{phrase}");
    }
}

#[test]
fn phrases_refused() {
    for (phrase, found, nearest) in [
        ("mothly", "mothly", Some("monthly")),
        ("evry month on the 2nd tusday", "evry", Some("every month on the 2nd tuesday")),
        ("every week noon", "noon", None),
        ("every week on mon at 10", "10", None),
        ("every week on mon at 10:00 and thu", "every week on mon at 10:00 and thu", None),
        ("every", "every", None),
        ("", "", None),
        ("every month on day 32", "32", Some("every month on day 15")),
        ("every 6th monday of the month", "6th", None),
        ("1 may and 3 june", "1 may and 3 june", None),
        ("first monday of may and last friday of june", "friday", None),
        ("every week on the last friday", "every week on the last friday", Some("every month on the last friday")),
        ("every month on tuesday", "every month on tuesday", None),
        ("every day weekly", "weekly", None),
        ("every 0 weeks", "0", Some("every 2 weeks")),
    ] {
        let error = parse_phrase(phrase).expect_err(phrase);
        assert_eq!((&phrase[error.range.clone()], error.nearest.as_deref()), (found, nearest), "{phrase}: {error}");
    }
}

#[test]
fn one_of_the_weekdays_is_one_day() {
    let workdays = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS";
    for (phrase, freq, place) in [
        ("every month on the last weekday", "MONTHLY", "-1"),
        ("every month on the first weekday", "MONTHLY", "1"),
        ("every month on the last workday", "MONTHLY", "-1"),
        ("monthly on the last weekday", "MONTHLY", "-1"),
        ("last business day of the month", "MONTHLY", "-1"),
        ("every last working day", "MONTHLY", "-1"),
        ("the 10th business day of each month", "MONTHLY", "10"),
        ("the second to last weekday of the month", "MONTHLY", "-2"),
        ("first and last weekday of the month", "MONTHLY", "-1,1"),
        ("every 2 months on the first weekday", "MONTHLY;INTERVAL=2", "1"),
        ("the last weekday of may", "YEARLY;BYMONTH=5", "-1"),
        ("every year on the last weekday of may and june", "MONTHLY;BYMONTH=5,6", "-1"),
    ] {
        check(&[(phrase, &format!("FREQ={freq};{workdays}={place}"))]);
    }
    check(&[("every business day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")]);
    let timed = parse_timed("every month on the first weekday at 10:00 and the last weekday at 12:00").expect("hours");
    assert_eq!(timed.iter().map(|one| one.rule.by_set_pos.clone()).collect::<Vec<_>>(), [vec![1], vec![-1]]);
    for phrase in [
        "every 2nd weekday",
        "every 2 weekdays",
        "every week on the last weekday",
        "the first monday and last weekday",
        "the 24th business day of the month",
        "every business",
    ] {
        assert!(parse_phrase(phrase).is_err(), "{phrase}");
    }
}
