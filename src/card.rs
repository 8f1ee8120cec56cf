//! What belongs to a card: its number, mostly hidden, and its holder's telephone number.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{ErrorCode, Result};
use crate::text::into_string;

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
