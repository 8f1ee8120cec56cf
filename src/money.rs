//! Amounts: exact parsing, formatting, allocation and conversion.
//!
//! An amount is a whole number of minor units (tiyin, cents) and a currency. Nothing here computes with floating point, so
//! nothing is ever a tiyin off.

mod typed;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorCode, Result};
use crate::text::{Decimal, append_digit, cut, into_string, place, write_number};

/// The currency of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Uzbek som, of 100 tiyin (ISO 4217: 860).
    Uzs,
    /// United States dollar, of 100 cents (ISO 4217: 840).
    Usd,
}

impl Currency {
    /// The three-letter ISO 4217 code.
    ///
    /// ```
    /// assert_eq!(tiyin::Currency::Uzs.as_str(), "UZS");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uzs => "UZS",
            Self::Usd => "USD",
        }
    }
}

/// Which unit a number counts: the currency's own, or its hundredth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Som or dollars.
    Major,
    /// Tiyin or cents.
    Minor,
}

impl Unit {
    /// The unit's name on the surface: `major` or `minor`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
        }
    }
}

/// The languages amounts are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
#[cfg_attr(feature = "js-types", serde(rename_all = "lowercase"))]
pub enum Locale {
    /// Uzbek in Latin script.
    #[default]
    Uz,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// Where a result between two minor units goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
#[cfg_attr(feature = "js-types", serde(rename_all = "snake_case"))]
pub enum Rounding {
    /// To the nearest; from the middle to the even neighbour, so that many roundings do not drift.
    #[default]
    HalfEven,
    /// To the nearest; from the middle away from zero.
    HalfUp,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

/// An exact amount of money: whole minor units of one currency.
///
/// ```
/// use tiyin::{Currency, Money};
///
/// let price = Money::som("500.50")?;
/// assert_eq!(price.minor(), 50_050);
/// assert_eq!(price.currency(), Currency::Uzs);
/// assert_eq!(price.to_major(), "500.50");
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawMoney")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct Money {
    /// Whole tiyin or cents, a safe integer.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    minor: i64,
    /// The currency that `minor` counts hundredths of.
    currency: Currency,
}

/// What a serialised amount holds before its range is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMoney {
    minor: i64,
    currency: Currency,
}

impl TryFrom<RawMoney> for Money {
    type Error = Error;

    fn try_from(raw: RawMoney) -> Result<Self> {
        Self::new(raw.minor, raw.currency)
    }
}

impl Money {
    /// The largest amount either way, in minor units: 2⁵³ − 1, JavaScript's largest exact whole number.
    pub const MAX_MINOR: i64 = 9_007_199_254_740_991;

    /// Nothing, in som.
    pub(crate) const ZERO: Self = Self { minor: 0, currency: Currency::Uzs };

    /// An amount of minor units.
    ///
    /// # Errors
    /// [`ErrorCode::AmountOutOfRange`] beyond ±[`Self::MAX_MINOR`].
    ///
    /// ```
    /// use tiyin::{Currency, Money};
    ///
    /// assert_eq!(Money::new(1999, Currency::Usd)?, Money::usd("19.99")?);
    /// assert!(Money::new(Money::MAX_MINOR + 1, Currency::Usd).is_err());
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn new(minor: i64, currency: Currency) -> Result<Self> {
        if minor.unsigned_abs() > Self::MAX_MINOR.unsigned_abs() {
            return Err(ErrorCode::AmountOutOfRange.into());
        }
        Ok(Self { minor, currency })
    }

    /// An amount of som from decimal text: digits, and at most two after a point.
    ///
    /// # Errors
    /// As [`Self::from_decimal`].
    pub fn som(text: &str) -> Result<Self> {
        Self::from_decimal(text, Unit::Major, Currency::Uzs)
    }

    /// An amount of dollars from decimal text: digits, and at most two after a point.
    ///
    /// # Errors
    /// As [`Self::from_decimal`].
    pub fn usd(text: &str) -> Result<Self> {
        Self::from_decimal(text, Unit::Major, Currency::Usd)
    }

