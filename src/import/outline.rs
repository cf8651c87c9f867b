//! Where the components of a file stand, without reading what is in them.
//!
//! A file with a hundred thousand events is then read one event at a time, so that no tree of all of them is held.

use std::ops::Range;

use super::component::{Component, DEEPEST, Tree, tree_from};
use super::lines::Problem;

/// A file: its calendars, and the components in them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outline {
    /// Bytes of VCALENDAR properties, each run of lines with the number of its first one.
    pub properties: Vec<Place>,
    /// Components within the calendars, in their order; those that stand in no calendar too.
    pub parts: Vec<Part>,
    /// How many VCALENDARs there are.
    pub calendars: usize,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// A stretch of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Bytes.
    pub range: Range<usize>,
    /// Number of the first line.
    pub line: u32,
    /// Number of the calendar in the file, from 0.
    pub calendar: usize,
}

/// A component within a calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// In capitals.
    pub name: &'static str,
    /// Where it stands, its BEGIN and END included.
    pub place: Place,
}

/// Components that stand in a calendar.
const NAMES: [&str; 6] = ["VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"];

fn known(name: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|known| name.eq_ignore_ascii_case(known))
}

/// The word behind `BEGIN:` or `END:`.
fn word<'l>(line: &'l str, keyword: &str) -> Option<&'l str> {
    let (head, rest) = line.split_at_checked(keyword.len())?;
    let rest = rest.trim_start().strip_prefix(':')?;
    head.eq_ignore_ascii_case(keyword).then(|| rest.trim())
}

/// Divides a text into its components.
pub fn outline(text: &str) -> Outline {
    let mut scan = Scan::default();
    let bytes = text.as_bytes();
    let (mut at, mut line) = (0, 1_u32);
    while at < bytes.len() {
        let begin = at;
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |found| at + found);
        at = match bytes.get(end..) {
            Some([b'\r', b'\r', b'\n', ..]) => end + 3,
            Some([b'\r', b'\n', ..]) => end + 2,
            Some([_, ..]) => end + 1,
            _ => end,
        };
        let current = text[begin..end].trim_start_matches('\u{FEFF}');
        let (begins, ends) = match current.bytes().next() {
            Some(b'B' | b'b') => (word(current, "BEGIN"), None),
            Some(b'E' | b'e') => (None, word(current, "END")),
            _ => (None, None),
        };
        match (begins, ends) {
            (Some(name), _) => scan.begin(name, begin, line),
            (_, Some(name)) => scan.end(name, begin..at, line),
            _ if current.is_empty() => {}
            _ => scan.property(begin, line),
        }
        line += 1;
    }
    scan.finish(text.len(), line);
    scan.outline
}

/// A text in the course of being divided.
#[derive(Default)]
struct Scan<'t> {
    outline: Outline,
    /// The component that is open, and where it begins.
    open: Option<(&'static str, usize, u32)>,
    /// Whether a calendar is open.
    is_inside: bool,
    /// Other components, such as X-COMPONENT, that are open within the calendar; their lines are no properties of it.
    foreign: Vec<&'t str>,
    /// Where a run of properties of the calendar begins.
    run: Option<(usize, u32)>,
    is_too_deep: bool,
}

impl<'t> Scan<'t> {
    fn begin(&mut self, name: &'t str, at: usize, line: u32) {
        let is_calendar = name.eq_ignore_ascii_case("VCALENDAR");
        let known = known(name).filter(|name| self.open.is_none() || matches!(*name, "VEVENT" | "VTIMEZONE"));
        if is_calendar || known.is_some() {
            self.close(at, line, false);
            self.close_run(at);
            self.foreign.clear();
            self.open = known.map(|name| (name, at, line));
            if is_calendar {
                self.outline.calendars += 1;
                self.is_inside = true;
            }
        } else if self.open.is_none() {
            self.close_run(at);
            if self.foreign.len() < DEEPEST {
                self.foreign.push(name);
            } else if !self.is_too_deep {
                self.is_too_deep = true;
                let found = format!("{} is nested {DEEPEST} components deep", super::shown(name));
                self.problem(line, found, "at most three levels of components", true);
            }
        }
    }

