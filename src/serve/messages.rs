//! Messages that are used in two places.

/// The records have mistakes at the start.
pub(super) const WITHHELD: &str =
    "feeds are withheld until the records have no mistakes, and pages lack the events that have some";

/// `calendar.lock` is out of date.
pub(super) const AHEAD: &str = "note: calendar.lock is behind the records: what changed is remembered until the server ends, and for good after \
     `redletter lock`";

/// The records have mistakes after a change.
pub(super) const STALE: &str = "the last good state stays online until this is fixed";
