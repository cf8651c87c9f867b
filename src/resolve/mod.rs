//! Records to events: the only place that judges meaning. One function a field, in the order of the table in
//! `record/fields.rs`; all mistakes of a record are reported, and an event with an error is not made.

pub mod across;
pub mod announced;
pub mod home;
mod hour;
pub mod length;
pub mod local;
mod naming;
pub mod open;
pub mod place;
pub mod point;
pub mod repeat;
pub mod review;
pub mod text;
mod translation;
pub mod datetime_text;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::diagnostic::{Code, Finding, Severity};
use crate::event::{Ends, Event, KindId, Kinds, Length, Online, Status, When};
use crate::record::{Field, Record, Slot, Text};
use crate::source::Span;
use crate::zone::{Tzdb, Zone};
pub use naming::{folded, is_event_id, is_id, slug};

/// What a record is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The kinds of the calendar.
    pub kinds: &'c Kinds,
    /// The kind of records that give none.
    pub default_kind: Option<KindId>,
    /// BCP 47 tag of the text of records that give none.
    pub language: &'c str,
    /// The zone of records that give none.
    pub timezone: Option<Zone>,
    /// The right-hand side of UIDs.
    pub domain: &'c str,
    /// The rules of time zones.
    pub tzdb: &'c Tzdb,
    /// The as-of time.
    pub now: DateTime<Utc>,
}

impl Context<'_> {
    /// The language in which days and times are read, beside English.
    #[must_use]
    pub fn reading_language(&self) -> crate::language::Language {
        crate::language::Language::of(self.language)
    }

    /// The as-of day by the calendar's clock.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.now.with_timezone(&self.timezone.unwrap_or_else(Zone::utc)).date_naive()
    }
}

/// Where a record comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'o> {
    /// The file, from the root, with forward slashes.
    pub file: &'o str,
    /// Whether the file holds many events, so that its name is not an id.
    pub many: bool,
    /// Where a missing field is reported.
    pub table: Span,
}

/// A judged record: its event, where it has no error, and the places that rules over all events point at.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// The event.
    pub event: Option<Box<Event>>,
    /// What the record withholds, where it has a mistake and no event.
    pub withheld: Vec<Online>,
    /// Its id, where it has a valid one; also of a record with errors.
    pub id: Option<Box<str>>,
    /// Where the id stands, or where it would.
    pub id_span: Span,
    /// Where the start stands, or where it would.
    pub start_span: Span,
    /// Where the UID stands, if it does.
    pub uid_span: Option<Span>,
    /// Where the parent's id stands, if it does.
    pub parent_span: Option<Span>,
    /// The sheet that it is a row of, where it is one; else it stands in the record's own file.
    pub sheet: Option<Arc<Sheet>>,
}

/// A CSV file of local events.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Sheet {
    /// From the root, with forward slashes.
    pub name: String,
    /// Where the system finds it.
    pub path: PathBuf,
}

/// What the changed occurrences and later parts of a record withhold.
fn withheld_of_parts(record: &Record<'_>, base: Option<&Online>) -> Vec<Online> {
    let changes = record.changes.iter().flat_map(|field| &field.value).map(|table| &table.value.online);
    let parts = record.from.iter().flat_map(|field| &field.value).map(|table| &table.value.online);
    let slots = changes.chain(parts).filter_map(Option::as_ref);
    // Their own mistakes are reported where the parts are judged.
    let onlines = slots.filter_map(|field| place::online(field, base, &mut Vec::new()));
    onlines.filter(|online| online.withheld.is_some()).collect()
}

