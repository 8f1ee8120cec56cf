//! Which orders there are, who settles them, and what stands between them and the bank: drawn anew for each run.

use serde_json::{Value, json};
use tiyin::bank::{BudgetPayee, CreateBudgetPayment, CreatePayment, Payee, TransferOrder};
use tiyin::requisites::{AccountNumber, BankCode, BudgetAccount, OrderId, PurposeCode, TaxpayerId};
use tiyin::{Currency, Money};
use tiyin_sandbox::{FaultKind, Faults, Random as Chance, Route, Rule};

use super::network::Weather;
use crate::journal::{faults, insert};
use crate::random::Random;
use crate::time::Clock;

/// How long the bank must go on saying that there is nothing, in milliseconds.
pub(super) const QUIET_MS: u64 = 60_000;

/// What may come late comes within this time, in milliseconds: with the way there, before the quiet time is over.
const LATEST_MS: u64 = 40_000;

// What all orders have.
const PURPOSE: &str = "тест";
const SERVICE_ID: &str = "33";
const PAYEE: &str = "ООО";
const BANK_CODE: &str = "00401";
const TAXPAYER_ID: &str = "207099143";
const PURPOSE_CODE: &str = "09510";

#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) sandbox_seed: u64,
    pub(super) weather: Weather,
    /// Whether nothing goes wrong: then every order is settled or deleted.
    pub(super) is_calm: bool,
    /// The order that all callers of the run settle.
    pub(super) order: Order,
    pub(super) callers: Vec<Planned>,
}

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(super) id: String,
    pub(super) is_budget: bool,
    /// The payee's account, whose last digits choose an outcome.
    pub(super) account: String,
    pub(super) tiyin: i64,
    pub(super) commission: i64,
}

/// One who settles the order.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(super) starts_at: u64,
    /// After how long it crashes, and after how much longer it goes on, time and again.
    pub(super) crashes: Vec<(u64, u64)>,
    pub(super) deadline_ms: Option<u64>,
    pub(super) poll_every_ms: Option<u64>,
    pub(super) clock: Clock,
    pub(super) is_direct: bool,
}

impl Plan {
    /// What `createSandbox` takes.
    pub(super) fn sandbox(&self) -> Value {
        json!({ "seed": self.sandbox_seed, "auth": "none", "faults": faults(&self.weather.faults) })
    }

    pub(super) fn of_run(seed: u64, run: u64) -> (Self, Random) {
        let mut random = Random::of_run(seed, run);
        let is_calm = random.percent(5);
        let weather = if is_calm { Weather::default() } else { weather(&mut random) };
        let order = order(&mut random, run, is_calm);
        let count = if is_calm || random.percent(70) { 1u64 } else { 2 };
        let callers = (0..count).map(|_| planned(&mut random, is_calm)).collect();
        let sandbox_seed = random.next() >> 11;
        (Self { sandbox_seed, weather, is_calm, order, callers }, random)
    }
}

impl Order {
    /// The order under another id, for those who would begin anew.
    pub(super) fn under(&self, id: String) -> Self {
        Self { id, ..self.clone() }
    }

    /// The same as JavaScript gives it.
    pub(super) fn described(&self) -> Value {
        let uzs = |minor: i64| json!({ "minor": minor, "currency": "UZS" });
        let mut order = json!({
            "kind": if self.is_budget { "budget" } else { "requisites" },
            "orderId": self.id,
            "purpose": PURPOSE,
            "serviceId": SERVICE_ID,
            "amount": uzs(self.tiyin),
            "commission": uzs(self.commission),
            "payee": { "account": self.account, "name": PAYEE, "bankCode": BANK_CODE },
        });
        if self.is_budget {
            insert(&mut order, "purposeCode", PURPOSE_CODE.into());
            insert(&mut order, "payee", json!({ "account": self.account, "taxpayerId": TAXPAYER_ID }));
        }
        order
    }

    pub(super) fn request(&self) -> tiyin::Result<TransferOrder<'static>> {
        let amount = Money::new(self.tiyin, Currency::Uzs)?;
        let commission = Money::new(self.commission, Currency::Uzs)?;
        let (order_id, purpose, service_id) = (OrderId::new(self.id.clone())?, PURPOSE.into(), SERVICE_ID.into());
        let (card, service_type) = (None, None);
        if self.is_budget {
            let payee = BudgetPayee {
                account: BudgetAccount::parse(&self.account)?,
                taxpayer_id: TaxpayerId::parse(TAXPAYER_ID)?,
            };
            let purpose_code = PurposeCode::parse(PURPOSE_CODE)?;
            return Ok(TransferOrder::Budget(CreateBudgetPayment {
                order_id,
                payee,
                purpose_code,
                purpose,
                service_id,
                amount,
                commission,
                card,
                service_type,
            }));
        }
        let payee = Payee {
            name: PAYEE.into(),
            bank_code: BankCode::parse(BANK_CODE)?,
            account: AccountNumber::parse(&self.account)?,
            taxpayer_id: None,
        };
        Ok(TransferOrder::Requisites(CreatePayment {
            order_id,
            payee,
            purpose,
            service_id,
            amount,
            commission,
            card,
            service_type,
        }))
    }
}

