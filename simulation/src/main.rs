//! The money test: payers pay bills through the library's machines, in virtual time and over a faulty network, against the
//! sandbox; in the end the sandbox's ledger says who was told the truth.
//!
//! `cargo xtask simulate` calls this.

#![forbid(unsafe_code)]

mod bank;
mod client;
mod coverage;
mod decider;
mod journal;
mod judge;
mod methods;
mod network;
mod plan;
mod program;
mod random;
mod run;
#[cfg(test)]
mod tests;
mod time;
mod wrong;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Parser, ValueEnum};
use tiyin_sandbox::Provider as Judged;

use crate::coverage::Tally;
use crate::decider::Right;
use crate::journal::Keeps;
use crate::network::Counts;
use crate::run::Ended;

#[derive(Parser)]
#[command(bin_name = "cargo xtask simulate", about = "Pays bills over a faulty network and judges by the ledger")]
struct Arguments {
    /// Whose payments
    #[arg(long, value_enum, default_value_t = Provider::Paylov)]
    provider: Provider,
    /// How many runs
    #[arg(long, default_value_t = 10_000)]
    runs: u64,
    /// Decides everything that looks random
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Repeats one run and prints everything that happens in it
    #[arg(long)]
    only: Option<u64>,
    /// Decides as this wrong decider instead of as the library
    #[arg(long)]
    decider: Option<String>,
    /// Runs every wrong decider until it is noticed; one that is not fails
    #[arg(long, conflicts_with_all = ["only", "decider", "write"])]
    deciders: bool,
    /// Writes the first runs to a file, a line of JSON for each
    #[arg(long)]
    write: Option<PathBuf>,
    /// How many are written
    #[arg(long, default_value_t = 2000)]
    write_runs: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum Provider {
    Paylov,
    Bank,
}

impl Provider {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Paylov => "paylov",
            Self::Bank => "bank",
        }
    }

    const fn judged(self) -> Judged {
        match self {
            Self::Paylov => Judged::Paylov,
            Self::Bank => Judged::Bank,
        }
    }

    /// One run, by the library's decisions or by those of a wrong decider.
    fn run(self, seed: u64, number: u64, decider: Option<&str>, keeps: Keeps) -> Ended {
        match self {
            Self::Paylov => {
                let wrong = decider.and_then(wrong::named);
                run::run(seed, number, wrong.map_or(&Right, |wrong| wrong.decider), keeps)
            }
            Self::Bank => bank::run(seed, number, decider, keeps),
        }
    }

    /// The names of the wrong deciders, and what their authors think.
    fn wrong(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Paylov => wrong::ALL.iter().map(|wrong| (wrong.name, wrong.thought)).collect(),
            Self::Bank => bank::wrong::ALL.iter().map(|wrong| (wrong.name, wrong.thought)).collect(),
        }
    }
}

/// As many failing runs are described; the others are counted.
const DESCRIBED: u64 = 5;

