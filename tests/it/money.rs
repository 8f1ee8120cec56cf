//! Money, example by example.

use tiyin::{Currency, ErrorCode, Locale, Money, Rounding, Unit};

fn som(text: &str) -> Money {
    Money::som(text).unwrap_or_else(|error| panic!("som({text:?}): {error}"))
}

fn usd(text: &str) -> Money {
    Money::usd(text).unwrap_or_else(|error| panic!("usd({text:?}): {error}"))
}

fn refusal<T: std::fmt::Debug>(result: tiyin::Result<T>) -> ErrorCode {
    result.unwrap_err().code()
}

#[test]
fn the_table_of_formats_holds_to_the_character() {
    for (amount, uz, ru, en) in [
        (som("500"), "500\u{a0}so\u{2bb}m", "500\u{a0}сум", "UZS\u{a0}500"),
        (
            som("1000000.5"),
            "1\u{a0}000\u{a0}000,50\u{a0}so\u{2bb}m",
            "1\u{a0}000\u{a0}000,50\u{a0}сум",
            "UZS\u{a0}1,000,000.50",
        ),
        (usd("19.99"), "19,99\u{a0}$", "19,99\u{a0}$", "$19.99"),
        (usd("-5"), "-5\u{a0}$", "-5\u{a0}$", "-$5"),
        (som("-0.05"), "-0,05\u{a0}so\u{2bb}m", "-0,05\u{a0}сум", "-UZS\u{a0}0.05"),
        (som("0"), "0\u{a0}so\u{2bb}m", "0\u{a0}сум", "UZS\u{a0}0"),
        (som("999"), "999\u{a0}so\u{2bb}m", "999\u{a0}сум", "UZS\u{a0}999"),
        (som("1000"), "1\u{a0}000\u{a0}so\u{2bb}m", "1\u{a0}000\u{a0}сум", "UZS\u{a0}1,000"),
        (usd("9876543.21"), "9\u{a0}876\u{a0}543,21\u{a0}$", "9\u{a0}876\u{a0}543,21\u{a0}$", "$9,876,543.21"),
    ] {
        assert_eq!(amount.format(Locale::Uz), uz);
        assert_eq!(amount.format(Locale::Ru), ru);
        assert_eq!(amount.format(Locale::En), en);
    }
}

#[test]
fn decimal_text_is_exact() {
    for (text, minor) in [
        ("500.50", 50_050),
        ("500.5", 50_050),
        ("500", 50_000),
        ("-0.01", -1),
        ("-0", 0),
        ("007", 700),
        ("90071992547409.91", Money::MAX_MINOR),
        ("-90071992547409.91", -Money::MAX_MINOR),
    ] {
        assert_eq!(som(text).minor(), minor, "{text}");
    }
    let tiyin = |text| Money::from_decimal(text, Unit::Minor, Currency::Uzs);
    assert_eq!(tiyin("9007199254740991").map(Money::minor), Ok(Money::MAX_MINOR));
    assert_eq!(refusal(tiyin("0.5")), ErrorCode::TooManyDecimals);
}

#[test]
fn each_kind_of_bad_text_has_its_own_code() {
    for (text, code) in [
        ("", ErrorCode::EmptyAmount),
        ("-", ErrorCode::MalformedAmount),
        ("abc", ErrorCode::MalformedAmount),
        ("1,5,0", ErrorCode::MalformedAmount),
        ("1,5", ErrorCode::MalformedAmount),
        (" 5", ErrorCode::MalformedAmount),
        ("5 ", ErrorCode::MalformedAmount),
        ("+5", ErrorCode::MalformedAmount),
        ("--5", ErrorCode::MalformedAmount),
        (".5", ErrorCode::MalformedAmount),
        ("5.", ErrorCode::MalformedAmount),
        ("1.2.3", ErrorCode::MalformedAmount),
        ("٥", ErrorCode::MalformedAmount),
        ("0x10", ErrorCode::MalformedAmount),
        ("1e", ErrorCode::MalformedAmount),
        ("e5", ErrorCode::MalformedAmount),
        ("NaN", ErrorCode::NotANumber),
        ("Infinity", ErrorCode::NotFinite),
        ("-Infinity", ErrorCode::NotFinite),
        ("1e21", ErrorCode::Exponent),
        ("1e+21", ErrorCode::Exponent),
        ("-1.5E-7", ErrorCode::Exponent),
        ("1.234", ErrorCode::TooManyDecimals),
        ("0.30000000000000004", ErrorCode::TooManyDecimals),
        ("1.000", ErrorCode::TooManyDecimals),
        ("90071992547409.92", ErrorCode::AmountOutOfRange),
        ("-90071992547409.92", ErrorCode::AmountOutOfRange),
        ("99999999999999999999999999999999999999999", ErrorCode::AmountOutOfRange),
    ] {
        assert_eq!(refusal(Money::som(text)), code, "{text:?}");
    }
    assert_eq!(refusal(Money::new(Money::MAX_MINOR + 1, Currency::Uzs)), ErrorCode::AmountOutOfRange);
    assert_eq!(refusal(Money::new(i64::MIN, Currency::Uzs)), ErrorCode::AmountOutOfRange);
}

