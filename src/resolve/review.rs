//! `review-by`: what goes on without an end may have ended long ago, and only people know.

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::point::{self, Choice, Point};
use super::{Context, Origin, open, zone_of};
use crate::diagnostic::{Code, Finding};
use crate::event::{Event, Status};
use crate::record::{Field, Moment};

/// `review-by` as a day.
pub(super) fn day(
    field: &Field<Moment<'_>>,
    choice: &Choice,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<NaiveDate> {
    let day = match point::resolve(field, "review-by", choice, None, context, findings)? {
        Point::Day(day) => return Some(day),
        Point::Zoned { wall, .. } | Point::Floating(wall) => wall.date(),
        Point::Fixed { offset, at } => at.with_timezone(&offset).date_naive(),
    };
    findings.push(
        Finding::new(Code::WrongType, field.span, "expected a date, found a date with a time")
            .label("a review is due on a day")
            .help(format!("write `review-by = {day}`"))
            .fix(field.span, day.to_string()),
    );
    None
}

/// Three months on: what people remember to look at again.
pub fn next(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(3)).unwrap_or(today)
}

/// Reports an event that nobody confirmed in time, and turns it tentative; and a date that is of no use.
pub(super) fn judge(
    event: &mut Event,
    field: &Field<Moment<'_>>,
    origin: &Origin<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    let Some(by) = event.review_by else { return };
    if !event.goes_on() {
        // What `[defaults]` give need not fit every event.
        if event.status.takes_place() && field.key.start >= origin.table.start {
            findings.push(
                Finding::new(Code::NeedlessReview, field.span, "the event happens once, and its end is known")
                    .label("nothing comes of this date")
                    .help("`review-by` is for what repeats, and for what has `end = \"open\"`; delete the line"),
            );
        }
        return;
    }
    let today = open::today(zone_of(&event.when).or(context.timezone), context.now);
    if today <= by || event.status == Status::Cancelled || is_over(event, today) {
        return;
    }
    let (what, stop) = match (event.is_open(), event.when.first_day() <= today) {
        (true, true) => {
            ("goes on", format!("if it is over, write its end, such as `end = {}`", open::end(&event.when, today)))
        }
        (true, false) => ("will take place", "if it will not, write `status = \"cancelled\"`".to_owned()),
        (false, _) => ("is still held", format!("if it has stopped, write the last day, such as `until = {today}`")),
    };
    let mut finding = Finding::new(Code::Stale, field.span, format!("no one has confirmed that it {what}"))
        .label(format!("expected a confirmation by {}", point::long_date(by)))
        .help(format!("if it {what}, run `redletter confirm {}`, or write `review-by = {}`", event.id, next(today)))
        .help(stop);
    if event.status == Status::Confirmed {
        finding = finding.help("until then it is shown as tentative");
        unconfirm(event);
    }
    findings.push(finding);
}

/// Makes all of it tentative that is confirmed, its changed occurrences and further strands included.
fn unconfirm(event: &mut Event) {
    if event.status == Status::Confirmed {
        event.status = Status::Tentative;
    }
    for change in event.repeat.iter_mut().flat_map(|repeat| &mut repeat.changes) {
        unconfirm(&mut change.event);
    }
    event.further_mut().for_each(unconfirm);
}

/// Whether nothing of it lies on `today` or later.
pub(super) fn is_over(event: &Event, today: NaiveDate) -> bool {
    event.strands().all(|strand| is_strand_over(strand, today))
}

fn is_strand_over(event: &Event, today: NaiveDate) -> bool {
    let Some(repeat) = event.repeat.as_deref() else { return !event.is_open() && event.when.last_day() < today };
    // A clock change may make an occurrence end a day later than the first one did.
    let length = event.when.last_day() - event.when.first_day() + TimeDelta::days(2);
    let from = today.checked_sub_signed(length).unwrap_or(NaiveDate::MIN).and_time(NaiveTime::MIN);
    let is_to_come = |planned: NaiveDateTime| match repeat.change(planned) {
        Some(_) => false, // asked by itself
        None => repeat.when(event, planned).is_some_and(|when| when.last_day() >= today),
    };
    let changed = repeat.changes.iter().map(|change| &change.event);
    let is_changed_to_come =
        changed.filter(|event| event.status.takes_place()).any(|event| event.when.last_day() >= today);
    !is_changed_to_come && !repeat.planned(&event.when, from, NaiveDateTime::MAX).any(is_to_come)
}