    /// An amount from decimal text as machines write it; [`Self::parse`] reads what people type.
    ///
    /// # Errors
    /// [`ErrorCode::EmptyAmount`], [`ErrorCode::MalformedAmount`], [`ErrorCode::NotANumber`], [`ErrorCode::NotFinite`],
    /// [`ErrorCode::Exponent`], [`ErrorCode::TooManyDecimals`], [`ErrorCode::AmountOutOfRange`].
    ///
    /// ```
    /// use tiyin::{Currency, ErrorCode, Money, Unit};
    ///
    /// assert_eq!(Money::from_decimal("-0.5", Unit::Major, Currency::Uzs)?.minor(), -50);
    /// assert_eq!(Money::from_decimal("50050", Unit::Minor, Currency::Uzs)?.minor(), 50_050);
    /// let error = Money::from_decimal("1.234", Unit::Major, Currency::Uzs).unwrap_err();
    /// assert_eq!(error.code(), ErrorCode::TooManyDecimals);
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn from_decimal(text: &str, unit: Unit, currency: Currency) -> Result<Self> {
        Self::from_decimal_bytes(text.as_bytes(), unit, currency)
    }

    fn from_decimal_bytes(text: &[u8], unit: Unit, currency: Currency) -> Result<Self> {
        let decimals = match unit {
            Unit::Major => 2,
            Unit::Minor => 0,
        };
        Self::new(scaled(text, decimals)?, currency)
    }

    /// An amount from what a person typed: `1 000 000,50`, `1.000.000,50`, `500 so'm`, `19.99`, `500сум`.
    ///
    /// Without `currency` the text decides, and som is meant where it names none.
    ///
    /// # Errors
    /// [`ErrorCode::EmptyAmount`], [`ErrorCode::MalformedAmount`], [`ErrorCode::TooManyDecimals`],
    /// [`ErrorCode::AmountOutOfRange`], [`ErrorCode::TooLong`] beyond 256 bytes; [`ErrorCode::AmbiguousAmount`] where a single separator could group or divide (`1,000`);
    /// [`ErrorCode::CurrencyMismatch`] where the text names another currency than `currency`.
    ///
    /// ```
    /// use tiyin::{Currency, ErrorCode, Money};
    ///
    /// assert_eq!(Money::parse("1 000 000,50 so'm", None)?.minor(), 100_000_050);
    /// assert_eq!(Money::parse("$19.99", None)?.currency(), Currency::Usd);
    /// assert_eq!(Money::parse("1,000", None).unwrap_err().code(), ErrorCode::AmbiguousAmount);
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn parse(text: &str, currency: Option<Currency>) -> Result<Self> {
        typed::parse(text, currency)
    }

