//! What goes wrong between a client and a provider, by rule or by chance.

use std::collections::BTreeMap;

use crate::ledger::Provider;
use crate::seed::{Purpose, draw};

/// The name of what a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Route {
    /// `GET servicePayment/list/`
    List,
    /// `GET servicePayment/fields/{service_id}/`
    Fields,
    /// `POST servicePayment/info/`
    Info,
    /// `POST servicePayment/create/`
    Create,
    /// `POST servicePayment/pay/`
    Pay,
    /// `GET servicePayment/transaction/status/`
    Status,
    /// `GET servicePayment/transaction/all`
    All,
    /// `GET api/v2/services`
    BankServices,
    /// `POST api/v2/payment`
    BankPayment,
    /// `POST api/v2/paymentBudget`
    BankPaymentBudget,
    /// `GET api/v2/payment/{orderId}`
    BankPaymentStatus,
    /// `GET api/v2/account/{serviceId}/balance`
    BankBalance,
    /// `POST api/v2/account/payments`
    BankStatement,
}

impl Route {
    /// Every route.
    pub const ALL: [Self; 13] = [
        Self::List,
        Self::Fields,
        Self::Info,
        Self::Create,
        Self::Pay,
        Self::Status,
        Self::All,
        Self::BankServices,
        Self::BankPayment,
        Self::BankPaymentBudget,
        Self::BankPaymentStatus,
        Self::BankBalance,
        Self::BankStatement,
    ];

    /// Whose it is.
    #[must_use]
    pub const fn provider(self) -> Provider {
        match self {
            Self::List | Self::Fields | Self::Info | Self::Create | Self::Pay | Self::Status | Self::All => {
                Provider::Paylov
            }
            _ => Provider::Bank,
        }
    }

    /// The name in options: `pay`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Fields => "fields",
            Self::Info => "info",
            Self::Create => "create",
            Self::Pay => "pay",
            Self::Status => "status",
            Self::All => "all",
            Self::BankServices => "bank/services",
            Self::BankPayment => "bank/payment",
            Self::BankPaymentBudget => "bank/payment_budget",
            Self::BankPaymentStatus => "bank/payment_status",
            Self::BankBalance => "bank/balance",
            Self::BankStatement => "bank/statement",
        }
    }

    /// The route of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.as_str() == name)
    }

    const fn changes_something(self) -> bool {
        matches!(self, Self::Create | Self::Pay | Self::BankPayment | Self::BankPaymentBudget)
    }

    const fn tells_a_status(self) -> bool {
        matches!(self, Self::Status | Self::All | Self::BankPaymentStatus | Self::BankBalance | Self::BankStatement)
    }
}

/// One way in which an exchange goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// The connection is lost before the request is executed.
    DropBefore,
    /// The request is executed and the connection lost before the answer.
    DropAfter,
    /// The connection is lost, reads know nothing of it, and after a time the request is executed.
    ExecuteLate,
    /// A read of a status, a balance, or a list of payments tells what was true some time ago.
    StaleStatus,
    /// The request is executed and the answer takes its time.
    Delay,
    /// The request is not executed and never answered.
    Hang,
    /// The request is executed and never answered.
    HangAfter,
    /// HTTP 500, not executed.
    ServerError,
    /// HTTP 500, executed.
    ServerErrorAfter,
    /// HTTP 429 with `Retry-After`, not executed.
    RateLimited,
    /// The request is executed; its answer ends somewhere in the middle.
    BrokenJson,
    /// A gateway's page with HTTP 502, not executed.
    Html,
    /// A gateway's page with HTTP 504, executed.
    HtmlAfter,
    /// The request is executed; its answer has no body.
    Empty,
    /// The request arrives and is executed twice; the first answer is delivered.
    DuplicateDelivery,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::DropBefore,
        Self::DropAfter,
        Self::ExecuteLate,
        Self::StaleStatus,
        Self::Delay,
        Self::Hang,
        Self::HangAfter,
        Self::ServerError,
        Self::ServerErrorAfter,
        Self::RateLimited,
        Self::BrokenJson,
        Self::Html,
        Self::HtmlAfter,
        Self::Empty,
        Self::DuplicateDelivery,
    ];

    /// The name in options: `drop_after`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DropBefore => "drop_before",
            Self::DropAfter => "drop_after",
            Self::ExecuteLate => "execute_late",
            Self::StaleStatus => "stale_status",
            Self::Delay => "delay",
            Self::Hang => "hang",
            Self::HangAfter => "hang_after",
            Self::ServerError => "server_error",
            Self::ServerErrorAfter => "server_error_after",
            Self::RateLimited => "rate_limited",
            Self::BrokenJson => "broken_json",
            Self::Html => "html",
            Self::HtmlAfter => "html_after",
            Self::Empty => "empty",
            Self::DuplicateDelivery => "duplicate_delivery",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it makes a difference there. What makes none does not strike, so that counts mean something.
    #[must_use]
    pub const fn touches(self, route: Route) -> bool {
        match self {
            Self::ExecuteLate | Self::DuplicateDelivery => route.changes_something(),
            Self::StaleStatus => route.tells_a_status(),
            _ => true,
        }
    }

    /// The milliseconds of its delay, of what is late or behind, or of `Retry-After`, where nobody says otherwise.
    #[must_use]
    pub const fn usual_ms(self) -> u64 {
        match self {
            Self::ExecuteLate | Self::StaleStatus => 5000,
            _ => 1000,
        }
    }
}

