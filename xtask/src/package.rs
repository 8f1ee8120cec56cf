//! From the Rust source to the folder `pkg/` and the npm tarball in it.

mod bytes;
mod entries;
mod glue;
mod manifest;
mod messages;
mod types;
mod workerd;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::process::{self, cargo, npm, npm_program, root};
use crate::tools::{self, WASM_TARGET};

/// A WebAssembly module of the package; `wasm/<name>.js` belongs to it.
struct Module {
    name: &'static str,
    package: &'static str,
    features: &'static [&'static str],
    /// The bytes of its stack. A small one leaves the data addresses of two bytes; a smaller one than a call needs traps.
    stack: u32,
}

const MODULES: [Module; 6] = [
    Module { name: "checkout", package: "tiyin", features: &["js-checkout", "js-lean", "js-module"], stack: 4096 },
    Module { name: "sign", package: "tiyin", features: &["js-sign", "js-lean", "js-module"], stack: 8192 },
    Module { name: "clients", package: "tiyin", features: &["js-clients", "js-module"], stack: 16_384 },
    Module { name: "server", package: "tiyin", features: &["js-server", "js-module"], stack: 16_384 },
    Module { name: "qr", package: "tiyin", features: &["js-qr", "js-lean", "js-module"], stack: 32_768 },
    Module { name: "sandbox", package: "tiyin-sandbox", features: &["js"], stack: 262_144 },
];

/// Features whose declarations the entries show. The sandbox's are written by hand.
const DECLARED: [&str; 3] = ["js-server", "js-qr", "js-types"];

/// What the compiler and wasm-bindgen use, so that wasm-opt may. Named one by one: with all of its features it writes
/// modules that Node.js 20 refuses.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the package anew and returns the tarball's path.
pub(crate) fn build() -> Result<PathBuf> {
    tools::wasm_target()?;
    tools::npm_packages()?;
    // Two builds at once would write the same files.
    let lock = File::create(work().with_extension("lock"))?;
    lock.lock()?;
    recreate(&work())?;
    let staged = work().join("pkg");
    copy_folder(&root().join("pkg-template"), &staged)?;
    let modules = staged.join("wasm");
    fs::create_dir(&modules)?;
    for module in &MODULES {
        build_module(module, &modules)?;
    }
    declare(&modules)?;
    entries::complete(&staged)?;
    glue::shorten(&staged)?;
    messages::write_scripts(&staged)?;
    workerd::add_entries(&staged)?;
    complete(&staged)?;
    publish(&staged, &root().join("pkg"))
}

fn work() -> PathBuf {
    root().join("target").join("package")
}

fn build_module(module: &Module, target: &Path) -> Result<()> {
    let target = target.join(module.name);
    let bound = bind(module.name, module.package, Some(module.stack), module.features, &["--no-typescript"])?;
    glue::check_convention(&fs::read_to_string(bound.with_extension("js"))?)?;
    let optimised = bound.with_extension("wasm");
    optimise(&bound.with_file_name(format!("{}_bg.wasm", module.name)), &optimised)?;
    fs::write(target.with_extension("bytes.js"), bytes::as_script(&fs::read(&optimised)?))?;
    fs::copy(optimised, target.with_extension("wasm"))?;
    Ok(())
}

/// Writes the declarations of all modules, of which the entries show their own.
fn declare(target: &Path) -> Result<()> {
    // They need no optimisation, but the standard library.
    let typed = bind("tiyin", "tiyin", None, &DECLARED, &[])?;
    let declarations = fs::read_to_string(typed.with_extension("d.ts"))?;
    Ok(fs::write(target.join("tiyin.d.ts"), types::finished(&declarations)?)?)
}

/// Loops where the usual build of SHA-256 writes out every round: half the speed, and 1.4 kB less of brotli.
const SMALL_SHA2: &str = r#"target.wasm32-unknown-unknown.rustflags=["--cfg", "sha2_backend_soft=\"compact\""]"#;

