//! The page of an event, for `event.html`.

use serde::Serialize;

use super::calendar_links::{self, About};
use super::entry::{Badge, Desk};
use super::subscribe::feed_title;
use super::{json_ld, markdown_html};
use crate::event::{Audience, Ends, Event, Location, Online, Organizer, Said, Status};
use crate::language::{DateStyle, Language, Word};
use crate::render::card;
use crate::render::hours;
use crate::render::phrase;
use crate::render::terminal::plain;
use crate::view::listing::{Span, Times};
use crate::view::site::event::EventPage;
use crate::view::site::{Edition, Page, Site, event_file, href};
use crate::view::{markdown_text as text_of, parts, words};

/// The length of the summary for search results, in characters.
const SUMMARY: usize = 200;

/// `page` in `event.html`.
#[derive(Serialize, Debug)]
pub(super) struct Context {
    title: Text,
    /// The text of the title.
    name: String,
    kind: Badge,
    /// The link to upcoming events of its kind; `None` if there are none.
    kind_href: Option<String>,
    /// `CANCELLED`
    label: Option<&'static str>,
    is_off: bool,
    notices: Vec<String>,
    /// Why it is cancelled, postponed or moved.
    reason: Option<Text>,
    is_over: bool,
    /// Its last day by the clock of the calendar; `None` if it has no end, or is over.
    last: Option<String>,
    /// The day of the site; `None` if the event is over.
    built: Option<String>,
    /// Whether it has no place but a way to join, so that the reader's own time comes first.
    is_anywhere: bool,
    /// What search engines and messengers show below the title.
    summary: String,
    locale: String,
    /// JSON-LD.
    data: String,
    times: Vec<Clock>,
    /// The time in every zone.
    every_zone: Option<String>,
    milestones: Vec<String>,
    rule: Option<String>,
    /// The dates to come that its rule has and it does not.
    not_on: Option<String>,
    next: Vec<Next>,
    place: Option<Place>,
    joining: Vec<Fact>,
    /// Whether there was a way to join, which is no longer shown.
    is_online: bool,
    /// The separator between the parts of a row.
    comma: String,
    for_members: bool,
    description: Option<Text>,
    organizers: Vec<Caller>,
    contact: Option<Link>,
    url: Option<Link>,
    tags: Vec<String>,
    languages: Vec<String>,
    parent: Option<Link>,
    locals: Option<Locals>,
    sources: Vec<Link>,
    image: Option<Link>,
    changed: Option<Changed>,
    file: String,
    google: Option<String>,
    outlook: Option<String>,
    feeds: Vec<Link>,
}

/// A text of a record, and its language.
#[derive(Serialize, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) language: String,
}

/// A time by a clock.
#[derive(Serialize, Debug)]
struct Clock {
    text: String,
    /// Attributes, RFC 3339 or dates.
    start: String,
    end: Option<String>,
    /// The day from which its days are counted.
    since: Option<String>,
    /// Whose clock it is: `America/Vancouver`
    zone: Option<String>,
    /// Whether a reader's own clock can be shown beside it.
    is_instant: bool,
    remark: Option<&'static str>,
}

#[derive(Serialize, Debug)]
struct Next {
    text: String,
    start: String,
    is_instant: bool,
    changed: Option<&'static str>,
    /// The date or hour that it had before.
    instead: Option<String>,
    is_off: bool,
}

#[derive(Serialize, Debug)]
struct Place {
    /// Name, address, city, region and country, each with its class of h-card.
    parts: Vec<Part>,
    /// Latitude and longitude.
    position: Option<(f64, f64)>,
    access: Vec<&'static str>,
    notes: Option<String>,
    map: Option<String>,
}

#[derive(Serialize, Debug)]
struct Part {
    class: &'static str,
    text: String,
    href: Option<String>,
}

/// A name, and what it names.
#[derive(Serialize, Debug)]
struct Fact {
    name: String,
    value: String,
    href: Option<String>,
}

/// A link, or a text where there is nowhere to go.
#[derive(Serialize, Debug)]
pub(super) struct Link {
    text: String,
    href: Option<String>,
    language: Option<String>,
}

#[derive(Serialize, Debug)]
struct Caller {
    name: String,
    url: Option<String>,
    email: Option<String>,
}

#[derive(Serialize, Debug)]
struct Locals {
    heading: String,
    countries: Vec<Country>,
    /// Events without a place.
    elsewhere: Vec<Local>,
    without: Option<String>,
}

#[derive(Serialize, Debug)]
struct Country {
    name: String,
    href: String,
    count: String,
    locals: Vec<Local>,
}

