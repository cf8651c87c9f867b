//! `markdown`: a comment on a pull request. Texts of records make no markup, and mention no account.

use super::sections::Below;
use super::{Difference, sections, summary};
use crate::render::escape::markdown as escaped;

/// Entries of a kind after which the others are folded away.
const MOST_OPEN: usize = 20;
/// A forge refuses comments of more characters than 65,536.
const LONGEST: usize = 60_000;

/// The comment.
pub fn write(difference: &Difference<'_>) -> String {
    let mut out = format!(
        "### What subscribers will see change\n\n{} → {}: **{}**\n",
        escaped(difference.old),
        escaped(difference.new),
        summary(difference.changes)
    );
    let mut left_out = 0;
    for section in sections(difference) {
        out.push_str(&format!("\n#### {}\n\n", section.heading));
        if !section.remark.is_empty() {
            out.push_str(&format!("> {}\n\n", section.remark));
        }
        let count = section.entries.len();
        for (at, entry) in section.entries.iter().enumerate() {
            if at == MOST_OPEN {
                out.push_str(&format!("\n<details><summary>{} more</summary>\n\n", count - MOST_OPEN));
            }
            let mut lines = format!("- **{}**", escaped(&entry.change.title));
            if !entry.says.is_empty() {
                lines.push_str(&format!(" — {}", escaped(&entry.says)));
            }
            lines.push('\n');
            for below in &entry.below {
                let (sign, line) = match below {
                    Below::Zone(line) => ("", line),
                    Below::Gone(line) => ("− ", line),
                    Below::Come(line) => ("\\+ ", line),
                };
                lines.push_str(&format!("  - {sign}{}\n", escaped(line)));
            }
            if out.len() + lines.len() > LONGEST {
                left_out += 1;
            } else {
                out.push_str(&lines);
            }
        }
        if count > MOST_OPEN {
            out.push_str("\n</details>\n");
        }
    }
    if left_out > 0 {
        out.push_str(&format!("\n{left_out} more changes: `redletter diff` lists them all.\n"));
    }
    out
}