/// Compiles a crate with these features, optimised where it gets a stack, and lets wasm-bindgen write its JavaScript; the
/// path is that of the files without their endings.
fn bind(name: &str, package: &str, stack: Option<u32>, features: &[&str], options: &[&str]) -> Result<PathBuf> {
    let mut compile = cargo();
    // As the only kind of library: listed in Cargo.toml beside another, it would not be optimised as a whole.
    compile.args(["rustc", "--package", package, "--lib", "--crate-type", "cdylib"]);
    compile.args(["--target", WASM_TARGET, "--config", SMALL_SHA2, "--features", &features.join(",")]);
    if let Some(stack) = stack {
        compile.args(["--release", "--", &format!("-Clink-arg=-zstack-size={stack}")]);
    }
    process::run(&mut compile)?;
    let compiled = root().join("target").join(WASM_TARGET);
    let compiled = compiled.join(if stack.is_some() { "release" } else { "debug" });
    let compiled = compiled.join(package.replace('-', "_")).with_extension("wasm");
    let folder = work().join(if stack.is_some() { "bound" } else { "types" });
    let fixed = ["--target", "web", "--omit-default-module-path"];
    let sections = ["--remove-name-section", "--remove-producers-section"];
    let mut arguments: Vec<&Path> = vec![Path::new("wasm-bindgen"), &compiled];
    arguments.extend(fixed.iter().chain(&sections).chain(options).map(Path::new));
    arguments.extend([Path::new("--out-name"), Path::new(name), Path::new("--out-dir"), &folder]);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments)?;
    Ok(folder.join(name))
}

/// What `start.js` uses of a module. The rest is for wasm-bindgen's JavaScript, which the package does without.
const EXPORTS: [&str; 4] = ["memory", "call", "__wbindgen_malloc", "__wbindgen_free"];

/// Drops from a module what is not called, and makes the rest small.
fn optimise(from: &Path, to: &Path) -> Result<()> {
    let graph = from.with_extension("graph.json");
    let mut nodes = vec![json!({ "name": "start.js", "root": true, "reaches": EXPORTS })];
    nodes.extend(EXPORTS.map(|name| json!({ "name": name, "export": name })));
    fs::write(&graph, Value::from(nodes).to_string())?;
    let reached = from.with_extension("reached.wasm");
    let graph = format!("--graph-file={}", graph.display());
    process::output(npm_program("wasm-metadce").args(WASM_FEATURES).arg(graph).arg(from).arg("-o").arg(&reached))?;
    // Found by measuring what compresses best.
    let passes = ["--flatten", "--rereloop", "-Oz", "--flatten", "--rereloop", "-Oz", "--gufa", "-Oz", "--converge"];
    let limits = ["--always-inline-max-function-size=4", "--one-caller-inline-max-function-size=10"];
    let mut optimise = npm_program("wasm-opt");
    optimise.args(WASM_FEATURES).args(limits).args(passes).arg("--strip-target-features");
    process::run(optimise.arg(reached).arg("-o").arg(to))
}

/// Adds what is the same for the crate and the package.
fn complete(folder: &Path) -> Result<()> {
    let template = fs::read_to_string(folder.join("package.json"))?;
    fs::write(folder.join("package.json"), manifest::finished(&template)?)?;
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root().join(license), folder.join(license)).context(license)?;
    }
    Ok(())
}

/// Packs the folder and puts it in the place of the one before.
fn publish(staged: &Path, target: &Path) -> Result<PathBuf> {
    let pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", "."];
    let report = process::output(npm().args(pack).current_dir(staged))?;
    let report: Value = serde_json::from_str(&report).context("npm pack --json")?;
    let tarball = report.pointer("/0/filename").and_then(Value::as_str);
    let tarball = tarball.context("npm pack did not name the tarball")?;
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::rename(staged, target)?;
    Ok(target.join(tarball))
}

/// The tarball that was built last.
pub(crate) fn tarball() -> Result<PathBuf> {
    let files = fs::read_dir(root().join("pkg"))?.collect::<Result<Vec<_>, _>>()?;
    let found =
        files.iter().map(fs::DirEntry::path).find(|path| path.extension().is_some_and(|ending| ending == "tgz"));
    found.context("pkg/ has no tarball")
}

/// Copies the package's files, as an installed package has them.
pub(crate) fn unpack_into(target: &Path) -> Result<()> {
    let source = root().join("pkg");
    copy_folder(&source, target)?;
    for entry in fs::read_dir(&source)? {
        let name = entry?.file_name();
        if Path::new(&name).extension().is_some_and(|ending| ending == "tgz") {
            fs::remove_file(target.join(name))?;
        }
    }
    Ok(())
}

pub(crate) fn recreate(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// What stands before this ending in the names of a folder's files.
fn names(folder: &Path, ending: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().to_str().and_then(|name| name.strip_suffix(ending)).map(String::from));
    }
    Ok(names)
}
