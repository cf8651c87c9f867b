//! The Nu checker of HTML, and the validator of RELAX NG that is a part of it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// What the checker says of HTML.
pub(crate) fn checker(arguments: &[&OsStr]) -> String {
    java("-jar", arguments)
}

/// Fails where a file does not fit a schema in the compact syntax.
pub(crate) fn assert_fits(schema: &Path, files: &[&OsStr]) {
    let class = OsStr::new("nu.validator.vendor.thaiopensource.relaxng.util.Driver");
    java("-cp", &[&[class, OsStr::new("-c"), schema.as_os_str()], files].concat());
}

fn java(by: &str, arguments: &[&OsStr]) -> String {
    let jar = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opinions/node_modules/vnu-jar/build/dist/vnu.jar");
    assert!(jar.is_file(), "vnu-jar is missing: run tests/run");
    let run = Command::new("java").arg(by).arg(jar).args(arguments).output();
    let run = run.unwrap_or_else(|error| panic!("cannot run java: {error}; run tests/run"));
    let printed = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(run.status.success(), "java refuses:\n{printed}\n{}", String::from_utf8_lossy(&run.stderr));
    printed
}
