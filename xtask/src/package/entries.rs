//! Entries that have another's functions besides their own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::names;

/// The line that gives way to the functions of another entry, each of which is a line of its own there.
const PLACE: (&str, &str) = ("// The functions of ", " stand here.");

pub(super) fn complete(folder: &Path) -> Result<()> {
    for name in names(folder, ".js")? {
        let path = folder.join(name + ".js");
        let text = fs::read_to_string(&path)?;
        if let Some((before, rest)) = text.split_once(PLACE.0) {
            let (other, after) = rest.split_once(PLACE.1).context("a line that names an entry does not end")?;
            let other = fs::read_to_string(folder.join(other)).with_context(|| other.to_owned())?;
            fs::write(path, format!("{before}{}{after}", functions(&other)))?;
        }
    }
    Ok(())
}

/// What follows an entry's own `run`.
fn functions(entry: &str) -> &str {
    let start = entry.find("export const ").unwrap_or(entry.len());
    entry.get(start..).unwrap_or_default().trim_end()
}
