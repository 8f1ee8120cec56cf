//! The simulation of itself: it notices what is wrong, and nothing else.

use serde_json::Value;
use tiyin_sandbox::{
    Answer, Auth, Config, FaultKind, Faults, Provider as Judged, Random as Chance, Request, Response, Route, Rule,
    Sandbox,
};

use crate::coverage::{self, Tally};
use crate::decider::Right;
use crate::journal::Keeps;
use crate::network::Counts;
use crate::run::run;
use crate::time::{Clock, Due, EPOCH, Task, Time, both};
use crate::{Provider, bank, noticed, wrong};

#[test]
fn the_library_passes_every_run() {
    let (mut counts, mut tally) = (Counts::new(), Tally::new());
    for number in 0..1000 {
        let ended = run(3, number, &Right, Keeps::Nothing);
        assert_eq!(ended.violations, [""; 0], "run {number}");
        coverage::add(&mut counts, ended.counts);
        coverage::add(&mut tally, ended.tally);
    }
    assert_eq!(coverage::missing(Judged::Paylov, &counts, &tally, 1000), [""; 0]);
}

#[test]
fn the_library_settles_every_order_as_it_may() {
    let (mut counts, mut tally) = (Counts::new(), Tally::new());
    for number in 0..3000 {
        let ended = Provider::Bank.run(3, number, None, Keeps::Nothing);
        assert_eq!(ended.violations, [""; 0], "run {number}");
        coverage::add(&mut counts, ended.counts);
        coverage::add(&mut tally, ended.tally);
    }
    assert_eq!(coverage::missing(Judged::Bank, &counts, &tally, 3000), [""; 0]);
}

#[test]
fn every_wrong_decider_is_noticed() {
    for provider in [Provider::Paylov, Provider::Bank] {
        for (name, thought) in provider.wrong() {
            assert!(noticed(provider, name, 1, 4000).is_some(), "{name}: {thought}");
        }
    }
}

#[test]
fn deciders_have_names_of_their_own() {
    for wrong in wrong::ALL {
        assert_eq!(wrong::named(wrong.name).map(|found| found.thought), Some(wrong.thought));
    }
    for wrong in bank::wrong::ALL {
        assert_eq!(bank::wrong::named(wrong.name).map(|found| found.thought), Some(wrong.thought));
    }
}

#[test]
fn what_never_struck_is_missing() {
    let missing = coverage::missing(Judged::Paylov, &Counts::new(), &Tally::new(), 1000);
    assert!(missing.contains(&String::from("drop_after struck pay 0 times of 2")));
    assert!(!missing.iter().any(|line| line.contains("stale_status struck pay")));
    assert!(coverage::missing(Judged::Paylov, &Counts::new(), &Tally::new(), 10).is_empty());
    let missing = coverage::missing(Judged::Bank, &Counts::new(), &Tally::new(), 1000);
    assert!(missing.contains(&String::from("drop_after struck bank/payment 0 times of 2")));
}

#[test]
fn the_same_run_is_the_same_again() {
    for number in 0..20 {
        let [one, other] = [(); 2].map(|()| run(5, number, &Right, Keeps::Transcript).kept);
        assert_eq!(one, other);
        assert_ne!(one, run(6, number, &Right, Keeps::Transcript).kept);
    }
}

#[test]
fn a_transcript_is_enough_for_a_sandbox_to_reply_the_same() {
    for number in 0..300 {
        let [line] = run(5, number, &Right, Keeps::Transcript).kept.try_into().unwrap();
        replay(&serde_json::from_str(&line).unwrap());
    }
}

/// Gives a fresh sandbox what a transcript says, and compares.
fn replay(transcript: &Value) {
    let given = &transcript["sandbox"];
    let faults = faults(&given["faults"]);
    let mut sandbox = Sandbox::new(Config { seed: given["seed"].as_u64().unwrap(), auth: Auth::None, faults });
    for delivery in transcript["deliveries"].as_array().unwrap() {
        let at = delivery["at"].as_u64().unwrap();
        if delivery["faults"].is_object() {
            sandbox.set_faults(self::faults(&delivery["faults"]));
            sandbox.advance(at);
            continue;
        }
        let reply = sandbox.handle(&request(transcript, &delivery["send"]), at);
        let told = &delivery["reply"];
        match reply.answer {
            Answer::Dropped => assert_eq!(told["dropped"], true),
            Answer::Hangs => assert_eq!(told["hangs"], true),
            Answer::Answered(Response { status, body, .. }) => {
                assert_eq!(told["afterMs"], reply.after_ms);
                assert_eq!(told["status"], status);
                assert_eq!(told["body"], String::from_utf8(body).unwrap());
            }
        }
    }
    assert_eq!(transcript["ledger"], serde_json::to_value(sandbox.ledger()).unwrap());
}

