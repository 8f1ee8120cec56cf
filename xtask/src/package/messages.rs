//! The texts of errors, as scripts: a browser imports JSON only with attributes that older ones do not read.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::names;

/// Writes `messages/<language>.js` in place of each JSON file: its text as one string, of which only the language that is asked
/// for gets parsed. It is printable ASCII, so that no page's charset changes it.
pub(super) fn write_scripts(folder: &Path) -> Result<()> {
    let folder = folder.join("messages");
    for language in names(&folder, ".json")? {
        let source = folder.join(format!("{language}.json"));
        let texts: Value = serde_json::from_str(&fs::read_to_string(&source)?).context(language.clone())?;
        let script = format!("export default {};\n", Value::from(in_ascii(&texts.to_string())));
        fs::write(folder.join(format!("{language}.js")), script)?;
        fs::remove_file(source)?;
    }
    Ok(())
}

/// The same JSON with an escape for each character outside of ASCII.
fn in_ascii(json: &str) -> String {
    let mut text = String::new();
    for unit in json.encode_utf16() {
        match char::from_u32(unit.into()).filter(char::is_ascii) {
            Some(character) => text.push(character),
            None => text.push_str(&format!("\\u{unit:04x}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::in_ascii;

    #[test]
    fn the_same_text_comes_back_from_ascii() {
        let json = Value::from("soʻm, сум, 😀, \\u0411 \"\n");
        let ascii = in_ascii(&json.to_string());
        assert!(ascii.is_ascii());
        assert_eq!(serde_json::from_str::<Value>(&ascii).unwrap(), json);
    }
}
