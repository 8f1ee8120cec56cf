//! Amounts from any text, as machines write them and as people type them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tiyin::{Currency, ErrorCode, Locale, Money, Unit};

const CURRENCIES: [Currency; 2] = [Currency::Uzs, Currency::Usd];

/// Longer text is no typed amount, whatever it holds.
const LONGEST_TYPED: usize = 256;

fuzz_target!(|text: &str| {
    for currency in CURRENCIES {
        check_decimal(text, currency);
        check_given_currency(text, currency);
    }
    if let Ok(money) = Money::parse(text, None) {
        assert_eq!(significant(text), significant(&money.minor().to_string()));
        check_written(money);
    }
});

/// Decimal text means what the standard library makes of its digits, and is read the same when a person types it.
fn check_decimal(text: &str, currency: Currency) {
    for (unit, decimals) in [(Unit::Major, 2), (Unit::Minor, 0)] {
        let read = Money::from_decimal(text, unit, currency);
        let minor = read.as_ref().ok().map(|money| money.minor());
        assert_eq!(minor, shifted(text, decimals).filter(|minor| minor.abs() <= Money::MAX_MINOR));
        if let Ok(money) = read {
            assert_eq!(money.currency(), currency);
            check_written(money);
        }
    }
    let major = Money::from_decimal(text, Unit::Major, currency);
    if text.len() <= LONGEST_TYPED && major.is_ok() {
        assert_eq!(Money::parse(text, Some(currency)), major);
    }
    let named = match currency {
        Currency::Uzs => Money::som(text),
        Currency::Usd => Money::usd(text),
    };
    assert_eq!(named, major);
}

/// Decimal text with its point so many places further right.
fn shifted(text: &str, decimals: usize) -> Option<i64> {
    let (sign, number) = text.strip_prefix('-').map_or((1, text), |number| (-1, number));
    let (whole, fraction) = match number.split_once('.') {
        None => (number, ""),
        Some((_, "")) => return None,
        Some(parts) => parts,
    };
    if whole.is_empty() || fraction.len() > decimals {
        return None;
    }
    let digits = format!("{whole}{fraction:0<decimals$}");
    // The standard library would also take a plus.
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse::<i64>().ok().filter(|_| are_digits).map(|minor| sign * minor)
}

/// A currency that is given either agrees with the text or is refused; the number it never changes.
fn check_given_currency(text: &str, currency: Currency) {
    match (Money::parse(text, None), Money::parse(text, Some(currency))) {
        (Ok(alone), Ok(given)) => assert_eq!(Money::new(alone.minor(), currency), Ok(given)),
        (Ok(alone), Err(error)) => {
            assert_eq!(error.code(), ErrorCode::CurrencyMismatch);
            assert_ne!(alone.currency(), currency);
        }
        (Err(alone), Err(given)) => {
            assert!(given.code() == alone.code() || given.code() == ErrorCode::CurrencyMismatch);
        }
        (Err(alone), Ok(given)) => panic!("{alone}, and {given} once the currency is given"),
    }
}

/// Whatever form an amount is written in, it reads back.
fn check_written(money: Money) {
    let currency = money.currency();
    assert_eq!(Money::from_decimal(&money.to_major(), Unit::Major, currency), Ok(money));
    assert_eq!(Money::from_decimal(&money.minor().to_string(), Unit::Minor, currency), Ok(money));
    for locale in [Locale::Uz, Locale::Ru, Locale::En] {
        match Money::parse(&money.format(locale), None) {
            Ok(read) => assert_eq!(read, money),
            // The one comma of `$1,000` could group or divide.
            Err(error) => assert_eq!((error.code(), locale), (ErrorCode::AmbiguousAmount, Locale::En)),
        }
    }
}

/// The digits of a text without the zeros around them.
fn significant(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}