#[test]
fn what_people_type_is_read() {
    for (text, minor) in [
        ("1 000 000,50", 100_000_050),
        ("1.000.000,50", 100_000_050),
        ("1,000,000.50", 100_000_050),
        ("1 000 000.50", 100_000_050),
        ("1\u{a0}000\u{202f}000,5", 100_000_050),
        ("1\u{2009}000\u{2009}000", 100_000_000),
        ("\t500\r\n", 50_000),
        ("500 so`m", 50_000),
        ("500 so\u{b4}m", 50_000),
        ("500 so\u{2bc}m", 50_000),
        ("500 so\u{2019}m", 50_000),
        ("500 СУМ", 50_000),
        ("500 сўм", 50_000),
        ("500 СЎМ", 50_000),
        ("\u{2212}500", -50_000),
        ("1 000", 100_000),
        ("500 so'm", 50_000),
        ("500 so\u{2bb}m", 50_000),
        ("500\u{a0}SO\u{2018}M", 50_000),
        ("500сум", 50_000),
        ("500 Сум.", 50_000),
        ("UZS 500", 50_000),
        ("19.99", 1_999),
        ("19,9", 1_990),
        ("1000,5", 100_050),
        ("-5", -500),
        ("\u{2212}5 сўм", -500),
        ("  7\n", 700),
    ] {
        assert_eq!(Money::parse(text, None), Money::new(minor, Currency::Uzs), "{text:?}");
    }
    for text in ["$19.99", "19,99 $", "19.99USD", "us$ 19.99"] {
        assert_eq!(Money::parse(text, None), Money::new(1_999, Currency::Usd), "{text:?}");
    }
    assert_eq!(Money::parse("19.99", Some(Currency::Usd)), Money::new(1_999, Currency::Usd));
}

#[test]
fn what_could_mean_two_amounts_is_never_guessed() {
    for text in ["1,000", "1.000", "12,345", "123.456", "-1,000", "1,000 so'm", "$1.000"] {
        assert_eq!(refusal(Money::parse(text, None)), ErrorCode::AmbiguousAmount, "{text}");
    }
    for text in ["0,500", "0.123", "1000,500", "1234.567", "1 000,500", "1,000.500", "1,0000"] {
        assert_eq!(refusal(Money::parse(text, None)), ErrorCode::TooManyDecimals, "{text}");
    }
}

#[test]
fn what_is_no_amount_is_refused() {
    for (text, code) in [
        ("", ErrorCode::EmptyAmount),
        (" \u{a0}\n", ErrorCode::EmptyAmount),
        ("so'm", ErrorCode::MalformedAmount),
        ("150\t200", ErrorCode::MalformedAmount),
        ("150\n200", ErrorCode::MalformedAmount),
        ("0 500", ErrorCode::MalformedAmount),
        ("0.100.000", ErrorCode::MalformedAmount),
        ("0,100,000", ErrorCode::MalformedAmount),
        ("1,5,0", ErrorCode::MalformedAmount),
        ("1 00", ErrorCode::MalformedAmount),
        ("1000 000", ErrorCode::MalformedAmount),
        ("1  000", ErrorCode::MalformedAmount),
        ("1.000 000", ErrorCode::MalformedAmount),
        ("1,000.50,5", ErrorCode::MalformedAmount),
        (".5", ErrorCode::MalformedAmount),
        ("5.", ErrorCode::MalformedAmount),
        ("5 5 so'm 5", ErrorCode::MalformedAmount),
        ("$5$", ErrorCode::MalformedAmount),
        ("500 rubles", ErrorCode::MalformedAmount),
        // Its number in Unicode is that of the digit 5 plus 256.
        ("\u{135}00", ErrorCode::MalformedAmount),
        ("1e5", ErrorCode::MalformedAmount),
        ("99 999 999 999 999 999", ErrorCode::AmountOutOfRange),
    ] {
        assert_eq!(refusal(Money::parse(text, None)), code, "{text:?}");
    }
    assert_eq!(Money::parse(&format!("{}5", " ".repeat(255)), None), Ok(som("5")));
    assert_eq!(refusal(Money::parse(&format!("{}5", " ".repeat(256)), None)), ErrorCode::TooLong);
    assert_eq!(refusal(Money::parse("$5", Some(Currency::Uzs))), ErrorCode::CurrencyMismatch);
}

