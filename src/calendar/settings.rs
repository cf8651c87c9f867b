//! `calendar.toml`, by the same reader as records, so that its mistakes are shown in the same way and all at once.

mod filter;

use std::path::Path;

use chrono::TimeDelta;
use toml::de::{DeTable, DeValue};

use super::feed::{Cancelled, Feed, Reach, Series};
use super::{Filter, Settings};
use crate::diagnostic::{Code, Diagnostic, Finding, shorten};
use crate::event::{Audience, Kind, Kinds};
use crate::record::fields::{FeedTable, KindTable, SettingsTable};
use crate::record::syntax;
use crate::record::value::{Reading, read_section};
use crate::record::{Field, Slot, Text, TextOr};
use crate::resolve::length;
use crate::resolve::text::{self, LINE};
use crate::source::root::{LARGEST_SETTINGS, Root, Unopened};
use crate::source::{Source, Span};
use crate::zone::Tzdb;

type Findings = Vec<Finding>;

impl Default for Settings {
    fn default() -> Self {
        Settings {
            title: "Calendar".into(),
            description: None,
            url: None,
            domain: "calendar.invalid".into(),
            domain_assumed: true,
            timezone: None,
            language: "en".into(),
            languages: Vec::new(),
            refresh: TimeDelta::hours(6),
            organizer_in_feeds: false,
            default_kind: None,
            kinds: Kinds::default(),
            feeds: Vec::new(),
        }
    }
}

/// Reads the settings of the calendar at `root`. A folder without `calendar.toml` has the default ones.
pub fn load(root: &Root, tzdb: &Tzdb, diagnostics: &mut Vec<Diagnostic>) -> Settings {
    let problem = |code: Code, message: String| Finding::new(code, Span::default(), message);
    let bytes = match root.read(Path::new("calendar.toml"), LARGEST_SETTINGS) {
        Ok(bytes) => bytes,
        Err(Unopened::Missing) => return Settings::default(),
        Err(why) => {
            let source = Source::file("calendar.toml", "");
            let code = if matches!(why, Unopened::TooLarge { .. }) { Code::TooLarge } else { Code::Unreadable };
            let finding = problem(code, format!("calendar.toml cannot be read: {why}"))
                .help("put a plain file of settings in its place");
            diagnostics.push(finding.within(&source));
            return Settings::default();
        }
    };
    let (text, findings) = match String::from_utf8(bytes) {
        Ok(text) => {
            let (settings, findings) = read(&text, tzdb);
            if findings.is_empty() {
                return settings;
            }
            let source = Source::file("calendar.toml", text);
            diagnostics.extend(findings.into_iter().map(|finding| finding.within(&source)));
            return settings;
        }
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let finding = super::load::not_utf8(&text, place);
            (text, finding)
        }
    };
    diagnostics.push(findings.within(&Source::file("calendar.toml", text)));
    Settings::default()
}

/// Reads the text of a `calendar.toml`. What is wrong is left at its default.
pub fn read(text: &str, tzdb: &Tzdb) -> (Settings, Vec<Finding>) {
    let bom = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut reading = Reading { base: bom as u32, ..Reading::default() };
    let (table, errors) = DeTable::parse_recoverable(&text[bom..]);
    if !errors.is_empty() {
        return (Settings::default(), syntax::findings(&text[bom..], bom as u32, &errors));
    }
    let whole = Span::new(0..text.len());
    let table: SettingsTable<'_> =
        read_section(DeValue::Table(table.into_inner()), whole, &mut reading).unwrap_or_default();
    let mut findings = reading.findings;
    let settings = judge(&table, tzdb, &mut findings);
    (settings, findings)
}

