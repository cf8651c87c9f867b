//! Why an event changes: the `reason` of its record.

use super::RecordEdit;
use crate::error::{Error, Result};
use crate::record::value::toml_text;

const KEY: &str = "reason";

impl RecordEdit<'_> {
    /// Writes the reason that was given. Several lines become one.
    pub(super) fn give_reason(&mut self) -> Result<()> {
        let Some(reason) = &self.asked.reason else { return Ok(()) };
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if reason.is_empty() {
            return Err(Error::new("--reason: it is empty").help("leave it out, or give a sentence"));
        }
        let (event, _) = self.meant(self.event);
        if event.reason.as_deref() == Some(&*reason) {
            return Ok(());
        }
        self.set(KEY, &toml_text(&reason))
    }

    /// Removes the reason of an event that takes place again.
    pub(super) fn drop_reason(&mut self) -> Result<()> {
        let Some(target) = self.target() else { return Ok(()) };
        let refused = |why: String| Error::new(format!("`{KEY}` cannot be removed: {why}"));
        self.edit.remove(&target, KEY).map(|_| ()).map_err(refused)
    }
}
