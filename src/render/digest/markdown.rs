//! `markdown`: for a forum, an issue, a newsletter; escaped as the listing of that name is.

use super::{Part, Point, Sheet};
use crate::render::escape::{destination, markdown as escaped};

/// The post.
pub(super) fn write(sheet: &Sheet) -> Vec<String> {
    let Sheet { title, about: [range, zones], nothing, parts, .. } = sheet;
    let mut out = format!("# {}\n\n{} · {}\n", escaped(title), escaped(range), escaped(zones));
    for Part { is_minor, heading, points } in parts {
        let level = if *is_minor { "###" } else { "##" };
        out.push_str(&format!("\n{level} {}\n", escaped(heading)));
        if !points.is_empty() {
            out.push('\n');
        }
        for point in points {
            push(point, 0, &mut out);
        }
    }
    if let Some(nothing) = nothing {
        out.push_str(&format!("\n{}\n", escaped(nothing)));
    }
    vec![out]
}

fn push(point: &Point, indent: usize, out: &mut String) {
    let Point { lead, label, is_off: _, title, language: _, details, url, instant: _, below } = point;
    out.push_str(&format!("{}-", " ".repeat(indent)));
    for strong in [lead, label].into_iter().flatten() {
        out.push_str(&format!(" **{}**", escaped(strong)));
    }
    match url {
        Some(url) => out.push_str(&format!(" [{}](<{}>)", escaped(title), destination(url))),
        None => out.push_str(&format!(" {}", escaped(title))),
    }
    if !details.is_empty() {
        out.push_str(&format!(" — {}", escaped(&details.join(" · "))));
    }
    out.push('\n');
    for point in below {
        push(point, indent + 2, out);
    }
}
