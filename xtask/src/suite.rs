//! Every check and test, stage by stage.

mod count;
mod stages;

use std::io::{self, BufRead, BufReader, Write};
use std::process::{ExitCode, Stdio};
use std::sync::Mutex;
use std::thread;
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
    for group in stages.chunk_by(|one, next| one.shares() && next.shares()) {
        match group {
            [stage] => ended.push(run_stage(stage, &environment, &mut io::stdout())),
            _ => ended.extend(run_beside(group, &environment)?),
        }
        if ended.iter().any(|stage| stage.count.failed > 0) {
            break;
        }
    }
    let mut success = ended.iter().all(|stage| stage.count.failed == 0);
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

/// Runs stages two at a time, and prints what each wrote when it has ended; in their order, up to those that a failure left out.
fn run_beside(stages: &[Stage], environment: &tools::Environment) -> Result<Vec<Ended>> {
    let waiting = Mutex::new(stages.iter().enumerate());
    let ended = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        loop {
            // A statement of its own, so that the other thread need not wait for this stage.
            let next = waiting.lock().ok().and_then(|mut waiting| waiting.next());
            let Some((place, stage)) = next else { return Ok(()) };
            let mut output = Vec::new();
            let result = run_stage(stage, environment, &mut output);
            if result.count.failed > 0
                && let Ok(mut waiting) = waiting.lock()
            {
                waiting.by_ref().for_each(drop);
            }
            io::stdout().lock().write_all(&output)?;
            if let Ok(mut ended) = ended.lock() {
                ended.push((place, result));
            }
        }
    };
    thread::scope(|scope| {
        let other = scope.spawn(work);
        let own = work();
        own.and(other.join().unwrap_or_else(|_| bail!("a thread of the stages panicked")))
    })?;
    let mut ended = ended.into_inner().unwrap_or_default();
    ended.sort_by_key(|(place, _)| *place);
    Ok(ended.into_iter().map(|(_, result)| result).collect())
}

fn run_stage(stage: &Stage, environment: &tools::Environment, output: &mut impl Write) -> Ended {
    let start = Instant::now();
    let mut count = Count::default();
    if let Err(error) = run_commands(stage, environment, &mut count, output) {
        // What cannot be written is told by the sum.
        writeln!(output, "{} failed: {error:#}", stage.name).ok();
        // A stage that fails without a failed test, such as a compiler's error, counts as one.
        count.failed = count.failed.max(1);
    }
    Ended { name: stage.name, time: start.elapsed(), count }
}

fn run_commands(
    stage: &Stage,
    environment: &tools::Environment,
    count: &mut Count,
    output: &mut impl Write,
) -> Result<()> {
    writeln!(output, "\n== {} ==", stage.name)?;
    for mut command in (stage.commands)(environment)? {
        run_counting(command.envs(environment.iter().cloned()), count, output)?;
    }
    ensure!(count.failed == 0, "{} failed", count.failed);
    ensure!(count.passed > 0 || !stage.counts, "no test ran");
    Ok(())
}

/// Runs a program and adds up what its output says about tests.
fn run_counting(command: &mut Command, count: &mut Count, output: &mut impl Write) -> Result<()> {
    writeln!(output, "$ {}", shown(command))?;
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("{} does not run", shown(command)))?;
    let written = child.stdout.take().context("no output to read")?;
    for line in BufReader::new(written).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        writeln!(output, "{line}")?;
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
