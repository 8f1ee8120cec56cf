//! wasm-bindgen's declarations, reduced to what is public.

use anyhow::{Context, Result, ensure};

/// The interfaces that are only ever results.
const READONLY: [&str; 3] = ["Money", "LinkWarning", "ParsedCheckoutLink"];

pub(super) fn finished(declarations: &str) -> Result<String> {
    // What follows is about loading, which this package does itself.
    let (public, _) = declarations.split_once("export type InitInput").context("no InitInput in the declarations")?;
    let mut text = public.to_owned();
    for (old, new) in [
        ("/* tslint:disable */\n/* eslint-disable */\n", ""),
        ("export function __wbg_reset_state(): void;\n", ""),
        ("export interface ParsedLink {", "export interface ParsedCheckoutLink {"),
        (", so a `match` needs a wildcard arm.", "."),
    ] {
        ensure!(text.matches(old).count() == 1, "expected once in the declarations: {old}");
        text = text.replace(old, new);
    }
    text = without_rust(&text);
    for name in READONLY {
        text = with_readonly_members(&text, name).with_context(|| format!("readonly members of {name}"))?;
    }
    for foreign in ["```", "::", "__w"] {
        ensure!(!text.contains(foreign), "the declarations show what is not JavaScript's: {foreign}");
    }
    Ok(text.trim().to_owned() + "\n")
}

/// Drops the examples in Rust, fenced as they are, and the blank line before each.
fn without_rust(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        let fence = line.trim() == "* ```";
        if fence && !fenced && kept.last().is_some_and(|line| line.trim() == "*") {
            kept.pop();
        }
        fenced ^= fence;
        let blank_again = line.is_empty() && kept.last().is_none_or(|line| line.is_empty());
        if !fence && !fenced && !blank_again {
            kept.push(line);
        }
    }
    kept.join("\n")
}

fn with_readonly_members(text: &str, interface: &str) -> Option<String> {
    let (before, rest) = text.split_once(&format!("export interface {interface} {{\n"))?;
    let (body, after) = rest.split_once("\n}\n")?;
    let is_member = |line: &&str| line.ends_with(';');
    body.lines().find(is_member)?;
    let members = body
        .lines()
        .map(|line| if is_member(&line) { line.replacen("    ", "    readonly ", 1) } else { line.to_owned() });
    let body = members.collect::<Vec<_>>().join("\n");
    Some(format!("{before}export interface {interface} {{\n{body}\n}}\n{after}"))
}
