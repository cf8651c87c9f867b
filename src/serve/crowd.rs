//! All open connections, so that the slow ones starve nobody.
//!
//! Each has a pulse: what it is doing, and since when. Whoever takes too long over it is closed; and when there is no room
//! for one more, those go first that have waited longest without asking for anything. So however many connections are
//! held open, one that asks at once is answered.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::AbortHandle;

/// What a connection is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Phase {
    /// Nothing was sent on it yet.
    Fresh,
    /// A part of a request is here.
    Reading,
    /// The answer is being made.
    Working,
    /// The answer is on its way.
    Answering,
    /// The last answer was sent, and there may be another request.
    Idle,
    /// It gets news for as long as it likes.
    Listening,
    /// It is closed as soon as the other side has read all.
    Leaving,
}

const PHASES: [Phase; 7] =
    [Phase::Fresh, Phase::Reading, Phase::Working, Phase::Answering, Phase::Idle, Phase::Listening, Phase::Leaving];

/// How long a request may take to arrive whole.
const ARRIVAL: u64 = 10_000;
/// How long a connection may wait for its next request.
const IDLE: u64 = 60_000;
/// How long an answer may be worked on.
const WORK: u64 = 60_000;
/// How long an answer may take at least; beyond, it goes on for as long as it is read at [`SLOWEST`].
const ANSWER: u64 = 30_000;
/// Bytes in a second.
const SLOWEST: u64 = 1_000;
/// How long the other side may take to read the last bytes.
const FAREWELL: u64 = 2_000;
/// An answer that is this old may be given up for a new connection.
const UNHURRIED: u64 = 5_000;

/// What a connection is doing, since when.
#[derive(Debug)]
pub(super) struct Pulse {
    clock: Instant,
    phase: AtomicU8,
    /// Milliseconds since the server's start.
    since: AtomicU64,
    /// Bytes sent since then.
    sent: AtomicU64,
    task: OnceLock<AbortHandle>,
}

impl Pulse {
    fn new(clock: Instant) -> Self {
        let pulse = Pulse {
            clock,
            phase: AtomicU8::new(0),
            since: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            task: OnceLock::new(),
        };
        pulse.enter(Phase::Fresh);
        pulse
    }

    pub(super) fn phase(&self) -> Phase {
        PHASES[usize::from(self.phase.load(Ordering::Relaxed)).min(PHASES.len() - 1)]
    }

