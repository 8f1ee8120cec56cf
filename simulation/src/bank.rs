//! Orders of a bank are settled by callers that crash and come in twos, and the sandbox's books judge what they are told.
//!
//! A caller keeps an order's hash, and gives it whenever it goes on after a crash. What is lost here ends up somewhere within
//! the quiet time, and so does what a status tells late: that is what the quiet time is for.

mod caller;
mod decider;
mod judge;
mod network;
mod plan;
pub(crate) mod wrong;

use std::cell::RefCell;

use tiyin_sandbox::{Auth, Config, Sandbox};

use self::caller::{Caller, Heard};
use self::decider::{Decider, Right};
use self::network::Network;
use self::plan::Plan;
use crate::journal::{Journal, Keeps};
use crate::run::Ended;
use crate::time::{Task, Time};

pub(crate) use self::judge::ENDS;
pub(crate) use self::network::{Cut, LOSSES};

/// Longer than anything that was put off takes to happen, in milliseconds.
const CALM_MS: u64 = 10 * 60 * 1000;

pub(crate) fn run(seed: u64, number: u64, decider: Option<&str>, keeps: Keeps) -> Ended {
    let decider = decider.and_then(wrong::named).map_or(&Right as &dyn Decider, |wrong| wrong.decider);
    let (plan, mut random) = Plan::of_run(seed, number);
    let (time, journal) = (Time::default(), Journal::new(keeps));
    let faults = plan.weather.faults.clone();
    let sandbox = Sandbox::new(Config { seed: plan.sandbox_seed, auth: Auth::None, faults });
    let network = Network::new(&time, &journal, sandbox, plan.weather.clone(), random.split());
    let callers: Vec<_> = (plan.callers.iter().enumerate())
        .map(|(number, planned)| Caller::new(number, planned, &plan, &network, decider, random.split()))
        .collect();
    let heard: Vec<RefCell<Option<Heard>>> = callers.iter().map(|_| RefCell::default()).collect();

    let work = callers
        .iter()
        .zip(&heard)
        .map(|(caller, heard)| -> Task<'_> { Box::pin(async { *heard.borrow_mut() = Some(caller.work().await) }) });
    let mut is_over = time.run(work.collect(), |send| network.arrive(send));

    let calm: Task<'_> = Box::pin(async {
        time.sleep(CALM_MS).await;
        network.calm();
        for (caller, heard) in callers.iter().zip(&heard) {
            if !heard.borrow().as_ref().is_some_and(Heard::is_pending) {
                continue;
            }
            let told = caller.go_on().await;
            if let Some(heard) = &mut *heard.borrow_mut() {
                heard.in_the_end = Some(told);
            }
        }
    });
    is_over &= time.run(vec![calm], |send| network.arrive(send));
    let heard: Vec<_> = heard.into_iter().filter_map(RefCell::into_inner).collect();
    let mut violations = network.truth(|truth| judge::judge(&plan, &heard, truth));
    if !is_over || heard.len() != plan.callers.len() {
        violations.push(String::from("it does not end"));
    }
    let tally = network.truth(|truth| judge::tally(&heard, truth));
    let kept = match keeps {
        Keeps::Nothing => Vec::new(),
        Keeps::Lines => [format!("{plan:#?}")].into_iter().chain(journal.lines()).collect(),
        Keeps::Transcript => network
            .truth(|truth| vec![journal.transcript("bank", number, seed, &plan.sandbox(), truth.sandbox.ledger())]),
    };
    drop(callers);
    Ended { violations, counts: network.into_counts(), tally, kept }
}
