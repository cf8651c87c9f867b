//! The field reference in `docs/fields.md` is what the program prints.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_reference_is_that_of_the_table() {
    let printed = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["schema", "--format", "markdown"])
        .output()
        .expect("the program runs");
    assert!(printed.status.success());
    let printed = String::from_utf8(printed.stdout).expect("UTF-8");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/fields.md");
    if std::env::var_os("BLESS").is_some() {
        assert!(std::env::var_os("CI").is_none(), "nobody would read the difference: bless where a person does");
        fs::write(&path, &printed).expect("a file");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), printed, "BLESS=1 cargo test --test reference writes it");
}
