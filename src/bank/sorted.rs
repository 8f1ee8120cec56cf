//! Sorting, once for all: each sort of the standard library's weighs three thousand bytes in the module, this one four hundred.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::mem::swap;

/// The places of so many values in their order; of equal ones the first comes first.
pub(super) fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut width = 1usize;
    while width < count {
        for pair in places.chunks(width.saturating_mul(2)) {
            merge(pair.split_at(width.min(pair.len())), compare, &mut merged);
        }
        swap(&mut places, &mut merged);
        merged.clear();
        width = width.saturating_mul(2);
    }
    places
}

fn merge(
    (mut left, mut right): (&[usize], &[usize]),
    compare: &dyn Fn(usize, usize) -> Ordering,
    merged: &mut Vec<usize>,
) {
    while let ([one, lefts @ ..], [other, rights @ ..]) = (left, right) {
        if compare(*one, *other).is_gt() {
            merged.push(*other);
            right = rights;
        } else {
            merged.push(*one);
            left = lefts;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_stable_order(values in proptest::collection::vec(0u8..9, 0..200)) {
            let mut expected: Vec<usize> = (0..values.len()).collect();
            expected.sort_by_key(|place| values[*place]);
            prop_assert_eq!(sorted(values.len(), &|one, other| values[one].cmp(&values[other])), expected);
        }
    }
}
