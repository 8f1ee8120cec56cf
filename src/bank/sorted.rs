//! Sorting, once for all: each sort of other values would weigh two thousand bytes more in the module.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The places of so many values in their order; of equal ones the first comes first.
pub(super) fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    places
}
