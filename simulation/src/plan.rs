//! Who pays what, with what, and how they behave: drawn anew for each run.

use serde_json::{Value, json};
use tiyin::Auth;
use tiyin::exchange::Connection;
use tiyin_sandbox::magic::{AmountEffect, EXHAUSTING_CODE, RIGHT_CODE};
use tiyin_sandbox::{FaultKind, Faults, Random as Chance, Route, Rule};

use crate::client::Patience;
use crate::network::Weather;
use crate::random::Random;
use crate::time::Clock;

/// A run: its payers and what stands between them and the provider.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) sandbox_seed: u64,
    pub(crate) weather: Weather,
    /// Whether nothing goes wrong and everybody does what is right: then all is paid.
    pub(crate) is_calm: bool,
    pub(crate) payers: Vec<Payer>,
}

/// A payer with a bill.
#[derive(Clone, Debug)]
pub(crate) struct Payer {
    pub(crate) starts_at: u64,
    /// Whether the payer looks at the services first.
    pub(crate) browses: bool,
    pub(crate) service_id: &'static str,
    pub(crate) has_info: bool,
    pub(crate) account: Vec<(&'static str, String)>,
    pub(crate) som: u64,
    /// The first is tried first.
    pub(crate) cards: Vec<&'static str>,
    /// Whether a code by SMS confirms.
    pub(crate) has_code: bool,
    /// What is typed, and how long that takes.
    pub(crate) codes: Vec<(&'static str, u64)>,
    /// Whether the program uses payAndConfirm, or pays and asks by itself.
    pub(crate) confirms: bool,
    pub(crate) patience: Patience,
    pub(crate) timeout_ms: Option<u64>,
    /// After how long an impatient payer clicks again.
    pub(crate) clicks_again: Option<u64>,
    /// How long after the beginnings of calls the page is loaded anew, which forgets the call.
    pub(crate) reloads: Vec<u64>,
    /// Of a hundred calls, how many are given up.
    pub(crate) abort_percent: u64,
    /// How many times more a payer comes back to ask what became of an unknown payment.
    pub(crate) asks: u32,
    pub(crate) client: Config,
}

/// How a payer's client is made.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Whether it speaks to the provider itself.
    pub(crate) is_direct: bool,
    pub(crate) timeout_ms: u64,
    pub(crate) retries: u8,
    pub(crate) clock: Clock,
    pub(crate) oversleep_percent: u64,
}

const CARD: &str = "9f877739-2149-4831-88a4-d1857309c77c";
const OTHER_CARD: &str = "10000000-0000-4000-8000-000000000001";
const POOR: &str = "10000000-0000-4000-8000-000000000002";
const WITHOUT_PHONE: &str = "10000000-0000-4000-8000-000000000009";
/// Blocked, expired, not activated, not supported, invalid, of an invalid token, and nobody's.
const REFUSED: [&str; 7] = [
    "10000000-0000-4000-8000-000000000003",
    "10000000-0000-4000-8000-000000000004",
    "10000000-0000-4000-8000-000000000005",
    "10000000-0000-4000-8000-000000000006",
    "10000000-0000-4000-8000-000000000007",
    "10000000-0000-4000-8000-000000000008",
    "20000000-0000-4000-8000-000000000000",
];

const API_KEY: &str = "simulated.key";

impl Plan {
    pub(crate) fn of_run(seed: u64, run: u64) -> (Self, Random) {
        let mut random = Random::of_run(seed, run);
        let is_calm = random.percent(5);
        let weather = if is_calm { Weather::default() } else { weather(&mut random) };
        let count = random.weighted(&[(25, 2), (15, 3), (5, 4)], 1u64);
        let payers = (0..count).map(|_| Payer::new(&mut random, is_calm)).collect();
        // JavaScript keeps such a seed exactly.
        let sandbox_seed = random.next() >> 11;
        (Self { sandbox_seed, weather, is_calm, payers }, random)
    }

