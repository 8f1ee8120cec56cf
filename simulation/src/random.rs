//! What looks random, and is the same for the same seed.

/// A sequence of numbers (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The sequence of one run of a seed.
    pub(crate) fn of_run(seed: u64, run: u64) -> Self {
        let mut seeds = Self(seed);
        let start = seeds.next();
        Self(start ^ Self(run).next())
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A sequence of its own, so that what one actor draws does not change another's.
    pub(crate) fn split(&mut self) -> Self {
        Self(self.next())
    }

    /// One of so many.
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        self.next().checked_rem(count).unwrap_or_default()
    }

    pub(crate) fn between(&mut self, least: u64, most: u64) -> u64 {
        least.saturating_add(self.below(most.saturating_sub(least).saturating_add(1)))
    }

    /// True so many times out of a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these, each with its share of a hundred, or what is left.
    pub(crate) fn weighted<T: Copy>(&mut self, shares: &[(u64, T)], otherwise: T) -> T {
        let mut drawn = self.below(100);
        for (percent, what) in shares {
            if drawn < *percent {
                return *what;
            }
            drawn = drawn.saturating_sub(*percent);
        }
        otherwise
    }

    /// One of these; nothing of nothing.
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let place = self.below(u64::try_from(all.len()).unwrap_or(0));
        all.get(usize::try_from(place).ok()?).copied()
    }

    /// What a call of the client is given.
    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes()
    }
}