fn order(random: &mut Random, run: u64, is_calm: bool) -> Order {
    let is_budget = random.percent(50);
    let codes = ["1111", "2222", "1008", "1001", "9999"];
    let refusals = ["1013", "1014", "1016", "1017", "3333"];
    let code = random.one_of(&codes).unwrap_or("1111");
    let refusal = random.one_of(&refusals).unwrap_or("1013");
    let fate = if is_calm { random.below(2) } else { random.below(16) };
    let end = match fate {
        2 => format!("70{refusal}"),
        3 => format!("70{code}"),
        4 | 5 => format!("71{refusal}"),
        6 => format!("71{code}"),
        7 => format!("72{code}"),
        8 | 9 => format!("73{code}"),
        10 => String::from("780000"),
        11 => String::from("780060"),
        12 => String::from("780404"),
        13 => String::from("780402"),
        14 => String::from("780400"),
        _ => String::from("000000"),
    };
    let account = format!("{}{end}", "1".repeat(if is_budget { 21 } else { 14 }));
    let tiyin = i64::try_from(random.between(1, 5_000_000)).unwrap_or(1);
    let commission = i64::try_from(random.below(3).saturating_mul(1_000)).unwrap_or(0);
    Order { id: format!("order-{run}"), is_budget, account, tiyin, commission }
}

fn weather(random: &mut Random) -> Weather {
    let percent = random.weighted(&[(10, 0), (30, 60), (10, 90)], 30);
    let ms = Some(random.between(1_000, LATEST_MS));
    let chance = Chance { ms, ..Chance::new(percent) };
    let mut rules = Vec::new();
    if random.percent(30) {
        let rule = Rule::new(FaultKind::StaleStatus).on(Route::BankPaymentStatus);
        rules.push(rule.nth(random.between(1, 4)).times(random.between(1, 3)).ms(random.between(1, LATEST_MS)));
    }
    if random.percent(50) {
        let kinds = [
            FaultKind::DropAfter,
            FaultKind::ExecuteLate,
            FaultKind::HangAfter,
            FaultKind::DropBefore,
            FaultKind::DuplicateDelivery,
        ];
        let kind = random.one_of(&kinds).unwrap_or(FaultKind::ExecuteLate);
        let route = if random.percent(50) { Route::BankPayment } else { Route::BankPaymentBudget };
        rules.push(Rule::new(kind).on(route).times(random.between(1, 3)).ms(random.between(1, LATEST_MS)));
    }
    Weather {
        faults: Faults { rules, random: Some(chance) },
        cut_percent: random.weighted(&[(30, 0), (30, 25), (10, 60)], 10),
        slow_ms: random.weighted(&[(40, 300), (30, 8_000)], 3_000),
        unsent_percent: random.weighted(&[(20, 20)], 2),
    }
}

fn planned(random: &mut Random, is_calm: bool) -> Planned {
    let is_odd = !is_calm && random.percent(30);
    let stands = is_odd && random.percent(40);
    let off = |random: &mut Random| i64::try_from(random.below(600_000)).unwrap_or(0).saturating_sub(300_000);
    let crash = |random: &mut Random| {
        let within = random.weighted(&[(30, 300), (30, 70_000)], 3_000);
        (random.below(within), random.weighted(&[(50, 0)], 20_000))
    };
    let count = if is_calm { 0 } else { random.weighted(&[(25, 1u64), (15, 2), (10, 3)], 0) };
    Planned {
        starts_at: random.below(5_000),
        crashes: (0..count).map(|_| crash(random)).collect(),
        deadline_ms: random.weighted(&[(20, Some(20_000)), (20, Some(150_000))], None),
        poll_every_ms: random.weighted(&[(20, Some(500)), (10, Some(10_000))], None),
        clock: Clock {
            ahead_ms: off(random),
            drift: 0,
            jump: (is_odd && !stands).then(|| (random.below(90_000), off(random))),
            stands_from: stands.then(|| random.below(60_000)),
        },
        is_direct: random.percent(50),
    }
}
