//! Files among the records that nothing reads, although a person may think so: by their names.

/// A file that is not read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Ignored {
    /// From the root, with forward slashes.
    pub name: String,
    /// What it seems to be.
    pub seems: Seems,
}

/// What a file seems to be by its name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Seems {
    /// A record whose name does not end in `.toml`; with the name that it needs.
    Record(String),
    /// Text of another format that records could be in: YAML, JSON.
    OtherText,
    /// An iCalendar file.
    Calendar,
    /// A CSV file, which only a record's `locals` reads.
    Sheet,
    /// A spreadsheet that is not CSV.
    Spreadsheet,
}

impl Seems {
    /// What a file with this name seems to be; `None` if it needs no warning.
    pub fn of(name: &str) -> Option<Seems> {
        seems(name)
    }
}

/// Endings of copies that editors and version control leave; they are not reported as ignored records.
const COPIES: [&str; 7] = [".bak", ".orig", ".rej", ".swp", ".swo", ".old", ".tmp"];

fn seems(name: &str) -> Option<Seems> {
    let lower = name.trim().to_ascii_lowercase();
    if lower.ends_with('~') || COPIES.iter().any(|ending| lower.ends_with(ending)) {
        return None;
    }
    if let Some(at) = lower.find(".toml") {
        return Some(Seems::Record(format!("{}.toml", &name.trim()[..at])));
    }
    let (stem, ending) = lower.rsplit_once('.')?;
    match ending {
        "ics" | "ical" | "icalendar" | "ifb" | "vcs" => Some(Seems::Calendar),
        "csv" | "tsv" => Some(Seems::Sheet),
        "xls" | "xlsx" | "xlsm" | "ods" | "numbers" => Some(Seems::Spreadsheet),
        "yaml" | "yml" | "json" | "jsonc" | "json5" => Some(Seems::OtherText),
        _ if strsim::osa_distance(ending, "toml") == 1 => {
            Some(Seems::Record(format!("{}.toml", &name.trim()[..stem.len()])))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_takes_for_a_record_is_known() {
        let record = |name: &str| Some(Seems::Record(name.to_owned()));
        for (name, expected) in [
            ("a.TOML", record("a.toml")),
            ("March.Toml", record("March.toml")),
            ("b.toml.txt", record("b.toml")),
            ("b.toml ", record("b.toml")),
            ("c.tml", record("c.toml")),
            ("c.tolm", record("c.toml")),
            ("d.ics", Some(Seems::Calendar)),
            ("d.ICS", Some(Seems::Calendar)),
            ("e.csv", Some(Seems::Sheet)),
            ("f.xlsx", Some(Seems::Spreadsheet)),
            ("g.yaml", Some(Seems::OtherText)),
            ("photo.jpg", None),
            ("README.md", None),
            ("notes.txt", None),
            ("h.toml~", None),
            ("h.toml.orig", None),
            ("ẞ.TOML", record("ẞ.toml")),
            ("toml", None),
            (".", None),
            ("", None),
        ] {
            assert_eq!(seems(name), expected, "{name}");
        }
    }
}