fn request(transcript: &Value, send: &Value) -> Request {
    let calls = transcript["calls"].as_array().unwrap();
    let mut events = calls.iter().flat_map(|call| call["events"].as_array().unwrap());
    let sent = &events.find(|event| event["send"] == *send && event["do"] == "send").unwrap()["request"];
    let headers = sent["headers"].as_object().unwrap().iter();
    Request {
        method: sent["method"].as_str().unwrap().into(),
        url: sent["url"].as_str().unwrap().into(),
        headers: headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().into())).collect(),
        body: sent["body"].as_str().unwrap_or_default().into(),
    }
}

fn faults(given: &Value) -> Faults {
    let names = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().into()).collect()
    };
    let rule = |given: &Value| Rule {
        kind: FaultKind::named(given["kind"].as_str().unwrap()).unwrap(),
        route: given["route"].as_str().and_then(Route::named),
        nth: given["nth"].as_u64().unwrap(),
        times: given["times"].as_u64().unwrap(),
        ms: given["ms"].as_u64(),
    };
    let random = given["random"].is_object().then(|| &given["random"]).map(|given| Chance {
        percent: u8::try_from(given["percent"].as_u64().unwrap()).unwrap(),
        kinds: names(&given["kinds"]).iter().map(|name| FaultKind::named(name).unwrap()).collect(),
        routes: names(&given["routes"]).iter().map(|name| Route::named(name).unwrap()).collect(),
        ms: given["ms"].as_u64(),
    });
    Faults { rules: given["rules"].as_array().unwrap().iter().map(rule).collect(), random }
}

#[test]
fn virtual_time_goes_from_one_event_to_the_next() {
    let time = Time::default();
    let seen = std::cell::RefCell::new(Vec::new());
    let task = |name: &'static str, ms: u64| -> Task<'_> {
        let (time, seen) = (&time, &seen);
        Box::pin(async move {
            time.sleep(ms).await;
            seen.borrow_mut().push((name, time.now()));
        })
    };
    time.put(15, Due::Arrive(7));
    let tasks = vec![task("late", 20), task("early", 10)];
    assert!(time.run(tasks, |number| seen.borrow_mut().push(("arrived", number as u64))));
    assert_eq!(*seen.borrow(), [("early", 10), ("arrived", 7), ("late", 20)]);
}

#[test]
fn work_is_forgotten_when_its_time_is_over() {
    let time = Time::default();
    let seen = std::cell::RefCell::new(Vec::new());
    let task: Task<'_> = Box::pin(async {
        let done = time.before(Some(10), both(time.sleep(5), time.sleep(8))).await;
        let forgotten = time.before(Some(20), both(time.sleep(5), time.sleep(80))).await;
        seen.borrow_mut().push((done.is_some(), forgotten.is_some(), time.now()));
    });
    assert!(time.run(vec![task], |_| ()));
    assert_eq!(*seen.borrow(), [(true, false, 20)]);
}

#[test]
fn clocks_are_wrong_in_their_ways() {
    let clock = Clock { ahead_ms: -500, drift: 100, jump: Some((10_000, -60_000)), stands_from: Some(12_000) };
    assert_eq!(clock.at(0), EPOCH - 500);
    assert_eq!(clock.at(9_000), EPOCH - 500 + 9_900);
    assert_eq!(clock.at(10_000), EPOCH - 500 + 11_000 - 60_000);
    assert_eq!(clock.at(99_000), clock.at(12_000));
}

#[test]
fn what_a_call_may_take_depends_on_its_clock() {
    let most_ms = |clock: Clock| clock.most_ms(1_000, 9_000, 8_000, 500);
    assert_eq!(most_ms(Clock::default()), 8_000);
    assert_eq!(most_ms(Clock { ahead_ms: 77, drift: 200, ..Clock::default() }), 8_000);
    assert_eq!(most_ms(Clock { drift: -200, ..Clock::default() }), 10_250);
    assert_eq!(most_ms(Clock { jump: Some((5_000, -1)), ..Clock::default() }), 8_500);
    assert_eq!(most_ms(Clock { jump: Some((5_000, 1)), ..Clock::default() }), 8_000);
    assert_eq!(most_ms(Clock { jump: Some((9_001, -1)), ..Clock::default() }), 8_000);
    assert_eq!(most_ms(Clock { stands_from: Some(9_000), ..Clock::default() }), 8_000);
}