#[test]
fn sums_are_exact_and_of_one_currency() {
    assert_eq!(Money::sum([som("0.1"), som("0.2")]), Ok(som("0.3")));
    assert_eq!(Money::sum([som("90071992547409.91"), som("-1"), som("1")]), Ok(som("90071992547409.91")));
    assert_eq!(refusal(Money::sum([som("1"), usd("1")])), ErrorCode::CurrencyMismatch);
    assert_eq!(refusal(Money::sum([som("90071992547409.91"), som("0.01")])), ErrorCode::AmountOutOfRange);
    assert_eq!(refusal(Money::sum([])), ErrorCode::MissingField);
}

#[test]
fn allocation_gives_what_is_left_to_the_largest_remainders_earlier_first() {
    let allocated = |amount: Money, weights: &[u64]| -> Vec<i64> {
        amount.allocate(weights).unwrap().into_iter().map(Money::minor).collect()
    };
    assert_eq!(allocated(som("100"), &[1, 1, 1]), [3_334, 3_333, 3_333]);
    assert_eq!(allocated(som("0.05"), &[3, 7]), [2, 3]);
    assert_eq!(allocated(som("1"), &[50, 30, 19, 1]), [50, 30, 19, 1]);
    assert_eq!(allocated(som("0.10"), &[1, 2, 2, 1]), [2, 3, 3, 2]);
    assert_eq!(allocated(som("-100"), &[1, 1, 1]), [-3_334, -3_333, -3_333]);
    assert_eq!(allocated(som("0.02"), &[0, 1, 0, 1, 1]), [0, 1, 0, 1, 0]);
    assert_eq!(allocated(som("0"), &[1, 2]), [0, 0]);
    let max = Money::MAX_MINOR.unsigned_abs();
    assert_eq!(allocated(som("90071992547409.91"), &[max, max]), [4_503_599_627_370_496, 4_503_599_627_370_495]);
    for weights in [&[][..], &[0], &[0, 0]] {
        assert_eq!(refusal(som("1").allocate(weights)), ErrorCode::InvalidWeights);
    }
}

#[test]
fn every_rounding_rounds_as_it_says() {
    use Rounding::{Down, HalfEven, HalfUp, Up};
    // 10 % of these minor units: 0.5, 1.5, 2.5, 0.4, 0.6, and their negatives.
    for (minor, rounding, expected) in [
        (5, HalfEven, 0),
        (15, HalfEven, 2),
        (25, HalfEven, 2),
        (4, HalfEven, 0),
        (6, HalfEven, 1),
        (5, HalfUp, 1),
        (25, HalfUp, 3),
        (4, HalfUp, 0),
        (9, Down, 0),
        (19, Down, 1),
        (1, Up, 1),
        (10, Up, 1),
        (11, Up, 2),
    ] {
        for sign in [1, -1] {
            let amount = Money::new(sign * minor, Currency::Uzs).unwrap();
            let share = amount.percent_of(1_000, rounding).unwrap();
            assert_eq!(share.minor(), sign * expected, "{minor} {rounding:?}");
            let negative = amount.percent_of(-1_000, rounding).unwrap();
            assert_eq!(negative.minor(), -sign * expected, "{minor} {rounding:?}");
        }
    }
    assert_eq!(som("100").percent_of(0, Up), Ok(som("0")));
    assert_eq!(refusal(som("90071992547409.91").percent_of(10_001, Down)), ErrorCode::AmountOutOfRange);
}

#[test]
fn conversion_takes_the_rate_exactly() {
    let to_uzs = |text, rate| usd(text).convert(rate, Currency::Uzs, Rounding::HalfEven);
    let to_usd = |text, rate| som(text).convert(rate, Currency::Usd, Rounding::HalfEven);
    assert_eq!(to_uzs("19.99", "12650.55"), Ok(som("252884.49")));
    assert_eq!(to_usd("252884.49", "12650.55"), Ok(usd("19.99")));
    assert_eq!(to_uzs("-1", "12650.555"), Ok(som("-12650.56")));
    assert_eq!(to_uzs("1", "0.00000000000000001"), Ok(som("0")));
    assert_eq!(to_usd("0.01", "0.000000000001"), Ok(usd("10000000000")));
    assert_eq!(som("5").convert("12650", Currency::Uzs, Rounding::Up), Ok(som("5")));
    for rate in ["", "0", "0.00", "-1", "1e4", "12 650", "12,650", "abc", "1234567890123456789", ".5", "5."] {
        let error = usd("1").convert(rate, Currency::Uzs, Rounding::HalfEven).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidRate, Some("rate")), "{rate:?}");
    }
    assert_eq!(refusal(to_usd("90071992547409.91", "0.5")), ErrorCode::AmountOutOfRange);
}

#[test]
fn an_amount_shows_itself_the_same_in_every_language() {
    assert_eq!(som("1500.5").to_string(), "1500.50 UZS");
    assert_eq!(usd("-5").to_string(), "-5 USD");
}
