//! A large file of many events, read and judged block by block, so that its text is never held whole.
//!
//! Only for files in which nothing is wrong and nothing is odd: with the first finding, a multi-line string, or no
//! `[[event]]` in a block, it gives up, and the file is read whole. It can only err towards that.

use std::io::Read;
use std::path::Path;

use memchr::memmem;

use super::judge::{Chunk, judge_parts};
use super::threads;
use crate::record::read::{Part, document};
use crate::record::split;
use crate::resolve::{Context, Judged};
use crate::source::root::{Folder, LARGEST_RECORDS as LARGEST, Root};

/// Bytes read at a time.
const BLOCK: usize = 4 << 20;

/// The records of a file of several blocks.
pub(super) fn judge(root: &Root, name: &str, path: &Path, context: &Context<'_>) -> Option<Vec<Judged>> {
    let mut file = root.open_file(path, LARGEST).ok()?;
    let size = file.metadata().ok()?.len();
    if size <= 2 * BLOCK as u64 {
        return None;
    }
    let mut buffer = Vec::with_capacity(BLOCK + BLOCK / 4);
    read_block(&mut file, &mut buffer)?;
    let head_end = if buffer.starts_with(&split::HEADER[1..]) { 0 } else { memmem::find(&buffer, split::HEADER)? + 1 };
    let head = String::from_utf8(buffer[..head_end].to_vec()).ok()?;
    let mut findings = Vec::new();
    let first = document(&head, 0, Part::First, &mut findings)?;
    if !findings.is_empty() || !first.records.is_empty() || head.starts_with('\u{FEFF}') {
        return None;
    }
    let shared = first.defaults.as_ref().map(|field| &field.value);
    buffer.drain(..head_end);

    let folder = path.parent().map(|path| Folder { root, path });
    let mut base = head_end as u64;
    let mut judged = Vec::new();
    let mut at_end = false;
    while !at_end {
        at_end = !read_block(&mut file, &mut buffer)?;
        let end = if at_end { buffer.len() } else { memmem::rfind(&buffer, split::HEADER)? + 1 };
        let text = std::str::from_utf8(&buffer[..end]).ok()?;
        let parts = split::plain_parts(text)?;
        let stretch = Chunk { name, text, base: u32::try_from(base).ok()?, folder };
        let (Some(mut more), wrong) = judge_parts(stretch, &parts, shared, context, threads::all()) else {
            return None;
        };
        if !wrong.is_empty() {
            return None;
        }
        judged.append(&mut more);
        buffer.drain(..end);
        base += end as u64;
        if base > LARGEST {
            return None;
        }
    }
    Some(judged)
}

/// Appends a block. False at the end of the file; nothing where it cannot be read.
fn read_block(file: &mut impl Read, buffer: &mut Vec<u8>) -> Option<bool> {
    Some(file.by_ref().take(BLOCK as u64).read_to_end(buffer).ok()? > 0)
}
