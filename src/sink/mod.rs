//! Writes artifacts: single files, and folders with a whole site.
//!
//! An existing file is never written to, because another process may be reading it. New bytes go to a temporary file,
//! which is flushed to disk and then renamed.

mod batch;
pub mod dir;
mod file;
mod file_lock;
mod leftover;

pub use batch::{BatchFile, write_batch};
pub use dir::{Plan, Stage};
pub use file::{make_folder, write_below, write_file};
pub(crate) use file_lock::FileLock;
pub use leftover::remove as remove_leftover;