/// Judges one record.
pub fn event(record: &Record<'_>, origin: &Origin<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) -> Judged {
    let before = findings.len();
    let Record {
        id,
        uid,
        title,
        kind,
        start,
        end,
        duration,
        timezone,
        repeat: _,
        rrule: _,
        until: _,
        count: _,
        except: _,
        also: _,
        from: _,
        changes: _,
        local: _,
        locals: _,
        announced,
        status,
        moved_from,
        reason,
        description,
        url,
        location,
        online,
        organizers,
        contact,
        tags,
        language,
        translations,
        image,
        sources,
        part_of,
        review_by,
        note,
        unread,
    } = record;

    let id_span = id.as_ref().map_or(origin.table, |field| field.span);
    let id = if id.is_none() && unread.contains(&"id".into()) { None } else { naming::id(id, origin, findings) };
    let uid = uid.as_ref().map(|field| text::line(field, text::LINE, findings));
    let title = match title {
        Some(field) => text::line(field, text::TITLE, findings),
        None if unread.contains(&"title".into()) => None,
        None => missing("title", "title = \"…\"", origin, findings),
    };
    let kind_id =
        if kind.is_none() && unread.contains(&"kind".into()) { None } else { kind_of(kind, origin, context, findings) };
    let status = status_of(status, findings);
    let location = location.as_ref().and_then(|field| place::location(field, findings));
    let country = location.as_ref().and_then(|location| location.country);
    let online = online.as_ref().and_then(|field| place::online(field, None, findings));

    let choice = match timezone {
        None if unread.contains(&"timezone".into()) => point::Choice::Wrong,
        _ => home::choice(timezone, location.as_ref(), online.as_ref(), start, context, findings),
    };
    let assumed_length = kind_id.map(|id| context.kinds.get(id).duration);
    let ends = match (end, duration) {
        (None, None) => Ends::Assumed,
        (Some(_), None) if open::is_asked(end) => Ends::Open,
        _ => Ends::Stated,
    };
    let mut moment = None;
    let timed = match start {
        None if unread.contains(&"start".into()) => None,
        None => {
            let example = format!("start = {}T18:00", context.now.date_naive());
            missing("start", &example, origin, findings)
        }
        Some(start) => point::resolve(start, "start", &choice, country, context, findings).and_then(|point| {
            moment = Some(point);
            match end {
                Some(end) if ends == Ends::Open => open::when(&point, start.span, end.span, status, context, findings)
                    .map(|when| (when, Length::default())),
                _ => length::when(start, &point, end, duration, assumed_length, &choice, context, findings),
            }
        }),
    };
    let when = timed.map(|(when, _)| when);
    let moved_from = moved_from.as_ref().and_then(|field| {
        let choice = moment.map_or(choice, |start| choice.after_start(&start));
        let point = point::resolve(field, "moved-from", &choice, country, context, findings)?;
        // Of what has no end yet, the earlier day has none either.
        let (mut when, mut length) = timed?;
        if ends == Ends::Open {
            when = when.to_end_of(when.first_day());
            length = Length::exact(when.elapsed());
        }
        length::same_length(&point, (when, length)).map(|(when, _)| when)
    });
    if when.is_some_and(|when| when.last_day() < context.now.date_naive()) {
        place::registration_is_over(findings, before);
    }
    if let (Some(when), Some(field)) = (&when, announced) {
        announced::check(&field.value, when, ends, country, context, findings);
    }
    if let (Some(when), Some(start), Some(_)) = (&when, start, place::span(record)) {
        findings.extend(home::note(when, timezone, start, place::span(record), context));
    }
    if let (Some(when), None, Some(country)) = (&when, &online, country) {
        let country_span = place::country_span(record);
        naming::zone_of_country(when, timezone, start, (country, country_span), context, findings);
    }
    let reason = reason.as_ref().and_then(|field| text::line(field, text::LINE, findings));
    let description = description.as_ref().and_then(|field| text::prose(field, findings));
    let url = url.as_ref().and_then(|field| text::url(field, findings));
    let organizers = place::organizers(organizers, findings);
    let contact = contact.as_ref().and_then(|field| text::line_of_parts(field, text::LINE, findings));
    let tags = text::tags(tags, findings);
    let language = language.as_ref().and_then(|field| text::language(field, findings));
    let translations = translation::translations(
        translations,
        [&record.title, &record.reason, &record.description],
        language.as_deref(),
        context,
        findings,
    );
    let image = image.as_ref().and_then(|field| place::image(field, findings));
    let sources = text::sources(sources, findings);
    let parent_span = part_of.as_ref().map(|field| field.span);
    let part_of = part_of.as_ref().and_then(|field| text::line(field, text::LINE, findings));
    let review_field = review_by.as_ref();
    let review_by = review_field.and_then(|field| {
        let choice = moment.map_or(choice, |start| choice.after_start(&start));
        review::day(field, &choice, context, findings)
    });
    let note = note.as_ref().and_then(|field| text::prose(field, findings));

    if let Some(when) = &when {
        let built_in = kind_id.map(|id| &*context.kinds.get(id).name);
        // A span of time that nobody wrote is not too long.
        let end_span = end.as_ref().map(|field| field.span).filter(|_| ends != Ends::Open);
        let end_span = end_span.or(duration.as_ref().map(|field| field.span));
        naming::plausible(when, built_in, end_span, findings);
        if !origin.many {
            naming::file_name(when, moved_from.as_ref(), origin, (start, record.id.is_some()), findings);
        }
    }

    let sound = unread.is_empty() && findings[before..].iter().all(|finding| finding.severity != Severity::Error);
    let uid_span = record.uid.as_ref().map(|field| field.span);
    let kept = online.as_ref().filter(|online| online.withheld.is_some()).cloned();
    let mut event = match (sound, &id, title, kind_id, timed) {
        (true, Some(id), Some(title), Some(kind), Some((when, length))) => Some(Event {
            id: id.clone(),
            uid: uid.flatten().unwrap_or_else(|| format!("{id}@{}", context.domain).into()),
            title,
            kind,
            when,
            length,
            repeat: None,
            ends,
            status,
            moved_from,
            reason,
            description,
            url,
            location: location.map(Box::new),
            online: online.map(Box::new),
            organizers,
            contact,
            tags,
            language,
            translations,
            image: image.map(Box::new),
            sources,
            part_of,
            review_by,
            note,
        }),
        _ => None,
    };
    if ends == Ends::Open && repeat::is_asked(record) {
        open::with_repeat(record, findings);
        event = None;
    } else if repeat::is_asked(record) {
        let resolved = if let Some(base) = &event {
            repeat::repeat(record, base, &moment.map_or(choice, |start| choice.after_start(&start)), context, findings)
        } else {
            // What the rule itself has wrong is said even where other fields are wrong too.
            repeat::rule(record, findings);
            None
        };
        match (&mut event, resolved) {
            (Some(event), Some((when, repeat))) => {
                event.when = when;
                event.repeat = Some(Box::new(repeat));
            }
            _ => event = None,
        }
    }
    if let (Some(event), Some(start)) = (&event, start) {
        naming::past(event, start.span, context, findings);
    }
    if let (Some(event), Some(field)) = (&mut event, review_field) {
        review::judge(event, field, origin, context, findings);
    }
    if let (Some(event), Some(field)) = (&event, end) {
        open::called_off(event, field, context, findings);
    }
    let start_span = start.as_ref().map_or(origin.table, |field| field.span);
    let event = event.map(Box::new);
    let mut withheld = Vec::new();
    if event.is_none() {
        withheld = withheld_of_parts(record, kept.as_ref());
        withheld.extend(kept);
    }
    Judged { event, withheld, id, id_span, start_span, uid_span, parent_span, sheet: None }
}

