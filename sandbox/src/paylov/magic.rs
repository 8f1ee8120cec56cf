//! Values that choose an outcome. The crate's README lists them, and a test compares the two.

/// The code that every payer receives.
pub const RIGHT_CODE: &str = "111111";

/// A code that uses up all attempts at once.
pub const EXHAUSTING_CODE: &str = "333333";

/// How long a code is valid, in milliseconds.
pub const CODE_LIFETIME_MS: u64 = 120_000;

/// The wrong codes after which a transaction is cancelled.
pub const CODE_ATTEMPTS: u32 = 3;

/// How long a transaction waits to be paid, in milliseconds.
pub const TRANSACTION_LIFETIME_MS: u64 = 24 * 60 * 60 * 1000;

/// How long after its answer a payment of [`AmountEffect::PayFailsAndChargesLater`] happens, in milliseconds.
pub const LATE_CHARGE_MS: u64 = 5000;

/// Codes that are known to mean "refused".
pub const REFUSALS: [&str; 19] = [
    "insufficient_funds",
    "invalid_otp",
    "card_is_blocked",
    "card_not_found",
    "card_expired",
    "field_required",
    "validation_error",
    "field_not_valid",
    "invalid_amount",
    "card_is_not_supported",
    "invalid_card_token",
    "too_many_attempts",
    "invalid_card",
    "pan_not_valid",
    "card_is_not_activated",
    "card_is_not_for_this_check",
    "merchant_not_available",
    "terminal_does_not_exist",
    "bank_not_found",
];

/// Codes after which only a status read tells whether money moved.
pub const UNCERTAIN: [&str; 10] = [
    "unknown_error",
    "server_error",
    "gateway_not_working",
    "processing_error",
    "error_at_pay",
    "transaction_already_payed",
    "already_confirmed",
    "transaction_not_available_for_payment",
    "transaction_not_found",
    "otp_code_already_sent",
];

/// What an amount does besides being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountEffect {
    /// `create` fails with the code.
    CreateFails,
    /// `pay` fails with the code and moves no money.
    PayFails,
    /// `pay` moves the money and fails with the code.
    PayChargesAndFails,
    /// `pay` fails with the code, and later the money moves.
    PayFailsAndChargesLater,
}

impl AmountEffect {
    /// Every effect.
    pub const ALL: [Self; 4] =
        [Self::CreateFails, Self::PayFails, Self::PayChargesAndFails, Self::PayFailsAndChargesLater];

    /// The amount of the first code, in som; those of the others follow it.
    #[must_use]
    pub const fn first_som(self) -> u64 {
        match self {
            Self::CreateFails => 600_001,
            Self::PayFails => 700_001,
            Self::PayChargesAndFails => 800_001,
            Self::PayFailsAndChargesLater => 900_001,
        }
    }

    /// The codes it comes with. A payment that was charged is never said to be refused.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        let refusals: &[&str] = match self {
            Self::CreateFails | Self::PayFails => &REFUSALS,
            Self::PayChargesAndFails | Self::PayFailsAndChargesLater => &[],
        };
        UNCERTAIN.iter().chain(refusals).copied()
    }
}

/// The effect of an amount in som, and the code it comes with.
#[must_use]
pub fn effect_of(som: u64) -> Option<(AmountEffect, &'static str)> {
    AmountEffect::ALL.into_iter().find_map(|effect| {
        let place = usize::try_from(som.checked_sub(effect.first_som())?).ok()?;
        effect.codes().nth(place).map(|code| (effect, code))
    })
}

/// What the end of an account's number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The service does not know it: `field_not_valid`.
    Unknown,
    /// The service does not answer: `gateway_not_working`.
    Unreachable,
    /// Its holder owes money.
    Indebted,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Self; 3] = [Self::Unknown, Self::Unreachable, Self::Indebted];

    /// Its last four digits.
    #[must_use]
    pub const fn digits(self) -> &'static str {
        match self {
            Self::Unknown => "0404",
            Self::Unreachable => "0503",
            Self::Indebted => "0402",
        }
    }

    pub(super) fn of(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| number.ends_with(ending.digits()))
    }
}
