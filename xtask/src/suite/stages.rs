//! What is checked, in this order: what fails soonest comes first.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::process::{self, Command, cargo, node, npm_program, root};
use crate::tools::{Environment, WASM_TARGET};
use crate::{demo, package, simulate};

pub(super) struct Stage {
    pub(super) name: &'static str,
    /// Whether its programs print how many tests passed.
    pub(super) counts: bool,
    /// Does what needs no program of its own, and gives the programs to run.
    pub(super) commands: fn(&Environment) -> Result<Vec<Command>>,
}

impl Stage {
    /// Whether it can run beside others of this kind: each keeps one processor busy, for the most part.
    pub(super) fn shares(&self) -> bool {
        self.name.starts_with("package in ") || ["consumers", "example pages"].contains(&self.name)
    }
}

pub(super) fn all(full: bool) -> Vec<Stage> {
    let mut stages = vec![
        Stage { name: "format", counts: false, commands: format },
        Stage { name: "JavaScript lints", counts: false, commands: javascript_lints },
        Stage { name: "dependency ring", counts: false, commands: dependency_ring },
        Stage { name: "Rust lints", counts: false, commands: rust_lints },
        Stage { name: "Rust tests", counts: true, commands: rust_tests },
        Stage { name: "simulation", counts: true, commands: simulation },
        Stage { name: "Rust docs", counts: false, commands: rust_docs },
        Stage { name: "Rust in the browser", counts: true, commands: wasm_tests },
        Stage { name: "package", counts: false, commands: build_package },
        Stage { name: "package lints", counts: true, commands: package_lints },
        Stage { name: "types", counts: true, commands: |_| script("tests/types/check.js") },
        Stage { name: "examples", counts: true, commands: examples },
        Stage { name: "signed links", counts: true, commands: |_| script("tests/signed-links/check.js") },
        Stage { name: "repeated runs", counts: true, commands: repeated_runs },
        Stage { name: "sandbox command", counts: true, commands: |_| script("tests/sandbox-cli/check.js") },
        Stage { name: "package in Node.js", counts: true, commands: |_| script("tests/runtimes/node.js") },
        Stage { name: "package in Deno", counts: true, commands: |_| script("tests/runtimes/deno.js") },
        Stage { name: "package in Bun", counts: true, commands: |_| script("tests/runtimes/bun.js") },
        Stage { name: "package in workerd", counts: true, commands: |_| script("tests/runtimes/workerd.js") },
        Stage { name: "package in Chromium", counts: true, commands: |_| script("tests/runtimes/chromium.js") },
        Stage { name: "package in Firefox", counts: true, commands: |_| script("tests/runtimes/firefox.js") },
        Stage { name: "package in WebKit", counts: true, commands: |_| script("tests/runtimes/webkit.js") },
        Stage { name: "consumers", counts: true, commands: |_| script("tests/consumers/check.js") },
        Stage { name: "example pages", counts: true, commands: |_| script("tests/example-pages/check.js") },
        Stage { name: "size", counts: true, commands: |_| script("bench/size.js") },
        Stage { name: "demo", counts: true, commands: |environment| Ok(vec![demo::check_command(environment)?]) },
    ];
    if full {
        stages.push(Stage { name: "every amount inverted", counts: true, commands: every_amount });
        stages.push(Stage { name: "long simulation", counts: true, commands: long_simulation });
        stages.push(Stage { name: "large consumers", counts: true, commands: large_consumers });
        stages.push(Stage { name: "memory", counts: true, commands: memory });
        stages.push(Stage { name: "fuzz", counts: true, commands: |_| this_program("fuzz") });
        stages.push(Stage { name: "mutation", counts: true, commands: |_| this_program("mutants") });
        stages.push(Stage { name: "bench", counts: true, commands: |_| script("bench/bench.js") });
    }
    stages
}

fn format(_: &Environment) -> Result<Vec<Command>> {
    let mut workspace = cargo();
    workspace.args(["fmt", "--check"]);
    let mut commands = vec![workspace];
    for manifest in ["bench/native/Cargo.toml", "fuzz/Cargo.toml"] {
        let mut command = cargo();
        command.args(["fmt", "--check", "--manifest-path", manifest]);
        commands.push(command);
    }
    Ok(commands)
}

