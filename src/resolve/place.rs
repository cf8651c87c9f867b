//! Where an event is, how one joins it, who calls for it, its picture.

use super::text::{self, LINE};
use crate::diagnostic::{Code, Finding, Severity, shorten};
use crate::event::{Accessibility, Country, Image, Location, Online, Organizer, Position, Share};
use crate::language::countries;
use crate::record::suggest::is_slip;
use crate::record::{Field, ImageTable, LocationTable, OnlineTable, OrganizerTable, Record, Slot, Text, TextOr};
use crate::source::Span;
use crate::zone::country;

type Findings = Vec<Finding>;

fn optional(slot: &Slot<Text<'_>>, findings: &mut Findings) -> Option<Box<str>> {
    slot.as_ref().and_then(|field| text::line_of_parts(field, LINE, findings))
}

/// The short form of a field as a field of its own.
fn short<'t>(text: &Text<'t>, span: Span) -> Field<Text<'t>> {
    Field { key: span, span, value: text.clone() }
}

/// `location`.
pub fn location(field: &Field<TextOr<'_, LocationTable<'_>>>, findings: &mut Findings) -> Option<Location> {
    let table = match &field.value {
        TextOr::Text(name) => {
            let name = text::line_of_parts(&short(name, field.span), LINE, findings);
            return name.map(|name| Location { name: Some(name), ..Location::default() });
        }
        TextOr::Table(table) => table,
    };
    let LocationTable { name, address, city, region, country, lat, lon, accessibility, notes, unread } = &**table;
    let location = Location {
        name: optional(name, findings),
        address: optional(address, findings),
        city: optional(city, findings),
        region: optional(region, findings),
        country: country.as_ref().and_then(|field| country_of(field, findings)),
        // Where one of the two cannot be read, the other says nothing.
        position: if unread.iter().any(|key| key == "lat" || key == "lon") {
            None
        } else {
            position(lat, lon, findings)
        },
        accessibility: accessible(accessibility, findings),
        notes: notes.as_ref().and_then(|field| text::prose(field, findings)),
    };
    let said = [name, address, city, region, country, notes].iter().any(|slot| slot.is_some());
    if !said && lat.is_none() && lon.is_none() && accessibility.is_none() && unread.is_empty() {
        findings.push(empty_table(field.span));
        return None;
    }
    Some(location)
}

fn empty_table(span: Span) -> Finding {
    Finding::new(Code::EmptyValue, span, "the table is empty")
        .label("expected a line below it")
        .help("fill it in, or delete it")
}

/// Where the country of a record stands.
pub fn country_span(record: &Record<'_>) -> Option<Span> {
    match &record.location.as_ref()?.value {
        TextOr::Table(table) => table.country.as_ref().map(|field| field.span),
        TextOr::Text(_) => None,
    }
}

/// What says where the event is: the country, else the city.
pub fn span(record: &Record<'_>) -> Option<Span> {
    match &record.location.as_ref()?.value {
        TextOr::Table(table) => {
            let city = || table.city.as_ref().map(|field| field.span);
            table.country.as_ref().map(|field| field.span).or_else(city)
        }
        TextOr::Text(_) => None,
    }
}

