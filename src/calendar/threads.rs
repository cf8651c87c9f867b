//! Work on many things by all processors, with results in the order of the things.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More threads than this only wait for the disk.
const MOST: usize = 8;

/// How many threads there may be.
pub(crate) fn all() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(MOST)
}

/// What `work` makes of each stretch of `step` things among `count`, in order.
pub(crate) fn in_order<T: Send>(
    count: usize,
    step: usize,
    threads: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let stretch = |start: usize| start..(start + step).min(count);
    if threads <= 1 || count <= step {
        return (0..count).step_by(step).map(|start| work(stretch(start))).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::new());
    let run = || {
        let mut mine = Vec::new();
        loop {
            let start = next.fetch_add(step, Ordering::Relaxed);
            if start >= count {
                break;
            }
            mine.push((start, work(stretch(start))));
        }
        // Nobody panics while holding it: a push and an append are all that is done there.
        done.lock().expect("no thread panicked").append(&mut mine);
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
    let mut done = done.into_inner().expect("no thread panicked");
    done.sort_unstable_by_key(|(start, _)| *start);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order_whoever_was_first() {
        for threads in [1, 2, 8] {
            let found = in_order(1001, 10, threads, Iterator::sum::<usize>);
            assert_eq!(found.len(), 101);
            assert_eq!(found.iter().sum::<usize>(), 1000 * 1001 / 2);
            assert_eq!((found[0], found[100]), (45, 1000));
        }
        assert!(in_order(0, 10, 2, |range| range.len()).is_empty());
    }
}
