//! Local events of an action day. Each is an event of its own, named `<day>/<city>`, and is as the day in every respect
//! that it does not speak of.
//!
//! What surprises: an hour is never carried from one clock to another. A local event without a start is on the day's
//! dates; only a day that goes by every place's own clock (`timezone = "local"`) hands its hour on.

mod place;
mod series;
mod times;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::point::{self, Choice};
use super::{Context, Judged, Origin, announced, kind_of, naming, open, repeat, status_of, text, translation};
use crate::diagnostic::{Code, Finding, Severity, shorten};
use crate::event::{Country, Ends, Event, KindId, OwnTexts, When};
use crate::record::{Field, LocalTable, Record};
use crate::source::Span;

type Findings = Vec<Finding>;

/// What local events take from the event that holds them.
#[derive(Debug)]
pub struct Parent<'p> {
    /// Its id, where it has a valid one.
    id: Option<&'p str>,
    /// Itself, where its record has no error.
    event: Option<&'p Event>,
    /// When it is, also where its record has errors.
    when: Option<When>,
    kind: Option<KindId>,
    country: Option<Country>,
    /// What its own `timezone` says.
    choice: Choice,
}

impl<'p> Parent<'p> {
    /// The event of a record that was judged.
    pub fn new(record: &Record<'_>, judged: &'p Judged, context: &Context<'_>) -> Self {
        // Whatever is wrong with these was said when the record was judged.
        let mut said = Vec::new();
        let event = judged.event.as_deref();
        let choice = point::timezone(&record.timezone, context, &mut said);
        let kind = match (event, &record.kind) {
            (Some(event), _) => Some(event.kind),
            (None, None) => context.default_kind,
            (None, Some(field)) => context.kinds.find(field.value.trim()),
        };
        let when = event.map(|event| event.when).or_else(|| times::of_record(record, kind, &choice, context));
        let location = event.and_then(|event| event.location.as_deref());
        Parent {
            id: judged.id.as_deref(),
            event,
            when,
            kind,
            country: location.and_then(|location| location.country),
            choice,
        }
    }

    /// Its first and last day.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.when.map(|when| (when.first_day(), when.last_day()))
    }

    /// The day that a bare hour is on.
    fn day(&self) -> Option<NaiveDate> {
        self.when.map(|when| when.first_day())
    }
}

/// Judges local events that stand in one file. `taken` has the names that earlier ones of the same day have; `line`
/// cuts a span down to its first line.
pub fn locals<'t>(
    tables: &'t [Field<LocalTable<'t>>],
    parent: &Parent<'_>,
    context: &Context<'_>,
    taken: &mut Taken,
    line: impl Fn(Span) -> Span,
    findings: &mut Findings,
) -> Vec<Judged> {
    tables.iter().map(|table| local(&table.value, line(table.span), parent, context, taken, findings)).collect()
}

/// Names of the local events of one day, with their places; those in another file have none.
#[derive(Debug, Default)]
pub struct Taken(HashMap<Box<str>, Option<Span>>);

impl Taken {
    /// Turns to the next file: places in the last one mean nothing there.
    pub fn in_another_file(&mut self) {
        self.0.values_mut().for_each(|span| *span = None);
    }
}

