//! How many mutations of the source the tests notice: small changes, each of which should turn a test red.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::process::{self, Command, program, root};
use crate::tools;

/// The least percentage that is enough.
const ENOUGH: usize = 90;

/// Tests each mutation that .cargo/mutants.toml asks for, or those of them that the arguments choose.
pub(crate) fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let path = tools::cargo_mutants()?;
    check_exclusions(&path)?;
    let status = cargo_mutants(&path).args(arguments).status()?;
    // 2 says that some were missed, and 3 that some never ended.
    ensure!(matches!(status.code(), Some(0 | 2 | 3)), "cargo-mutants failed ({status})");
    let noticed = with_outcome("caught")?.lines().count().saturating_add(with_outcome("timeout")?.lines().count());
    let missed = with_outcome("missed")?;
    Ok(report(noticed, &missed.lines().collect::<Vec<_>>()))
}

/// It builds in a copy of the repository, so that nothing here changes.
fn cargo_mutants(path: &Path) -> Command {
    let mut command = program(path);
    command.arg("mutants").env_remove("CARGO_TARGET_DIR");
    command
}

/// Fails where what is left out as being no change is not there any more.
fn check_exclusions(path: &Path) -> Result<()> {
    let list = |options: &[&str]| process::output(cargo_mutants(path).args(["--list", "--no-config"]).args(options));
    let all = list(&[])?;
    let configuration = fs::read_to_string(root().join(".cargo").join("mutants.toml")).context("mutants.toml")?;
    for exclusion in exclusions(&configuration) {
        ensure!(list(&["--exclude-re", exclusion])? != all, ".cargo/mutants.toml: no mutation is named {exclusion}");
    }
    Ok(())
}

/// The regular expressions, which stand in quotes, one a line.
fn exclusions(configuration: &str) -> impl Iterator<Item = &str> {
    configuration.lines().filter_map(|line| line.trim().strip_prefix('\'')?.strip_suffix("',"))
}

/// The mutations with this outcome, one a line.
fn with_outcome(outcome: &str) -> Result<String> {
    let path = root().join("target").join("mutants.out").join(outcome).with_extension("txt");
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}

/// Prints what was missed, which counts as failed where it is too much.
fn report(noticed: usize, missed: &[&str]) -> ExitCode {
    for mutation in missed {
        println!("no test notices {mutation}");
    }
    let all = noticed.saturating_add(missed.len());
    let percent = percentage(noticed, all);
    println!("{noticed} of {all} mutations noticed: {percent} %, where {ENOUGH} % are enough");
    let is_enough = percent >= ENOUGH;
    println!("mutation: {noticed} passed, {} failed", if is_enough { 0 } else { missed.len() });
    if is_enough { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Rounded down, so that nearly enough is not enough.
fn percentage(part: usize, whole: usize) -> usize {
    part.saturating_mul(100).checked_div(whole).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_are_read_without_their_reasons() {
        let configuration =
            "exclude_re = [\n    # It's no change.\n    '^a\\.rs: b$',\n    'c',\n]\nprofile = \"mutants\"\n";
        assert_eq!(exclusions(configuration).collect::<Vec<_>>(), ["^a\\.rs: b$", "c"]);
    }

    #[test]
    fn nearly_enough_is_not_enough() {
        assert_eq!(
            [(90, 100), (899, 1_000), (1, 1), (0, 0)].map(|(part, whole)| percentage(part, whole)),
            [90, 89, 100, 0]
        );
    }
}