    /// Whole tiyin or cents.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency that [`Self::minor`] counts hundredths of.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether there is nothing after the point.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.minor % 100 == 0
    }

    /// The amount as decimal text of som or dollars; two decimals, or none where there are none.
    ///
    /// ```
    /// use tiyin::Money;
    ///
    /// assert_eq!(Money::som("500.5")?.to_major(), "500.50");
    /// assert_eq!(Money::som("500.00")?.to_major(), "500");
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    #[must_use]
    pub fn to_major(self) -> String {
        let mut out = Vec::new();
        self.write("", "", ".", &mut out);
        into_string(out)
    }

    /// The amount as people read it. All spaces are U+00A0, so that a line never breaks inside an amount.
    ///
    /// ```
    /// use tiyin::{Locale, Money};
    ///
    /// let amount = Money::som("1000000.5")?;
    /// assert_eq!(amount.format(Locale::Uz), "1\u{a0}000\u{a0}000,50\u{a0}so\u{2bb}m");
    /// assert_eq!(amount.format(Locale::En), "UZS\u{a0}1,000,000.50");
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    #[must_use]
    pub fn format(self, locale: Locale) -> String {
        let name = match (self.currency, locale) {
            (Currency::Usd, _) => "$",
            (Currency::Uzs, Locale::Uz) => "so\u{2bb}m",
            (Currency::Uzs, Locale::Ru) => "сум",
            (Currency::Uzs, Locale::En) => "UZS\u{a0}",
        };
        let mut out = Vec::new();
        if locale == Locale::En {
            self.write(name, ",", ".", &mut out);
        } else {
            self.write("", "\u{a0}", ",", &mut out);
            out.extend_from_slice("\u{a0}".as_bytes());
            out.extend_from_slice(name.as_bytes());
        }
        into_string(out)
    }

    /// Appends the sign, the symbol, and the digits with `group` between thousands.
    fn write(self, symbol: &str, group: &str, point: &str, out: &mut Vec<u8>) {
        if self.minor < 0 {
            out.push(b'-');
        }
        out.extend_from_slice(symbol.as_bytes());
        let magnitude = self.minor.unsigned_abs();
        write_grouped(magnitude / 100, group, out);
        if !self.is_whole() {
            out.extend_from_slice(point.as_bytes());
            write_number(magnitude / 10 % 10, out);
            write_number(magnitude % 10, out);
        }
    }

    /// The exact sum of amounts of one currency.
    ///
    /// # Errors
    /// [`ErrorCode::MissingField`] without any amount, since nothing then names the currency;
    /// [`ErrorCode::CurrencyMismatch`]; [`ErrorCode::AmountOutOfRange`], also where a partial sum is beyond 64 bits, which takes
    /// a thousand of the largest amounts.
    ///
    /// ```
    /// use tiyin::Money;
    ///
    /// let sum = Money::sum([Money::som("0.1")?, Money::som("0.2")?])?;
    /// assert_eq!(sum.to_major(), "0.30");
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self> {
        let mut amounts = amounts.into_iter();
        let Some(Self { minor: mut total, currency }) = amounts.next() else {
            return Err(Error::with_detail(ErrorCode::MissingField, "at least one amount"));
        };
        for amount in amounts {
            if amount.currency != currency {
                return Err(ErrorCode::CurrencyMismatch.into());
            }
            let Some(sum) = total.checked_add(amount.minor) else {
                return Err(ErrorCode::AmountOutOfRange.into());
            };
            total = sum;
        }
        Self::new(total, currency)
    }

    /// The amount divided in the proportion of whole `weights`; the parts always sum to the amount.
    ///
    /// What does not divide evenly goes, unit by unit, to the parts with the largest remainders, earlier ones first.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidWeights`] without a weight or where all are zero; [`ErrorCode::AmountOutOfRange`] where the weights'
    /// sum is beyond 64 bits.
    ///
    /// ```
    /// use tiyin::Money;
    ///
    /// let parts = Money::som("100")?.allocate(&[1, 1, 1])?;
    /// let parts: Vec<_> = parts.iter().map(|part| part.to_major()).collect();
    /// assert_eq!(parts, ["33.34", "33.33", "33.33"]);
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn allocate(self, weights: &[u64]) -> Result<Vec<Self>> {
        let mut total = 0u64;
        for &weight in weights {
            let Some(sum) = total.checked_add(weight) else {
                return Err(ErrorCode::AmountOutOfRange.into());
            };
            total = sum;
        }
        if total == 0 {
            return Err(ErrorCode::InvalidWeights.into());
        }
        let mut left = self.minor.unsigned_abs();
        let mut parts = Vec::with_capacity(weights.len());
        let mut remainders = Vec::with_capacity(weights.len());
        for &weight in weights {
            let (part, remainder) = divided(self.minor.unsigned_abs(), weight, total);
            left = left.wrapping_sub(part);
            parts.push(Self { minor: part.cast_signed().wrapping_mul(self.minor.signum()), ..self });
            remainders.push(remainder);
        }
        let lowest = lowest_rounded_up(&remainders, total, left);
        // What the remainders above the lowest leave goes to the earliest of those that equal it.
        left = left.wrapping_sub(count_above(&remainders, lowest));
        for (part, remainder) in parts.iter_mut().zip(remainders) {
            let tied = remainder == lowest && left > 0;
            left = left.wrapping_sub(u64::from(tied));
            if tied || remainder > lowest {
                part.minor = part.minor.wrapping_add(self.minor.signum());
            }
        }
        Ok(parts)
    }

    /// So many hundredths of a percent of the amount: 1250 is 12.5 %.
    ///
    /// # Errors
    /// [`ErrorCode::AmountOutOfRange`] where the result is beyond ±[`Self::MAX_MINOR`].
    ///
    /// ```
    /// use tiyin::{Money, Rounding};
    ///
    /// let price = Money::som("100.20")?;
    /// assert_eq!(price.percent_of(1250, Rounding::HalfEven)?.to_major(), "12.52");
    /// assert_eq!(price.percent_of(1250, Rounding::HalfUp)?.to_major(), "12.53");
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn percent_of(self, basis_points: i64, rounding: Rounding) -> Result<Self> {
        let share = self.times(basis_points.unsigned_abs(), 10_000, rounding)?;
        Ok(Self { minor: share.minor.wrapping_mul(basis_points.signum()), ..share })
    }

    /// The amount in another currency at `rate`, the price of one dollar in som as exact decimal text.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidRate`]; [`ErrorCode::AmountOutOfRange`] where the result is beyond ±[`Self::MAX_MINOR`].
    ///
    /// ```
    /// use tiyin::{Currency, Money, Rounding};
    ///
    /// let price = Money::usd("19.99")?.convert("12650.55", Currency::Uzs, Rounding::HalfEven)?;
    /// assert_eq!(price.to_major(), "252884.49");
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn convert(self, rate: &str, to: Currency, rounding: Rounding) -> Result<Self> {
        let Some((som, dollars)) = parse_rate(rate) else {
            return Err(Error::about(ErrorCode::InvalidRate, "rate"));
        };
        let converted = Self { minor: self.minor, currency: to };
        match (self.currency, to) {
            (Currency::Uzs, Currency::Usd) => converted.times(dollars, som, rounding),
            (Currency::Usd, Currency::Uzs) => converted.times(som, dollars, rounding),
            _ => Ok(self),
        }
    }

    /// The amount times a fraction.
    fn times(self, numerator: u64, denominator: u64, rounding: Rounding) -> Result<Self> {
        let (quotient, remainder) = divided(self.minor.unsigned_abs(), numerator, denominator);
        let half = remainder.cmp(&denominator.wrapping_sub(remainder));
        let away = match rounding {
            Rounding::Down => false,
            Rounding::Up => remainder != 0,
            Rounding::HalfUp => half.is_ge(),
            Rounding::HalfEven => half.is_gt() || (half.is_eq() && quotient % 2 == 1),
        };
        self.with_magnitude(quotient.saturating_add(u64::from(away)))
    }

    /// An amount of this sign and currency.
    fn with_magnitude(self, magnitude: u64) -> Result<Self> {
        let minor = i64::try_from(magnitude).unwrap_or(i64::MAX);
        Self::new(if self.minor < 0 { minor.wrapping_neg() } else { minor }, self.currency)
    }
}