fn local(
    own: &LocalTable<'_>,
    place: Span,
    parent: &Parent<'_>,
    context: &Context<'_>,
    taken: &mut Taken,
    findings: &mut Findings,
) -> Judged {
    let before = findings.len();
    let origin = Origin { file: "", many: true, table: place };
    let (location, country) = place::location(own, parent, findings);
    let city = place::city(own);
    let (name, id_span) = name(own, city, &origin, taken, findings);
    let LocalTable {
        id: _,
        uid,
        city: _,
        region: _,
        country: _,
        address: _,
        lat: _,
        lon: _,
        location: _,
        start,
        end,
        duration,
        timezone,
        title,
        kind,
        status,
        repeat: _,
        rrule: _,
        until: _,
        count: _,
        except: _,
        also: _,
        announced,
        moved_from: _,
        reason,
        description,
        url,
        online,
        organizers,
        contact,
        tags,
        language,
        translations,
        image,
        sources,
        note,
        unread,
    } = own;
    let uid_text = uid.as_ref().and_then(|field| text::line(field, text::LINE, findings));
    let title = title.as_ref().and_then(|field| text::line(field, text::TITLE, findings));
    let kind = match kind {
        Some(_) => kind_of(kind, &origin, context, findings),
        None => parent.kind,
    };
    let own_status = status.as_ref().map(|_| status_of(status, findings));
    let reason = reason.as_ref().and_then(|field| text::line(field, text::LINE, findings));
    let description = description.as_ref().and_then(|field| text::prose(field, findings));
    let url = url.as_ref().and_then(|field| text::url(field, findings));
    let base = parent.event.and_then(|event| event.online.as_deref());
    let online = online.as_ref().and_then(|field| super::place::online(field, base, findings));
    let kept = online.as_ref().filter(|online| online.withheld.is_some()).cloned();
    let own_organizers = super::place::organizers(organizers, findings);
    let contact = contact.as_ref().and_then(|field| text::line_of_parts(field, text::LINE, findings));
    let own_tags = text::tags(tags, findings);
    let language = language.as_ref().and_then(|field| text::language(field, findings));
    let own_language = language.as_deref().or(parent.event.and_then(|event| event.language.as_deref()));
    let translations = translation::translations(
        translations,
        [&own.title, &own.reason, &own.description],
        own_language,
        context,
        findings,
    );
    let image = image.as_ref().and_then(|field| super::place::image(field, findings));
    let own_sources = text::sources(sources, findings);
    let note = note.as_ref().and_then(|field| text::prose(field, findings));

    let status_now = own_status.or(parent.event.map(|event| event.status)).unwrap_or_default();
    let has_country = place::country_span(own).is_some();
    let asked = times::Asked {
        own,
        place: origin.table,
        parent,
        kind,
        status: status_now,
        city,
        country,
        has_country,
        context,
    };
    let times =
        if unread.iter().any(|key| matches!(&**key, "start" | "timezone")) { None } else { asked.times(findings) };
    let when = times.as_ref().map(|times| times.when);
    if let (Some(when), Some(field)) = (&when, announced) {
        let ends = times.as_ref().map_or(Ends::Assumed, |times| times.ends);
        announced::check(&field.value, when, ends, country, context, findings);
    }
    let names_a_zone = start.as_ref().is_some_and(|start| naming::names_a_zone(&start.value, context));
    if let (Some(when), Some(country), true) = (&when, country, timezone.is_some() || names_a_zone) {
        naming::zone_of_country(when, timezone, start, (country, place::country_span(own)), context, findings);
    }
    if let Some(when) = &when {
        let built_in = kind.map(|id| &*context.kinds.get(id).name);
        let end_span = end.as_ref().map(|field| field.span).filter(|_| !open::is_asked(end));
        let end_span = end_span.or(duration.as_ref().map(|field| field.span));
        naming::plausible(when, built_in, end_span, findings);
    }

    let id: Option<Box<str>> = parent.id.zip(name).map(|(parent, name)| format!("{parent}/{name}").into());
    let sound = unread.is_empty() && findings[before..].iter().all(|finding| finding.severity != Severity::Error);
    let mut event = None;
    if let (true, Some(day), Some(id), Some(kind), Some(times)) = (sound, parent.event, &id, kind, &times) {
        let mut one = day.clone();
        one.id.clone_from(id);
        one.uid = uid_text.unwrap_or_else(|| format!("{id}@{}", context.domain).into());
        one.kind = kind;
        one.when = times.when;
        one.length = times.length;
        one.ends = times.ends;
        one.moved_from = times.moved_from;
        one.location = location.map(Box::new);
        one.part_of = parent.id.map(Into::into);
        one.repeat = None;
        // Inherited texts keep their language, and a language alone says which one is spoken there.
        let own_texts = OwnTexts { title, reason, description };
        let has_own_text = own_texts != OwnTexts::default();
        let before = one.language.as_deref().unwrap_or(context.language).to_owned();
        match language {
            Some(language) if has_own_text && !language.eq_ignore_ascii_case(&before) => {
                one.localize(own_texts, &language, &before);
            }
            _ => {
                let OwnTexts { title, reason, description } = own_texts;
                if let Some(title) = title {
                    one.retitle(title);
                }
                if reason.is_some() {
                    one.explain(reason);
                }
                if description.is_some() {
                    one.describe(description);
                }
            }
        }
        take(&mut one.status, own_status);
        one.translate(translations);
        one.url = url.or(one.url);
        one.online = online.map(Box::new).or(one.online);
        take(&mut one.organizers, organizers.as_ref().map(|_| own_organizers));
        one.contact = contact.or(one.contact);
        take(&mut one.tags, tags.as_ref().map(|_| own_tags));
        one.image = image.map(Box::new).or(one.image);
        take(&mut one.sources, sources.as_ref().map(|_| own_sources));
        one.note = note.or(one.note);
        event = Some(one);
    }
    let record = series::record(own);
    let is_open = times.as_ref().is_some_and(|times| times.ends == Ends::Open);
    if is_open && repeat::is_asked(&record) {
        open::with_repeat(&Record { end: end.clone(), ..record }, findings);
        event = None;
    } else if repeat::is_asked(&record) {
        let choice = times.map_or(Choice::Wrong, |times| times.choice);
        let resolved = if let Some(base) = &event {
            repeat::repeat(&record, base, &choice, context, findings)
        } else {
            repeat::rule(&record, findings);
            None
        };
        match (&mut event, resolved) {
            (Some(event), Some((when, repeat))) => {
                event.when = when;
                event.repeat = Some(Box::new(repeat));
            }
            _ => event = None,
        }
    } else if let (Some(one), Some(day)) = (&mut event, parent.event)
        && !series::inherit(one, day, own, findings)
    {
        event = None;
    }
    if let (Some(event), Some(start), Some(_)) = (&event, start, own_status) {
        naming::past(event, start.span, context, findings);
    }
    Judged {
        withheld: kept.filter(|_| event.is_none()).into_iter().collect(),
        event: event.map(Box::new),
        id,
        id_span,
        start_span: start.as_ref().map_or(origin.table, |field| field.span),
        uid_span: uid.as_ref().map(|field| field.span),
        parent_span: Some(origin.table),
        sheet: None,
    }
}