fn main() -> ExitCode {
    simulate(&Arguments::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn simulate(arguments: &Arguments) -> Result<ExitCode> {
    let names: Vec<_> = arguments.provider.wrong().into_iter().map(|(name, _)| name).collect();
    if let Some(name) = arguments.decider.as_deref().filter(|name| !names.contains(name)) {
        bail!("no decider {name}; there are {}", names.join(", "));
    }
    Ok(match arguments.only {
        _ if arguments.deciders => try_deciders(arguments),
        Some(number) => repeat(arguments, number),
        None => try_runs(arguments)?,
    })
}

fn try_runs(arguments: &Arguments) -> Result<ExitCode> {
    let (provider, decider) = (arguments.provider, arguments.decider.as_deref());
    let start = Instant::now();
    let mut file = match &arguments.write {
        None => None,
        Some(path) => Some(BufWriter::new(File::create(path).with_context(|| path.display().to_string())?)),
    };
    let (mut counts, mut tally, mut failed) = (Counts::new(), Tally::new(), 0u64);
    for number in 0..arguments.runs {
        let written = file.as_mut().filter(|_| number < arguments.write_runs);
        let keeps = if written.is_some() { Keeps::Transcript } else { Keeps::Nothing };
        let ended = provider.run(arguments.seed, number, decider, keeps);
        if let Some(file) = written {
            ended.kept.iter().try_for_each(|line| writeln!(file, "{line}"))?;
        }
        coverage::add(&mut counts, ended.counts);
        coverage::add(&mut tally, ended.tally);
        if !ended.violations.is_empty() {
            failed = failed.saturating_add(1);
            if failed <= DESCRIBED {
                describe(arguments, number, &ended.violations);
            }
        }
    }
    if let Some(file) = &mut file {
        file.flush()?;
    }
    println!("{}", coverage::table(provider.judged(), &counts, &tally, arguments.runs));
    let missing = coverage::missing(provider.judged(), &counts, &tally, arguments.runs);
    missing.iter().for_each(|line| println!("met too seldom: {line}"));
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    let speed = arguments.runs.saturating_mul(1000).checked_div(ms).unwrap_or_default();
    println!("seed {}, {} runs in {} s, {speed} a second", arguments.seed, arguments.runs, ms / 1000);
    let passed = arguments.runs.saturating_sub(failed);
    if !missing.is_empty() {
        let broken = if failed == 0 { "no promise was broken" } else { "promises were broken, see above" };
        println!("{broken}; {} kinds were met too seldom for so many runs to say much of them", missing.len());
    }
    println!("simulation: {passed} passed, {failed} failed");
    Ok(exit_code(failed == 0 && missing.is_empty()))
}

fn describe(arguments: &Arguments, number: u64, violations: &[String]) {
    println!("run {number} failed:");
    violations.iter().for_each(|violation| println!("  {violation}"));
    let decider = arguments.decider.as_ref().map_or(String::new(), |name| format!(" --decider {name}"));
    let seed = arguments.seed;
    let provider = arguments.provider.as_str();
    println!("  see it: cargo xtask simulate --provider {provider} --seed {seed} --only {number}{decider}");
}

fn repeat(arguments: &Arguments, number: u64) -> ExitCode {
    if matches!(arguments.provider, Provider::Paylov) {
        let (plan, _) = plan::Plan::of_run(arguments.seed, number);
        println!("{plan:#?}");
    }
    let ended = arguments.provider.run(arguments.seed, number, arguments.decider.as_deref(), Keeps::Lines);
    ended.kept.iter().for_each(|line| println!("{line}"));
    ended.violations.iter().for_each(|violation| println!("violated: {violation}"));
    let failed = u8::from(!ended.violations.is_empty());
    println!("simulation: {} passed, {failed} failed", 1u8.saturating_sub(failed));
    exit_code(failed == 0)
}

fn try_deciders(arguments: &Arguments) -> ExitCode {
    let (mut passed, mut failed) = (0u32, 0u32);
    println!("{:<38}{:>14}  what it violates first", "wrong decider", "noticed in run");
    for (name, thought) in arguments.provider.wrong() {
        match noticed(arguments.provider, name, arguments.seed, arguments.runs) {
            Some((run, violation)) => {
                passed = passed.saturating_add(1);
                println!("{name:<38}{run:>14}  {violation}");
            }
            None => {
                failed = failed.saturating_add(1);
                println!("{name:<38}{:>14}  {thought}", "never");
            }
        }
    }
    println!("deciders: {passed} passed, {failed} failed");
    exit_code(failed == 0)
}

/// The first run in which a wrong decider violates something, and what.
fn noticed(provider: Provider, wrong: &str, seed: u64, runs: u64) -> Option<(u64, String)> {
    (0..runs).find_map(|number| {
        let ended = provider.run(seed, number, Some(wrong), Keeps::Nothing);
        ended.violations.into_iter().next().map(|violation| (number, violation))
    })
}

fn exit_code(is_success: bool) -> ExitCode {
    if is_success { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
