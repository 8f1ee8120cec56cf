//! Every check and test, stage by stage.

mod count;
mod stages;

use std::io::{BufRead, BufReader};
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use self::count::Count;
use self::stages::Stage;
use crate::process::{Command, shown};
use crate::tools;

/// How a stage ended.
struct Ended {
    name: &'static str,
    time: Duration,
    count: Count,
}

/// Runs the stages up to the first that fails, and prints what passed.
pub(crate) fn run(full: bool) -> Result<ExitCode> {
    tools::rust_components()?;
    tools::wasm_target()?;
    tools::npm_packages()?;
    if full {
        tools::nightly()?;
    }
    let environment = tools::for_tests()?;
    let stages = stages::all(full);
    let mut ended = Vec::new();
    let mut success = true;
    for stage in &stages {
        println!("\n== {} ==", stage.name);
        let start = Instant::now();
        let mut count = Count::default();
        let result = run_stage(stage, &environment, &mut count);
        if let Err(error) = result {
            println!("{} failed: {error:#}", stage.name);
            // A stage that fails without a failed test, such as a compiler's error, counts as one.
            count.failed = count.failed.max(1);
            success = false;
        }
        ended.push(Ended { name: stage.name, time: start.elapsed(), count });
        if !success {
            break;
        }
    }
    if let Err(error) = same_count_everywhere(&ended) {
        println!("{error:#}");
        success = false;
    }
    let skipped = stages.iter().skip(ended.len()).map(|stage| stage.name);
    Ok(if summarise(&ended, skipped) && success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The one JavaScript suite has the same tests in every runtime.
fn same_count_everywhere(ended: &[Ended]) -> Result<()> {
    let runtimes = || ended.iter().filter(|stage| stage.name.starts_with("package in ") && stage.count.failed == 0);
    for (one, other) in runtimes().zip(runtimes().skip(1)) {
        let (one_count, other_count) = (one.count.passed, other.count.passed);
        ensure!(one_count == other_count, "{}: {one_count} tests, {}: {other_count}", one.name, other.name);
    }
    Ok(())
}

fn run_stage(stage: &Stage, environment: &tools::Environment, count: &mut Count) -> Result<()> {
    for mut command in (stage.commands)(environment)? {
        run_counting(command.envs(environment.iter().cloned()), count)?;
    }
    ensure!(count.failed == 0, "{} failed", count.failed);
    ensure!(count.passed > 0 || !stage.counts, "no test ran");
    Ok(())
}

/// Runs a program and adds up what its output says about tests.
fn run_counting(command: &mut Command, count: &mut Count) -> Result<()> {
    println!("$ {}", shown(command));
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("{} does not run", shown(command)))?;
    let output = child.stdout.take().context("no output to read")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        count.add_line(&line);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{status}");
    }
    Ok(())
}

/// Prints the table and the sum; false where no test ran.
fn summarise<'a>(ended: &[Ended], skipped: impl Iterator<Item = &'a str>) -> bool {
    println!("\n{:<24}{:>9}{:>9}{:>9}", "stage", "seconds", "passed", "failed");
    let mut total = Count::default();
    for Ended { name, time, count } in ended {
        println!("{name:<24}{:>9.1}{:>9}{:>9}", time.as_secs_f64(), count.passed, count.failed);
        total.add(*count);
    }
    for name in skipped {
        println!("{name:<24}{:>9}", "not run");
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    total.passed > 0
}