fn country_of(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<Country> {
    let code = text::line(field, LINE, findings)?;
    if let Some(country) = Country::from_code(&code) {
        return Some(country);
    }
    let finding = Finding::new(Code::InvalidCountry, field.span, format!("`{}` is not a country code", shorten(&code)))
        .label("expected two capital letters of ISO 3166-1, such as GR");
    let named = countries::named(&code);
    if named.len() > 1 {
        findings.push(finding.help(format!("several countries are called so: write {}", countries::listed(&named))));
        return None;
    }
    findings.push(match countries::suggest(&code) {
        Some(meant) => {
            let name = country::name(meant).unwrap_or_default();
            let is_certain = named == [meant];
            finding.help(format!("{name} is `{meant}`")).fix_if(is_certain, field.span, format!("\"{meant}\""))
        }
        None => finding,
    });
    None
}

fn position(lat: &Slot<f64>, lon: &Slot<f64>, findings: &mut Findings) -> Option<Position> {
    let mut sound = true;
    for (slot, name, bound) in [(lat, "latitude", 90.0), (lon, "longitude", 180.0)] {
        if let Some(field) = slot
            && !(-bound..=bound).contains(&field.value)
        {
            sound = false;
            findings.push(
                Finding::new(Code::InvalidCoordinates, field.span, format!("there is no {name} {}", field.value))
                    .label(format!("expected degrees from -{bound} to {bound}"))
                    .help("write degrees with a point, such as `lat = 37.98` and `lon = 23.73`"),
            );
        }
    }
    match (lat, lon) {
        (Some(lat), Some(lon)) if sound => {
            if lat.value == 0.0 && lon.value == 0.0 {
                findings.push(
                    Finding::new(Code::InvalidCoordinates, lat.span, "0, 0 lies in the sea, in the Gulf of Guinea")
                        .also(lon.span, "and this")
                        .help("fill in both, or delete both"),
                );
                return None;
            }
            Some(Position { lat: lat.value, lon: lon.value })
        }
        (Some(one), None) | (None, Some(one)) => {
            let other = if lat.is_some() { "lon" } else { "lat" };
            findings.push(
                Finding::new(Code::InvalidCoordinates, one.span, "one coordinate alone is not a place")
                    .label(format!("`{other}` is missing"))
                    .help(format!("add `{other}`, or delete this one")),
            );
            None
        }
        _ => None,
    }
}

fn accessible(slot: &Slot<Vec<Field<Text<'_>>>>, findings: &mut Findings) -> Box<[Accessibility]> {
    let mut found = Vec::new();
    for field in slot.iter().flat_map(|field| &field.value) {
        let Some(word) = text::line(field, LINE, findings) else { continue };
        if let Some(one) = Accessibility::from_name(&word) {
            found.push(one);
            continue;
        }
        let names = Accessibility::ALL.map(Accessibility::name);
        let finding = Finding::new(Code::UnknownValue, field.span, format!("`{}` is not known here", shorten(&word)))
            .label(format!("expected {}", names.join(", ")));
        let lower = word.to_lowercase().replace([' ', '_'], "-");
        let meant = match &*lower {
            "wheelchair" | "wheelchair-accessible" | "accessible" | "no-steps" => Some("step-free"),
            "bsl" | "asl" | "sign" | "sign-language-interpretation" => Some("sign-language"),
            "subtitles" | "live-captions" => Some("captions"),
            "creche" | "crèche" | "child-care" => Some("childcare"),
            _ => crate::record::suggest::nearest(&lower, names),
        };
        findings.push(match meant {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")).fix_if(
                is_slip(&lower, meant),
                field.span,
                format!("\"{meant}\""),
            ),
            None => finding,
        });
    }
    found.sort_unstable();
    found.dedup();
    found.into()
}

/// `online`: what the public may see of it, and behind that the rest. What says nothing of `share` has that of `base`,
/// so that another link for one occurrence is for the same people as the first.
pub fn online(
    field: &Field<TextOr<'_, OnlineTable<'_>>>,
    base: Option<&Online>,
    findings: &mut Findings,
) -> Option<Online> {
    let inherited = base.map_or(Share::Public, Online::share);
    let table = match &field.value {
        TextOr::Text(url) => {
            let before = findings.len();
            let name = url;
            let url = text::url(&short(url, field.span), findings);
            // `online = "Zoom"` is what people try.
            if let [wrong] = &mut findings[before..]
                && wrong.code == Code::InvalidUrl
                && wrong.fix.is_none()
                && !name.contains("://")
            {
                let table = format!("{{ platform = {} }}", crate::record::value::toml_text(name.trim()));
                wrong.help = vec![format!("for the name of a platform, write `online = {table}`")];
            }
            let whole = url.map(|url| Online { url: Some(url), ..Online::default() })?;
            return Some(shared(whole, inherited, base, field.span, findings));
        }
        TextOr::Table(table) => table,
    };
    let OnlineTable { url, platform, meeting_id, passcode, phone, registration, share, unread } = &**table;
    // What cannot be read is for as few as can be; the event is not published anyway.
    let share = match share {
        None if unread.iter().any(|key| key == "share") => Share::Members,
        None => inherited,
        Some(field) => Share::from_name(field.value.trim()).unwrap_or_else(|| {
            findings.push(unknown_share(field));
            Share::Members
        }),
    };
    let said = [url, platform, meeting_id, passcode, phone, registration].iter().any(|slot| slot.is_some());
    // The link may go by mail: that only members get it is worth a line.
    if !said && unread.is_empty() && share != Share::Members {
        findings.push(empty_table(field.span));
        return None;
    }
    let whole = Online {
        url: url.as_ref().and_then(|field| text::url(field, findings)),
        platform: optional(platform, findings),
        meeting_id: optional(meeting_id, findings),
        passcode: optional(passcode, findings),
        phone: optional(phone, findings),
        registration: registration.as_ref().and_then(|field| text::url(field, findings)),
        withheld: None,
    };
    if share != Share::Public {
        not_searched(&whole, table, field.span, findings);
    }
    let is_registered_elsewhere = unread.iter().any(|key| key == "registration") || registration.is_some();
    if is_registered_elsewhere {
        return Some(Online::shared(whole, share));
    }
    Some(shared(whole, share, base, field.span, findings))
}