#[derive(Serialize, Debug)]
struct Local {
    text: String,
    href: String,
    language: Option<String>,
    label: Option<&'static str>,
    is_off: bool,
    about: String,
}

#[derive(Serialize, Debug)]
struct Changed {
    day: String,
    text: String,
}

/// An address that a page may link to.
fn web(url: &str) -> Option<String> {
    phrase::link(url).map(|url| crate::render::escape::address(url, "<>\"'`"))
}

/// `page` for the page of an event.
pub(super) fn context(desk: &Desk<'_>, page: &EventPage<'_>) -> Context {
    let (renderer, edition) = (desk.renderer, desk.edition);
    let site = renderer.site;
    let settings = &site.calendar.settings;
    let language = edition.language;
    let texts = (&*edition.tag, &*settings.language);
    let Event {
        id,
        uid: _,   // in the calendar file
        title: _, // in the language of the page
        kind: _,
        when: _,
        length: _,
        repeat: _,
        ends: _, // as `page.times`
        status,
        moved_from,
        reason: _,      // in the language of the page
        description: _, // in the language of the page
        url,
        location,
        online: _, // as `page.online`
        organizers,
        contact,
        tags,
        language: _,     // as `languages`
        translations: _, // as `languages`
        image,
        sources,
        part_of: _,   // as `page.parent`
        review_by: _, // for editors
        note: _,
    } = page.event;
    let own = Page::Event(id);
    let path = own.path(edition);
    let to = |page: Page<'_>| href(&path, &page.path(edition));
    let language_of = |said: Said<'_>| said.language.unwrap_or(texts.1).to_owned();
    let said = page.event.title_in(texts.0, texts.1);
    let title = Text { text: plain(&page.event.told_apart(said.text)), language: language_of(said) };
    let markdown = page.event.description_in(texts.0, texts.1);
    let mut text = String::new();
    if let Some(said) = markdown {
        text_of::push(said.text, &mut text);
    }
    let times = times(page, language);
    let place_line = location.as_deref().map(|place| plain(&words::location(place, language))).unwrap_or_default();
    let first_time = times.first().map(|clock| clock.text.clone()).unwrap_or_default();
    let gist: Vec<&str> = [&*first_time, &place_line].into_iter().filter(|part| !part.is_empty()).collect();
    let mut summary = gist.join(" · ");
    let gist = markdown.map(|said| plain(&text_of::line(said.text, SUMMARY))).unwrap_or_default();
    if !gist.is_empty() {
        summary.push_str(" · ");
        summary.push_str(&gist);
    }
    if let Some(prefix) = words::prefix(*status, language) {
        summary.insert_str(0, &prefix);
    }
    let address = site.absolute(&path);
    let about = json_ld::About { title: &title.text, language: &title.language, text: &text, page: address.as_deref() };
    let data = json_ld::json_ld(page, &about, |other| site.absolute(&Page::Event(&other.id).path(edition)));
    let [google, outlook] = composed(page, &path, site, edition);
    let kind = page.kind;
    Context {
        name: title.text.clone(),
        kind: desk.badge(&kind.name, kind.label_in(&edition.tag)),
        kind_href: site
            .kinds
            .iter()
            .any(|known| site.calendar.settings.kinds.get(*known).name == kind.name)
            .then(|| to(Page::OfKind(&kind.name))),
        label: phrase::label(page.event, language),
        is_off: !status.takes_place(),
        notices: notices(page, moved_from.as_ref(), language),
        reason: (page.event.reason_in(texts.0, texts.1))
            .map(|said| Text { text: said.text.to_owned(), language: language_of(said) }),
        is_over: page.is_over,
        last: page.last.filter(|_| !page.is_over && status.takes_place()).map(|last| last.to_string()),
        built: (!page.is_over).then(|| site.today.to_string()),
        is_anywhere: location.is_none() && page.online.is_some(),
        summary,
        locale: language.to_string().replace('-', "_"),
        data,
        times,
        every_zone: (!page.is_deleted).then(|| to(Page::When(id))),
        milestones: page.milestones.iter().map(|one| card::milestone(one, language)).collect(),
        rule: crate::view::repeat::in_words(page.event, language),
        not_on: not_on(page, language),
        next: page.next.iter().map(|one| next(one, language)).collect(),
        place: location.as_deref().map(|location| {
            place(location, language, |country| site.countries.contains(&country).then(|| to(Page::OfCountry(country))))
        }),
        joining: page.online.map(|online| joining(online, language)).unwrap_or_default(),
        is_online: page.online.is_none() && page.event.online.is_some(),
        comma: language.row(&[String::new(), String::new()]),
        for_members: page.online.is_some_and(Online::is_for_members),
        description: markdown.map(|said| Text { text: markdown_html::html(said.text, 2), language: language_of(said) }),
        organizers: organizers.iter().map(caller).collect(),
        contact: contact.as_deref().map(contact_link),
        url: url.as_deref().map(|url| Link { text: plain(url), href: web(url), language: None }),
        tags: tags.iter().map(|tag| plain(tag)).collect(),
        languages: languages(page.event, texts.1),
        parent: page.parent.map(|parent| {
            let said = parent.title_in(texts.0, texts.1);
            Link {
                text: plain(&parent.told_apart(said.text)),
                href: Some(to(Page::Event(&parent.id))),
                language: Some(language_of(said)),
            }
        }),
        locals: locals(page, edition, texts, &to),
        sources: sources.iter().map(|source| Link { text: plain(source), href: web(source), language: None }).collect(),
        image: image.as_deref().map(|image| Link {
            text: plain(image.alt.as_deref().unwrap_or(&image.url)),
            href: web(&image.url),
            language: None,
        }),
        changed: page.revision.updated.map(|at| {
            let day = at.with_timezone(&page.zone).date_naive();
            let date = language.date(DateStyle::DayYear, day);
            Changed { day: day.to_string(), text: language.say(Word::EventChanged, &[("date", (&date).into())]) }
        }),
        file: href(&path, &event_file(id)),
        google,
        outlook,
        feeds: (site.feeds_of(page.event).into_iter())
            .map(|feed| {
                let (text, language) = feed_title(renderer, feed, &edition.tag);
                Link { text, href: Some(format!("{}#{}", to(Page::Subscribe), feed.name)), language: Some(language) }
            })
            .collect(),
        title,
    }
}

