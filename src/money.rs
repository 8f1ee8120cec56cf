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
    /// As [`Self::from_decimal`]; [`ErrorCode::AmbiguousAmount`] where a single separator could group or divide (`1,000`);
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
        self.written(None, '.')
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
        if locale == Locale::En {
            let amount = self.written(Some(','), '.');
            let (sign, digits) = amount.strip_prefix('-').map_or(("", amount.as_str()), |digits| ("-", digits));
            let symbol = match self.currency {
                Currency::Uzs => "UZS\u{a0}",
                Currency::Usd => "$",
            };
            return [sign, symbol, digits].concat();
        }
        let mut amount = self.written(Some('\u{a0}'), ',');
        amount.push_str(match (self.currency, locale) {
            (Currency::Usd, _) => "\u{a0}$",
            (Currency::Uzs, Locale::Ru) => "\u{a0}сум",
            (Currency::Uzs, _) => "\u{a0}so\u{2bb}m",
        });
        amount
    }

    /// The digits of the amount, grouped by threes where `group` is given.
    fn written(self, group: Option<char>, point: char) -> String {
        let magnitude = self.minor.unsigned_abs();
        let mut buffer = itoa::Buffer::new();
        let whole = buffer.format(magnitude / 100);
        let mut out = String::with_capacity(whole.len().saturating_mul(2));
        if self.minor < 0 {
            out.push('-');
        }
        let mut left = whole.len();
        for digit in whole.chars() {
            if let Some(group) = group
                && left.is_multiple_of(3)
                && left != whole.len()
            {
                out.push(group);
            }
            out.push(digit);
            left = left.saturating_sub(1);
        }
        if !self.is_whole() {
            let fraction = magnitude % 100;
            out.push(point);
            if fraction < 10 {
                out.push('0');
            }
            out.push_str(itoa::Buffer::new().format(fraction));
        }
        out
    }

    /// The exact sum of amounts of one currency.
    ///
    /// # Errors
    /// [`ErrorCode::MissingField`] without any amount, since nothing then names the currency;
    /// [`ErrorCode::CurrencyMismatch`]; [`ErrorCode::AmountOutOfRange`].
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
        let first = amounts.next().ok_or(Error::with_message(ErrorCode::MissingField, "give at least one amount"))?;
        // Saturation is out of an amount's range too, so the range check at the end sees it; amounts of both signs are
        // added wide, so that their order makes no difference.
        let mut total = i128::from(first.minor);
        for amount in amounts {
            if amount.currency != first.currency {
                return Err(ErrorCode::CurrencyMismatch.into());
            }
            total = total.saturating_add(i128::from(amount.minor));
        }
        let minor = i64::try_from(total).map_err(|_| ErrorCode::AmountOutOfRange)?;
        Self::new(minor, first.currency)
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
        let magnitude = self.minor.unsigned_abs();
        let total = weights.iter().try_fold(0u64, |sum, &weight| sum.checked_add(weight));
        let total = total.ok_or(ErrorCode::AmountOutOfRange)?;
        let mut left = magnitude;
        let mut parts = Vec::with_capacity(weights.len());
        for &weight in weights {
            let (part, remainder) = divided(magnitude, weight, total).ok_or(ErrorCode::InvalidWeights)?;
            left = left.saturating_sub(part);
            parts.push((part, remainder));
        }
        if parts.is_empty() {
            return Err(ErrorCode::InvalidWeights.into());
        }
        // Fewer units are left than there are parts with a remainder: all remainders above a threshold get one, and the
        // earliest of those at it.
        let above = |threshold| parts.iter().filter(|(_, remainder)| *remainder > threshold).count() as u64;
        let (mut low, mut high) = (0, total);
        while low < high {
            let middle = low.midpoint(high);
            if above(middle) <= left { high = middle } else { low = middle.saturating_add(1) }
        }
        let mut at_threshold = left.saturating_sub(above(low));
        let mut allocated = Vec::with_capacity(parts.len());
        for (part, remainder) in parts {
            let tied = remainder == low && at_threshold > 0;
            at_threshold = at_threshold.saturating_sub(u64::from(tied));
            let extra = u64::from(tied || remainder > low);
            allocated.push(self.with_magnitude(part.saturating_add(extra))?);
        }
        Ok(allocated)
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
        let magnitude = rounded(self.minor.unsigned_abs(), basis_points.unsigned_abs(), 10_000, rounding);
        let share = self.with_magnitude(magnitude.ok_or(ErrorCode::AmountOutOfRange)?)?;
        if basis_points < 0 { Self::new(share.minor.saturating_neg(), share.currency) } else { Ok(share) }
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
        let (numerator, denominator) = parse_rate(rate).ok_or(Error::from(ErrorCode::InvalidRate).at("rate"))?;
        let (numerator, denominator) = match (self.currency, to) {
            (Currency::Uzs, Currency::Usd) => (denominator, numerator),
            (Currency::Usd, Currency::Uzs) => (numerator, denominator),
            _ => return Ok(self),
        };
        let magnitude = rounded(self.minor.unsigned_abs(), numerator, denominator, rounding);
        Self { minor: self.minor, currency: to }.with_magnitude(magnitude.ok_or(ErrorCode::AmountOutOfRange)?)
    }

    /// An amount of this sign and currency.
    fn with_magnitude(self, magnitude: u64) -> Result<Self> {
        let minor = i64::try_from(magnitude).map_err(|_| ErrorCode::AmountOutOfRange)?;
        Self::new(if self.minor < 0 { minor.saturating_neg() } else { minor }, self.currency)
    }
}