fn take<T>(slot: &mut T, own: Option<T>) {
    if let Some(own) = own {
        *slot = own;
    }
}

/// The part of the id behind that of the day: the local's own id, or its city.
fn name(
    own: &LocalTable<'_>,
    city: Option<&Field<crate::record::Text<'_>>>,
    origin: &Origin<'_>,
    taken: &mut Taken,
    findings: &mut Findings,
) -> (Option<Box<str>>, Span) {
    let wrong = |key: &str| own.unread.iter().any(|unread| unread == key);
    let (name, span, help) = match (&own.id, city) {
        (Some(field), _) => {
            let help = "give one of the two another `id`".to_owned();
            (naming::id(&own.id, origin, findings), field.span, help)
        }
        (None, _) if wrong("id") || (city.is_none() && (wrong("city") || wrong("location"))) => {
            (None, origin.table, String::new())
        }
        (None, None) => {
            findings.push(
                Finding::new(Code::MissingField, origin.table, "a local event without a `city`")
                    .label("nothing says where it is")
                    .help("give its `city`, or an `id`"),
            );
            (None, origin.table, String::new())
        }
        (None, Some(field)) => {
            let mut slug = naming::slug(&field.value);
            // A city in another script has the id that its letters make.
            if slug.is_empty() {
                slug = naming::slug(&deunicode::deunicode(&field.value));
            }
            if slug.is_empty() && !field.value.trim().is_empty() {
                let shown = shorten(field.value.trim());
                findings.push(
                    Finding::new(Code::MissingField, field.span, format!("no id can be made of `{shown}`"))
                        .label("an id has a to z, 0 to 9 and hyphens")
                        .help("give the local event an `id`, such as `id = \"athens\"`"),
                );
            }
            let help = format!("give one of the two an `id` of its own, such as `{slug}-2`");
            ((!slug.is_empty()).then(|| slug.into()), field.span, help)
        }
    };
    let Some(name) = name else { return (None, span) };
    let Some(other) = taken.0.get(&name) else {
        taken.0.insert(name.clone(), Some(span));
        return (Some(name), span);
    };
    let by_city = own.id.is_none();
    let message = match city {
        Some(city) if by_city => format!("another local event of this day is in {}", shorten(city.value.trim())),
        _ => format!("another local event of this day has the id `{name}`"),
    };
    let mut finding = Finding::new(Code::DuplicateId, span, message).label("expected an id of its own").help(help);
    if let Some(other) = other {
        finding = finding.also(*other, "the other one");
    }
    findings.push(finding);
    (None, span)
}