    /// Begins a phase.
    pub(super) fn enter(&self, phase: Phase) {
        self.since.store(millis(self.clock), Ordering::Relaxed);
        self.sent.store(0, Ordering::Relaxed);
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// Bytes came in. A request that trickles in gains no time by it.
    pub(super) fn received(&self) {
        if matches!(self.phase(), Phase::Fresh | Phase::Idle) {
            self.enter(Phase::Reading);
        }
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// All that there was is sent.
    pub(super) fn flushed(&self) {
        if self.phase() == Phase::Answering {
            self.enter(Phase::Idle);
        }
    }

    /// Names the task to end where it takes too long.
    pub(super) fn belongs_to(&self, task: AbortHandle) {
        // Set once, right after the start.
        let _ = self.task.set(task);
    }

    fn age(&self, now: u64) -> u64 {
        now.saturating_sub(self.since.load(Ordering::Relaxed))
    }

    fn is_overdue(&self, now: u64) -> bool {
        let allowed = match self.phase() {
            Phase::Fresh | Phase::Reading => ARRIVAL,
            Phase::Working => WORK,
            Phase::Answering => ANSWER + self.sent.load(Ordering::Relaxed) * 1000 / SLOWEST,
            Phase::Idle => IDLE,
            Phase::Listening => u64::MAX,
            Phase::Leaving => FAREWELL,
        };
        self.age(now) > allowed
    }

    /// How readily it is closed for another one; none if it is not.
    fn rank(&self, now: u64) -> Option<(u8, u64)> {
        let age = u64::MAX - self.age(now);
        match self.phase() {
            Phase::Idle | Phase::Leaving => Some((0, age)),
            Phase::Fresh | Phase::Reading => Some((1, age)),
            Phase::Answering if self.age(now) > UNHURRIED => Some((2, age)),
            Phase::Listening => Some((3, age)),
            Phase::Answering | Phase::Working => None,
        }
    }

    fn end(&self) {
        if let Some(task) = self.task.get() {
            task.abort();
        }
    }
}

fn millis(clock: Instant) -> u64 {
    clock.elapsed().as_millis() as u64
}

/// All open connections.
pub(super) struct Crowd {
    clock: Instant,
    most: usize,
    members: Mutex<Members>,
    /// Those that were closed because they were slow, idle or too many.
    closed: AtomicU64,
}

#[derive(Default)]
struct Members {
    next: u64,
    pulses: HashMap<u64, Arc<Pulse>>,
}

/// A place in the crowd, given up when dropped.
pub(super) struct Place {
    crowd: Arc<Crowd>,
    number: u64,
    pub(super) pulse: Arc<Pulse>,
}

impl Crowd {
    /// A crowd of at most so many.
    pub(super) fn new(most: usize) -> Arc<Self> {
        let (clock, members, closed) = (Instant::now(), Mutex::default(), AtomicU64::new(0));
        Arc::new(Crowd { clock, most: most.max(1), members, closed })
    }

    /// Takes one more in; where there is no room, by closing others. None where all others are being answered.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Place> {
        if self.len() >= self.most && self.make_room() == 0 {
            return None;
        }
        let pulse = Arc::new(Pulse::new(self.clock));
        let mut members = self.members();
        members.next += 1;
        let number = members.next;
        members.pulses.insert(number, Arc::clone(&pulse));
        drop(members);
        Some(Place { crowd: Arc::clone(self), number, pulse })
    }

    /// Closes some of those that wait longest, and says how many.
    pub(super) fn make_room(&self) -> usize {
        let now = millis(self.clock);
        let mut members = self.members();
        let mut ranked: Vec<_> =
            members.pulses.iter().filter_map(|(number, pulse)| Some((pulse.rank(now)?, *number))).collect();
        // Several at once, so that many newcomers do not all look through everybody.
        let count = (self.most / 64).clamp(1, ranked.len().max(1)).min(ranked.len());
        if count == 0 {
            return 0;
        }
        ranked.select_nth_unstable(count - 1);
        for (_, number) in &ranked[..count] {
            if let Some(pulse) = members.pulses.remove(number) {
                pulse.end();
            }
        }
        drop(members);
        self.closed.fetch_add(count as u64, Ordering::Relaxed);
        count
    }

    /// Closes whoever takes too long.
    pub(super) fn sweep(&self) {
        let now = millis(self.clock);
        let mut closed = 0;
        for pulse in self.members().pulses.values().filter(|pulse| pulse.is_overdue(now)) {
            pulse.end();
            closed += 1;
        }
        self.closed.fetch_add(closed, Ordering::Relaxed);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.members().pulses.len()
    }

    /// Whether somebody is owed an answer. Of a request that is not here whole after a second, none is.
    pub(super) fn owes(&self) -> bool {
        let now = millis(self.clock);
        self.members().pulses.values().any(|pulse| match pulse.phase() {
            Phase::Working | Phase::Answering | Phase::Leaving => true,
            Phase::Fresh | Phase::Reading => pulse.age(now) < 1_000,
            Phase::Idle | Phase::Listening => false,
        })
    }

    /// How many were closed for others or for themselves.
    pub(super) fn closed(&self) -> u64 {
        self.closed.load(Ordering::Relaxed)
    }

    fn members(&self) -> std::sync::MutexGuard<'_, Members> {
        // Nothing panics while it is held.
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crowd.members().pulses.remove(&self.number);
    }
}

/// How often [`Crowd::sweep`] is worth its while.
pub(super) const SWEEP: Duration = Duration::from_millis(500);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_wait_go_before_those_that_are_answered() {
        let crowd = Crowd::new(3);
        let idle = crowd.enter().expect("room");
        let working = crowd.enter().expect("room");
        let reading = crowd.enter().expect("room");
        idle.pulse.enter(Phase::Idle);
        working.pulse.enter(Phase::Working);
        reading.pulse.received();
        let fourth = crowd.enter().expect("the idle one makes room");
        assert!(!crowd.members().pulses.contains_key(&idle.number));
        fourth.pulse.enter(Phase::Working);
        let fifth = crowd.enter().expect("the one that trickles makes room");
        assert!(!crowd.members().pulses.contains_key(&reading.number));
        fifth.pulse.enter(Phase::Answering);
        assert!(crowd.enter().is_none(), "nobody is cut off in the middle of an answer");
        drop(working);
        assert!(crowd.enter().is_some());
    }

    #[test]
    fn time_is_short_for_requests_and_long_for_answers_that_are_read() {
        let pulse = Pulse::new(Instant::now());
        pulse.received();
        assert!(!pulse.is_overdue(ARRIVAL - 1000) && pulse.is_overdue(ARRIVAL + 1000));
        pulse.enter(Phase::Answering);
        assert!(pulse.is_overdue(ANSWER + 1000));
        pulse.sent(60 * SLOWEST as usize);
        assert!(!pulse.is_overdue(ANSWER + 59_000) && pulse.is_overdue(ANSWER + 61_000));
        pulse.received();
        assert_eq!(pulse.phase(), Phase::Answering);
        pulse.flushed();
        assert_eq!(pulse.phase(), Phase::Idle);
    }
}
