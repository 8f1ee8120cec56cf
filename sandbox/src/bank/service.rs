//! The partner's services, each with an account and what is on it.

use serde_json::{Value, json};

use crate::ledger::Money;

/// A service of the partner, and its account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankService {
    /// What requests call it.
    pub id: u64,
    /// What people call it.
    pub name: &'static str,
    /// Whether it can pay.
    pub activated: bool,
    /// Whether its orders must name the payer's card: `WORKING_WITH_CARD`.
    pub needs_card: bool,
    /// Its account: 20 digits.
    pub account: &'static str,
    opening_tiyin: i64,
    tiyin: i64,
    /// The row of its statement that brought what it begins with.
    pub(super) opening_entry: u64,
}

impl BankService {
    const fn new(id: u64, name: &'static str, account: &'static str, opening_entry: u64) -> Self {
        let plain =
            Self { id, name, activated: true, needs_card: false, account, opening_tiyin: 0, tiyin: 0, opening_entry };
        plain.with_tiyin(5_000_000_000)
    }

    const fn with_tiyin(self, tiyin: i64) -> Self {
        Self { opening_tiyin: tiyin, tiyin, ..self }
    }

    const fn with_card(self) -> Self {
        Self { needs_card: true, ..self }
    }

    const fn not_activated(self) -> Self {
        Self { activated: false, ..self }
    }

    /// What is on its account now.
    #[must_use]
    pub const fn balance(&self) -> Money {
        Money::tiyin(self.tiyin)
    }

    /// What was on its account at first.
    #[must_use]
    pub const fn opening_balance(&self) -> Money {
        Money::tiyin(self.opening_tiyin)
    }

    pub(super) fn can_pay(&self, tiyin: i64) -> bool {
        tiyin <= self.tiyin
    }

    /// Puts an amount on the account, or takes a negative one off it; gives what there is then.
    pub(super) const fn add(&mut self, tiyin: i64) -> Money {
        self.tiyin = self.tiyin.saturating_add(tiyin);
        self.balance()
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "activated": self.activated,
            "type": if self.needs_card { "WORKING_WITH_CARD" } else { "CARD_IS_OPTIONAL" },
            "account": self.account,
        })
    }
}

pub(super) fn all() -> [BankService; 7] {
    let with_account = BankService::new;
    [
        // Of the document's list.
        with_account(34, "Оплата по реквизитам UZCARD", "45645215794513547942", 2_111_291_787).with_card(),
        with_account(35, "Оплата по реквизитам HUMO", "45645215794513547943", 2_111_291_788).with_card(),
        with_account(33, "Расщепления", "45645215794513547944", 2_111_291_789),
        // Of its other examples: the second can pay its order once, and has 1100 tiyin then.
        with_account(1, "Оплата в бюджет", "45645215794513547945", 2_111_291_790),
        with_account(2, "Оплата по реквизитам", "45645215794513547946", 2_111_291_791).with_tiyin(521_100),
        with_account(36, "Выплаты продавцам", "45645215794513547947", 2_111_291_792).not_activated(),
        with_account(27, "Поступления", "29896000200000401070", LAST_OPENING_ENTRY).with_tiyin(400),
    ]
}

/// The id of the document's row of a statement.
pub(super) const LAST_OPENING_ENTRY: u64 = 2_111_291_793;
