//! Records as their authors wrote them: every value carries its place, and wrong things are representable.
//!
//! Reading judges syntax, names of fields and types. Whether a date exists, a zone is known or an end comes after a
//! start is judged in [`crate::resolve`].

pub mod edit;
pub mod fields;
pub mod format;
mod inside;
mod joined;
pub mod limits;
mod names;
pub mod read;
pub mod sheet;
pub mod split;
pub mod suggest;
pub mod syntax;
pub mod value;

pub use fields::{
    ChangeTable, FromTable, ImageTable, LocalTable, LocationTable, OnlineTable, OrganizerTable, Record,
    TranslationTable,
};
pub use value::{Field, Moment, Slot, Text, TextOr};