    /// What `createSandbox` takes.
    pub(crate) fn sandbox(&self) -> Value {
        let faults = crate::journal::faults(&self.weather.faults);
        json!({ "seed": self.sandbox_seed, "auth": "none", "faults": faults })
    }
}

fn weather(random: &mut Random) -> Weather {
    let percent = random.weighted(&[(10, 0), (30, 60), (10, 90)], 30);
    let routes: &[Route] =
        random.weighted(&[(15, [Route::Pay, Route::Status].as_slice()), (10, &[Route::Create, Route::Pay])], &[]);
    let ms = random.weighted(&[(20, Some(1000)), (20, Some(15_000)), (20, Some(60_000)), (10, Some(240_000))], None);
    let chance = Chance { ms, routes: routes.to_vec(), ..Chance::new(percent) };
    let mut rules = Vec::new();
    if random.percent(30) {
        let kinds = [FaultKind::DropAfter, FaultKind::ExecuteLate, FaultKind::HangAfter, FaultKind::DuplicateDelivery];
        let kind = random.one_of(&kinds).unwrap_or(FaultKind::ExecuteLate);
        let rule = Rule::new(kind).on(Route::Pay).times(random.between(1, 2));
        rules.push(if random.percent(50) { rule.ms(random.between(1, 90_000)) } else { rule });
    }
    Weather {
        faults: Faults { rules, random: Some(chance) },
        cut_percent: random.weighted(&[(30, 0), (30, 25), (10, 60)], 10),
        slow_percent: random.weighted(&[(40, 0), (20, 30)], 5),
        slow_ms: random.weighted(&[(40, 3000), (20, 120_000)], 20_000),
        without_fetch_percent: random.weighted(&[(30, 5)], 0),
    }
}

impl Payer {
    fn new(random: &mut Random, is_calm: bool) -> Self {
        let is_plain = is_calm || random.percent(55);
        let (service_id, has_info, account) = service(random, is_plain);
        let has_code = random.percent(50);
        Self {
            starts_at: random.below(20_000),
            browses: random.percent(70),
            service_id,
            has_info,
            account,
            som: amount(random, is_plain),
            cards: cards(random, is_plain),
            has_code,
            codes: codes(random, is_plain),
            confirms: random.percent(70),
            patience: patience(random),
            timeout_ms: random.weighted(&[(20, Some(3000)), (10, Some(15_000))], None),
            clicks_again: (!is_calm && random.percent(20)).then(|| random.below(5000)),
            reloads: if is_calm { Vec::new() } else { reloads(random) },
            abort_percent: if is_calm { 0 } else { random.weighted(&[(30, 8), (10, 30)], 0) },
            asks: u32::try_from(random.between(0, 4)).unwrap_or(1),
            client: Config::new(random, is_calm),
        }
    }
}

impl Config {
    fn new(random: &mut Random, is_calm: bool) -> Self {
        let minutes = |random: &mut Random, most: u64| {
            let ms = i64::try_from(random.below(most.saturating_mul(60_000))).unwrap_or(0);
            if random.percent(50) { ms } else { ms.saturating_neg() }
        };
        let is_odd = !is_calm && random.percent(30);
        let clock = Clock {
            ahead_ms: if random.percent(30) { minutes(random, 60 * 24 * 365) } else { 0 },
            drift: if is_odd { random.weighted(&[(30, 200), (30, -200)], 0) } else { 0 },
            jump: is_odd.then(|| (random.below(60_000), minutes(random, 10))),
            stands_from: (is_odd && random.percent(20)).then(|| random.below(60_000)),
        };
        Self {
            is_direct: random.percent(50),
            timeout_ms: random.weighted(&[(20, 5000), (10, 90_000)], 30_000),
            retries: random.weighted(&[(15, 0), (10, 5)], 2),
            clock,
            oversleep_percent: if is_odd { 10 } else { 0 },
        }
    }

