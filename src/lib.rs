//! redletter: event records in, checked times, listings and iCalendar feeds out.
//!
//! Data flows one way, and a module uses what stands above it in this list and nothing below it
//! (`tests/layers.rs` holds that order).

pub mod error;
pub mod text;
pub mod source;
pub mod diagnostic;
pub mod zone;
pub mod recurrence;
pub mod language;
pub mod record;
pub mod event;
pub mod privacy;
pub mod resolve;
pub mod import;
pub mod calendar;
pub mod schedule;
pub mod lock;
pub mod view;
pub mod diff;
pub mod lint;
pub mod render;
pub mod site;
pub mod sink;
#[cfg(feature = "serve")]
pub mod serve;
pub mod cli;
