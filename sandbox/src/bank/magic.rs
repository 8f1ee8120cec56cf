//! Values that choose an outcome. The crate's README lists them, and a test compares the two.

/// How long after it was accepted an order is settled, in milliseconds.
pub const SETTLEMENT_MS: u64 = 3000;

/// The same where it takes long.
pub const SLOW_SETTLEMENT_MS: u64 = 60_000;

/// How long after its answer an order of [`Effect::FailsAndAcceptsLater`] is accepted, in milliseconds.
pub const LATE_ORDER_MS: u64 = 5000;

/// How many rows a statement's answer has at most.
pub const PAGE_ROWS: usize = 20;

/// Codes that are documented to mean "refused".
pub const REFUSALS: [u32; 6] = [1013, 1014, 1015, 1016, 1017, 3333];

/// Codes after which only the status tells: so documented, documented for other requests, and documented nowhere.
pub const UNCERTAIN: [u32; 8] = [1111, 2222, 1001, 1002, 1004, 1008, 1009, 9999];

/// How an order fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// With the code, whenever it is sent; nothing happens.
    Fails,
    /// With the code at first; sent again it is accepted.
    FailsOnce,
    /// It is accepted, and the code is told.
    AcceptsAndFails,
    /// With the code, and later it is accepted.
    FailsAndAcceptsLater,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 4] = [Self::Fails, Self::FailsOnce, Self::AcceptsAndFails, Self::FailsAndAcceptsLater];

    /// What stands in the receiver's account before the code, at its end.
    #[must_use]
    pub const fn digits(self) -> &'static str {
        match self {
            Self::Fails => "70",
            Self::FailsOnce => "71",
            Self::AcceptsAndFails => "72",
            Self::FailsAndAcceptsLater => "73",
        }
    }

    /// The codes it comes with. An order that was accepted is never said to be refused.
    pub fn codes(self) -> impl Iterator<Item = u32> {
        let refusals: &[u32] = match self {
            Self::Fails | Self::FailsOnce => &REFUSALS,
            Self::AcceptsAndFails | Self::FailsAndAcceptsLater => &[],
        };
        UNCERTAIN.iter().chain(refusals).copied()
    }
}

/// The effect of a receiver's account, and the code it comes with.
#[must_use]
pub fn effect_of(account: &str) -> Option<(Effect, u32)> {
    let (effect, code) = account.get(account.len().checked_sub(6)?..)?.split_at_checked(2)?;
    let effect = Effect::ALL.into_iter().find(|own| own.digits() == effect)?;
    let code = code.parse().ok()?;
    effect.codes().any(|own| own == code).then_some((effect, code))
}

/// What becomes of an order that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It is settled in its usual time.
    Usual,
    /// It is settled in the answer.
    AtOnce,
    /// It is settled after a minute.
    Slow,
    /// It stays as it is.
    Never,
    /// It is deleted when it would be settled, as without funds.
    Deleted,
    /// It is deleted in the answer.
    DeletedAtOnce,
}

impl Settlement {
    /// Every one that an account can ask for.
    pub const ASKED: [Self; 5] = [Self::AtOnce, Self::Slow, Self::Never, Self::Deleted, Self::DeletedAtOnce];

    /// The end of the receiver's account.
    #[must_use]
    pub const fn digits(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::AtOnce => "780000",
            Self::Slow => "780060",
            Self::Never => "780404",
            Self::Deleted => "780402",
            Self::DeletedAtOnce => "780400",
        }
    }

    /// How long after it was accepted an order is settled or deleted, in milliseconds, if ever.
    #[must_use]
    pub const fn after_ms(self) -> Option<u64> {
        match self {
            Self::AtOnce | Self::DeletedAtOnce => Some(0),
            Self::Usual | Self::Deleted => Some(SETTLEMENT_MS),
            Self::Slow => Some(SLOW_SETTLEMENT_MS),
            Self::Never => None,
        }
    }

    /// Whether an order is deleted whatever there is to pay it with.
    #[must_use]
    pub const fn deletes(self) -> bool {
        matches!(self, Self::Deleted | Self::DeletedAtOnce)
    }

    /// What becomes of orders to an account.
    #[must_use]
    pub fn of(account: &str) -> Self {
        let asked = Self::ASKED.into_iter().find(|asked| account.ends_with(asked.digits()));
        asked.unwrap_or(Self::Usual)
    }
}

/// Services that there are not: whatever is asked of them fails with their number. Of any other, it is 1001.
pub const FAILING_SERVICES: [u32; 3] = [1002, 1004, 1009];

pub(super) fn code_of_service(id: u64) -> Option<u32> {
    FAILING_SERVICES.into_iter().find(|code| u64::from(*code) == id)
}
