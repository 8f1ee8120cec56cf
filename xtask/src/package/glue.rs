//! The package's internal JavaScript.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::process::{self, npm_program};

/// How wasm-bindgen's JavaScript calls a function that takes bytes and gives bytes. `start.js` does the same in its place.
const CONVENTION: [&str; 4] = [
    "const ptr = malloc(arg.length * 1, 1) >>> 0;",
    "= wasm.call(val2, ptr0, len0);",
    "getArrayU8FromWasm0(ret[0], ret[1])",
    "wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);",
];

/// Fails where wasm-bindgen has begun to call otherwise than `start.js` does.
pub(super) fn check_convention(glue: &str) -> Result<()> {
    for expected in CONVENTION {
        ensure!(glue.contains(expected), "wasm-bindgen calls otherwise than start.js: it does not write {expected}");
    }
    Ok(())
}

/// What entries import, each with what only it imports.
const JOINED: [(&str, &[&str]); 2] =
    [("start.js", &["pack.js"]), ("clients.js", &["account.js", "bank.js", "client.js", "transport.js"])];

/// Joins and shortens what only the entries import. `error.js` stays apart: all entries share its class.
pub(super) fn shorten(folder: &Path) -> Result<()> {
    for (whole, parts) in JOINED {
        let whole = folder.join(whole);
        let options = ["--bundle", "--format=esm", "--external:./error.js", "--minify", "--allow-overwrite"];
        let output = format!("--outfile={}", whole.display());
        process::run(npm_program("esbuild").arg(&whole).args(options).args(["--log-level=warning", &output]))?;
        for part in parts {
            fs::remove_file(folder.join(part))?;
        }
    }
    Ok(())
}