/// Notes what the proof of a build cannot search for.
fn not_searched(whole: &Online, table: &OnlineTable<'_>, span: Span, findings: &mut Findings) {
    for (name, why) in crate::privacy::unsearched(whole, "") {
        let value = match name {
            "url" => table.url.as_ref().map(|field| field.span),
            "meeting-id" => table.meeting_id.as_ref().map(|field| field.span),
            "passcode" => table.passcode.as_ref().map(|field| field.span),
            _ => table.phone.as_ref().map(|field| field.span),
        };
        let message = format!("the {} {why}: redletter cannot search for it in public text", name.replace('-', " "));
        findings.push(
            Finding::new(Code::WithheldNotSearched, value.unwrap_or(span), message)
                .label("check yourself that no public text repeats it"),
        );
    }
}

/// What the public may see of `whole`. Where one has to register, there should be a page for it: its own, or that of
/// `base`.
fn shared(mut whole: Online, share: Share, base: Option<&Online>, span: Span, findings: &mut Findings) -> Online {
    if share == Share::Registered && whole.registration.is_none() {
        let registration = base.filter(|base| base.share() == share).and_then(|base| base.registration.clone());
        if registration.is_none() {
            let mut finding = Finding::new(Code::MissingField, span, "`registration` is missing")
                .label("only who registers may join, and there is no page to register")
                .help("add a line such as `registration = \"https://example.org/register\"`")
                .help("if the link goes to members only, write `share = \"members\"`");
            // The link may go from hand to hand.
            finding.severity = Severity::Warning;
            findings.push(finding);
        }
        whole.registration = registration;
    }
    Online::shared(whole, share)
}

/// Takes back from the findings since `before` that a page to register is missing: of what is over, none is asked for.
pub fn registration_is_over(findings: &mut Findings, before: usize) {
    let mut index = 0;
    findings.retain(|finding| {
        index += 1;
        index <= before || finding.code != Code::MissingField || finding.severity != Severity::Warning
    });
}

fn unknown_share(field: &Field<Text<'_>>) -> Finding {
    let lower = field.value.trim().to_lowercase();
    let finding =
        Finding::new(Code::UnknownValue, field.span, format!("`{}` is not known here", shorten(&field.value)))
            .label("expected public, registered or members");
    let meant = match &*lower {
        "all" | "everybody" | "everyone" | "open" | "yes" => Some(Share::Public),
        "register" | "registration" | "participants" | "attendees" => Some(Share::Registered),
        "member" | "private" | "internal" | "no" | "none" | "secret" | "hidden" => Some(Share::Members),
        _ => crate::record::suggest::nearest(&lower, Share::ALL.map(Share::name)).and_then(Share::from_name),
    };
    match meant {
        Some(meant) => finding
            .help(format!("did you mean `{}`?", meant.name()))
            // Nothing becomes public by a guess.
            .fix_if(
                meant != Share::Public && is_slip(&lower, meant.name()),
                field.span,
                format!("\"{}\"", meant.name()),
            ),
        None => finding.help("until it is corrected, nothing of `online` is published"),
    }
}

/// `organizers`.
pub fn organizers(
    slot: &Slot<Vec<Field<TextOr<'_, OrganizerTable<'_>>>>>,
    findings: &mut Findings,
) -> Box<[Organizer]> {
    let mut organizers = Vec::new();
    for field in slot.iter().flat_map(|field| &field.value) {
        organizers.extend(match &field.value {
            TextOr::Text(name) => text::line_of_parts(&short(name, field.span), LINE, findings).map(|name| Organizer {
                name,
                url: None,
                email: None,
            }),
            TextOr::Table(table) => {
                let OrganizerTable { name, url, email, unread } = &**table;
                let url = url.as_ref().and_then(|field| text::url(field, findings));
                let email = email.as_ref().and_then(|field| text::email(field, findings));
                if name.is_none() && unread.is_empty() {
                    findings.push(required(field.span, "name", "name = \"Tenants' union\""));
                }
                optional(name, findings).map(|name| Organizer { name, url, email })
            }
        });
    }
    organizers.into()
}

/// `image`.
pub fn image(field: &Field<TextOr<'_, ImageTable<'_>>>, findings: &mut Findings) -> Option<Image> {
    match &field.value {
        TextOr::Text(url) => picture(&short(url, field.span), findings).map(|url| Image { url, alt: None }),
        TextOr::Table(table) => {
            let ImageTable { url, alt, unread } = &**table;
            let alt = optional(alt, findings);
            if url.is_none() && unread.is_empty() {
                findings.push(required(field.span, "url", "url = \"https://example.org/poster.png\""));
            }
            url.as_ref().and_then(|field| picture(field, findings)).map(|url| Image { url, alt })
        }
    }
}

/// The address of a picture. Without `https://` it may as well be a path, so that nothing is put before it.
fn picture(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<Box<str>> {
    let before = findings.len();
    let url = text::url(field, findings);
    for wrong in &mut findings[before..] {
        if wrong.code == Code::InvalidUrl {
            wrong.fix = None;
        }
    }
    url
}

fn required(span: Span, key: &str, example: &str) -> Finding {
    Finding::new(Code::MissingField, span, format!("`{key}` is missing"))
        .label(format!("this table has no `{key}`"))
        .help(format!("add `{example}`"))
}
