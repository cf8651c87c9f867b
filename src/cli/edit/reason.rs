//! Why an event changes: a sentence that begins its description.

use super::RecordEdit;
use crate::error::{Error, Result};
use crate::record::value::toml_text;

impl RecordEdit<'_> {
    /// Puts the reason before the description, once.
    pub(super) fn give_reason(&mut self) -> Result<()> {
        let Some(reason) = self.asked.reason.as_deref().map(str::trim) else { return Ok(()) };
        if reason.is_empty() {
            return Err(Error::new("--reason: it is empty").help("leave it out, or say why"));
        }
        let (event, _) = self.meant(self.event);
        let old = event.description.as_deref().unwrap_or_default();
        if old.starts_with(reason) {
            return Ok(());
        }
        let own = self.target().and_then(|target| self.edit.raw(&target, "description"));
        let value = match own.as_deref().and_then(|raw| raw.strip_prefix("\"\"\"")) {
            // A text on several lines stays one.
            Some(rest) => {
                let newline = if rest.contains("\r\n") { "\r\n" } else { "\n" };
                let quoted = toml_text(reason);
                let escaped = &quoted[1..quoted.len() - 1];
                let rest = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')).unwrap_or(rest);
                format!("\"\"\"{newline}{escaped}{newline}{newline}{rest}")
            }
            None if old.is_empty() => toml_text(reason),
            None => toml_text(&format!("{reason}\n\n{old}")),
        };
        self.set("description", &value)
    }
}
