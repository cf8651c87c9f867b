//! A set of days of one period, as bits from the period's first day: at most a leap year.

const WORDS: usize = 6;

/// Days 0 to 383 after a base day that is kept elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bits([u64; WORDS]);

impl Bits {
    /// How many days fit.
    pub(super) const CAPACITY: i32 = 64 * WORDS as i32;

    /// The days whose bits are set in `word`.
    pub(super) fn from_word(word: u64) -> Bits {
        let mut bits = Bits::default();
        bits.0[0] = word;
        bits
    }

    /// The days before `end`.
    pub(super) fn below(end: i32) -> Bits {
        let mut bits = Bits::default();
        bits.set_range(0, end);
        bits
    }

    /// A week's pattern, given for the first word, carried on over all of them.
    pub(super) fn repeated(pattern: u64) -> Bits {
        // 64 is 1 more than nine weeks: each word begins a weekday later.
        let word = |place: u32| (pattern >> place) | (pattern << (63 - place)) & !(u64::MAX >> place);
        Bits([word(0), word(1), word(2), word(3), word(4), word(5)])
    }

    /// Adds one day; days outside of the set's reach are left out.
    pub(super) fn set(&mut self, day: i32) {
        if (0..Self::CAPACITY).contains(&day) {
            self.0[day as usize / 64] |= 1 << (day % 64);
        }
    }

    /// Adds the days in `[from, to)` that fit into the set.
    pub(super) fn set_range(&mut self, from: i32, to: i32) {
        let (from, to) = (from.max(0), to.min(Self::CAPACITY));
        for (place, word) in self.0.iter_mut().enumerate() {
            let base = 64 * place as i32;
            let (low, high) = ((from - base).max(0), (to - base).min(64));
            if low < high {
                *word |= (u64::MAX >> (64 - (high - low))) << low;
            }
        }
    }

    /// Adds a month's days, given as bits, from day `at` on.
    pub(super) fn or_month(&mut self, month: u32, at: i32) {
        let (place, shift) = (at as usize / 64, at % 64);
        let wide = u128::from(month) << shift;
        self.0[place] |= wide as u64;
        if let Some(next) = self.0.get_mut(place + 1) {
            *next |= (wide >> 64) as u64;
        }
    }

    pub(super) fn intersect(&mut self, other: &Bits) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= other;
        }
    }

    pub(super) fn unite(&mut self, other: &Bits) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0 == [0; WORDS]
    }

    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn has(&self, day: i32) -> bool {
        (0..Self::CAPACITY).contains(&day) && self.0[day as usize / 64] >> (day % 64) & 1 == 1
    }

    /// How many of the days come before `day`.
    pub(super) fn rank(&self, day: i32) -> u32 {
        let mut lower = Bits::below(day);
        lower.intersect(self);
        lower.len()
    }

    /// The day with that many before it.
    pub(super) fn select(&self, mut rank: u32) -> Option<i32> {
        for (place, mut word) in self.0.into_iter().enumerate() {
            let ones = word.count_ones();
            if rank >= ones {
                rank -= ones;
                continue;
            }
            for _ in 0..rank {
                word &= word - 1;
            }
            return Some(64 * place as i32 + word.trailing_zeros() as i32);
        }
        None
    }

    /// Takes out the earliest day.
    pub(super) fn pop(&mut self) -> Option<i32> {
        for (place, word) in self.0.iter_mut().enumerate() {
            if *word != 0 {
                let day = 64 * place as i32 + word.trailing_zeros() as i32;
                *word &= *word - 1;
                return Some(day);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn ranges_cross_words() {
        let mut bits = Bits::default();
        bits.set_range(60, 70);
        bits.or_month(0b11, 127);
        assert_eq!((bits.len(), bits.rank(64), bits.select(9), bits.select(11)), (12, 4, Some(69), Some(128)));
        assert_eq!((Bits::below(366).len(), Bits::below(9999).len(), bits.select(12)), (366, 384, None));
    }
}
