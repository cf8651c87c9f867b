//! Records edited in place: a key set or taken away, and every other byte as it was.
//!
//! The parser says where things stand; the text is then changed there and nowhere else, so that comments, order, spacing
//! and line ends stay without anybody having to write them again. A new line stands where the table of fields has it:
//! behind the nearest key before it, above the first table.

mod section;
mod splice;

use std::ops::Range;

use toml_edit::Document;

use super::{Moment, split};
use section::Section;

/// Where a table stands in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// The file has one event, and this is it.
    Whole,
    /// The `[[event]]` with that id.
    Event(Box<str>),
    /// A `[[local]]` of one of these, by its number.
    Local(Box<Address>, usize),
    /// A `[[from]]` of one of these, by its number.
    From(Box<Address>, usize),
    /// A `[[change]]` of one of these, by its number.
    Change(Box<Address>, usize),
}

/// What keeps an edit from being made, for people.
pub type Refusal = String;

/// A file in the course of being edited.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What stands before the part that is edited.
    before: String,
    /// The part that is edited: all of a file, unless it is a large one.
    part: String,
    /// What stands behind.
    after: String,
}

impl Edit {
    /// The edit of the record that stands at byte `at` of `text`.
    pub fn new(text: &str, at: usize) -> Self {
        let bom = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let parts = split::parts(&text[bom..]);
        let within = parts.iter().find(|part| part.contains(&at.saturating_sub(bom))).or(parts.first());
        let (start, end) = within.map_or((bom, text.len()), |part| (bom + part.start, bom + part.end));
        Edit { before: text[..start].to_owned(), part: text[start..end].to_owned(), after: text[end..].to_owned() }
    }

    /// The whole text as it is now.
    pub fn text(&self) -> String {
        [&*self.before, &self.part, &self.after].concat()
    }