/// `1500.50 UZS`, the same in every language.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&[self.to_major().as_str(), " ", self.currency.as_str()].concat())
    }
}

/// The digits of decimal text around its point, and whether it opens with a minus.
fn decimal(text: &str) -> Option<(bool, &str, &str)> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && all_digits(whole) && all_digits(fraction)).then_some((negative, whole, fraction))
}

/// Decimal text as a whole number of its 10⁻ᵈᵉᶜⁱᵐᵃˡˢ.
fn scaled(text: &str, decimals: usize) -> Result<i64> {
    let Some((negative, whole, fraction)) = decimal(text) else {
        return Err(not_decimal(text).into());
    };
    if fraction.len() > decimals {
        return Err(ErrorCode::TooManyDecimals.into());
    }
    let padding = decimals.saturating_sub(fraction.len());
    let digits = whole.bytes().chain(fraction.bytes()).chain(core::iter::repeat_n(b'0', padding));
    let magnitude = digits
        .into_iter()
        .try_fold(0i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit.wrapping_sub(b'0'))));
    let magnitude = magnitude.ok_or(ErrorCode::AmountOutOfRange)?;
    Ok(if negative { magnitude.saturating_neg() } else { magnitude })
}

/// A whole number as JavaScript writes it, exact in both languages.
#[cfg(feature = "js-checkout")]
pub(crate) fn whole_number(text: &str) -> Result<i64> {
    let number = scaled(text, 0).map_err(|error| match error.code() {
        ErrorCode::TooManyDecimals => ErrorCode::NotAnInteger.into(),
        _ => error,
    })?;
    if number.unsigned_abs() > Money::MAX_MINOR.unsigned_abs() {
        return Err(ErrorCode::AmountOutOfRange.into());
    }
    Ok(number)
}

/// Why text is no decimal number, for the message that helps most.
fn not_decimal(text: &str) -> ErrorCode {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    match unsigned {
        "" if text.is_empty() => ErrorCode::EmptyAmount,
        "NaN" => ErrorCode::NotANumber,
        "Infinity" => ErrorCode::NotFinite,
        _ => match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) if decimal(mantissa).is_some() => {
                let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                let whole = !exponent.is_empty() && exponent.bytes().all(|byte| byte.is_ascii_digit());
                if whole { ErrorCode::Exponent } else { ErrorCode::MalformedAmount }
            }
            _ => ErrorCode::MalformedAmount,
        },
    }
}

/// A positive decimal as a fraction of two whole numbers; 18 digits at most, so that no product leaves 128 bits.
fn parse_rate(text: &str) -> Option<(u64, u64)> {
    let (negative, whole, fraction) = decimal(text)?;
    let digits = [whole, fraction].concat();
    if negative || digits.len() > 18 {
        return None;
    }
    let numerator = digits.parse().ok().filter(|&numerator: &u64| numerator > 0)?;
    Some((numerator, 10u64.checked_pow(u32::try_from(fraction.len()).ok()?)?))
}

/// `factor × numerator ÷ denominator` as quotient and remainder; `None` by zero, or where the quotient is beyond 64 bits.
fn divided(factor: u64, numerator: u64, denominator: u64) -> Option<(u64, u64)> {
    let product = u128::from(factor).saturating_mul(u128::from(numerator));
    let quotient = product.checked_div(u128::from(denominator))?;
    let remainder = product.checked_rem(u128::from(denominator))?;
    Some((quotient.try_into().ok()?, remainder.try_into().ok()?))
}

/// `factor × numerator ÷ denominator`, rounded.
fn rounded(factor: u64, numerator: u64, denominator: u64, rounding: Rounding) -> Option<u64> {
    let (quotient, remainder) = divided(factor, numerator, denominator)?;
    let half = remainder.cmp(&denominator.saturating_sub(remainder));
    let away = match rounding {
        Rounding::Down => false,
        Rounding::Up => remainder != 0,
        Rounding::HalfUp => half.is_ge(),
        Rounding::HalfEven => half.is_gt() || (half.is_eq() && quotient % 2 == 1),
    };
    quotient.checked_add(u64::from(away))
}
