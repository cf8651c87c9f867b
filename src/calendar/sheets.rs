//! The CSV file that a record names in `locals`. It lies beside the record or below: no path leads out of the folder.

mod cell;
mod encoding;

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::load::not_utf8;
use crate::diagnostic::{Code, Diagnostic, Finding, shorten};
use crate::record::{Field, Text, sheet};
use crate::resolve::local::{self, Parent, Taken};
use crate::resolve::{Context, Judged, Sheet};
use crate::source::Source;
use crate::source::root::{Folder, LARGEST_SHEET, Unopened, is_hidden};

/// The local events of the sheet that `field` names, and what is wrong in it. What is wrong with the name itself is put
/// into `findings`. `folder` is that of the record's file; without one, nothing is read.
pub(super) fn judge(
    field: &Field<Text<'_>>,
    file: &str,
    folder: Option<Folder<'_>>,
    parent: &Parent<'_>,
    taken: &mut Taken,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> (Vec<Judged>, Vec<Diagnostic>) {
    let nothing = (Vec::new(), Vec::new());
    let Some(folder) = folder else { return nothing };
    let unreadable = |message: String, help: &str| {
        Finding::new(Code::Unreadable, field.span, message).label("expected a CSV file beside the record").help(help)
    };
    let shown = shorten(&field.value);
    let path = match inside(&field.value, folder) {
        Ok(path) => path,
        Err(Outside::Path(why)) => {
            findings.push(unreadable(
                format!("`{shown}` {why}"),
                "write the name of a file in the folder of the record, such as `locals.csv`",
            ));
            return nothing;
        }
        Err(Outside::Missing) => {
            let help = near(&field.value, folder);
            findings.push(unreadable(format!("there is no file `{shown}`"), &help));
            return nothing;
        }
    };
    let buffer = match folder.root.read(&path, LARGEST_SHEET) {
        Ok(bytes) => bytes,
        Err(Unopened::TooLarge { bytes, most }) => {
            let message = format!("`{shown}` has {} MB, over {}", bytes / 1_000_000, most / 1_000_000);
            findings
                .push(Finding::new(Code::TooLarge, field.span, message).help("divide it among several action days"));
            return nothing;
        }
        Err(why) => {
            findings
                .push(unreadable(format!("`{shown}` cannot be read: {why}"), "see to it that the file can be opened"));
            return nothing;
        }
    };
    let above = file.rsplit_once('/').map_or("", |(above, _)| above);
    let plain: Vec<_> = field.value.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let name = format!("{above}/{}", plain.join("/"));
    let decoded = if std::str::from_utf8(&buffer).is_ok() { None } else { encoding::decoded(&buffer) };
    let assumed = decoded.as_ref().map(|decoded| (decoded.encoding, decoded.is_certain));
    let text = match decoded.map_or_else(|| String::from_utf8(buffer), |decoded| Ok(decoded.text)) {
        Ok(text) => text,
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let mut finding = not_utf8(&text, place);
            finding.help = vec!["save the sheet again as CSV with the encoding UTF-8".to_owned()];
            return (Vec::new(), vec![finding.within(&Source::file(name, text))]);
        }
    };
    let mut wrong = Vec::new();
    let tables = sheet::read(&text, parent.days(), &mut wrong);
    taken.in_another_file();
    let mut judged = local::locals(&tables, parent, context, taken, |row| row, &mut wrong);
    let separator = sheet::separator(&text);
    for finding in &mut wrong {
        cell::in_cells(finding, &text, separator);
    }
    if let Some((encoding, is_certain)) = assumed {
        let line = text.find(['\r', '\n']).unwrap_or(text.len());
        let mut finding = Finding::new(
            Code::SheetAssumed,
            crate::source::Span::new(0..line),
            format!("the sheet is not UTF-8, and is read as {encoding}"),
        );
        if !is_certain {
            finding = finding.label("are all letters right?");
            finding.severity = crate::diagnostic::Severity::Warning;
        }
        wrong.push(finding.help("save it as `CSV UTF-8`, so that every program reads it alike"));
    }
    let sheet = Arc::new(Sheet { name: name.clone(), path });
    for one in &mut judged {
        one.sheet = Some(Arc::clone(&sheet));
    }
    let diagnostics = if wrong.is_empty() {
        Vec::new()
    } else {
        let source = Source::file(name, text);
        wrong.into_iter().map(|finding| finding.within(&source)).collect()
    };
    (judged, diagnostics)
}

/// The text of a sheet that is not UTF-8.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    encoding::decoded(bytes).map(|decoded| decoded.text)
}

/// The bytes of a sheet with another text, in the encoding that it has. `None` if it does not say `original` now, or if its
/// encoding has no bytes for the text.
pub fn rewritten(bytes: &[u8], original: &str, text: &str) -> Option<Vec<u8>> {
    if let Ok(current) = std::str::from_utf8(bytes) {
        return (current == original).then(|| text.as_bytes().to_vec());
    }
    let decoded = encoding::decoded(bytes)?;
    if decoded.text == original { encoding::encoded(bytes, text) } else { None }
}

/// Why a name is not a file in the folder.
enum Outside {
    Path(&'static str),
    Missing,
}

fn inside(name: &str, folder: Folder<'_>) -> Result<PathBuf, Outside> {
    if name.trim().is_empty() {
        return Err(Outside::Path("is not the name of a file"));
    }
    if name.contains('\0') {
        return Err(Outside::Missing);
    }
    if name.contains("://") {
        return Err(Outside::Path("is an address, and nothing is fetched"));
    }
    // A backslash is a folder to some systems, and part of a name to others.
    if name.contains('\\') || name.as_bytes().get(1) == Some(&b':') {
        return Err(Outside::Path("is not a path within the folder (with forward slashes)"));
    }
    for part in Path::new(name).components() {
        match part {
            Component::Normal(part) if is_hidden(part) => return Err(Outside::Path("is a hidden file")),
            Component::Normal(_) | Component::CurDir => {}
            Component::ParentDir => return Err(Outside::Path("leads out of the record's folder")),
            Component::RootDir | Component::Prefix(_) => {
                return Err(Outside::Path("is a path from the top of the disk"));
            }
        }
    }
    let path = match folder.root.resolve(&folder.path.join(name)) {
        Ok(real) => folder.root.path().join(real),
        Err(Unopened::Outside) => return Err(Outside::Path("is a link that leads out of the record's folder")),
        Err(Unopened::Hidden) => return Err(Outside::Path("is a link that leads to a hidden file")),
        Err(_) => return Err(Outside::Missing),
    };
    if !path.starts_with(folder.path) {
        return Err(Outside::Path("is a link that leads out of the record's folder"));
    }
    if !folder.root.stat(&path).is_some_and(|found| found.is_file()) {
        return Err(Outside::Path("is not a regular file"));
    }
    Ok(path)
}

/// What the author may have meant, by the CSV files that are there.
fn near(name: &str, folder: Folder<'_>) -> String {
    let there = folder.root.list(folder.path).unwrap_or_default();
    let mut names: Vec<String> = there.into_iter().filter_map(|(name, _)| name.into_string().ok()).collect();
    names.retain(|name| name.to_lowercase().ends_with(".csv"));
    names.sort();
    match (crate::record::suggest::nearest(name, names.iter().map(String::as_str)), &names[..]) {
        (Some(near), _) => format!("did you mean `{}`?", shorten(near)),
        (None, [only]) => format!("the folder has `{}`", shorten(only)),
        (None, _) => "put the file beside the record, or delete the line".to_owned(),
    }
}
