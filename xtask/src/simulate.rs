//! The money test, which is a program of its own: it is built for speed, and this one is not.

use crate::process::{Command, cargo};

/// The simulation; its arguments follow.
pub(crate) fn command() -> Command {
    let mut command = cargo();
    command.args(["run", "--quiet", "--profile", "simulation", "--package", "tiyin-simulation", "--"]);
    command
}
