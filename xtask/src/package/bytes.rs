//! A module's bytes as a string of JavaScript. `start.js` turns it back.
//!
//! The string holds printable ASCII alone, so that no bundler escapes it and no charset changes it. The bytes that modules
//! have most often take one character. After compression this costs 3 to 5 % more than the bare bytes, where base64 costs
//! 30 % and one character a byte 8 %.

/// Added to the low seven bits of each byte: the least frequent ones then are control characters.
const SHIFT: u8 = 54;

/// `h`, `i`, `j` and `k`: the lowest two bits say how the two highest bits of the next character are changed.
const ESCAPES: std::ops::RangeInclusive<u8> = b'h'..=b'k';

pub(super) fn as_script(bytes: &[u8]) -> String {
    let text: String = bytes.iter().flat_map(|byte| characters(*byte)).flatten().map(escaped).collect();
    format!("export const bytes = \"{text}\";\nexport const length = {};\n", bytes.len())
}

/// One character, or an escape and another.
fn characters(byte: u8) -> [Option<u8>; 2] {
    let shifted = (byte & 0x80) | (byte.wrapping_add(SHIFT) & 0x7f);
    if is_plain(shifted) && !ESCAPES.contains(&shifted) {
        return [Some(shifted), None];
    }
    let changed = [2, 1, 3].map(|bits| (ESCAPES.start() | bits, shifted ^ (bits << 6)));
    let found = changed.into_iter().find(|(_, character)| is_plain(*character));
    found.map_or([None, None], |(escape, character)| [Some(escape), Some(character)])
}

fn is_plain(character: u8) -> bool {
    matches!(character, b' '..=b'~') && character != b'"'
}

fn escaped(character: u8) -> String {
    if character == b'\\' { String::from("\\\\") } else { char::from(character).to_string() }
}

#[cfg(test)]
mod tests {
    use super::characters;

    /// What `start.js` does.
    fn byte(mut characters: impl Iterator<Item = u8>) -> Option<u8> {
        let first = characters.next()?;
        let code = if first >> 2 == 26 { characters.next()? ^ (first << 6) } else { first };
        Some((code & 0x80) | (code.wrapping_sub(54) & 0x7f))
    }

    #[test]
    fn every_byte_comes_back() {
        for original in 0..=u8::MAX {
            let text = characters(original).into_iter().flatten();
            assert!(text.clone().all(|character| matches!(character, b' '..=b'~')), "{original}");
            assert_eq!(byte(text), Some(original));
        }
    }
}
