//! Where a local event is. Whatever it says of a place makes a place of its own; only the country is then the day's.

use super::{Findings, Parent};
use crate::diagnostic::{Code, Finding};
use crate::event::{Country, Location};
use crate::record::{Field, LocalTable, LocationTable, Slot, Text, TextOr};
use crate::source::Span;

/// Its place, and the country of it.
pub(super) fn location(
    own: &LocalTable<'_>,
    parent: &Parent<'_>,
    findings: &mut Findings,
) -> (Option<Location>, Option<Country>) {
    let Some(field) = merged(own, findings) else {
        let location = parent.event.and_then(|event| event.location.as_deref()).cloned();
        return (location, parent.country);
    };
    let mut location = super::super::place::location(&field, findings);
    if let Some(location) = &mut location
        && location.country.is_none()
    {
        location.country = parent.country;
    }
    let country = location.as_ref().and_then(|location| location.country);
    (location, country)
}

/// `city`, wherever it stands.
pub(super) fn city<'l, 'a>(own: &'l LocalTable<'a>) -> Option<&'l Field<Text<'a>>> {
    own.city.as_ref().or_else(|| table(own)?.city.as_ref())
}

/// Where the country stands.
pub(super) fn country_span(own: &LocalTable<'_>) -> Option<Span> {
    own.country.as_ref().or_else(|| table(own)?.country.as_ref()).map(|field| field.span)
}

fn table<'l, 'a>(own: &'l LocalTable<'a>) -> Option<&'l LocationTable<'a>> {
    match &own.location.as_ref()?.value {
        TextOr::Table(table) => Some(table),
        TextOr::Text(_) => None,
    }
}

/// What stands at the top of a local event and what stands in its `location`, as one table.
fn merged<'a>(own: &LocalTable<'a>, findings: &mut Findings) -> Option<Field<TextOr<'a, LocationTable<'a>>>> {
    let LocalTable { city, region, country, address, lat, lon, location, unread, .. } = own;
    let keys = [
        city.as_ref().map(|field| field.key),
        region.as_ref().map(|field| field.key),
        country.as_ref().map(|field| field.key),
        address.as_ref().map(|field| field.key),
        lat.as_ref().map(|field| field.key),
        lon.as_ref().map(|field| field.key),
    ];
    let first = keys.into_iter().flatten().next().or(location.as_ref().map(|field| field.span))?;
    let mut whole = match location.as_ref().map(|field| (&field.value, field)) {
        Some((TextOr::Table(table), _)) => (**table).clone(),
        Some((TextOr::Text(name), field)) => {
            let name = Field { key: field.key, span: field.span, value: name.clone() };
            LocationTable { name: Some(name), ..LocationTable::default() }
        }
        None => LocationTable::default(),
    };
    one(&mut whole.city, city, findings);
    one(&mut whole.region, region, findings);
    one(&mut whole.country, country, findings);
    one(&mut whole.address, address, findings);
    one(&mut whole.lat, lat, findings);
    one(&mut whole.lon, lon, findings);
    // What cannot be read is not missing either.
    whole.unread.extend(unread.iter().cloned());
    let span = location.as_ref().map_or(first, |field| field.span);
    Some(Field { key: first, span, value: TextOr::Table(Box::new(whole)) })
}

/// Fills a field of the table from the top of the local event, where only one of the two has it.
fn one<T: Clone>(inside: &mut Slot<T>, top: &Slot<T>, findings: &mut Findings) {
    match (&inside, top) {
        (Some(other), Some(field)) => findings.push(
            Finding::new(Code::UnknownField, other.key, "the same field is also above `location`")
                .label("expected it once")
                .also(field.key, "the other one")
                .help("delete one of the two"),
        ),
        (None, Some(field)) => *inside = Some(field.clone()),
        (_, None) => {}
    }
}