fn javascript_lints(_: &Environment) -> Result<Vec<Command>> {
    let mut command = npm_program("biome");
    command.args(["ci", "--colors=off", "--error-on-warnings"]);
    Ok(vec![command])
}

/// The crate by itself is plain Rust: nothing of JavaScript's may come with it. The sandbox judges it, and so has nothing of it.
fn dependency_ring(_: &Environment) -> Result<Vec<Command>> {
    let javascript = ["wasm-bindgen", "js-sys", "web-sys", "gloo", "tsify", "serde-wasm-bindgen"];
    check_tree("tiyin", &javascript)?;
    check_tree("tiyin-sandbox", &["tiyin v", "wasm-bindgen"])?;
    Ok(Vec::new())
}

fn check_tree(name: &str, foreign: &[&str]) -> Result<()> {
    let arguments = ["tree", "--package", name, "--edges", "normal", "--target", "all", "--prefix", "none"];
    let tree = process::output(cargo().args(arguments))?;
    print!("{tree}");
    let found = tree.lines().find(|line| foreign.iter().any(|name| line.starts_with(name)));
    ensure!(found.is_none(), "{name} depends on {}", found.unwrap_or_default());
    Ok(())
}

fn rust_lints(_: &Environment) -> Result<Vec<Command>> {
    let deny = ["--", "--deny", "warnings"];
    let mut native = cargo();
    native.args(["clippy", "--workspace", "--all-targets"]).args(deny);
    let mut wasm = cargo();
    wasm.args(["clippy", "--package", "tiyin", "--lib", "--tests"]);
    wasm.args(["--target", WASM_TARGET, "--features", "js-server,js-qr"]).args(deny);
    // As the package has it: a module of its own.
    let mut module = cargo();
    module.args(["clippy", "--release", "--package", "tiyin", "--lib"]);
    module.args(["--target", WASM_TARGET, "--features", "js-sign,js-module,js-lean"]).args(deny);
    let mut sandbox = cargo();
    sandbox.args(["clippy", "--package", "tiyin-sandbox", "--all-targets", "--features", "js"]).args(deny);
    Ok(vec![native, wasm, module, sandbox])
}

fn rust_tests(_: &Environment) -> Result<Vec<Command>> {
    let mut workspace = cargo();
    workspace.args(["test", "--workspace"]);
    // What only the npm package has; the rest of the library was tested without it.
    let mut surface = cargo();
    surface.args(["test", "--package", "tiyin", "--lib", "--features", "js-server,js-qr", "js::"]);
    let mut sandbox = cargo();
    sandbox.args(["test", "--package", "tiyin-sandbox", "--lib", "--features", "js", "js::"]);
    Ok(vec![workspace, surface, sandbox])
}

/// What payers are told about their money; and whether it would be noticed if that were wrong.
fn simulation(_: &Environment) -> Result<Vec<Command>> {
    let command = |arguments: &[&str]| {
        let mut command = simulate::command();
        command.args(arguments);
        command
    };
    Ok(vec![
        command(&["--provider", "paylov", "--runs", "10000", "--seed", "1"]),
        command(&["--provider", "paylov", "--deciders", "--runs", "5000", "--seed", "1"]),
        command(&["--provider", "bank", "--runs", "20000", "--seed", "1"]),
        command(&["--provider", "bank", "--deciders", "--runs", "10000", "--seed", "1"]),
    ])
}

/// Simulated runs once more, through the package.
fn repeated_runs(_: &Environment) -> Result<Vec<Command>> {
    let of = |provider: &str| {
        let transcripts = root().join("target").join(provider).with_extension("jsonl");
        let mut runs = simulate::command();
        runs.args(["--provider", provider, "--runs", "2000", "--seed", "4", "--write-runs", "2000", "--write"]);
        let mut repeat = node();
        repeat.arg("tests/simulation/check.js");
        [runs, repeat].map(|mut command| {
            command.arg(&transcripts);
            command
        })
    };
    Ok(["paylov", "bank"].map(of).into_iter().flatten().collect())
}