/// `1500.50 UZS`, the same in every language.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&[self.to_major().as_str(), " ", self.currency.as_str()].concat())
    }
}

fn write_grouped(number: u64, group: &str, out: &mut Vec<u8>) {
    if number < 1000 {
        return write_number(number, out);
    }
    write_grouped(number / 1000, group, out);
    out.extend_from_slice(group.as_bytes());
    write_number(number / 100 % 10, out);
    write_number(number / 10 % 10, out);
    write_number(number % 10, out);
}

/// Decimal text as a whole number of its 10⁻ᵈᵉᶜⁱᵐᵃˡˢ.
fn scaled(text: &[u8], decimals: usize) -> Result<i64> {
    let Some(number) = Decimal::read(unsigned(text)) else {
        return Err(not_decimal(text).into());
    };
    if number.decimals > decimals {
        return Err(ErrorCode::TooManyDecimals.into());
    }
    let magnitude = (number.decimals..decimals).fold(number.digits, |digits, _| append_digit(digits, 0));
    let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
    Ok(if text.starts_with(b"-") { magnitude.wrapping_neg() } else { magnitude })
}

/// A whole number as JavaScript writes it, exact in both languages.
#[cfg(feature = "js")]
pub(crate) fn whole_number(text: &str) -> Result<i64> {
    match Money::from_decimal_bytes(text.as_bytes(), Unit::Minor, Currency::Uzs) {
        Err(error) if error.code() == ErrorCode::TooManyDecimals => Err(ErrorCode::NotAnInteger.into()),
        read => Ok(read?.minor),
    }
}

fn unsigned(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"-").unwrap_or(text)
}

