//! `cargo xtask`: builds the npm package, serves the demo, runs every check.

mod demo;
mod fuzz;
mod mutation;
mod package;
mod process;
mod simulate;
mod suite;
mod tools;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::process::node;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Builds, shows and tests tiyin; what is missing for it is installed")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the npm package: the folder pkg/ and the tarball in it
    Build,
    /// Builds the package and serves the demo page
    Demo {
        /// The port of 127.0.0.1 to serve on
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Drives the page in a browser instead, and fails where it does not do what it should
        #[arg(long)]
        check: bool,
    },
    /// Runs every check and test, and prints how many passed
    Test {
        /// Adds what takes long: every amount, large consumers, a million calls, fuzzing, the mutations, the benchmarks
        #[arg(long)]
        full: bool,
    },
    /// Feeds random input to what reads text; needs a nightly compiler
    Fuzz {
        /// How long for each target
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Pays bills over a faulty network in virtual time, and judges by the ledger what payers are told
    #[command(disable_help_flag = true)]
    Simulate {
        /// Passed on to the simulation; --help says what it takes
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Measures what the package adds to an application
    Size {
        /// Passed on to bench/size.js
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Measures speed
    Bench {
        /// Passed on to bench/bench.js
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Changes the source in hundreds of ways, and counts the changes that the tests notice
    Mutants {
        /// Passed on to cargo-mutants
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Runs the Rust tests of a WebAssembly file in a browser; `cargo test` calls this
    #[command(hide = true)]
    WasmTestRunner {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    run(Arguments::parse().command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Build => {
            let tarball = package::build()?;
            println!("built {}", tarball.display());
        }
        Command::Demo { port, check: false } => demo::serve(port)?,
        Command::Demo { check: true, .. } => return demo::check(),
        Command::Test { full } => return suite::run(full),
        Command::Fuzz { seconds } => return fuzz::run(seconds),
        Command::Simulate { arguments } => return process::status(simulate::command().args(arguments)),
        Command::Size { arguments } => return measure("bench/size.js", &arguments),
        Command::Bench { arguments } => return measure("bench/bench.js", &arguments),
        Command::Mutants { arguments } => return mutation::run(&arguments),
        Command::WasmTestRunner { arguments } => {
            let name = OsString::from("wasm-bindgen-test-runner");
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args([name].into_iter().chain(arguments))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn measure(script: &str, arguments: &[OsString]) -> Result<ExitCode> {
    package::build()?;
    process::status(node().arg(script).args(arguments).envs(tools::browser()?))
}
