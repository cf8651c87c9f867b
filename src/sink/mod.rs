//! Where artifacts go: single files, and folders that hold a whole site.
//!
//! Nothing is ever written into a file that somebody may be reading: new bytes stand beside, are safe on the disk, and
//! then take the name.

pub mod dir;
mod file;
mod file_lock;
mod leftover;

pub use dir::{Plan, Stage};
pub use file::{write_below, write_file};
pub(crate) use file_lock::FileLock;
pub use leftover::remove as remove_leftover;
