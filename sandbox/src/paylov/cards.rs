//! The cards that Paylov knows, each with an outcome of its own.

use super::refusal::{Refusal, refuse};
use crate::ledger::Money;

/// Whether a card can pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardState {
    /// It can.
    Usable,
    /// `card_is_blocked`
    Blocked,
    /// `card_expired`
    Expired,
    /// `card_is_not_activated`
    NotActivated,
    /// `card_is_not_supported`
    NotSupported,
    /// `invalid_card`
    Invalid,
    /// `invalid_card_token`
    InvalidToken,
}

impl CardState {
    /// The code that `pay` fails with.
    #[must_use]
    pub const fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::Usable => return None,
            Self::Blocked => "card_is_blocked",
            Self::Expired => "card_expired",
            Self::NotActivated => "card_is_not_activated",
            Self::NotSupported => "card_is_not_supported",
            Self::Invalid => "invalid_card",
            Self::InvalidToken => "invalid_card_token",
        })
    }
}

/// A card of a payer, registered before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What the merchant has of it.
    pub id: &'static str,
    /// As lists print it.
    pub masked_pan: &'static str,
    /// The holder's name.
    pub owner: &'static str,
    /// Where codes are sent, if anywhere.
    pub phone: Option<&'static str>,
    /// Whether it can pay.
    pub state: CardState,
    opening_tiyin: i64,
    tiyin: i64,
}

impl Card {
    const fn new(id: &'static str, masked_pan: &'static str, owner: &'static str, som: i64) -> Self {
        let tiyin = som.saturating_mul(100);
        let phone = Some("+998901234567");
        Self { id, masked_pan, owner, phone, state: CardState::Usable, opening_tiyin: tiyin, tiyin }
    }

    const fn with_phone(self, phone: Option<&'static str>) -> Self {
        Self { phone, ..self }
    }

    const fn with_state(self, state: CardState) -> Self {
        Self { state, ..self }
    }

    /// What is on it now.
    #[must_use]
    pub const fn balance(&self) -> Money {
        Money::tiyin(self.tiyin)
    }

    /// What was on it at first.
    #[must_use]
    pub const fn opening_balance(&self) -> Money {
        Money::tiyin(self.opening_tiyin)
    }

    /// `+998901234567` as `+99890*****67`.
    pub(super) fn hidden_phone(&self) -> Option<String> {
        let phone = self.phone?;
        Some(format!("{}*****{}", phone.get(..6)?, phone.get(11..)?))
    }

    pub(super) fn check_usable(&self) -> Result<(), Refusal> {
        match self.state.code() {
            Some(code) => refuse(code, "the card cannot pay"),
            None => Ok(()),
        }
    }

    pub(super) fn check_funds(&self, tiyin: i64) -> Result<i64, Refusal> {
        let left = self.tiyin.checked_sub(tiyin).filter(|left| *left >= 0);
        left.ok_or_else(|| Refusal::new("insufficient_funds", "there is not enough money on the card"))
    }

    /// Takes an amount off the card and gives what is left.
    pub(super) fn charge(&mut self, tiyin: i64) -> Result<Money, Refusal> {
        self.tiyin = self.check_funds(tiyin)?;
        Ok(self.balance())
    }
}

pub(super) fn all() -> [Card; 10] {
    [
        // Of the document's examples.
        Card::new("9f877739-2149-4831-88a4-d1857309c77c", "986034******8885", "BOTIROV TEMURBEK", 50_000_000),
        Card::new("10000000-0000-4000-8000-000000000001", "860033******9500", "KARIMOVA NILUFAR", 50_000_000)
            .with_phone(Some("+998971112233")),
        Card::new("10000000-0000-4000-8000-000000000002", "986010******0002", "RASULOV JASUR", 1_000),
        Card::new("10000000-0000-4000-8000-000000000003", "860012******0003", "ISMOILOV OTABEK", 1_000_000)
            .with_state(CardState::Blocked),
        Card::new("10000000-0000-4000-8000-000000000004", "986019******0004", "SODIQOVA MALIKA", 1_000_000)
            .with_state(CardState::Expired),
        Card::new("10000000-0000-4000-8000-000000000005", "986027******0005", "TOSHMATOV BOBUR", 1_000_000)
            .with_state(CardState::NotActivated),
        Card::new("10000000-0000-4000-8000-000000000006", "544081******0006", "AKHMEDOVA DINARA", 1_000_000)
            .with_state(CardState::NotSupported),
        Card::new("10000000-0000-4000-8000-000000000007", "860049******0007", "YUSUPOV SARDOR", 1_000_000)
            .with_state(CardState::Invalid),
        Card::new("10000000-0000-4000-8000-000000000008", "986060******0008", "NAZAROVA GULNORA", 1_000_000)
            .with_state(CardState::InvalidToken),
        Card::new("10000000-0000-4000-8000-000000000009", "860055******0009", "HAMIDOV AZIZ", 1_000_000)
            .with_phone(None),
    ]
}
