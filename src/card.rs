//! What belongs to a card: its number, whole or mostly hidden, its network, and its holder's telephone number.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::error::{Error, ErrorCode, Result};
use crate::text::into_string;

/// A network of cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CardNetwork {
    /// Uzcard.
    Uzcard,
    /// Humo.
    Humo,
}

impl CardNetwork {
    /// The network's name: `UZCARD`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uzcard => "UZCARD",
            Self::Humo => "HUMO",
        }
    }

    /// A network by its name.
    ///
    /// # Errors
    /// [`ErrorCode::NotAnOption`] for anything else.
    pub fn parse(name: &str) -> Result<Self> {
        let found = [Self::Uzcard, Self::Humo].into_iter().find(|network| network.as_str() == name);
        found.ok_or_else(|| ErrorCode::NotAnOption.into())
    }
}

/// A whole card number, of 16 digits. It is wiped when it is dropped, and prints its last four digits only.
///
/// The check digit is not looked at: the documents' own samples fail it.
///
/// ```
/// use tiyin::Pan;
///
/// let pan = Pan::parse("9860 5315 5489 6678")?;
/// assert_eq!(format!("{pan:?}"), "Pan(****6678)");
/// assert!(Pan::parse("986053155489667").is_err());
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Pan(Zeroizing<[u8; 16]>);

impl Pan {
    /// Reads a number as people type it, with spaces or without.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidDigits`] for anything else than 16 digits.
    pub fn parse(typed: &str) -> Result<Self> {
        let mut digits = Zeroizing::new([0; 16]);
        let mut given = typed.bytes().filter(|byte| *byte != b' ');
        for place in digits.iter_mut() {
            *place = given.next().filter(u8::is_ascii_digit).ok_or_else(Self::refused)?;
        }
        if given.next().is_some() { Err(Self::refused()) } else { Ok(Self(digits)) }
    }

    fn refused() -> Error {
        Error::with_detail(ErrorCode::InvalidDigits, "16 digits")
    }

    /// The digits, for the body of a request and nothing else.
    pub(crate) fn expose(&self) -> &str {
        str::from_utf8(&*self.0).unwrap_or_default()
    }
}

/// Hides all but the last four digits.
impl core::fmt::Debug for Pan {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Pan(****{})", self.expose().get(12..).unwrap_or_default())
    }
}

/// A mobile or fixed telephone number of Uzbekistan.
///
/// ```
/// use tiyin::PhoneNumber;
///
/// for typed in ["+998 (90) 123-45-67", "998901234567", "90 123 45 67"] {
///     assert_eq!(PhoneNumber::parse(typed)?.with_plus(), "+998901234567");
/// }
/// assert!(PhoneNumber::parse("+7 901 234 56 78").is_err());
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number as people type it: with the country's code or without, with spaces, dashes and brackets.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidPhone`] for anything else.
    pub fn parse(typed: &str) -> Result<Self> {
        let typed = typed.trim_ascii();
        let (international, rest) = typed.strip_prefix('+').map_or((false, typed), |rest| (true, rest));
        let mut digits = Vec::with_capacity(12);
        for byte in rest.bytes() {
            match byte {
                b'0'..=b'9' => digits.push(byte),
                b' ' | b'-' | b'(' | b')' => {}
                _ => return Err(ErrorCode::InvalidPhone.into()),
            }
        }
        let local = match (digits.len(), digits.as_slice()) {
            (12, [b'9', b'9', b'8', local @ ..]) => local,
            (9, local) if !international => local,
            _ => return Err(ErrorCode::InvalidPhone.into()),
        };
        let mut number = Vec::from(b"+998");
        number.extend_from_slice(local);
        Ok(Self(into_string(number)))
    }

    /// `+998901234567`, as Paylov has it.
    #[must_use]
    pub fn with_plus(self) -> String {
        self.0
    }
}

/// Hides all but the last two digits.
impl core::fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "PhoneNumber(+998*******{})", self.0.get(11..).unwrap_or_default())
    }
}

/// A card's number as it may be shown: whoever wrote it, of a whole one only the first six and the last four digits stay.
pub(crate) fn masked_pan(number: &str) -> String {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let mut seen = 0usize;
    let mut shown = Vec::from(number);
    for byte in shown.iter_mut().filter(|byte| byte.is_ascii_digit()) {
        seen = seen.wrapping_add(1);
        if digits > 10 && seen > 6 && seen <= digits.saturating_sub(4) {
            *byte = b'*';
        }
    }
    into_string(shown)
}

#[cfg(test)]
mod tests {
    use super::masked_pan;

    #[test]
    fn a_whole_card_number_is_hidden_and_a_masked_one_stays() {
        assert_eq!(masked_pan("8600123412341234"), "860012******1234");
        assert_eq!(masked_pan("8600 1234 1234 1234"), "8600 12** **** 1234");
        assert_eq!(masked_pan("986034******8885"), "986034******8885");
    }
}
