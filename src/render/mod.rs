//! Views as bytes: no clock, no disk, no zone look-up.

pub mod ics;