/// The addresses that add it to Google's calendar and to Outlook's.
fn composed(page: &EventPage<'_>, path: &str, site: &Site<'_>, edition: &Edition) -> [Option<String>; 2] {
    let Some(entry) = &page.entry else { return [None, None] };
    // Of a whole series the event as planned; an occurrence by itself as it was changed.
    let event = entry.event;
    let (language, texts) = (edition.language, (&*edition.tag, &*site.calendar.settings.language));
    let title = plain(&event.told_apart(event.title_in(texts.0, texts.1).text));
    let mut text = String::new();
    if let Some(said) = event.description_in(texts.0, texts.1) {
        text_of::push(said.text, &mut text);
    }
    let online = event.online_for(Audience::Public);
    let mut place = event.location.as_deref().map(|place| plain(&words::location(place, language))).unwrap_or_default();
    if let Some(online) = online.filter(|_| place.is_empty()) {
        online.url.as_deref().or(online.registration.as_deref()).unwrap_or_default().clone_into(&mut place);
    }
    let joining = online.map(|online| joining(online, language)).unwrap_or_default();
    let joining: Vec<String> = joining.iter().map(|fact| format!("{}: {}", fact.name, fact.value)).collect();
    let address = site.absolute(path);
    let about = About {
        title: &title,
        text: &text,
        page: address.as_deref().or(event.url.as_deref()),
        place: &place,
        joining: &joining.join("\n"),
    };
    [calendar_links::google(entry, &about), calendar_links::outlook(entry, &about)].map(Some)
}

/// The notice that participants must see first.
fn notices(page: &EventPage<'_>, moved_from: Option<&crate::event::When>, language: Language) -> Vec<String> {
    let status = match page.event.status {
        _ if page.is_deleted => Some(Word::EventDeleted),
        Status::Cancelled => Some(Word::EventCancelled),
        Status::Postponed => Some(Word::EventPostponed),
        Status::Tentative => Some(Word::EventTentative),
        Status::Confirmed => None,
    };
    let status = status.map(|word| language.word(word).to_owned());
    status.into_iter().chain(moved_from.map(|earlier| words::moved_from(earlier, language))).collect()
}

