//! The open connections, limited so that slow clients cannot tie up the server.
//!
//! Each connection records its phase and when the phase began. A connection that exceeds its phase's time limit is closed.
//! At the limit of connections, a new one replaces those that have been idle longest, so an active client always gets
//! through.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::AbortHandle;

/// The phase of a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Phase {
    /// The client has sent nothing yet.
    Fresh,
    /// A part of a request has arrived.
    Reading,
    /// The response is being prepared.
    Working,
    /// The response is being sent.
    Answering,
    /// The response was sent; the client may send another request.
    Idle,
    /// An event stream without a time limit.
    Listening,
    /// The last response was sent; the connection closes when the client has read it.
    Leaving,
}

const PHASES: [Phase; 7] =
    [Phase::Fresh, Phase::Reading, Phase::Working, Phase::Answering, Phase::Idle, Phase::Listening, Phase::Leaving];

/// Milliseconds for a complete request to arrive.
const ARRIVAL: u64 = 10_000;
/// Milliseconds for an idle connection.
const IDLE: u64 = 60_000;
/// Milliseconds to prepare a response.
const WORK: u64 = 60_000;
/// Milliseconds to send a response, plus the time that its bytes take at [`SLOWEST`].
const ANSWER: u64 = 30_000;
/// Bytes per second.
const SLOWEST: u64 = 1_000;
/// Milliseconds for the client to read the last bytes.
const LINGER: u64 = 2_000;
/// Milliseconds after which a response in progress may be dropped in favour of a new connection.
const PREEMPTIBLE: u64 = 5_000;

/// The phase of a connection, and when it began.
#[derive(Debug)]
pub(super) struct Activity {
    clock: Instant,
    phase: AtomicU8,
    /// Milliseconds since the server's start.
    since: AtomicU64,
    /// Bytes sent since then.
    sent: AtomicU64,
    task: OnceLock<AbortHandle>,
}

impl Activity {
    fn new(clock: Instant) -> Self {
        let activity = Activity {
            clock,
            phase: AtomicU8::new(0),
            since: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            task: OnceLock::new(),
        };
        activity.enter(Phase::Fresh);
        activity
    }

    pub(super) fn phase(&self) -> Phase {
        PHASES[usize::from(self.phase.load(Ordering::Relaxed)).min(PHASES.len() - 1)]
    }

