//! The difference between two states of a calendar, for people and programs. A form is a file; all but JSON write the same
//! [`Section`]s.

pub mod github;
pub mod json;
pub mod markdown;
mod sections;
pub mod text;
mod times;

use chrono::{DateTime, Utc};

pub use sections::{Entry, Section, sections, summary};

use crate::diff::Change;
use crate::zone::Zone;

/// What a difference is written from.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'d> {
    /// By kind, then date.
    pub changes: &'d [Change],
    /// What the first state is called.
    pub old: &'d str,
    /// What the second state is called.
    pub new: &'d str,
    /// Zones to show times in, besides each event's own.
    pub zones: &'d [Zone],
    /// The calendar's zone, for events in UTC.
    pub home: Option<Zone>,
    /// The as-of time.
    pub now: DateTime<Utc>,
}
