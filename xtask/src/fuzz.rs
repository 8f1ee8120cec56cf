//! Random input for the targets of `fuzz/`, each for a while.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, ensure};

use crate::process::{self, Command, root};
use crate::tools;

/// What takes longer than this for one input hangs.
const SECONDS_AN_INPUT: u32 = 10;

/// Fuzzes all targets, also after one has failed, and prints how many passed.
pub(crate) fn run(seconds: u32) -> Result<ExitCode> {
    tools::nightly()?;
    let program = tools::cargo_fuzz()?;
    let targets = process::output(&mut cargo_fuzz(&program, "list"))?;
    ensure!(!targets.is_empty(), "fuzz/ has no target");
    let (mut passed, mut failed) = (0u32, 0u32);
    for target in targets.lines() {
        println!("fuzzing {target} for {seconds} s");
        match process::run(&mut run_command(&program, target, seconds)?) {
            Ok(()) => passed = passed.saturating_add(1),
            Err(error) => {
                println!("{target}: {error:#}");
                failed = failed.saturating_add(1);
            }
        }
    }
    println!("fuzz: {passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What finds new ways through the code is kept for the next run, outside the repository's few seeds.
fn run_command(program: &Path, target: &str, seconds: u32) -> Result<Command> {
    let found = root().join("target").join("fuzz-corpus").join(target);
    let seeds = root().join("fuzz").join("seeds").join(target);
    ensure!(seeds.is_dir(), "{} has no inputs to begin with", seeds.display());
    fs::create_dir_all(&found)?;
    let mut command = cargo_fuzz(program, "run");
    command.arg("--target-dir").arg(root().join("target").join("fuzz"));
    command.arg(target).args([found, seeds]).args(["--", "-verbosity=0", "-print_final_stats=1"]);
    command.args([format!("-max_total_time={seconds}"), format!("-timeout={SECONDS_AN_INPUT}")]);
    Ok(command)
}

/// cargo-fuzz with the nightly compiler, whichever compiler runs this.
fn cargo_fuzz(path: &Path, subcommand: &str) -> Command {
    let mut command = process::program("rustup");
    command.args(["run", tools::NIGHTLY]).arg(path);
    command.args(["fuzz", subcommand, "--fuzz-dir", "fuzz"]).env_remove("CARGO");
    command
}
