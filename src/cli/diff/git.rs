//! The records of a revision, read by the program `git`.
//!
//! Only commands that read objects are run: none of them starts hooks, filters or the network. What is written to the
//! temporary folder has a path inside it, and links are left out.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path};
use std::process::{Command, Stdio};

use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::lock;
use crate::source::root::LARGEST_RECORDS;

/// The two ends of `A..B` and `A...B`; the second keeps its third dot.
pub(super) fn range(word: &str) -> Option<(&str, &str)> {
    let (old, new) = word.split_once("..")?;
    (!old.is_empty() && !old.contains('/') || old.contains('/') && !old.starts_with('.')).then_some((old, new))
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["--no-pager", "--literal-pathspecs", "--no-optional-locks"]);
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn failed(source: &std::io::Error) -> Error {
    let error = Error::new(format!("cannot run git: {source}"));
    if source.kind() == std::io::ErrorKind::NotFound {
        return error.help("install git, or compare two folders, .ics files or sites");
    }
    error
}

/// What a command prints; its own message if it fails.
fn output(mut command: Command, what: &str) -> Result<Vec<u8>> {
    let output = command.output().map_err(|source| failed(&source))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    Err(Error::new(format!("{what}: git says: {}", shorten(said))))
}

/// The full name of a revision's commit or tree; `None` if it has none.
pub(super) fn resolved(root: &Path, revision: &str) -> Result<Option<String>> {
    let mut command = git(root);
    command.args(["rev-parse", "--verify", "--quiet", "--end-of-options"]).arg(format!("{revision}^{{tree}}"));
    let output = command.output().map_err(|source| failed(&source))?;
    let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let is_name = (40..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    Ok((output.status.success() && is_name).then_some(name))
}

/// The last commit that two revisions share.
pub(super) fn merge_base(root: &Path, old: &str, new: &str) -> Result<String> {
    let mut command = git(root);
    let new = if new.is_empty() { "HEAD" } else { new };
    command.args(["merge-base", "--end-of-options", old, new]);
    let found = output(command, &format!("{}...{}", shorten(old), shorten(new)))?;
    Ok(String::from_utf8_lossy(&found).trim().to_owned())
}

/// Writes the calendar of a tree to `target`: settings, lock, and everything in `events`.
pub(super) fn export(root: &Path, tree: &str, target: &Path) -> Result<()> {
    let mut command = git(root);
    command.arg("rev-parse").arg("--show-prefix");
    let prefix = output(command, "the calendar's folder")?;
    let prefix = String::from_utf8_lossy(&prefix).trim_end().to_owned();
    let mut command = git(root);
    command.args(["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", tree]);
    if !prefix.is_empty() {
        command.args(["--", &prefix]);
    }
    let listed = output(command, "the revision")?;
    let files: Vec<(&str, &str)> = listed
        .split(|byte| *byte == 0)
        .filter_map(|row| std::str::from_utf8(row).ok())
        .filter_map(|row| entry(row, &prefix))
        .collect();
    if files.is_empty() {
        return Err(Error::new("the revision has no calendar here: neither `calendar.toml` nor files in `events`"));
    }
    contents(root, &files, target)
}

/// The object and the path of a file of a calendar.
fn entry<'r>(row: &'r str, prefix: &str) -> Option<(&'r str, &'r str)> {
    let (about, path) = row.split_once('\t')?;
    let path = path.strip_prefix(prefix)?;
    let mut parts = about.split_ascii_whitespace();
    let (mode, kind, object, size) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_file =
        kind == "blob" && mode.starts_with("100") && size.parse().is_ok_and(|size: u64| size <= LARGEST_RECORDS);
    let is_ours = path == "calendar.toml" || path == lock::FILE || path.starts_with("events/");
    let is_inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    (is_file && is_ours && is_inside).then_some((object, path))
}

/// Writes the objects to their paths below `target`.
fn contents(root: &Path, files: &[(&str, &str)], target: &Path) -> Result<()> {
    let mut command = git(root);
    command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|source| failed(&source))?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::new("cannot talk to git"));
    };
    let mut output = BufReader::with_capacity(1 << 16, output);
    let result = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A git that ends early is seen at the other end.
            for (object, _) in files {
                if writeln!(input, "{object}").is_err() {
                    break;
                }
            }
        });
        let mut header = String::new();
        for (object, path) in files {
            header.clear();
            let lost = || Error::new(format!("git does not give {}", shorten(path)));
            output.read_line(&mut header).map_err(|source| failed(&source))?;
            let size: u64 = header
                .strip_prefix(object)
                .and_then(|rest| rest.trim().strip_prefix("blob "))
                .and_then(|size| size.parse().ok())
                .ok_or_else(lost)?;
            let mut bytes = Vec::new();
            output.by_ref().take(size + 1).read_to_end(&mut bytes).map_err(|source| failed(&source))?;
            if bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
                return Err(lost());
            }
            let file = target.join(path);
            let folder = file.parent().unwrap_or(target);
            std::fs::create_dir_all(folder).map_err(|source| Error::io("write", folder, &source))?;
            std::fs::write(&file, bytes).map_err(|source| Error::io("write", &file, &source))?;
        }
        Ok(())
    });
    drop(output);
    let _ = child.wait();
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_calendar_are_taken() {
        let row = |mode: &str, path: &str| format!("{mode} blob {} 12\t{path}", "a".repeat(40));
        let taken =
            |mode: &str, path: &str, prefix: &str| entry(&row(mode, path), prefix).map(|(_, path)| path.to_owned());
        assert_eq!(taken("100644", "cal/events/a.toml", "cal/").as_deref(), Some("events/a.toml"));
        assert_eq!(taken("100755", "calendar.toml", "").as_deref(), Some("calendar.toml"));
        for (mode, path) in [
            ("120000", "events/link.toml"),
            ("100644", "src/events/a.toml"),
            ("100644", "events/../../a.toml"),
            ("160000", "events/module"),
        ] {
            assert_eq!(taken(mode, path, ""), None, "{mode} {path}");
        }
    }

    #[test]
    fn ranges_are_those_of_git() {
        assert_eq!(range("main.."), Some(("main", "")));
        assert_eq!(range("a/b..c"), Some(("a/b", "c")));
        assert_eq!(range("a...b"), Some(("a", ".b")));
        assert_eq!(range("../old"), None);
        assert_eq!(range("HEAD~3"), None);
    }
}
