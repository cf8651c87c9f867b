//! A second opinion on the ends of occurrences: `tests/opinions/lengths.py` works them out by Python's `zoneinfo` for
//! random series with an `end` or a `duration`, in zones whose clocks change at midnight, by half an hour or by a day.

mod opinion;

use std::ffi::OsStr;
use std::process::Command;

#[test]
fn python_ends_every_occurrence_at_the_same_instant() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a path");
    opinion::of("lengths.py", &[OsStr::new(path)], "");
    let listing = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["-r", path, "agenda", "--from", "2011-01-01", "--to", "2030-01-01", "-t", "UTC", "--format", "jsonl"])
        .output()
        .expect("the program runs");
    assert!(listing.status.success(), "{}", String::from_utf8_lossy(&listing.stderr));
    let said = opinion::of("lengths.py", &[OsStr::new(path)], &String::from_utf8_lossy(&listing.stdout));
    assert_eq!(said.trim(), "300 series, 68307 occurrences");
}
