//! What looks random follows from the seed, from what it is for, and from how often that was asked.

/// What a number is drawn for, so that one purpose's draws do not change another's.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    TransactionId,
    PaymentReference,
    Fault,
    FaultKind,
    FaultLength,
    Cut,
    Voucher,
    DocumentId,
    DocumentNumber,
}

/// The number of a purpose's nth draw: SplitMix64, begun at a place of its own.
pub(crate) fn draw(seed: u64, purpose: Purpose, nth: u64) -> u64 {
    let start = mixed(seed.wrapping_add(mixed(purpose as u64)));
    mixed(start.wrapping_add(nth.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// An id with the form of a random UUID.
pub(crate) fn uuid(seed: u64, purpose: Purpose, nth: u64) -> String {
    let high = draw(seed, purpose, nth.wrapping_mul(2));
    let low = draw(seed, purpose, nth.wrapping_mul(2).wrapping_add(1));
    let bits = u128::from(high) << 64 | u128::from(low);
    let marked = bits & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let digits = format!("{marked:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| digits.get(range).unwrap_or_default());
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_its_version_and_differs_from_the_next() {
        let ids: Vec<_> = (0..100).map(|nth| uuid(7, Purpose::TransactionId, nth)).collect();
        for id in &ids {
            assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
            assert_eq!(id.get(14..15), Some("4"));
            assert!(matches!(id.get(19..20), Some("8" | "9" | "a" | "b")));
        }
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn purposes_and_seeds_draw_differently() {
        let one = draw(1, Purpose::Fault, 0);
        assert_ne!(one, draw(2, Purpose::Fault, 0));
        assert_ne!(one, draw(1, Purpose::FaultKind, 0));
        assert_ne!(one, draw(1, Purpose::Fault, 1));
        assert_eq!(one, draw(1, Purpose::Fault, 0));
    }
}