/// A fault for chosen requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What goes wrong.
    pub kind: FaultKind,
    /// Where; on every route it can touch without one.
    pub route: Option<Route>,
    /// The first of those requests that it may strike, counted from one.
    pub nth: u64,
    /// How many it strikes, of those that no rule before it took.
    pub times: u64,
    /// Milliseconds of a delay, of what is late or behind, or of `Retry-After`.
    pub ms: Option<u64>,
}

impl Rule {
    /// Strikes the next request, once.
    #[must_use]
    pub const fn new(kind: FaultKind) -> Self {
        Self { kind, route: None, nth: 1, times: 1, ms: None }
    }

    /// Strikes on this route only.
    #[must_use]
    pub const fn on(mut self, route: Route) -> Self {
        self.route = Some(route);
        self
    }

    /// Begins with the nth request.
    #[must_use]
    pub const fn nth(mut self, nth: u64) -> Self {
        self.nth = nth;
        self
    }

    /// Strikes so often.
    #[must_use]
    pub const fn times(mut self, times: u64) -> Self {
        self.times = times;
        self
    }

    /// Takes so long.
    #[must_use]
    pub const fn ms(mut self, ms: u64) -> Self {
        self.ms = Some(ms);
        self
    }

    fn matches(&self, route: Route) -> bool {
        self.route.is_none_or(|own| own == route) && self.kind.touches(route)
    }
}

/// Faults by chance, decided by the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random {
    /// Of a hundred requests, how many are struck.
    pub percent: u8,
    /// Which kinds; all where none is named.
    pub kinds: Vec<FaultKind>,
    /// Which routes; all where none is named.
    pub routes: Vec<Route>,
    /// The most milliseconds one takes; each draws its own.
    pub ms: Option<u64>,
}

impl Random {
    /// Every kind on every route.
    #[must_use]
    pub const fn new(percent: u8) -> Self {
        Self { percent, kinds: Vec::new(), routes: Vec::new(), ms: None }
    }
}

/// Everything that goes wrong. Rules come first, chance decides about what they leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// In their order.
    pub rules: Vec<Rule>,
    /// None by default.
    pub random: Option<Random>,
}

/// A fault that strikes a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strike {
    pub(crate) kind: FaultKind,
    pub(crate) ms: u64,
    /// For what a kind decides by itself.
    pub(crate) draw: u64,
}

/// Faults and how far they have come.
#[derive(Clone, Debug)]
pub(crate) struct Armed {
    seed: u64,
    rules: Vec<Counting>,
    random: Option<Random>,
    requests: u64,
    counts: BTreeMap<(FaultKind, Route), u64>,
}

#[derive(Clone, Debug)]
struct Counting {
    rule: Rule,
    seen: u64,
    struck: u64,
}

impl Armed {
    pub(crate) fn new(seed: u64, faults: Faults) -> Self {
        let mut armed = Self { seed, rules: Vec::new(), random: None, requests: 0, counts: BTreeMap::new() };
        armed.replace(faults);
        armed
    }

    pub(crate) fn replace(&mut self, faults: Faults) {
        self.rules = faults.rules.into_iter().map(|rule| Counting { rule, seen: 0, struck: 0 }).collect();
        self.random = faults.random;
    }

    pub(crate) fn counts(&self) -> &BTreeMap<(FaultKind, Route), u64> {
        &self.counts
    }

    /// The fault that strikes the next request, which goes to this route.
    pub(crate) fn strike(&mut self, route: Route) -> Option<Strike> {
        let nth = self.requests;
        self.requests = nth.saturating_add(1);
        let found = self.by_rule(route).or_else(|| self.by_chance(route, nth));
        let (kind, ms) = found?;
        let count = self.counts.entry((kind, route)).or_default();
        *count = count.saturating_add(1);
        Some(Strike { kind, ms, draw: draw(self.seed, Purpose::Cut, nth) })
    }

    /// Every rule counts the request, so that `nth` means the same whatever other rules there are.
    fn by_rule(&mut self, route: Route) -> Option<(FaultKind, u64)> {
        let mut found = None;
        for counting in self.rules.iter_mut().filter(|counting| counting.rule.matches(route)) {
            counting.seen = counting.seen.saturating_add(1);
            let rule = &counting.rule;
            if found.is_none() && counting.seen >= rule.nth && counting.struck < rule.times {
                counting.struck = counting.struck.saturating_add(1);
                found = Some((rule.kind, rule.ms.unwrap_or(rule.kind.usual_ms())));
            }
        }
        found
    }

    fn by_chance(&self, route: Route, nth: u64) -> Option<(FaultKind, u64)> {
        let random = self.random.as_ref()?;
        let is_chosen = draw(self.seed, Purpose::Fault, nth) % 100 < u64::from(random.percent);
        if !is_chosen || !(random.routes.is_empty() || random.routes.contains(&route)) {
            return None;
        }
        let named: &[FaultKind] = if random.kinds.is_empty() { &FaultKind::ALL } else { &random.kinds };
        let kinds: Vec<_> = named.iter().filter(|kind| kind.touches(route)).collect();
        let place = draw(self.seed, Purpose::FaultKind, nth).checked_rem(u64::try_from(kinds.len()).ok()?)?;
        let kind = **kinds.get(usize::try_from(place).ok()?)?;
        let most = random.ms.unwrap_or(kind.usual_ms()).max(1);
        let ms = draw(self.seed, Purpose::FaultLength, nth).checked_rem(most)?.saturating_add(1);
        Some((kind, ms))
    }
}
