//! The options of `createSandbox`.

use super::given::{Argument, Given, Refusal};
use crate::{Auth, Config, FaultKind, Faults, Random, Route, Rule};

/// The longest that a timer of JavaScript waits; beyond it, it does not wait at all.
const LONGEST_MS: i64 = 2_147_483_647;

pub(super) fn config(options: &Argument<'_>) -> Result<Config, Refusal> {
    options.check_optional_members(&["seed", "now", "faults", "auth"])?;
    // Nobody but `sandbox.js` can see whether it is a function.
    let clock = options.member("now");
    if clock.is_unreadable() {
        return Err(clock.unexpected(""));
    }
    let seed = optional(&options.member("seed"), |seed| seed.whole_number(-Given::LARGEST..=Given::LARGEST))?;
    let auth = optional(&options.member("auth"), |auth| auth.word(auth_named, "required, none"))?;
    Ok(Config {
        seed: seed.unwrap_or_default().cast_unsigned(),
        auth: auth.unwrap_or_default(),
        faults: faults(&options.member("faults"))?,
    })
}

pub(super) fn faults(given: &Argument<'_>) -> Result<Faults, Refusal> {
    given.check_optional_members(&["rules", "random"])?;
    let rules = given.member("rules").items()?.iter().map(rule).collect::<Result<_, _>>()?;
    Ok(Faults { rules, random: optional(&given.member("random"), random)? })
}

fn rule(given: &Argument<'_>) -> Result<Rule, Refusal> {
    given.check_members(&["kind", "route", "nth", "times", "ms"])?;
    let plain = Rule::new(kind(&given.member("kind"))?);
    Ok(Rule {
        route: optional(&given.member("route"), route)?,
        nth: optional(&given.member("nth"), count)?.unwrap_or(plain.nth),
        times: optional(&given.member("times"), count)?.unwrap_or(plain.times),
        ms: optional(&given.member("ms"), milliseconds)?,
        ..plain
    })
}

fn random(given: &Argument<'_>) -> Result<Random, Refusal> {
    given.check_members(&["percent", "kinds", "routes", "ms"])?;
    let percent = given.member("percent").whole_number(0..=100)?;
    Ok(Random {
        kinds: given.member("kinds").items()?.iter().map(kind).collect::<Result<_, _>>()?,
        routes: given.member("routes").items()?.iter().map(route).collect::<Result<_, _>>()?,
        ms: optional(&given.member("ms"), milliseconds)?,
        ..Random::new(u8::try_from(percent).unwrap_or(100))
    })
}

fn optional<'a, T>(
    given: &Argument<'a>,
    read: impl FnOnce(&Argument<'a>) -> Result<T, Refusal>,
) -> Result<Option<T>, Refusal> {
    if given.is_undefined() { Ok(None) } else { read(given).map(Some) }
}

fn kind(given: &Argument<'_>) -> Result<FaultKind, Refusal> {
    given.word(FaultKind::named, &FaultKind::ALL.map(FaultKind::as_str).join(", "))
}

fn route(given: &Argument<'_>) -> Result<Route, Refusal> {
    given.word(Route::named, &Route::ALL.map(Route::as_str).join(", "))
}

fn count(given: &Argument<'_>) -> Result<u64, Refusal> {
    given.whole_number(1..=Given::LARGEST).map(i64::unsigned_abs)
}

fn milliseconds(given: &Argument<'_>) -> Result<u64, Refusal> {
    given.whole_number(0..=LONGEST_MS).map(i64::unsigned_abs)
}

fn auth_named(word: &str) -> Option<Auth> {
    match word {
        "required" => Some(Auth::Required),
        "none" => Some(Auth::None),
        _ => None,
    }
}
