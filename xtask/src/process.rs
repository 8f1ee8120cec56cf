//! Running other programs, always from the repository's root.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// A program that runs in the repository's root.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that runs this, building where its products are looked for.
pub(crate) fn cargo() -> Command {
    let mut command = program(std::env::var("CARGO").unwrap_or_else(|_| String::from("cargo")));
    command.env("CARGO_TARGET_DIR", root().join("target"));
    command
}

pub(crate) fn node() -> Command {
    program("node")
}

pub(crate) fn npm() -> Command {
    program(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// A program of one of the npm packages in package.json.
pub(crate) fn npm_program(name: &str) -> Command {
    let file = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    let path: PathBuf = [Path::new("node_modules"), Path::new(".bin"), Path::new(&file)].iter().collect();
    program(root().join(path))
}

/// Runs a program and fails where it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} does not run", shown(command)))?;
    ensure!(status.success(), "{} failed ({status})", shown(command));
    Ok(())
}

/// Runs a program whose failure is for its own output to explain.
pub(crate) fn status(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().with_context(|| format!("{} does not run", shown(command)))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a program writes to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{} does not run", shown(command)))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} failed ({}): {}", shown(command), output.status, errors.trim());
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote something else than UTF-8", shown(command)))
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