    /// The connection, and what JavaScript makes a client with.
    pub(crate) fn connection(&self) -> tiyin::Result<(Connection<'static>, Value)> {
        let base = if self.is_direct { "https://gw.paylov.uz/paylov" } else { "https://shop.uz/paylov" };
        let mut connection = Connection::new(base)?;
        connection.timeout_ms = self.timeout_ms;
        connection.retries = self.retries;
        let mut config = json!({ "baseUrl": base, "timeoutMs": self.timeout_ms, "retry": self.retries });
        if self.is_direct {
            connection = connection.auth(Auth::api_key(API_KEY)?);
            if let Some(members) = config.as_object_mut() {
                members.insert("auth".into(), json!({ "apiKey": API_KEY }));
            }
        }
        Ok((connection, config))
    }
}

/// A service, whether it tells about accounts, and an account of it.
fn service(random: &mut Random, is_plain: bool) -> (&'static str, bool, Vec<(&'static str, String)>) {
    let number = random.between(1, 9).saturating_mul(100_000_000).saturating_add(random.below(10_000_000));
    // Ends that mean something to the sandbox.
    let end = if is_plain { "7777" } else { random.weighted(&[(4, "0404"), (4, "0503"), (10, "0402")], "7777") };
    let number = format!("{}{end}", number / 10_000);
    let region = || ("region", String::from("1"));
    let electricity = |number| vec![region(), ("soato", String::from("26290")), ("customer_code", number)];
    match random.below(6) {
        0 => ("6ae5eaf5-9b70-4aa9-9260-2438e99affa0", true, electricity(number)),
        1 => ("9f877739-bc25-4f0f-a13f-ec485fd04250", true, electricity(number)),
        2 => ("d2369eff-a542-4d59-90d1-f00c76d0b4e4", true, vec![region(), ("account", number)]),
        3 => ("e0a4c86d-91b7-4f27-b6d8-83f4f0d2c9a6", true, vec![("login", number)]),
        4 => ("a93e5d07-46f1-4b8c-b2e9-1f7d60c8a354", false, vec![("email", format!("a{number}@mail.uz"))]),
        _ => ("3b03419c-2850-401f-b418-75d4c9b71b66", false, vec![("phone", number)]),
    }
}

fn amount(random: &mut Random, is_plain: bool) -> u64 {
    let plain = random.between(10_000, 500_000);
    if is_plain {
        return plain;
    }
    let effect = random.weighted(
        &[
            (5, Some(AmountEffect::CreateFails)),
            (12, Some(AmountEffect::PayFails)),
            (8, Some(AmountEffect::PayChargesAndFails)),
            (8, Some(AmountEffect::PayFailsAndChargesLater)),
        ],
        None,
    );
    effect.map_or(plain, |effect| {
        let codes = u64::try_from(effect.codes().count()).unwrap_or(1);
        effect.first_som().saturating_add(random.below(codes))
    })
}

fn cards(random: &mut Random, is_plain: bool) -> Vec<&'static str> {
    let good = if random.percent(50) { CARD } else { OTHER_CARD };
    if is_plain {
        return vec![good];
    }
    let refused = random.one_of(&REFUSED).unwrap_or(POOR);
    match random.below(5) {
        0 => vec![POOR, good],
        1 => vec![refused, good],
        2 => vec![refused],
        3 => vec![WITHOUT_PHONE, good],
        _ => vec![good, OTHER_CARD],
    }
}

fn codes(random: &mut Random, is_plain: bool) -> Vec<(&'static str, u64)> {
    let quick = random.between(3000, 40_000);
    if is_plain {
        return vec![(RIGHT_CODE, quick)];
    }
    match random.below(6) {
        0 => vec![("000000", quick), (RIGHT_CODE, 5000)],
        1 => vec![("000000", quick), ("000001", 4000), ("000002", 4000)],
        2 => vec![(RIGHT_CODE, 121_000)],
        3 => vec![(EXHAUSTING_CODE, quick), (RIGHT_CODE, quick)],
        _ => vec![(RIGHT_CODE, quick), (RIGHT_CODE, quick)],
    }
}

fn patience(random: &mut Random) -> Patience {
    Patience {
        poll_every_ms: random.weighted(&[(20, Some(200)), (10, Some(5000))], None),
        deadline_ms: random.weighted(&[(20, Some(5000)), (15, Some(20_000)), (5, Some(300_000))], None),
    }
}

fn reloads(random: &mut Random) -> Vec<u64> {
    let count = random.weighted(&[(20, 1), (8, 2)], 0u64);
    let within = |random: &mut Random| random.weighted(&[(30, 20_000), (30, 300)], 3000);
    (0..count).map(|_| within(random)).collect::<Vec<_>>().into_iter().map(|most| random.below(most)).collect()
}