/// The time in the event's own zone, then in the calendar's if it differs.
fn times(page: &EventPage<'_>, language: Language) -> Vec<Clock> {
    let event = page.event;
    let remark = (event.ends == Ends::Assumed).then(|| language.word(Word::EndAssumed));
    let is_open = event.ends == Ends::Open;
    let dated = |text: String, start: String, end: Option<String>| Clock {
        text,
        start,
        end,
        since: None,
        zone: None,
        is_instant: false,
        remark: None,
    };
    match &page.times {
        Times::Days(days) if is_open => {
            let start = language.date(DateStyle::Sentence, days.first);
            let clock = dated(card::since_words(&start, page.day, language), days.first.to_string(), None);
            vec![Clock { since: page.day.map(|_| days.first.to_string()), ..clock }]
        }
        // The last day, inclusive; h-event has no exclusive end either.
        Times::Days(days) => {
            let end = (days.count() > 1).then(|| days.last().to_string());
            vec![dated(card::whole_days(*days, language), days.first.to_string(), end)]
        }
        Times::Floating { start, end } => {
            let text = |time: &chrono::NaiveDateTime| time.format("%Y-%m-%dT%H:%M:%S").to_string();
            let clock = dated(card::by_each_clock(*start, *end, language), text(start), Some(text(end)));
            vec![Clock { remark, ..clock }]
        }
        Times::Clocks { shown, own, zone, differs } => {
            let clock = |span: &Span, zone: Option<String>, day: Option<i64>| {
                let since = || {
                    let start = format!("{} {}", card::moment(span.start.local, language), span.start.abbreviation);
                    card::since_words(&start, day, language)
                };
                Clock {
                    text: if is_open { since() } else { card::clocks(span, language) },
                    start: span.start.rfc3339(),
                    end: (!is_open).then(|| span.end.rfc3339()),
                    since: day.map(|_| span.start.day().to_string()),
                    zone,
                    is_instant: true,
                    remark,
                }
            };
            let mut clocks = vec![clock(own, zone.map(str::to_owned), page.day)];
            let other = shown.first().filter(|span| *differs && span.start.local != own.start.local);
            clocks.extend(other.map(|span| clock(span, Some(page.zone.name().to_owned()), None)));
            clocks
        }
    }
}

/// The most excepted dates that are listed.
const EXCEPTED: usize = 12;

fn not_on(page: &EventPage<'_>, language: Language) -> Option<String> {
    let clock = |rule: &crate::recurrence::Rule| rule.sets_times();
    let rule = page.event.repeat.as_deref().and_then(|repeat| repeat.rule.as_ref());
    let is_parallel =
        |strand: &crate::event::Strand| strand.event.repeat.as_deref().is_some_and(|one| !one.suffix.is_empty());
    let has_hours = rule.is_some_and(clock) || page.event.further().iter().any(is_parallel);
    let shown = |at: &chrono::NaiveDateTime| {
        // Another one of that day may well happen.
        if has_hours { card::moment(*at, language) } else { language.date(DateStyle::DayYear, at.date()) }
    };
    let dates: Vec<String> = page.excepted.iter().take(EXCEPTED).map(shown).collect();
    (!dates.is_empty()).then(|| language.say(Word::EventNotOn, &[("date", (&language.list(&dates)).into())]))
}

fn next(one: &crate::view::site::event::Next<'_>, language: Language) -> Next {
    let (event, times) = (one.event, &one.times);
    // By its own clock, which the reader has to keep to.
    let (text, start, is_instant) = match times {
        Times::Days(days) => (language.date(DateStyle::Heading, days.first), days.first.to_string(), false),
        Times::Clocks { own, .. } => (card::clocks(own, language), own.start.rfc3339(), true),
        Times::Floating { start, .. } => (card::moment(*start, language), hours::standard_start(&event.when), false),
    };
    let is_off = !event.status.takes_place();
    let instead = one.replaces.map(|planned| {
        let is_same_day = planned.date() == one.when.wall().date();
        let date =
            if is_same_day { language.time(planned.time()) } else { language.date(DateStyle::Heading, planned.date()) };
        language.say(Word::EventInsteadOf, &[("date", (&date).into())])
    });
    Next { text, start, is_instant, changed: card::changed(event, language), instead, is_off }
}

fn place(location: &Location, language: Language, to: impl Fn(crate::event::Country) -> Option<String>) -> Place {
    let Location { name, address, city, region, country, position, accessibility, notes } = location;
    let named = [("p-name", name), ("p-street-address", address), ("p-locality", city), ("p-region", region)];
    let named = named.into_iter().filter_map(|(class, text)| Some((class, plain(text.as_deref()?), None)));
    let country = country.map(|country| {
        let name = language.country(country.code()).unwrap_or_else(|| country.code().to_owned());
        ("p-country-name", name, to(country))
    });
    Place {
        parts: named.chain(country).map(|(class, text, href)| Part { class, text, href }).collect(),
        position: position.map(|position| (position.lat, position.lon)),
        access: accessibility.iter().map(|one| words::accessibility(*one, language)).collect(),
        notes: notes.as_deref().map(plain),
        map: calendar_links::map(location),
    }
}

