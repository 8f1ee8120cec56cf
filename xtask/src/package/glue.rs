//! The package's internal JavaScript, made small.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::process::{self, npm_program};

/// Drops of wasm-bindgen's JavaScript the asynchronous start and the documentation, which is in the declarations, and shortens local names: a bundler
/// that does not minify keeps both.
pub(super) fn reduce(from: &Path, to: &Path) -> Result<()> {
    let glue = fs::read_to_string(from)?;
    let functions = glue.lines().filter_map(|line| line.strip_prefix("export function ")?.split([' ', '(']).next());
    let names: Vec<_> = functions.chain(["initSync"]).collect();
    ensure!(names.contains(&"__wbg_reset_state"), "wasm-bindgen wrote no function that starts an instance anew");
    let entry = from.with_extension("entry.js");
    fs::write(&entry, format!("export {{ {} }} from {:?};\n", names.join(", "), from.display().to_string()))?;
    minify(&[&entry], &["--bundle", "--format=esm", &format!("--outfile={}", to.display())])
}

/// Shortens files of the package that only its other files import.
pub(super) fn shorten(folder: &Path, names: &[&str]) -> Result<()> {
    let files: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    minify(&files, &["--allow-overwrite", &format!("--outdir={}", folder.display())])
}

fn minify(files: &[impl AsRef<OsStr>], options: &[&str]) -> Result<()> {
    process::run(npm_program("esbuild").args(files).args(["--minify", "--log-level=warning"]).args(options))
}