    /// The line end of the file.
    fn newline(&self) -> &'static str {
        splice::newline(&self.part)
    }

    fn with<T>(&self, address: &Address, work: impl FnOnce(&Section) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let document = Document::parse(&*self.part).map_err(|error| error.message().to_owned())?;
        let section = Section::find(&document, address).ok_or("the table is not there")?;
        work(&section)
    }

    /// The address of the record with this id, in the part that is edited; of a local event, its id is judged at byte
    /// `at` of the whole text.
    pub fn address(&self, id: &str, at: usize) -> Option<Address> {
        let Some((parent, _)) = id.split_once('/') else { return Some(self.record(id)) };
        let address = self.record(parent);
        let number = self.elements(&address, "local").iter().position(|local| local.contains(&at))?;
        Some(Address::Local(Box::new(address), number))
    }

    fn record(&self, id: &str) -> Address {
        let many = Document::parse(&*self.part)
            .is_ok_and(|document| ["event", "defaults"].iter().any(|name| document.as_table().contains_key(name)));
        if many { Address::Event(id.into()) } else { Address::Whole }
    }

    /// The keys of a table, in their order.
    pub fn keys(&self, address: &Address) -> Vec<String> {
        self.with(address, |section| Ok(section.keys())).unwrap_or_default()
    }

    /// A date or time as it is written.
    pub fn moment(&self, address: &Address, key: &str) -> Option<Moment<'static>> {
        let raw = self.raw(address, key)?;
        match raw.parse::<toml_edit::Value>().ok()? {
            toml_edit::Value::String(text) => Some(Moment::Text(text.into_value().into())),
            toml_edit::Value::Datetime(_) => Some(Moment::Toml(raw.trim().parse().ok()?)),
            _ => None,
        }
    }

    /// The text of a key, escapes undone.
    pub fn words(&self, address: &Address, key: &str) -> Option<String> {
        self.raw(address, key)?.parse::<toml_edit::Value>().ok()?.as_str().map(str::to_owned)
    }

    /// Where the elements of a list stand in the whole text.
    pub fn elements(&self, address: &Address, key: &str) -> Vec<Range<usize>> {
        let base = self.before.len();
        let found = self.with(address, |section| Ok(section.entry(key).map(|entry| entry.elements.clone())));
        let elements = found.ok().flatten().unwrap_or_default();
        elements.into_iter().map(|range| range.start + base..range.end + base).collect()
    }

    /// The value of a key as it is written.
    pub fn raw(&self, address: &Address, key: &str) -> Option<String> {
        self.with(address, |section| {
            let entry = section.entry(key).ok_or("")?;
            Ok(self.part[entry.value.clone()].to_owned())
        })
        .ok()
    }

    /// Gives a key a value, which is TOML on one line.
    pub fn set(&mut self, address: &Address, key: &str, value: &str) -> Result<(), Refusal> {
        let splice = self.with(address, |section| Ok(section.set(&self.part, key, value)))?;
        splice.apply(&mut self.part);
        Ok(())
    }

    /// Puts a key in the place of another one, whose comment stays beside it.
    pub fn replace(&mut self, address: &Address, old: &str, key: &str, value: &str) -> Result<(), Refusal> {
        let splice = self.with(address, |section| {
            let entry = section.entry(old).ok_or("the key is not there")?;
            Ok(Section::replace(&self.part, entry, key, value))
        })?;
        splice.apply(&mut self.part);
        Ok(())
    }

    /// Takes a key away with its line. False where it stays, because a comment belongs to it.
    pub fn remove(&mut self, address: &Address, key: &str) -> Result<bool, Refusal> {
        let splice = self.with(address, |section| Ok(section.remove(&self.part, key)))?;
        let done = splice.is_some();
        splice.unwrap_or_default().apply(&mut self.part);
        Ok(done)
    }

    /// Takes one text out of a list of texts; a comment beside it stays.
    pub fn remove_element(&mut self, address: &Address, key: &str, index: usize) -> Result<(), Refusal> {
        let splice = self.with(address, |section| {
            let entry = section.entry(key).ok_or("the list is not there")?;
            splice::element(&self.part, &entry.elements, index).ok_or_else(|| "the list is shorter".to_owned())
        })?;
        splice.apply(&mut self.part);
        Ok(())
    }

    /// How many `[[change]]` tables an event has.
    pub fn changes(&self, address: &Address) -> usize {
        self.with(address, |section| Ok(section.entry("change").map_or(0, |entry| entry.elements.len()))).unwrap_or(0)
    }

    /// Adds a `[[change]]` behind the others, with these keys and values.
    pub fn add_change(&mut self, address: &Address, lines: &[(&str, String)]) -> Result<(), Refusal> {
        let newline = self.newline();
        let name = match address {
            Address::Event(_) => "event.change",
            Address::Whole | Address::Local(..) | Address::From(..) | Address::Change(..) => "change",
        };
        let splice = self.with(address, |section| {
            let at = section.entry("change").map_or(0, |entry| entry.elements.len());
            Ok(section.add_table(&self.part, ("change", name), at, lines, newline))
        })?;
        splice.apply(&mut self.part);
        Ok(())
    }

    /// How many `[[from]]` tables an event has.
    pub fn parts(&self, address: &Address) -> usize {
        self.with(address, |section| Ok(section.entry("from").map_or(0, |entry| entry.elements.len()))).unwrap_or(0)
    }

    /// Adds a `[[from]]` with these keys and values before the one with the number `at`, or behind the last.
    pub fn add_part(&mut self, address: &Address, at: usize, lines: &[(&str, String)]) -> Result<(), Refusal> {
        let newline = self.newline();
        let name = match address {
            Address::Event(_) => "event.from",
            Address::Whole | Address::Local(..) | Address::From(..) | Address::Change(..) => "from",
        };
        let splice =
            self.with(address, |section| Ok(section.add_table(&self.part, ("from", name), at, lines, newline)))?;
        splice.apply(&mut self.part);
        Ok(())
    }

    /// Takes a `[[from]]` away. False if comments stand in it, so that it stays.
    pub fn remove_part(&mut self, address: &Address, index: usize) -> Result<bool, Refusal> {
        let splice = self.with(address, |section| Ok(section.remove_table(&self.part, "from", index)))?;
        let done = splice.is_some();
        splice.unwrap_or_default().apply(&mut self.part);
        Ok(done)
    }

    /// Takes a `[[change]]` away. False where it stays, because comments stand in it.
    pub fn remove_change(&mut self, address: &Address, index: usize) -> Result<bool, Refusal> {
        let splice = self.with(address, |section| Ok(section.remove_table(&self.part, "change", index)))?;
        let done = splice.is_some();
        splice.unwrap_or_default().apply(&mut self.part);
        Ok(done)
    }
}

#[cfg(test)]
mod tests;
