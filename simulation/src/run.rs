//! One run: payers at work, then quiet, then the judge.

use std::cell::RefCell;

use tiyin::paylov::ListPaid;
use tiyin_sandbox::{Auth, Config, Sandbox};

use crate::client::{Client, Signal};
use crate::coverage::Tally;
use crate::decider::Decider;
use crate::journal::{Journal, Keeps};
use crate::judge::{Heard, Violations, judge, tally};
use crate::network::{Counts, Network};
use crate::plan::Plan;
use crate::program::{Program, Verdict};
use crate::random::Random;
use crate::time::{Task, Time};

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) violations: Violations,
    pub(crate) counts: Counts,
    pub(crate) tally: Tally,
    /// What was kept: lines, or a line of JSON.
    pub(crate) kept: Vec<String>,
}

/// Longer than anything that was put off takes to happen.
const QUIET_MS: u64 = 10 * 60 * 1000;

pub(crate) fn run(seed: u64, number: u64, decider: &dyn Decider, keeps: Keeps) -> Ended {
    let (plan, mut random) = Plan::of_run(seed, number);
    let (time, journal) = (Time::default(), Journal::new(keeps));
    let faults = plan.weather.faults.clone();
    let sandbox = Sandbox::new(Config { seed: plan.sandbox_seed, auth: Auth::None, faults });
    let network = Network::new(&time, &journal, sandbox, plan.weather.clone(), random.split());
    let programs = programs(&plan, &network, decider, &mut random);
    let verdicts: Vec<RefCell<Option<Heard>>> = programs.iter().map(|_| RefCell::default()).collect();
    let listed = RefCell::new(None);

    let work = programs.iter().zip(&verdicts).map(|(program, heard)| -> Task<'_> {
        Box::pin(async { *heard.borrow_mut() = Some(heard_by(program.run().await, &network)) })
    });
    let mut is_over = time.run(work.collect(), |send| network.arrive(send));

    let quiet: Task<'_> = Box::pin(async {
        time.sleep(QUIET_MS).await;
        network.calm();
        settle(&programs, &verdicts).await;
        if let Some(program) = programs.first() {
            *listed.borrow_mut() = program.client.call(&ListPaid::default(), None, Signal::default()).await.ok();
        }
    });
    is_over &= time.run(vec![quiet], |send| network.arrive(send));
    let heard: Vec<_> = verdicts.into_iter().filter_map(RefCell::into_inner).collect();
    let mut violations = network.truth(|truth| judge(&plan, &heard, listed.borrow().as_ref(), truth));
    let tally = network.truth(|truth| tally(&heard, truth));
    if !is_over || heard.len() != plan.payers.len() {
        violations.push(String::from("it does not end"));
    }
    let kept = kept(&journal, keeps, number, seed, &plan, &network);
    drop(programs);
    Ended { violations, counts: network.into_counts(), tally, kept }
}

fn programs<'a>(
    plan: &Plan,
    network: &'a Network<'a>,
    decider: &'a dyn Decider,
    random: &mut Random,
) -> Vec<Program<'a>> {
    let program = |(number, payer): (usize, &crate::plan::Payer)| {
        let (connection, config) = payer.client.connection().ok()?;
        let client = Client {
            network,
            decider,
            payer: number,
            connection,
            config,
            clock: payer.client.clock.clone(),
            oversleep_percent: payer.client.oversleep_percent,
            random: RefCell::new(random.split()),
        };
        Some(Program { client, plan: payer.clone(), random: RefCell::new(random.split()) })
    };
    plan.payers.iter().enumerate().filter_map(program).collect()
}

fn heard_by(first: Verdict, network: &Network<'_>) -> Heard {
    let was_charged_then = match &first {
        Verdict::Paid(prepared) => {
            network.truth(|truth| truth.sandbox.payment(&prepared.id).is_some_and(|payment| payment.charges > 0))
        }
        _ => false,
    };
    Heard { first, settled: None, was_charged_then }
}

/// Asks again about what was pending.
async fn settle(programs: &[Program<'_>], verdicts: &[RefCell<Option<Heard>>]) {
    for (program, heard) in programs.iter().zip(verdicts) {
        let pending = match heard.borrow().as_ref().map(|heard| &heard.first) {
            Some(Verdict::Pending(prepared)) => prepared.clone(),
            _ => continue,
        };
        let settled = program.settle(&pending).await;
        if let Some(heard) = heard.borrow_mut().as_mut() {
            heard.settled = settled;
        }
    }
}

fn kept(journal: &Journal, keeps: Keeps, number: u64, seed: u64, plan: &Plan, network: &Network<'_>) -> Vec<String> {
    match keeps {
        Keeps::Nothing => Vec::new(),
        Keeps::Lines => journal.lines(),
        Keeps::Transcript => network
            .truth(|truth| vec![journal.transcript("paylov", number, seed, &plan.sandbox(), truth.sandbox.ledger())]),
    }
}
