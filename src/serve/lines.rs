//! Sentences that stand in two places.

/// What is done where the records had mistakes at the start.
pub(super) const WITHHELD: &str =
    "feeds are withheld until the records have no mistakes, and pages lack the events that have some";

/// What is said where `calendar.lock` is behind the records.
pub(super) const AHEAD: &str = "note: calendar.lock is behind the records: what changed is remembered until the server ends, and for good after \
     `redletter lock`";

/// What is done where they had none before.
pub(super) const STALE: &str = "the last good state stays online until this is fixed";