/// Reports a required field that is not there.
fn missing<T>(key: &str, example: &str, origin: &Origin<'_>, findings: &mut Vec<Finding>) -> Option<T> {
    findings.push(
        Finding::new(Code::MissingField, origin.table, format!("`{key}` is missing"))
            .label(format!("this event has no `{key}`"))
            .help(format!("add a line `{example}`")),
    );
    None
}

fn kind_of(
    kind: &Slot<Text<'_>>,
    origin: &Origin<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<KindId> {
    let Some(field) = kind else {
        return context.default_kind.or_else(|| missing("kind", "kind = \"protest\"", origin, findings));
    };
    let name = text::line(field, text::LINE, findings)?;
    let found = context.kinds.find(&name);
    if found.is_none() {
        findings.push(unknown_kind(&name, field.span, context.kinds));
    }
    found
}

/// A kind that no calendar knows, with the one that may be meant.
pub fn unknown_kind(name: &str, span: Span, kinds: &Kinds) -> Finding {
    let shown = crate::diagnostic::shorten(name);
    let finding = Finding::new(Code::UnknownKind, span, format!("unknown kind `{shown}`"));
    let lower = name.to_lowercase().replace([' ', '_'], "-");
    let names = || kinds.iter().map(|(_, kind)| &*kind.name);
    let meant = names()
        .find(|name| *name == lower)
        .or_else(|| kinds.meant(name).map(|id| &*kinds.get(id).name))
        .or_else(|| crate::record::suggest::nearest(&lower, names()));
    let all = names().collect::<Vec<_>>().join(", ");
    match meant {
        Some(kind) => finding
            .label("no such kind")
            .help(format!("did you mean `{kind}`?"))
            .help(format!("the kinds are {all}; declare more in calendar.toml under `[kinds.<name>]`"))
            .fix_if(crate::record::suggest::is_slip(&lower, kind), span, format!("\"{kind}\"")),
        None => finding
            .label("no such kind")
            .help(format!("the kinds are {all}; declare more in calendar.toml under `[kinds.<name>]`")),
    }
}

fn status_of(status: &Slot<Text<'_>>, findings: &mut Vec<Finding>) -> Status {
    let Some(field) = status else { return Status::default() };
    let Some(name) = text::line(field, text::LINE, findings) else { return Status::default() };
    Status::from_name(&name).unwrap_or_else(|| {
        findings.push(unknown_status(field, &name));
        Status::default()
    })
}

fn unknown_status(field: &Field<Text<'_>>, name: &str) -> Finding {
    let lower = name.to_lowercase();
    let meant = match &*lower {
        "canceled" | "called off" | "called-off" | "off" => Some("cancelled"),
        "on" | "yes" | "ok" => Some("confirmed"),
        "maybe" | "planned" | "provisional" => Some("tentative"),
        "delayed" | "suspended" => Some("postponed"),
        _ => crate::record::suggest::nearest(&lower, Status::ALL.map(Status::name)),
    };
    let shown = crate::diagnostic::shorten(name);
    let finding = Finding::new(Code::UnknownStatus, field.span, format!("unknown status `{shown}`"))
        .label("expected tentative, confirmed, cancelled or postponed");
    match meant {
        Some(status) => {
            let is_certain = lower == "canceled" || crate::record::suggest::is_slip(&lower, status);
            finding.help(format!("did you mean `{status}`?")).fix_if(is_certain, field.span, format!("\"{status}\""))
        }
        None => finding,
    }
}

/// The zone in which a `when` was resolved, if it has one.
fn zone_of(when: &When) -> Option<Zone> {
    match when {
        When::Zoned { zone, .. } => Some(*zone),
        When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => None,
    }
}
