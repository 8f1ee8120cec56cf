//! The package's internal JavaScript, made small.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::{Map, Value};

use crate::process::{self, npm_program};

/// Drops of wasm-bindgen's JavaScript the asynchronous start and the documentation, which is in the declarations, and
/// shortens local names, since a bundler that does not minify keeps them. `names` are those the module goes by now.
pub(super) fn reduce(from: &Path, to: &Path, names: &Map<String, Value>) -> Result<()> {
    let glue = fs::read_to_string(from)?;
    let functions = glue.lines().filter_map(|line| line.strip_prefix("export function ")?.split([' ', '(']).next());
    let functions: Vec<_> = functions.chain(["initSync"]).collect();
    ensure!(functions.contains(&"__wbg_reset_state"), "wasm-bindgen wrote no function that starts an instance anew");
    let imported = format!("\"./{}_bg.js\": ", from.file_stem().unwrap_or_default().display());
    ensure!(glue.matches(&imported).count() == 1, "expected once in wasm-bindgen's JavaScript: {imported}");
    let renamed = from.with_extension("renamed.js");
    fs::write(&renamed, glue.replace(&imported, "a: "))?;
    let entry = from.with_extension("entry.js");
    fs::write(&entry, format!("export {{ {} }} from {:?};\n", functions.join(", "), renamed.display().to_string()))?;
    let cache = from.with_extension("names.json");
    fs::write(&cache, serde_json::to_string(names)?)?;
    let mangled = names.keys().map(String::as_str).collect::<Vec<_>>().join("|");
    let names = [format!("--mangle-props=^({mangled})$"), format!("--mangle-cache={}", cache.display())];
    minify(&[&entry], &["--bundle", "--format=esm", &names[0], &names[1], &format!("--outfile={}", to.display())])
}

/// Shortens files of the package that only its other files import.
pub(super) fn shorten(folder: &Path, names: &[&str]) -> Result<()> {
    let files: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    minify(&files, &["--allow-overwrite", &format!("--outdir={}", folder.display())])
}

fn minify(files: &[impl AsRef<OsStr>], options: &[&str]) -> Result<()> {
    process::run(npm_program("esbuild").args(files).args(["--minify", "--log-level=warning"]).args(options))
}
