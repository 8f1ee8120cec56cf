//! The package's package.json: the template, with what the crate's manifest says.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::{self, cargo};

pub(super) fn finished(template: &str) -> Result<String> {
    let metadata = process::output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("cargo metadata lists no packages")?;
    let is_tiyin = |package: &&Value| package.get("name").is_some_and(|name| name == "tiyin");
    let package = packages.iter().find(is_tiyin).context("the crate is not in the workspace")?;
    let mut manifest: Value = serde_json::from_str(template)?;
    for member in ["version", "description", "license"] {
        let value = package.get(member).filter(|value| value.is_string());
        let slot = manifest.get_mut(member).with_context(|| format!("package.json has no {member} to replace"))?;
        *slot = value.with_context(|| format!("Cargo.toml has no {member}"))?.clone();
    }
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}
