//! What the npm entry `tiyin/sandbox` calls, in the way of all the package's modules: a place, packed arguments, text.
//!
//! An instance of the module is one sandbox, except for what only checks.

mod given;
mod options;

use std::sync::Mutex;

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::{Answer, Card, FaultKind, Reply, Request, Route, Sandbox};
use given::{Argument, Given, Refusal};

type Function = fn(&[Argument<'_>]) -> Result<Value, Refusal>;

/// In the order of `sandbox.js`.
const FUNCTIONS: [Function; 8] = [check_options, check_clock, begin, handle, ledger, set_faults, cards, strikes];

static SANDBOX: Mutex<Option<Sandbox>> = Mutex::new(None);

/// Calls the function at a place; gives JSON, or an error after `!`.
#[wasm_bindgen(skip_typescript)]
pub fn call(place: u8, packed: &[u8]) -> Vec<u8> {
    let given = given::unpacked(packed);
    let arguments: Vec<_> = given.iter().map(|given| Argument::new(given, "")).collect();
    let answer = match FUNCTIONS.get(usize::from(place)) {
        Some(function) => function(&arguments),
        None => Err(Refusal::internal()),
    };
    match answer {
        Ok(value) => value.to_string().into_bytes(),
        Err(refusal) => format!("!{}", refusal.json()).into_bytes(),
    }
}

/// Gives the options as plain data that [`begin`] takes, without the clock, which is JavaScript's.
fn check_options(arguments: &[Argument<'_>]) -> Result<Value, Refusal> {
    let [options] = arguments else { return Err(Refusal::internal()) };
    let options = options.called("options");
    options::config(&options)?;
    Ok(options.json(&["now"]))
}

/// Takes what `typeof` says of the clock.
fn check_clock(arguments: &[Argument<'_>]) -> Result<Value, Refusal> {
    let [kind] = arguments else { return Err(Refusal::internal()) };
    if kind.text()? == "function" { Ok(Value::Null) } else { Err(kind.called("now").unexpected("a function")) }
}

fn begin(arguments: &[Argument<'_>]) -> Result<Value, Refusal> {
    let [config] = arguments else { return Err(Refusal::internal()) };
    let config = options::config(&config.called("options"))?;
    let mut sandbox = SANDBOX.lock().map_err(|_| Refusal::internal())?;
    *sandbox = Some(Sandbox::new(config));
    Ok(Value::Null)
}

fn handle(arguments: &[Argument<'_>]) -> Result<Value, Refusal> {
    let [now, method, url, headers, body] = arguments else { return Err(Refusal::internal()) };
    let header = |pair: &Argument<'_>| match pair.items()?.as_slice() {
        [name, value] => Ok((name.text()?.to_owned(), value.text()?.to_owned())),
        _ => Err(Refusal::internal()),
    };
    let request = Request {
        method: method.called("method").text()?.to_owned(),
        url: url.called("url").text()?.to_owned(),
        headers: headers.called("headers").items()?.iter().map(header).collect::<Result<_, _>>()?,
        body: body.called("body").bytes()?,
    };
    let now = moment(now)?;
    with_sandbox(|sandbox| reply(&sandbox.handle(&request, now)))
}

fn ledger(arguments: &[Argument<'_>]) -> Result<Value, Refusal> {
    let [now] = arguments else { return Err(Refusal::internal()) };
    let now = moment(now)?;
    with_sandbox(|sandbox| {
        sandbox.advance(now);
        json!(sandbox.ledger())
    })
}

fn cards(arguments: &[Argument<'_>]) -> Result<Value, Refusal> {
    let [now] = arguments else { return Err(Refusal::internal()) };
    let now = moment(now)?;
    with_sandbox(|sandbox| {
        sandbox.advance(now);
        sandbox.cards().iter().map(card).collect()
    })
}

fn strikes(_: &[Argument<'_>]) -> Result<Value, Refusal> {
    let strike = |(&(kind, route), times): (&(FaultKind, Route), &u64)| json!({ "kind": kind.as_str(), "route": route.as_str(), "times": times });
    with_sandbox(|sandbox| sandbox.fault_counts().iter().map(strike).collect())
}

fn set_faults(arguments: &[Argument<'_>]) -> Result<Value, Refusal> {
    let [faults] = arguments else { return Err(Refusal::internal()) };
    let faults = options::faults(&faults.called("faults"))?;
    with_sandbox(|sandbox| {
        sandbox.set_faults(faults);
        Value::Null
    })
}

fn with_sandbox<T>(with: impl FnOnce(&mut Sandbox) -> T) -> Result<T, Refusal> {
    let mut sandbox = SANDBOX.lock().map_err(|_| Refusal::internal())?;
    sandbox.as_mut().map(with).ok_or_else(Refusal::internal)
}

/// Without what it does not have, as everywhere in JavaScript.
fn card(card: &Card) -> Value {
    let mut told = json!({
        "cardId": card.id,
        "maskedPan": card.masked_pan,
        "owner": card.owner,
        "balance": card.balance(),
    });
    let optional = [("phone", card.phone), ("refusal", card.state.code())];
    let had = optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
    if let Some(members) = told.as_object_mut() {
        members.extend(had);
    }
    told
}

/// What the caller's clock says.
fn moment(now: &Argument<'_>) -> Result<u64, Refusal> {
    now.called("now").whole_number(0..=Given::LARGEST).map(i64::unsigned_abs)
}

fn reply(reply: &Reply) -> Value {
    let Reply { after_ms, answer } = reply;
    match answer {
        Answer::Answered(response) => json!({
            "afterMs": after_ms,
            "status": response.status,
            "headers": response.headers,
            "body": String::from_utf8_lossy(&response.body),
        }),
        Answer::Dropped => json!({ "dropped": true }),
        Answer::Hangs => json!({ "hangs": true }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(tag: u8, text: &str) -> Vec<u8> {
        let length = u32::try_from(text.len()).unwrap().to_le_bytes();
        [&[tag], &length[..3], text.as_bytes()].concat()
    }

    fn called(place: u8, arguments: &[&[u8]]) -> String {
        String::from_utf8(call(place, &arguments.concat())).unwrap()
    }

    #[test]
    fn places_are_those_of_the_entry() {
        let entry = include_str!("../../pkg-template/sandbox.js");
        let names = [
            "checkOptions",
            "checkClock",
            "begin",
            "handle",
            "readLedger",
            "replaceFaults",
            "readCards",
            "readStrikes",
        ];
        let place = |name: &str| entry.split_once(&format!("\nconst {name} = "))?.1.split(';').next()?.parse().ok();
        let places: Vec<Option<usize>> = names.iter().map(|name| place(name)).collect();
        assert_eq!(places, (0..FUNCTIONS.len()).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn an_instance_is_one_sandbox_from_its_beginning_on() {
        let now = packed(b'n', "1790000000000");
        assert!(called(4, &[&now]).starts_with("!{\"code\":\"internal\""));
        assert_eq!(called(2, &[b"u"]), "null");
        assert_eq!(called(4, &[&now]), "[]");
        let [method, url] = ["GET", "https://a.uz/paylov/servicePayment/list/"].map(|text| packed(b's', text));
        let answer = called(3, &[&now, &method, &url, b"ae", &packed(b'y', "")]);
        assert!(answer.starts_with("{\"afterMs\":0,\"status\":200,\"headers\":[[\"content-type\","), "{answer}");
        let rule = [b"o".as_slice(), &packed(b's', "kind"), &packed(b's', "hang"), b"e"].concat();
        let faults = [b"o".as_slice(), &packed(b's', "rules"), b"a", &rule, b"ee"].concat();
        assert_eq!(called(5, &[&faults]), "null");
        assert_eq!(called(7, &[]), "[]");
        assert_eq!(called(3, &[&now, &method, &url, b"ae", &packed(b'y', "")]), "{\"hangs\":true}");
        assert_eq!(called(7, &[]), "[{\"kind\":\"hang\",\"route\":\"list\",\"times\":1}]");
        assert!(called(6, &[&now]).contains("\"maskedPan\":\"860012******0003\",\"owner\":"));
        for (now, code) in [("0.5", "not_an_integer"), ("-1", "out_of_range"), ("NaN", "not_a_number")] {
            let answer = called(4, &[&packed(b'n', now)]);
            assert!(answer.starts_with(&format!("!{{\"code\":\"{code}\",\"message\":\"now: ")), "{answer}");
        }
    }

    #[test]
    fn other_places_and_other_arguments_are_defects() {
        for (place, packed) in [(8, b"u".as_slice()), (255, b""), (0, b""), (1, b"uu"), (2, b"")] {
            assert!(call(place, packed).starts_with(b"!{\"code\":\"internal\""), "{place}");
        }
    }
}
