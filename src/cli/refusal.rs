//! What verbs that publish refuse, because subscribers would lose events or see them twice.

use super::open::Opened;
use super::{Exit, Global, World};
use crate::calendar::Loaded;
use crate::diagnostic::{self, Code, Diagnostic, Finding, Severity};
use crate::lock::{DomainChange, Lock};
use crate::source::{Source, Span};

/// The finding for a calendar without a domain for its UIDs.
pub(super) fn domain_missing() -> Diagnostic {
    missing().within(&Source::file("calendar.toml", ""))
}

fn missing() -> Finding {
    Finding::new(Code::DomainMissing, Span::default(), "neither `domain` nor `url` is set, so UIDs end in `calendar.invalid`")
        .help("add a line such as `domain = \"example.org\"` to calendar.toml before people subscribe: later, events would appear twice")
}

impl Opened {
    /// Shows the errors in the records, and says what was not done because of them.
    pub(super) fn refuse(&self, what: &str, global: &Global, world: &mut World<'_>) -> Exit {
        let is_error = |one: &&diagnostic::Diagnostic| one.finding.severity == Severity::Error;
        let errors: Vec<_> = self.loaded.diagnostics.iter().filter(is_error).cloned().collect();
        let text = diagnostic::text::render(&errors, world.err_color(Some(global)), world.width());
        world.say_drawn(&format!("{text}error: {what}"));
        Exit::Problems
    }

    /// Refuses to publish what subscribers would see as a loss: most upcoming events gone from the records, unless that is
    /// `allowed`, or another domain in the UIDs of published events.
    pub(super) fn refuse_loss(
        &self,
        lock: &Lock,
        allowed: bool,
        what: &str,
        global: &Global,
        world: &mut World<'_>,
    ) -> Option<Exit> {
        let found = self.domain_change(lock).or_else(|| self.mass_deletion(lock).filter(|_| !allowed))?;
        Some(say(found, what, global, world))
    }

    /// Refuses to publish the first UIDs without a domain of the calendar's own. A lock that has events already has settled
    /// the domain.
    pub(super) fn refuse_without_domain(
        &self,
        lock: &Lock,
        what: &str,
        global: &Global,
        world: &mut World<'_>,
    ) -> Option<Exit> {
        if !self.calendar().settings.domain_assumed || !lock.entries().is_empty() || self.calendar().events.is_empty() {
            return None;
        }
        let found = Finding { severity: Severity::Error, ..missing() };
        Some(say(found.within(&Source::file("calendar.toml", "")), what, global, world))
    }

    /// The mistake of a calendar whose published events are gone.
    pub(super) fn mass_deletion(&self, lock: &Lock) -> Option<Diagnostic> {
        let Loaded { calendar, files, .. } = &*self.loaded;
        let found = lock.mass_deletion(calendar, *files, |id| self.loaded.is_unread(id), self.now, &self.tzdb);
        found.map(|found| found.diagnostic())
    }

    /// The mistake of a calendar whose UIDs have another domain than the published ones.
    pub(super) fn domain_change(&self, lock: &Lock) -> Option<Diagnostic> {
        lock.domain_change(self.calendar()).map(|change| change.diagnostic())
    }

    /// Records in `lock` that published events keep their UIDs, and gives them to the calendar. Returns what changed.
    pub(super) fn adopt_domain(&mut self, lock: &mut Lock) -> Vec<DomainChange> {
        let mut adopted = Vec::new();
        while let Some(change) = lock.domain_change(self.calendar()) {
            lock.adopt_domain(&change.from);
            lock.keep_uids(&mut self.loaded.calendar);
            adopted.push(change);
        }
        adopted
    }
}

fn say(found: Diagnostic, what: &str, global: &Global, world: &mut World<'_>) -> Exit {
    let text = diagnostic::text::render(&[found], world.err_color(Some(global)), world.width());
    world.note_always(&format!("{text}error: {what}"));
    Exit::Problems
}