    /// Enters a phase.
    pub(super) fn enter(&self, phase: Phase) {
        self.since.store(millis(self.clock), Ordering::Relaxed);
        self.sent.store(0, Ordering::Relaxed);
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// Records received bytes. A slow request does not extend its time limit.
    pub(super) fn received(&self) {
        if matches!(self.phase(), Phase::Fresh | Phase::Idle) {
            self.enter(Phase::Reading);
        }
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Records that everything was sent.
    pub(super) fn flushed(&self) {
        if self.phase() == Phase::Answering {
            self.enter(Phase::Idle);
        }
    }

    /// Sets the task to abort at a time limit.
    pub(super) fn belongs_to(&self, task: AbortHandle) {
        // Set once, right after the task starts.
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
            Phase::Leaving => LINGER,
        };
        self.age(now) > allowed
    }

    /// The priority for eviction, lowest first; `None` if the connection must not be evicted.
    fn rank(&self, now: u64) -> Option<(u8, u64)> {
        let age = u64::MAX - self.age(now);
        match self.phase() {
            Phase::Idle | Phase::Leaving => Some((0, age)),
            Phase::Fresh | Phase::Reading => Some((1, age)),
            Phase::Answering if self.age(now) > PREEMPTIBLE => Some((2, age)),
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

/// The open connections.
pub(super) struct Connections {
    clock: Instant,
    most: usize,
    registry: Mutex<Registry>,
    /// How many were closed by a time limit or by eviction.
    closed: AtomicU64,
}

#[derive(Default)]
struct Registry {
    next: u64,
    activities: HashMap<u64, Arc<Activity>>,
}

/// The registration of one connection; dropping it removes the connection.
pub(super) struct Slot {
    connections: Arc<Connections>,
    number: u64,
    pub(super) activity: Arc<Activity>,
}

impl Connections {
    /// Allows at most `most` connections.
    pub(super) fn new(most: usize) -> Arc<Self> {
        let (clock, registry, closed) = (Instant::now(), Mutex::default(), AtomicU64::new(0));
        Arc::new(Connections { clock, most: most.max(1), registry, closed })
    }

    /// Registers a connection, evicting others if necessary; `None` if every connection is active.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Slot> {
        if self.len() >= self.most && self.make_room() == 0 {
            return None;
        }
        let activity = Arc::new(Activity::new(self.clock));
        let mut registry = self.registry();
        registry.next += 1;
        let number = registry.next;
        registry.activities.insert(number, Arc::clone(&activity));
        drop(registry);
        Some(Slot { connections: Arc::clone(self), number, activity })
    }

    /// Evicts some of the connections that have waited longest, and returns how many.
    pub(super) fn make_room(&self) -> usize {
        let now = millis(self.clock);
        let mut registry = self.registry();
        let mut ranked: Vec<_> =
            registry.activities.iter().filter_map(|(number, activity)| Some((activity.rank(now)?, *number))).collect();
        // Evict several at once, so that a burst of new connections does not rank all of them each time.
        let count = (self.most / 64).clamp(1, ranked.len().max(1)).min(ranked.len());
        if count == 0 {
            return 0;
        }
        ranked.select_nth_unstable(count - 1);
        for (_, number) in &ranked[..count] {
            if let Some(activity) = registry.activities.remove(number) {
                activity.end();
            }
        }
        drop(registry);
        self.closed.fetch_add(count as u64, Ordering::Relaxed);
        count
    }

    /// Closes connections that exceed their time limit.
    pub(super) fn sweep(&self) {
        let now = millis(self.clock);
        let mut closed = 0;
        for activity in self.registry().activities.values().filter(|activity| activity.is_overdue(now)) {
            activity.end();
            closed += 1;
        }
        self.closed.fetch_add(closed, Ordering::Relaxed);
    }

    /// The number of connections.
    pub(super) fn len(&self) -> usize {
        self.registry().activities.len()
    }

    /// Whether a response is still due. A request that is incomplete after a second does not count.
    pub(super) fn has_pending_responses(&self) -> bool {
        let now = millis(self.clock);
        self.registry().activities.values().any(|activity| match activity.phase() {
            Phase::Working | Phase::Answering | Phase::Leaving => true,
            Phase::Fresh | Phase::Reading => activity.age(now) < 1_000,
            Phase::Idle | Phase::Listening => false,
        })
    }

    /// How many were closed by a time limit or by eviction.
    pub(super) fn closed(&self) -> u64 {
        self.closed.load(Ordering::Relaxed)
    }

    fn registry(&self) -> std::sync::MutexGuard<'_, Registry> {
        // Nothing panics while it is held.
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.connections.registry().activities.remove(&self.number);
    }
}

/// The interval of [`Connections::sweep`].
pub(super) const SWEEP: Duration = Duration::from_millis(500);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_wait_go_before_those_that_are_answered() {
        let connections = Connections::new(3);
        let idle = connections.enter().expect("room");
        let working = connections.enter().expect("room");
        let reading = connections.enter().expect("room");
        idle.activity.enter(Phase::Idle);
        working.activity.enter(Phase::Working);
        reading.activity.received();
        let fourth = connections.enter().expect("the idle one makes room");
        assert!(!connections.registry().activities.contains_key(&idle.number));
        fourth.activity.enter(Phase::Working);
        let fifth = connections.enter().expect("the one that trickles makes room");
        assert!(!connections.registry().activities.contains_key(&reading.number));
        fifth.activity.enter(Phase::Answering);
        assert!(connections.enter().is_none(), "nobody is cut off in the middle of an answer");
        drop(working);
        assert!(connections.enter().is_some());
    }

    #[test]
    fn time_is_short_for_requests_and_long_for_answers_that_are_read() {
        let activity = Activity::new(Instant::now());
        activity.received();
        assert!(!activity.is_overdue(ARRIVAL - 1000) && activity.is_overdue(ARRIVAL + 1000));
        activity.enter(Phase::Answering);
        assert!(activity.is_overdue(ANSWER + 1000));
        activity.sent(60 * SLOWEST as usize);
        assert!(!activity.is_overdue(ANSWER + 59_000) && activity.is_overdue(ANSWER + 61_000));
        activity.received();
        assert_eq!(activity.phase(), Phase::Answering);
        activity.flushed();
        assert_eq!(activity.phase(), Phase::Idle);
    }
}
