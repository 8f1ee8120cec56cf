//! Money against arithmetic written once more, in another way.

use proptest::prelude::*;
use tiyin::{Currency, ErrorCode, Locale, Money, Rounding};

const MAX: i64 = Money::MAX_MINOR;

fn minor() -> impl Strategy<Value = i64> {
    prop_oneof![-MAX..=MAX, -100_000i64..=100_000, Just(MAX), Just(-MAX), Just(0)]
}

fn currency() -> impl Strategy<Value = Currency> {
    prop_oneof![Just(Currency::Uzs), Just(Currency::Usd)]
}

fn money() -> impl Strategy<Value = Money> {
    (minor(), currency()).prop_map(|(minor, currency)| Money::new(minor, currency).unwrap())
}

fn rounding() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::HalfEven), Just(Rounding::HalfUp), Just(Rounding::Down), Just(Rounding::Up)]
}

/// Rounds by looking at the candidates around the exact quotient, not at a remainder.
fn nearest(numerator: i128, denominator: i128, rounding: Rounding) -> i128 {
    let floor = numerator.div_euclid(denominator);
    if floor * denominator == numerator {
        return floor;
    }
    let ceiling = floor + 1;
    let (near_zero, far_from_zero) = if numerator < 0 { (ceiling, floor) } else { (floor, ceiling) };
    let (below, above) = (numerator - floor * denominator, ceiling * denominator - numerator);
    match rounding {
        Rounding::Down => near_zero,
        Rounding::Up => far_from_zero,
        _ if below < above => floor,
        _ if above < below => ceiling,
        Rounding::HalfUp => far_from_zero,
        _ => {
            if floor % 2 == 0 {
                floor
            } else {
                ceiling
            }
        }
    }
}

fn in_range(minor: i128) -> Option<i64> {
    i64::try_from(minor).ok().filter(|minor| minor.abs() <= MAX)
}

fn minor_of(result: tiyin::Result<Money>) -> Option<i64> {
    match result {
        Ok(money) => Some(money.minor()),
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::AmountOutOfRange);
            None
        }
    }
}

#[test]
fn every_two_decimal_amount_up_to_a_hundred_thousand_reads_back() {
    for minor in 1..10_000_000i64 {
        let (whole, fraction) = (minor / 100, minor % 100);
        let text = if fraction == 0 { whole.to_string() } else { format!("{whole}.{fraction:02}") };
        let money = Money::som(&text).unwrap();
        assert_eq!(money.minor(), minor, "{text}");
        assert_eq!(money.to_major(), text);
        assert_eq!(Money::parse(&text, None), Ok(money));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(money in money()) {
        let again = match money.currency() {
            Currency::Uzs => Money::som(&money.to_major()),
            Currency::Usd => Money::usd(&money.to_major()),
        };
        prop_assert_eq!(again, Ok(money));
    }

    #[test]
    fn what_people_read_they_can_type(money in money(), locale in prop_oneof![Just(Locale::Uz), Just(Locale::Ru), Just(Locale::En)]) {
        let text = money.format(locale);
        match Money::parse(&text, None) {
            Ok(parsed) => prop_assert_eq!(parsed, money),
            Err(error) => {
                // `1,000` is how English writes it, and what nobody may guess.
                prop_assert_eq!(error.code(), ErrorCode::AmbiguousAmount);
                prop_assert!(locale == Locale::En && money.is_whole() && (100_000..100_000_000).contains(&money.minor().abs()));
            }
        }
    }

    #[test]
    fn no_typed_text_panics_or_leaves_the_range(text in "\\PC{0,40}", digits in "[-0-9., ]{0,24}( ?(so'm|\\$|сум))?") {
        for text in [text, digits] {
            if let Ok(money) = Money::parse(&text, None) {
                prop_assert!(money.minor().abs() <= MAX);
            }
            prop_assert!(Money::som(&text).is_ok_and(|money| money.minor().abs() <= MAX) || Money::som(&text).is_err());
        }
    }

    #[test]
    fn parts_sum_to_the_amount_and_differ_from_the_exact_share_by_less_than_one(
        money in money(),
        weights in prop::collection::vec(prop_oneof![0u64..10, 0u64..=(1 << 53)], 1..12),
    ) {
        let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        prop_assume!(total > 0);
        let parts = money.allocate(&weights).unwrap();
        prop_assert_eq!(parts.len(), weights.len());
        prop_assert_eq!(parts.iter().map(|part| i128::from(part.minor())).sum::<i128>(), i128::from(money.minor()));

        // By sorting, where the crate searches for a threshold.
        let magnitude = u128::from(money.minor().unsigned_abs());
        let mut expected: Vec<u128> = weights.iter().map(|&weight| magnitude * u128::from(weight) / total).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(magnitude * u128::from(weights[index]) % total));
        let left = magnitude - expected.iter().sum::<u128>();
        for &index in order.iter().take(usize::try_from(left).unwrap()) {
            expected[index] += 1;
        }
        let magnitudes: Vec<u128> = parts.iter().map(|part| u128::from(part.minor().unsigned_abs())).collect();
        prop_assert_eq!(magnitudes, expected);
    }

    #[test]
    fn a_share_is_rounded_once(money in money(), points in prop_oneof![-MAX..=MAX, -20_000i64..20_000], rounding in rounding()) {
        let exact = nearest(i128::from(money.minor()) * i128::from(points), 10_000, rounding);
        prop_assert_eq!(minor_of(money.percent_of(points, rounding)), in_range(exact));
    }

    #[test]
    fn a_conversion_is_rounded_once(money in money(), rate in 1u64..1_000_000_000_000_000_000, scale in 0usize..=17, rounding in rounding()) {
        let digits = format!("{rate:018}");
        let (whole, fraction) = digits.split_at(18 - scale);
        let text = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
        let to = if money.currency() == Currency::Uzs { Currency::Usd } else { Currency::Uzs };
        let unit = 10i128.pow(u32::try_from(scale).unwrap());
        let exact = match to {
            Currency::Uzs => nearest(i128::from(money.minor()) * i128::from(rate), unit, rounding),
            Currency::Usd => nearest(i128::from(money.minor()) * unit, i128::from(rate), rounding),
        };
        prop_assert_eq!(minor_of(money.convert(&text, to, rounding)), in_range(exact));
    }

    #[test]
    fn sums_do_not_depend_on_order(amounts in prop::collection::vec(minor(), 1..20)) {
        let money = |minor| Money::new(minor, Currency::Uzs).unwrap();
        let exact = in_range(amounts.iter().map(|&minor| i128::from(minor)).sum());
        prop_assert_eq!(minor_of(Money::sum(amounts.iter().copied().map(money))), exact);
        prop_assert_eq!(minor_of(Money::sum(amounts.iter().rev().copied().map(money))), exact);
    }
}
