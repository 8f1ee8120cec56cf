//! What is missing on this machine is installed, or named clearly where that is not for us to do.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use crate::process::{self, cargo, node, npm, program, root};

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The compiler that fuzzing needs, beside the one that builds everything else.
pub(crate) const NIGHTLY: &str = "nightly";

/// A program that comes from the system and not from a registry.
struct SystemProgram {
    what: &'static str,
    /// The environment variable that points to it.
    variable: &'static str,
    /// Its names in the PATH, the first found counts.
    names: &'static [&'static str],
    debian_package: &'static str,
}

const CHROME: SystemProgram = SystemProgram {
    what: "Chromium",
    variable: "CHROME",
    names: &["chromium", "chromium-browser", "google-chrome"],
    debian_package: "chromium",
};
const CHROMEDRIVER: SystemProgram = SystemProgram {
    what: "ChromeDriver (of the same version as the browser)",
    variable: "CHROMEDRIVER",
    names: &["chromedriver"],
    debian_package: "chromium-driver",
};
const FIREFOX: SystemProgram = SystemProgram {
    what: "Firefox",
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox"],
    debian_package: "firefox-esr",
};
const WEBKIT_DRIVER: SystemProgram = SystemProgram {
    what: "WebKit's driver",
    variable: "WEBKIT_DRIVER",
    names: &["WebKitWebDriver"],
    debian_package: "webkit2gtk-driver",
};
const XVFB: SystemProgram = SystemProgram {
    what: "xvfb-run, a screen for WebKit",
    variable: "XVFB_RUN",
    names: &["xvfb-run"],
    debian_package: "xvfb",
};
const PYTHON: SystemProgram = SystemProgram {
    what: "Python 3.9 or newer",
    variable: "PYTHON",
    names: &["python3", "python"],
    debian_package: "python3",
};

/// The compiler's target for WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    let library = process::output(program("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if Path::new(library.trim()).exists() {
        return Ok(());
    }
    process::run(program("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| format!("the Rust target {WASM_TARGET} is missing"))
}

/// `cargo fmt` and `cargo clippy`, which a minimal toolchain lacks.
pub(crate) fn rust_components() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if process::output(cargo().args([subcommand, "--version"])).is_err() {
            process::run(program("rustup").args(["component", "add", component]))
                .with_context(|| format!("the Rust component {component} is missing"))?;
        }
    }
    Ok(())
}

/// Not installed from here: a compiler is the user's to choose.
pub(crate) fn nightly() -> Result<()> {
    let found = process::output(program("rustup").args(["run", NIGHTLY, "rustc", "--version"])).is_ok();
    ensure!(found, "fuzzing needs a nightly compiler: rustup toolchain install {NIGHTLY} --profile minimal");
    Ok(())
}

pub(crate) fn cargo_fuzz() -> Result<PathBuf> {
    cargo_program("cargo-fuzz", "0.13.2")
}

pub(crate) fn cargo_mutants() -> Result<PathBuf> {
    cargo_program("cargo-mutants", "27.1.0")
}

/// The path of a program of cargo's, installed for this repository alone, in a folder of its version.
fn cargo_program(name: &str, version: &str) -> Result<PathBuf> {
    let folder = root().join("target").join("tools").join(format!("{name}-{version}"));
    let path = folder.join("bin").join(name).with_extension(env::consts::EXE_EXTENSION);
    if !path.is_file() {
        let mut install = cargo();
        // These mostly wait for other programs, so optimising them takes longer than it saves.
        install.args(["install", "--locked", "--debug", name, "--version", version, "--root"]).arg(folder);
        // Cargo then builds in a temporary folder.
        process::run(install.env_remove("CARGO_TARGET_DIR"))?;
    }
    Ok(path)
}

/// The npm packages in package-lock.json, installed again when that file has changed.
pub(crate) fn npm_packages() -> Result<()> {
    let version = process::output(node().arg("--version")).context("Node.js 20 or newer is needed")?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    ensure!(major >= Some(20), "Node.js 20 or newer is needed, this is {}", version.trim());
    let lock = fs::read(root().join("package-lock.json")).context("package-lock.json")?;
    let installed = root().join("node_modules").join(".installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    process::run(npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(installed, lock)?;
    Ok(())
}

/// Environment variables that tell other programs where the system's programs are.
pub(crate) type Environment = Vec<(&'static str, PathBuf)>;

pub(crate) fn browser() -> Result<Environment> {
    system_programs(&[CHROME])
}

/// Those that the demo's pages are checked in.
pub(crate) fn demo_browsers() -> Result<Environment> {
    system_programs(&[CHROME, FIREFOX])
}

/// All that the tests need: three browsers with their drivers, and Python for the vendor's sample code.
pub(crate) fn for_tests() -> Result<Environment> {
    system_programs(&[CHROME, CHROMEDRIVER, FIREFOX, WEBKIT_DRIVER, XVFB, PYTHON])
}

fn system_programs(wanted: &[SystemProgram]) -> Result<Environment> {
    let mut missing = Vec::new();
    for program in wanted {
        if find(program)?.is_none() {
            missing.push(program.debian_package);
        }
    }
    if !missing.is_empty() && is_debian_root() {
        process::run(apt_get().arg("update"))?;
        process::run(apt_get().args(["install", "-y"]).args(missing))?;
    }
    wanted.iter().map(|program| Ok((program.variable, find(program)?.with_context(|| hint(program))?))).collect()
}

fn hint(program: &SystemProgram) -> String {
    let SystemProgram { what, variable, .. } = program;
    format!("{what} is needed: install it, or set {variable} to its path")
}

/// Where the variable points, and otherwise the first of the names in the PATH.
fn find(program: &SystemProgram) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os(program.variable).map(PathBuf::from) {
        ensure!(path.exists(), "{} is set to {}, where nothing is", program.variable, path.display());
        return Ok(Some(path));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = env::split_paths(&path).collect();
    let candidates = program.names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    Ok(candidates.map(|path| path.with_extension(env::consts::EXE_EXTENSION)).find(|path| path.is_file()))
}

fn is_debian_root() -> bool {
    let is_debian =
        fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    is_debian && process::output(program("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}

fn apt_get() -> std::process::Command {
    let mut command = program("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