fn joining(online: &Online, language: Language) -> Vec<Fact> {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    let join = match platform {
        Some(platform) => language.say(Word::JoinBy, &[("platform", (&**platform).into())]),
        None => language.word(Word::Join).to_owned(),
    };
    let link = |name: String, url: &str| Fact { name: plain(&name), value: plain(url), href: web(url) };
    let text = |word: Word, value: &str| Fact { name: language.word(word).to_owned(), value: plain(value), href: None };
    let call = |number: &str| {
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        Some(format!("tel:{digits}")).filter(|_| digits.len() > 4)
    };
    [
        url.as_deref().map(|url| link(join, url)),
        platform.as_deref().filter(|_| url.is_none()).map(|platform| text(Word::OnlineBy, platform)),
        registration.as_deref().map(|url| link(language.word(Word::Registration).to_owned(), url)),
        meeting_id.as_deref().map(|id| text(Word::MeetingId, id)),
        passcode.as_deref().map(|code| text(Word::Passcode, code)),
        phone.as_deref().map(|phone| Fact { href: call(phone), ..text(Word::Phone, phone) }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn caller(organizer: &Organizer) -> Caller {
    let Organizer { name, url, email } = organizer;
    Caller { name: plain(name), url: url.as_deref().and_then(web), email: email.as_deref().map(plain) }
}

fn contact_link(contact: &str) -> Link {
    let is_mail = contact.contains('@') && !contact.contains(|c: char| c.is_whitespace() || matches!(c, '/' | ':'));
    let mail = || format!("mailto:{}", calendar_links::encoded(contact).replace("%40", "@"));
    Link { text: plain(contact), href: if is_mail { Some(mail()) } else { web(contact) }, language: None }
}

/// The languages of its texts, where it has several or another than the calendar's.
fn languages(event: &Event, default: &str) -> Vec<String> {
    let own = event.language.as_deref().unwrap_or(default);
    let translations = event.translations.iter().flat_map(|all| all.iter()).map(|one| &*one.language);
    let name =
        |tag: &str| Language::find(tag).map_or_else(|| tag.to_owned(), |language| language.own_name().to_owned());
    let all: Vec<String> = std::iter::once(own).chain(translations).map(name).collect();
    if all.len() > 1 || event.language.is_some() { all } else { Vec::new() }
}

fn locals(
    page: &EventPage<'_>,
    edition: &Edition,
    texts: (&str, &str),
    to: &impl Fn(Page<'_>) -> String,
) -> Option<Locals> {
    if page.countries.is_empty() {
        return None;
    }
    let language = edition.language;
    let name =
        |country: crate::event::Country| language.country(country.code()).unwrap_or_else(|| country.code().to_owned());
    let local = |event: &&Event| {
        let said = event.title_in(texts.0, texts.1);
        let mut place = String::new();
        if let Some(location) = &event.location {
            location.push_with(None, &mut place);
        }
        let is_titled = place.is_empty() || event.title != page.event.title;
        let times = parts::times(event, page.event, language);
        let times =
            if times.is_empty() && !event.when.is_all_day() { language.word(Word::AllDay).to_owned() } else { times };
        let (text, about) = if is_titled {
            (plain(&event.told_apart(said.text)), vec![plain(&place), times])
        } else {
            (plain(&place), vec![times])
        };
        Local {
            text,
            href: to(Page::Event(&event.id)),
            language: is_titled.then(|| said.language.unwrap_or(texts.1).to_owned()),
            label: phrase::label(event, language),
            is_off: !event.status.takes_place(),
            about: about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        }
    };
    let countries: Vec<Country> = page
        .countries
        .iter()
        .filter_map(|(country, events)| {
            let country = (*country)?;
            Some(Country {
                name: name(country),
                href: to(Page::OfCountry(country)),
                count: language.digits(&events.len().to_string()),
                locals: events.iter().map(local).collect(),
            })
        })
        .collect();
    let elsewhere = page.countries.iter().filter(|(country, _)| country.is_none()).flat_map(|(_, events)| events);
    let count: usize = page.countries.iter().map(|(_, events)| events.len()).sum();
    let locals = language.say(Word::DigestLocals, &[("count", count.into())]);
    let heading = match countries.len() {
        0 => locals,
        count => language.say(Word::InCountries, &[("locals", (&locals).into()), ("count", count.into())]),
    };
    let without: Vec<String> = page.without.iter().map(|country| name(*country)).collect();
    Some(Locals {
        heading,
        countries,
        elsewhere: elsewhere.map(local).collect(),
        without: (!without.is_empty())
            .then(|| language.say(Word::CountriesWithout, &[("countries", (&language.list(&without)).into())])),
    })
}