/// Where the site is: an address that paths are put behind, which a query or a fragment would swallow.
fn site_url(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<Box<str>> {
    let url = text::url(field, findings)?;
    let Some(end) = url.find(['?', '#']) else { return Some(url) };
    let what = if url[end..].starts_with('?') { "a query" } else { "a fragment" };
    findings.push(
        Finding::new(Code::InvalidUrl, field.span, format!("the address of the site has {what}"))
            .label("expected the folder that holds the site, such as https://example.org/calendar/")
            .help(format!("write `url = \"{}\"`: paths of pages and feeds are added to it", shorten(&url[..end]))),
    );
    None
}

fn judge(table: &SettingsTable<'_>, tzdb: &Tzdb, findings: &mut Findings) -> Settings {
    let SettingsTable {
        title,
        description,
        url,
        domain,
        timezone,
        language,
        languages,
        refresh,
        kind,
        organizer_in_feeds,
        kinds,
        feeds,
        unread: _,
    } = table;
    let mut settings = Settings::default();
    settings.title = optional(title, findings).unwrap_or(settings.title);
    settings.description = description.as_ref().and_then(|field| text::prose(field, findings));
    settings.url = url
        .as_ref()
        .and_then(|field| site_url(field, findings))
        .map(|url| if url.ends_with('/') { url } else { format!("{url}/").into() });
    let host = settings.url.as_deref().and_then(|url| url::Url::parse(url).ok()?.host_str().map(Box::from));
    let own = domain.as_ref().and_then(|field| domain_name(field, findings));
    if let Some(domain) = own.or(host) {
        settings.domain = domain;
        settings.domain_assumed = false;
    }
    settings.timezone = timezone.as_ref().and_then(|field| {
        let zone = tzdb.zone(&field.value);
        if zone.is_none() {
            findings.push(if field.value.trim().eq_ignore_ascii_case("local") {
                Finding::new(Code::UnknownTimezone, field.span, "a calendar has a time zone, and `local` is none")
                    .label("expected an IANA name such as Europe/Athens")
                    .help("write `timezone = \"local\"` in the records that go by the clock of each place")
            } else {
                crate::resolve::point::unknown_zone(&field.value, field.span, tzdb)
            });
        }
        zone
    });
    settings.language =
        language.as_ref().and_then(|field| text::language(field, findings)).unwrap_or(settings.language);
    for field in languages.iter().flat_map(|field| &field.value) {
        settings.languages.extend(text::language(field, findings));
    }
    if let Some(field) = refresh {
        settings.refresh = exact(field, findings).unwrap_or(settings.refresh);
    }
    settings.organizer_in_feeds = organizer_in_feeds.as_ref().is_some_and(|field| field.value);
    for (name, field) in kinds.iter().flat_map(|field| &field.value) {
        declare(name, field, &mut settings.kinds, findings);
    }
    settings.default_kind = kind.as_ref().and_then(|field| {
        let found = settings.kinds.find(&field.value);
        if found.is_none() {
            findings.push(crate::resolve::unknown_kind(&field.value, field.span, &settings.kinds));
        }
        found
    });
    for field in feeds.iter().flat_map(|field| &field.value) {
        if let Some(feed) = feed(field, &settings.kinds, findings) {
            if settings.feeds.iter().any(|other| other.name == feed.name) {
                let span = field.value.name.as_ref().map_or(field.span, |name| name.span);
                findings.push(
                    Finding::new(Code::DuplicateId, span, format!("another feed is called `{}`", feed.name))
                        .label("expected a name of its own"),
                );
                continue;
            }
            settings.feeds.push(feed);
        }
    }
    settings
}

fn optional(slot: &Slot<Text<'_>>, findings: &mut Findings) -> Option<Box<str>> {
    slot.as_ref().and_then(|field| text::line(field, text::TITLE, findings))
}

fn exact(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<TimeDelta> {
    let length = length::exact(&field.value);
    if length.is_none() {
        findings.push(length::invalid(field));
    }
    length
}

fn domain_name(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<Box<str>> {
    let name = text::line(field, text::TITLE, findings)?;
    let sound =
        url::Url::parse(&format!("https://{name}/")).is_ok_and(|url| url.host_str() == Some(&*name.to_lowercase()));
    if !sound {
        findings.push(
            Finding::new(Code::InvalidUrl, field.span, format!("`{}` is not a domain", shorten(&name)))
                .label("expected a name such as example.org"),
        );
    }
    sound.then(|| name.to_lowercase().into())
}

fn declare(name: &str, field: &Field<KindTable<'_>>, kinds: &mut Kinds, findings: &mut Findings) {
    if !crate::resolve::is_id(name) {
        findings.push(
            Finding::new(Code::InvalidId, field.key, format!("`{}` is not a name for a kind", shorten(name)))
                .label("expected a to z, 0 to 9 and hyphens"),
        );
        return;
    }
    if kinds.iter().count() >= usize::from(u16::MAX) {
        return;
    }
    let KindTable { label, color, duration, unread: _ } = &field.value;
    let built_in = kinds.find(name).map(|id| kinds.get(id).clone());
    let mut kind = built_in.unwrap_or_else(|| {
        let mut words = name.replace('-', " ");
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Kind {
            name: name.into(),
            label: words.into(),
            labels: std::collections::BTreeMap::new(),
            color: "slategray".into(),
            duration: TimeDelta::hours(2),
        }
    });
    match label.as_ref().map(|field| (&field.value, field.span)) {
        None => {}
        Some((TextOr::Text(text), span)) => {
            let field = Field { key: span, span, value: text.clone() };
            kind.label = text::line(&field, LINE, findings).unwrap_or(kind.label);
        }
        Some((TextOr::Table(table), _)) => {
            for (tag, label) in &table.0 {
                match text::checked_language(tag) {
                    Some(tag) => {
                        if let Some(text) = text::line(label, LINE, findings) {
                            kind.labels.insert(tag, text);
                        }
                    }
                    None => findings.push(
                        Finding::new(
                            Code::InvalidLanguage,
                            label.key,
                            format!("`{}` is not a language tag", shorten(tag)),
                        )
                        .label("expected a BCP 47 tag such as es or pt-BR"),
                    ),
                }
            }
            if let Some(english) = kind.labels.get("en").or_else(|| kind.labels.values().next()) {
                kind.label = english.clone();
            }
        }
    }
    if let Some(field) = color
        && let Some(text) = text::line(field, LINE, findings)
    {
        if csscolorparser::parse(&text).is_ok() {
            kind.color = text;
        } else {
            findings.push(
                Finding::new(Code::UnknownValue, field.span, format!("`{}` is not a colour", shorten(&text)))
                    .label("expected a CSS colour such as firebrick or #b22222"),
            );
        }
    }
    if let Some(field) = duration {
        kind.duration = exact(field, findings).unwrap_or(kind.duration);
    }
    kinds.declare(kind);
}

fn feed(field: &Field<FeedTable<'_>>, kinds: &Kinds, findings: &mut Findings) -> Option<Feed> {
    let FeedTable { name, title, description, filter, past, future, cancelled, audience, language, series, unread } =
        &field.value;
    let Some(name) = name else {
        findings.push(
            Finding::new(Code::MissingField, field.span, "`name` is missing")
                .label("this feed has no `name`")
                .help("add a line such as `name = \"forums\"`"),
        );
        return None;
    };
    if !crate::resolve::is_id(&name.value) {
        findings.push(
            Finding::new(Code::InvalidId, name.span, format!("`{}` is not a name for a feed", shorten(&name.value)))
                .label("expected a to z, 0 to 9 and hyphens"),
        );
        return None;
    }
    let audience = match audience.as_ref().map(|field| (&*field.value, field.span)) {
        None if unread.iter().any(|key| key == "audience") => None,
        None | Some(("public", _)) => Some(Audience::Public),
        Some(("members", _)) => Some(Audience::Members),
        Some((other, span)) => {
            findings.push(
                Finding::new(Code::UnknownValue, span, format!("`{}` is not known here", shorten(other)))
                    .label("expected public or members"),
            );
            None
        }
    };
    let mut feed = Feed::of(&name.value, optional(title, findings).as_deref(), Filter::default());
    feed.description = description.as_ref().and_then(|field| text::prose(field, findings));
    if let Some(field) = filter {
        feed.filter = filter::judge(&field.value, kinds, findings);
    }
    feed.past = past.as_ref().and_then(|field| reach(field, findings));
    feed.future = future.as_ref().and_then(|field| reach(field, findings));
    feed.cancelled = match cancelled.as_ref().map(|field| (&*field.value, field.span)) {
        None | Some(("show", _)) => Cancelled::Show,
        Some(("announce", _)) => Cancelled::Announce,
        Some(("drop", _)) => Cancelled::Drop,
        Some((other, span)) => {
            findings.push(
                Finding::new(Code::UnknownValue, span, format!("`{}` is not known here", shorten(other)))
                    .label("expected show, announce or drop"),
            );
            Cancelled::Show
        }
    };
    feed.language = language.as_ref().and_then(|field| text::language(field, findings));
    feed.series = match series.as_ref().map(|field| (&*field.value, field.span)) {
        None | Some(("rules", _)) => Series::Rules,
        Some(("expanded", _)) => Series::Expanded,
        Some((other, span)) => {
            findings.push(
                Finding::new(Code::UnknownValue, span, format!("`{}` is not known here", shorten(other)))
                    .label("expected rules or expanded"),
            );
            Series::Rules
        }
    };
    // Meant for some, it is not for all.
    audience.map(|audience| Feed { audience, ..feed })
}

fn reach(field: &Field<Text<'_>>, findings: &mut Findings) -> Option<Reach> {
    let reach = Reach::parse(&field.value);
    if reach.is_none() {
        findings.push(
            Finding::new(
                Code::InvalidDuration,
                field.span,
                format!("`{}` is not a length of time", shorten(&field.value)),
            )
            .label("expected a length such as 90d, 2w, 18mo or 1y"),
        );
    }
    reach
}