/// Other runs than those of every day.
fn long_simulation(_: &Environment) -> Result<Vec<Command>> {
    let of = |(provider, runs)| {
        let mut command = simulate::command();
        command.args(["--provider", provider, "--runs", runs, "--seed", "2"]);
        command
    };
    Ok([("paylov", "100000"), ("bank", "1000000")].map(of).into())
}

fn rust_docs(_: &Environment) -> Result<Vec<Command>> {
    let mut command = cargo();
    command.args(["doc", "--package", "tiyin", "--package", "tiyin-sandbox", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "--deny warnings --deny rustdoc::missing_crate_level_docs");
    Ok(vec![command])
}

/// The crate's tests of itself on wasm32; `cargo` runs them with this very program.
fn wasm_tests(environment: &Environment) -> Result<Vec<Command>> {
    let runner = std::env::current_exe()?;
    let runner = format!("target.{WASM_TARGET}.runner=[{:?}, \"wasm-test-runner\"]", runner.display().to_string());
    let mut command = cargo();
    command.args(["test", "--package", "tiyin", "--test", "wasm"]);
    command.args(["--target", WASM_TARGET, "--features", "js-server,js-qr", "--config", &runner]);
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(environment)?);
    Ok(vec![command])
}

/// webdriver.json with the path of the browser.
fn capabilities(environment: &Environment) -> Result<std::path::PathBuf> {
    let mut capabilities: serde_json::Value = serde_json::from_slice(&fs::read(root().join("webdriver.json"))?)?;
    let options = capabilities.get_mut("goog:chromeOptions").and_then(serde_json::Value::as_object_mut);
    let options = options.context("webdriver.json has no goog:chromeOptions")?;
    let browser = environment.iter().find(|(variable, _)| *variable == "CHROME");
    let (_, browser) = browser.context("no browser")?;
    options.insert(String::from("binary"), browser.display().to_string().into());
    let path = root().join("target").join("webdriver.json");
    fs::write(&path, capabilities.to_string())?;
    Ok(path)
}

fn build_package(_: &Environment) -> Result<Vec<Command>> {
    println!("built {}", package::build()?.display());
    Ok(Vec::new())
}

/// The suite once more, where every two-decimal number goes there and back; otherwise a sample comes back.
fn every_amount(_: &Environment) -> Result<Vec<Command>> {
    let mut commands = script("tests/runtimes/node.js")?;
    commands.iter_mut().for_each(|command| _ = command.env("TIYIN_FULL", "1"));
    Ok(commands)
}

/// What other commands of this program do, in a process of its own: its output is read for what passed.
fn this_program(subcommand: &str) -> Result<Vec<Command>> {
    let mut command = process::program(std::env::current_exe()?);
    command.arg(subcommand);
    Ok(vec![command])
}

/// What a million calls leave behind, and a statement of a million rows.
fn memory(_: &Environment) -> Result<Vec<Command>> {
    Ok([script("tests/memory/check.js")?, script("tests/memory/statement.js")?].into_iter().flatten().collect())
}

/// Those whose tools are too large for the packages of this repository.
fn large_consumers(_: &Environment) -> Result<Vec<Command>> {
    script("tests/consumers/check-large.js")
}

/// What others know to go wrong in packages. Without CommonJS: the package is modules alone.
fn package_lints(_: &Environment) -> Result<Vec<Command>> {
    let mut publint = npm_program("publint");
    publint.args(["--strict", "pkg"]);
    let mut attw = npm_program("attw");
    attw.args(["--profile", "esm-only"]).arg(package::tarball()?);
    let mut commands = vec![publint, attw];
    commands.extend(script("tests/package/baseline.js")?);
    commands.extend(script("tests/package/messages.js")?);
    Ok(commands)
}

fn examples(_: &Environment) -> Result<Vec<Command>> {
    Ok([script("tests/examples/check.js")?, script("tests/examples/links.js")?].into_iter().flatten().collect())
}

fn script(path: &str) -> Result<Vec<Command>> {
    ensure!(root().join(Path::new(path)).is_file(), "{path} is missing");
    let mut command = node();
    command.arg(path);
    Ok(vec![command])
}
