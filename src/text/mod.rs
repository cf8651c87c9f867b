//! Text as people compare it, whatever keyboard, program or habit wrote it.

pub mod english;
mod fold;

pub use fold::fold;
