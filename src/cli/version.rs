//! `redletter --version`.

use super::{Exit, Global, World, open};
use crate::error::Result;

pub(super) fn run(global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let tzdb = open::tzdb(global, world)?;
    let mut text = format!("redletter {}\n", env!("CARGO_PKG_VERSION"));
    text.push_str(&format!("tz database {} ({})\n", tzdb.version(), tzdb.origin()));
    for (version, origin) in tzdb.considered() {
        if origin != tzdb.origin() {
            text.push_str(&format!("  at hand: {version} ({origin})\n"));
        }
    }
    text.push_str(&format!("  floor: {} (chrono-tz)\n", chrono_tz::IANA_TZDB_VERSION));
    world.print(&crate::diagnostic::visible_lines(&text))?;
    let now = world.now(global)?;
    open::warn_of_old_rules(&tzdb, now, world);
    Ok(Exit::Fine)
}
