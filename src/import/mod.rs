//! iCalendar, read.

pub mod readback;
