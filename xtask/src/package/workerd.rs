//! Entries for Cloudflare's runtime, which compiles no bytes at run time but imports compiled modules.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::names;

/// What imports no module.
const PLAIN: [&str; 2] = ["error", "messages"];

/// Writes `<entry>.workerd.js` beside each entry, which imports the modules themselves.
pub(super) fn add_entries(folder: &Path) -> Result<()> {
    for name in names(&folder.join("wasm"), ".bytes.js")? {
        let script = format!("export {{ default as bytes }} from \"./{name}.wasm\";\nexport const length = 0;\n");
        fs::write(folder.join("wasm").join(format!("{name}.workerd.js")), script)?;
    }
    let entries = names(folder, ".d.ts")?;
    for entry in entries.iter().filter(|name| !PLAIN.contains(&name.as_str())) {
        let mut text = fs::read_to_string(folder.join(format!("{entry}.js"))).with_context(|| entry.clone())?;
        text = text.replace(".bytes.js\"", ".workerd.js\"");
        for other in &entries {
            if !PLAIN.contains(&other.as_str()) {
                text = text.replace(&format!("\"./{other}.js\""), &format!("\"./{other}.workerd.js\""));
            }
        }
        fs::write(folder.join(format!("{entry}.workerd.js")), text)?;
    }
    Ok(())
}
