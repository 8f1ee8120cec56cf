//! Whom an order pays: numbers of fixed length, and the order's own id.
//!
//! Source: «Оплата по реквизитам». They are checked when they are made, so an order that exists has no number with a digit too
//! few; whether an account is there only the bank knows. None of them has a check digit that is documented.

use alloc::borrow::Cow;
use core::fmt;

use crate::encode::{printable, segment};
use crate::error::{Error, ErrorCode, Result};

/// A number of so many digits, which is text since zeros in front count.
macro_rules! digits {
    ($(#[$doc:meta])* $name:ident, $length:literal, $detail:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// Reads the digits, which are all that the text may have.
            ///
            /// # Errors
            /// [`ErrorCode::InvalidDigits`] for anything else.
            pub fn parse(text: &str) -> Result<Self> {
                match text.as_bytes().try_into() {
                    Ok(digits) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Self(digits)),
                    _ => Err(Error::with_detail(ErrorCode::InvalidDigits, $detail)),
                }
            }

            /// The digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }
    };
}

digits! {
    /// The code of a bank (МФО), of 5 digits.
    ///
    /// ```
    /// use tiyin::ErrorCode;
    /// use tiyin::requisites::BankCode;
    ///
    /// assert_eq!(BankCode::parse("00401")?.as_str(), "00401");
    /// assert_eq!(BankCode::parse("401").unwrap_err().code(), ErrorCode::InvalidDigits);
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    BankCode, 5, "5 digits"
}

digits! {
    /// An account at a bank, of 20 digits.
    ///
    /// ```
    /// # use tiyin::requisites::AccountNumber;
    /// assert!(AccountNumber::parse("16103000900000401001").is_ok());
    /// ```
    AccountNumber, 20, "20 digits"
}

digits! {
    /// An account of a budget (лицевой счёт), of 27 digits.
    ///
    /// ```
    /// # use tiyin::requisites::BudgetAccount;
    /// assert!(BudgetAccount::parse("400522860262837950100251028").is_ok());
    /// ```
    BudgetAccount, 27, "27 digits"
}

digits! {
    /// A taxpayer's number (ИНН), of 9 digits.
    ///
    /// ```
    /// # use tiyin::requisites::TaxpayerId;
    /// assert!(TaxpayerId::parse("207099143").is_ok());
    /// ```
    TaxpayerId, 9, "9 digits"
}

digits! {
    /// What a payment to a budget is for (код назначения), of 5 digits.
    ///
    /// ```
    /// # use tiyin::requisites::PurposeCode;
    /// assert!(PurposeCode::parse("09510").is_ok());
    /// ```
    PurposeCode, 5, "5 digits"
}

/// The merchant's own number of an order. The bank pays an order of one id once.
///
/// It becomes a part of a path: spaces, which the document forbids, and whatever would lead that path elsewhere is refused.
///
/// ```
/// use tiyin::ErrorCode;
/// use tiyin::requisites::OrderId;
///
/// assert_eq!(OrderId::new("5153f545-52bf-46fd-af1a-c31b43fe043e")?.as_str(), "5153f545-52bf-46fd-af1a-c31b43fe043e");
/// assert_eq!(OrderId::new("../account/2/balance").unwrap_err().code(), ErrorCode::InvalidId);
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OrderId<'a>(Cow<'a, str>);

impl<'a> OrderId<'a> {
    /// Checks an id.
    ///
    /// # Errors
    /// [`ErrorCode::EmptyText`], [`ErrorCode::InvalidId`], [`ErrorCode::UnprintableText`], [`ErrorCode::TooLong`].
    pub fn new(id: impl Into<Cow<'a, str>>) -> Result<Self> {
        let id = id.into();
        segment(&id, "")?;
        if id.contains(char::is_whitespace) {
            return Err(ErrorCode::InvalidId.into());
        }
        printable(&id, "")?;
        Ok(Self(id))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Without what could be a card's number in place of an id.
impl fmt::Debug for OrderId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OrderId").field(&crate::error::masked(&self.0)).finish()
    }
}
