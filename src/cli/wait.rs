//! A sign of life on a terminal, for what takes over half a second.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long nothing is said.
const PATIENCE: Duration = Duration::from_millis(500);

/// Shows a sign from half a second on until it is dropped.
pub(super) struct Waiting {
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Shows how much of some work is done, from half a second on; nothing where nobody looks.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
}

impl Progress {
    /// Begins work of which each step is told to [`Progress::at`]; `shown` is whether there is somebody to tell.
    pub(super) fn new(what: &'static str, shown: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // The template is our own.
        let style = ProgressStyle::with_template("{msg} {bar:32} {pos} of {len}").expect("the template is sound");
        bar.set_style(style);
        bar.set_message(what);
        if shown {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Progress { bar, begun: Instant::now() }
    }

    /// So many are done, of so many.
    pub(super) fn at(&self, done: usize, of: usize) {
        if self.begun.elapsed() >= PATIENCE {
            self.bar.set_length(of as u64);
            self.bar.set_position(done as u64);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Begins to wait; `shown` is whether there is somebody to tell.
pub(super) fn say(what: &'static str, shown: bool) -> Waiting {
    if !shown {
        return Waiting { done: None, thread: None };
    }
    let (done, end) = channel();
    Waiting { done: Some(done), thread: Some(std::thread::spawn(move || show(what, &end))) }
}

fn show(what: &'static str, end: &Receiver<()>) {
    if end.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let bar =
        ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(ProgressStyle::default_spinner());
    bar.set_message(what);
    while end.recv_timeout(PATIENCE / 4) == Err(RecvTimeoutError::Timeout) {
        bar.tick();
    }
    bar.finish_and_clear();
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // Without a sender the thread's wait ends, and it clears its line before anything else is printed.
        self.done.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