/// Why text is no decimal number, for the message that helps most.
#[cold]
fn not_decimal(text: &[u8]) -> ErrorCode {
    let (mantissa, exponent) = cut(unsigned(text), b"eE");
    match place("NaN Infinity", unsigned(text)) {
        Some(0) => ErrorCode::NotANumber,
        Some(_) => ErrorCode::NotFinite,
        None if text.is_empty() => ErrorCode::EmptyAmount,
        None if is_exponent(exponent) && Decimal::read(mantissa).is_some() => ErrorCode::Exponent,
        None => ErrorCode::MalformedAmount,
    }
}

fn is_exponent(text: &[u8]) -> bool {
    let (sign, digits) = cut(text, b"0123456789");
    place("e E e+ E+ e- E-", sign).is_some() && Decimal::read_whole(digits, u64::MAX).is_some()
}

/// A positive decimal as a fraction of two whole numbers; 18 digits at most, so that both are exact.
fn parse_rate(text: &str) -> Option<(u64, u64)> {
    let number = Decimal::read(text.as_bytes())?;
    let denominator = (0..number.decimals).fold(1, |power, _| append_digit(power, 0));
    (number.length <= 18 && number.digits > 0).then_some((number.digits, denominator))
}

/// `factor × numerator ÷ denominator` as quotient and remainder; a quotient beyond 64 bits becomes the largest.
///
/// Long division, bit by bit: the products have 128 bits, and dividing `u128` takes three times as much of the
/// WebAssembly module as all that is here.
fn divided(factor: u64, numerator: u64, denominator: u64) -> (u64, u64) {
    let one = (
        numerator.checked_div(denominator).unwrap_or(u64::MAX),
        numerator.checked_rem(denominator).unwrap_or_default(),
    );
    let mut sum = (0, 0);
    for bit in (0..u64::BITS.wrapping_sub(factor.leading_zeros())).rev() {
        sum = added(sum, sum, denominator);
        if factor.wrapping_shr(bit) & 1 == 1 {
            sum = added(sum, one, denominator);
        }
    }
    sum
}

/// The sum of two mixed numbers: wholes, and remainders below `denominator`, whose sum may need 65 bits.
fn added(left: (u64, u64), right: (u64, u64), denominator: u64) -> (u64, u64) {
    let room = denominator.wrapping_sub(left.1);
    let carry = right.1 >= room;
    let remainder = if carry { right.1.wrapping_sub(room) } else { left.1.wrapping_add(right.1) };
    (left.0.saturating_add(right.0).saturating_add(u64::from(carry)), remainder)
}

/// The remainder above which all are rounded up where `units` are given out, one to each; all remainders are below `total`.
fn lowest_rounded_up(remainders: &[u64], total: u64, units: u64) -> u64 {
    let (mut low, mut high) = (0, total);
    while low < high {
        let middle = low.midpoint(high);
        if count_above(remainders, middle) <= units { high = middle } else { low = middle.wrapping_add(1) }
    }
    low
}

fn count_above(remainders: &[u64], threshold: u64) -> u64 {
    remainders.iter().filter(|&&remainder| remainder > threshold).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random enough, and the same every time.
    fn numbers() -> impl Iterator<Item = u64> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        core::iter::from_fn(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            Some(state >> (state % 64))
        })
    }

    #[test]
    fn long_division_agrees_with_128_bits() {
        let edges = [0, 1, 2, 3, 9_999, 10_000, Money::MAX_MINOR as u64, 1 << 63, u64::MAX - 1, u64::MAX];
        let check = |factor: u64, numerator: u64, denominator: u64| {
            let product = u128::from(factor) * u128::from(numerator);
            let quotient = u64::try_from(product / u128::from(denominator)).unwrap_or(u64::MAX);
            let remainder = (product % u128::from(denominator)) as u64;
            assert_eq!(divided(factor, numerator, denominator), (quotient, remainder));
        };
        for factor in edges {
            for numerator in edges {
                edges
                    .into_iter()
                    .filter(|&edge| edge > 0)
                    .for_each(|denominator| check(factor, numerator, denominator));
            }
        }
        let mut random = numbers();
        let mut next = || random.next().unwrap_or_default();
        (0..100_000).for_each(|_| check(next(), next(), next().max(1)));
    }
}
