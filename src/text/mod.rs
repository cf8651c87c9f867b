//! Text as people compare it, whatever keyboard, program or habit wrote it.

mod fold;

pub use fold::fold;
