//! wasm-bindgen's declarations, reduced to what is public.

use anyhow::{Context, Result, ensure};

/// The interfaces whose values nobody changes: another is made instead.
const READONLY: [&str; 6] = ["Money", "LinkWarning", "ParsedCheckoutLink", "FieldView", "FieldOption", "FieldError"];

pub(super) fn finished(declarations: &str) -> Result<String> {
    // What follows is about loading, which this package does itself.
    let (public, _) = declarations.split_once("export type InitInput").context("no InitInput in the declarations")?;
    let mut text = public.to_owned();
    for (old, new) in [
        ("/* tslint:disable */\n/* eslint-disable */\n", ""),
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

#[cfg(test)]
mod tests {
    use super::{with_readonly_members, without_rust};

    #[test]
    fn examples_in_rust_go_with_the_line_before_them() {
        let text = "/**\n * Money.\n *\n * ```\n * use tiyin::Money;\n * ```\n */\n\n\nexport interface A {\n}";
        assert_eq!(without_rust(text), "/**\n * Money.\n */\n\nexport interface A {\n}");
    }

    #[test]
    fn only_the_named_interface_becomes_readonly() {
        let text = "export interface A {\n    a: string;\n}\nexport interface B {\n    /**\n     * B.\n     */\n    b?: A;\n}\n";
        let expected = text.replace("    b?: A;", "    readonly b?: A;");
        assert_eq!(with_readonly_members(text, "B"), Some(expected));
        assert_eq!(with_readonly_members(text, "C"), None);
    }
}
