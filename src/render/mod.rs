//! Views as bytes: no clock, no disk, no zone look-up.

pub mod ics;
pub mod card;
pub mod when;