    fn end(&mut self, name: &str, range: Range<usize>, line: u32) {
        let is_calendar = name.eq_ignore_ascii_case("VCALENDAR");
        match self.open {
            Some((open, ..)) if name.eq_ignore_ascii_case(open) => self.close(range.end, line, true),
            Some(_) if is_calendar => self.close(range.start, line, false),
            None if self.foreign.last().is_some_and(|last| name.eq_ignore_ascii_case(last)) => {
                self.foreign.pop();
            }
            _ => {}
        }
        if is_calendar {
            self.close_run(range.start);
            self.foreign.clear();
            self.is_inside = false;
        }
    }

    fn property(&mut self, at: usize, line: u32) {
        if self.open.is_none() && self.foreign.is_empty() && self.is_inside && self.run.is_none() {
            self.run = Some((at, line));
        }
    }

    fn finish(&mut self, end: usize, line: u32) {
        self.close(end, line, false);
        self.close_run(end);
        if self.is_inside {
            self.problem(line, "VCALENDAR has no end".to_owned(), "`END:VCALENDAR`", false);
        }
    }

    /// Ends the component that is open.
    fn close(&mut self, to: usize, line: u32, has_end: bool) {
        let Some((name, from, its_line)) = self.open.take() else { return };
        if !has_end {
            self.problem(line, format!("{name} of line {its_line} has no end"), "`END:` with its name", false);
        }
        let calendar = self.outline.calendars.saturating_sub(1);
        self.outline.parts.push(Part { name, place: Place { range: from..to, line: its_line, calendar } });
    }

    fn close_run(&mut self, to: usize) {
        if let Some((from, line)) = self.run.take() {
            let calendar = self.outline.calendars.saturating_sub(1);
            self.outline.properties.push(Place { range: from..to, line, calendar });
        }
    }

    fn problem(&mut self, line: u32, found: String, expected: &'static str, is_loss: bool) {
        if self.outline.problems.len() < 1_000 {
            self.outline.problems.push(Problem { line, found, expected, is_loss });
        }
    }
}

impl Part {
    /// Reads the component.
    pub fn read<'t>(&self, text: &'t str) -> (Option<Component<'t>>, Vec<Problem>) {
        let Tree { mut components, problems } = tree_from(text, self.place.range.clone(), self.place.line);
        let first = (!components.is_empty()).then(|| components.swap_remove(0));
        // A missing end was reported by the outline.
        (first, problems.into_iter().filter(|problem| !problem.found.ends_with("has no end")).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (Vec<String>, usize, usize) {
        let outline = outline(text);
        let parts = outline.parts.iter();
        let parts = parts.map(|part| format!("{}@{}", part.name, part.place.line)).collect();
        (parts, outline.calendars, outline.problems.len())
    }

    #[test]
    fn components_have_their_places() {
        let text = "\u{FEFF}BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nbegin:vevent\r\nUID:1\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\nX-A:1\r\nEND:VCALENDAR\r\n";
        assert_eq!(shown(text), (vec!["VTIMEZONE@3".to_owned(), "VEVENT@7".to_owned()], 1, 0));
        let found = outline(text);
        let runs: Vec<&str> = found.properties.iter().map(|place| &text[place.range.clone()]).collect();
        assert_eq!(runs, ["VERSION:2.0\r\n", "X-A:1\r\n"]);
        let (component, problems) = found.parts[1].read(text);
        let component = component.expect("an event");
        assert_eq!((component.line, component.properties[0].line, component.components.len()), (7, 8, 1));
        assert_eq!(problems, []);
    }

    #[test]
    fn what_is_not_closed_is_kept() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nUID:2\nEND:VCALENDAR\nBEGIN:VEVENT\nUID:3";
        assert_eq!(shown(text), (vec!["VEVENT@2".into(), "VEVENT@4".into(), "VEVENT@7".into()], 1, 3));
    }

    #[test]
    fn lines_of_other_components_are_no_properties_of_the_calendar() {
        let text = "BEGIN:VCALENDAR\nBEGIN:X-THING\nNAME:no\nEND:X-THING\nNAME:yes\nEND:VCALENDAR\n";
        let found = outline(text);
        let runs: Vec<&str> = found.properties.iter().map(|place| &text[place.range.clone()]).collect();
        assert_eq!(runs, ["NAME:yes\n"]);
        let deep = format!("BEGIN:VCALENDAR\n{}{}END:VCALENDAR\n", "BEGIN:A\n".repeat(1000), "END:A\n".repeat(1000));
        assert_eq!(shown(&deep), (vec![], 1, 1));
    }
}
