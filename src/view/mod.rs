//! What a renderer may know: everything here is decided, and nothing is written yet.

pub mod chosen;
pub mod collapse;
pub mod color;
pub mod description;
pub mod digest;
pub mod feed;
pub mod form;
pub mod html_text;
pub mod parts;
mod relations;
pub mod markdown_text;
pub mod repeat;
pub mod series;
pub mod site;
#[cfg(test)]
pub(crate) mod sample;
pub mod timezone;
pub mod words;
pub mod worldwide;
pub mod listing;
pub mod markdown;
pub mod milestone;
pub mod month;
pub mod stamp;
