//! The domain of UIDs. Every UID that a record does not set ends in it, so that another `domain`, or another host of `url`,
//! would give each published event a second entry in calendars.
//!
//! Such a change is refused ([`Lock::domain_change`]) until it is adopted: [`Lock::adopt_domain`] records the former
//! domain, and [`Lock::keep_uids`] gives published events the UIDs that subscribers have. New events use the new domain.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::Path;

use super::entry::{Entry, Gone};
use super::{FILE, Lock};
use crate::calendar::Calendar;
use crate::diagnostic::{Code, Diagnostic, Finding, shorten};
use crate::event::Event;
use crate::source::root::{LARGEST_LOCK, Root};
use crate::source::{Source, Span};

/// The key of a former domain in the head of the lock.
pub(super) const KEY: &str = "former-domain";

/// Bytes in which the head of a lock is searched for a former domain.
const HEAD: u64 = 4096;

/// Another domain in calendar.toml than the one that published UIDs have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DomainChange {
    /// The domain of the published UIDs.
    pub from: Box<str>,
    /// The domain that calendar.toml sets.
    pub to: Box<str>,
    /// How many published events would get another UID.
    pub events: usize,
}

impl Lock {
    /// The change of domain that would give published events of `calendar` another UID, if any.
    pub fn domain_change<'l>(&'l self, calendar: &Calendar) -> Option<DomainChange> {
        let to = &*calendar.settings.domain;
        let other = self.entries.iter().filter(|entry| entry.gone.is_none());
        let split = |entry: &'l Entry| parts(&entry.uid).map(|(stem, domain)| (&*entry.id, stem, domain));
        let mut other = other.filter_map(split).filter(|(_, _, domain)| *domain != to).peekable();
        other.peek()?;
        let live: HashSet<&str> = calendar.events.iter().flat_map(Event::strands).map(|event| &*event.uid).collect();
        // A series has several UIDs, and counts once.
        let mut found: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
        for (id, stem, domain) in other {
            let now = format!("{stem}@{to}");
            let is_known = || self.entry(&now).is_some_and(|entry| entry.gone.is_none());
            if live.contains(&*now) && !live.contains(&*format!("{stem}@{domain}")) && !is_known() {
                found.entry(domain).or_default().insert(id);
            }
        }
        let (from, ids) = found.into_iter().max_by_key(|(_, ids)| ids.len())?;
        Some(DomainChange { from: from.into(), to: to.into(), events: ids.len() })
    }

    /// Records that published UIDs keep the domain `from`, also if calendar.toml sets another.
    pub fn adopt_domain(&mut self, from: &str) {
        if let Err(at) = self.former_domains.binary_search_by(|known| (**known).cmp(from)) {
            self.former_domains.insert(at, from.into());
        }
    }

    /// Gives the published events of `calendar` the UIDs that subscribers have, where these end in a former domain.
    pub fn keep_uids(&self, calendar: &mut Calendar) {
        if self.former_domains.is_empty() {
            return;
        }
        let domain = calendar.settings.domain.clone();
        for event in &mut calendar.events {
            for strand in event.further_mut() {
                self.keep_uid(strand, &domain);
            }
            self.keep_uid(event, &domain);
        }
    }

    fn keep_uid(&self, event: &mut Event, domain: &str) {
        let Some((stem, own)) = parts(&event.uid) else { return };
        if own != domain || self.entry(&event.uid).is_some() {
            return;
        }
        let is_published = |entry: &&Entry| !matches!(entry.gone, Some(Gone::Renamed(_)));
        let mut entries = self.former_domains.iter().filter_map(|former| self.entry(&format!("{stem}@{former}")));
        let Some(entry) = entries.rfind(is_published) else { return };
        for change in event.repeat.iter_mut().flat_map(|repeat| &mut repeat.changes) {
            change.event.uid = entry.uid.clone();
        }
        event.uid = entry.uid.clone();
    }

    /// Whether the lock of the calendar in `root` has a former domain. Reads only the head of the file.
    pub fn has_former_domain(root: &Root) -> bool {
        let mut head = Vec::new();
        let read = root.open_file(Path::new(FILE), LARGEST_LOCK).map(|file| file.take(HEAD).read_to_end(&mut head));
        matches!(read, Ok(Ok(_))) && memchr::memmem::find(&head, format!("\n{KEY} = ").as_bytes()).is_some()
    }
}

/// A UID as what is before its last `@`, and its domain.
fn parts(uid: &str) -> Option<(&str, &str)> {
    uid.rsplit_once('@')
}

impl DomainChange {
    /// The diagnostic for it.
    pub fn diagnostic(&self) -> Diagnostic {
        let DomainChange { from, to, events } = self;
        let (from, to) = (shorten(from), shorten(to));
        let events = if *events == 1 { "1 published event".into() } else { format!("{events} published events") };
        Finding::new(
            Code::DomainChanged,
            Span::default(),
            format!("UIDs would end in `{to}`, and those of {events} in {FILE} end in `{from}`"),
        )
        .help("subscribers would see these events twice or lose them")
        .help(format!("to keep all UIDs as they are, write `domain = \"{from}\"` in calendar.toml"))
        .help(format!(
            "to use `{to}` for new events only: `redletter lock --adopt-domain`, which keeps the UIDs of published events"
        ))
        .within(&Source::file("calendar.toml", ""))
    }
}
