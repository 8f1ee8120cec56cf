//! The demo page, served with the package beside it.

mod server;

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result};

use self::server::Server;
use crate::package::{self, copy_folder, recreate};
use crate::process::{self, node, root};
use crate::tools::{self, Environment};

/// Builds the page and serves it until the program is stopped.
pub(crate) fn serve(port: u16) -> Result<()> {
    let server = Server::bind(port).with_context(|| format!("port {port} is not free; choose another with --port"))?;
    package::build()?;
    println!("The demo is at {}", server.address()?);
    println!("Stop it with Ctrl+C.");
    server.serve(&lay_out()?)
}

/// Builds the pages and drives them in browsers.
pub(crate) fn check() -> Result<ExitCode> {
    package::build()?;
    process::status(&mut check_command(&tools::demo_browsers()?)?)
}

/// The check of the page, which is served from here on; the package must have been built.
pub(crate) fn check_command(environment: &Environment) -> Result<process::Command> {
    let server = Server::bind(0)?;
    let address = server.address()?;
    let site = lay_out()?;
    thread::spawn(move || server.serve(&site));
    let shots = root().join("target").join("shots");
    let mut command = node();
    command.args(["tests/e2e/demo.js", "--url", &address, "--shots"]).arg(shots);
    command.envs(environment.iter().cloned());
    Ok(command)
}

/// The page and the package in one folder, as on a static host.
fn lay_out() -> Result<PathBuf> {
    let site = root().join("target").join("site");
    recreate(&site)?;
    copy_folder(&root().join("www"), &site)?;
    package::unpack_into(&site.join("tiyin"))?;
    Ok(site)
}
