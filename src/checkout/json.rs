//! The one mistaken payload worth reading: a JSON object where a form-encoded query belongs.

use alloc::vec::Vec;

use super::form;
use crate::text::{cut, hex_value};

/// The query that a JSON object stands for, with members of an inner object as `outer.inner`.
///
/// `None` where it is not such an object, or holds what no query could: lists, and objects two levels down.
pub(super) fn as_query(text: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader { rest: text, query: Vec::new() };
    reader.object(b"", true)?;
    reader.skip_space();
    reader.rest.is_empty().then_some(reader.query)
}

struct Reader<'a> {
    rest: &'a [u8],
    query: Vec<u8>,
}

impl Reader<'_> {
    /// Writes the members of an object, their names after `prefix`.
    fn object(&mut self, prefix: &[u8], outermost: bool) -> Option<()> {
        self.punctuation(b'{')?;
        if self.punctuation(b'}').is_some() {
            return Some(());
        }
        loop {
            let start = self.query.len();
            self.query.extend_from_slice(prefix);
            self.string()?;
            self.punctuation(b':')?;
            self.skip_space();
            if outermost && self.rest.starts_with(b"{") {
                let mut prefix = self.query.split_off(start);
                prefix.push(b'.');
                self.object(&prefix, false)?;
            } else if !self.value()? {
                self.query.truncate(start);
            }
            if self.punctuation(b',').is_none() {
                return self.punctuation(b'}');
            }
        }
    }

    /// Writes a value and what closes its pair; false for `null`, which is none.
    fn value(&mut self) -> Option<bool> {
        self.query.push(b'=');
        if self.rest.starts_with(b"\"") {
            self.string()?;
        } else {
            let (token, rest) = cut(self.rest, b" \t\n\r,}");
            match token {
                b"null" => {
                    self.rest = rest;
                    return Some(false);
                }
                b"true" | b"false" => {}
                [b'-' | b'0'..=b'9', rest @ ..] if rest.iter().all(is_numeric) => {}
                _ => return None,
            }
            form::encode(token, &mut self.query);
            self.rest = rest;
        }
        self.query.push(b'&');
        Some(true)
    }

    fn string(&mut self) -> Option<()> {
        self.punctuation(b'"')?;
        loop {
            let (plain, rest) = cut(self.rest, b"\"\\");
            form::encode(plain, &mut self.query);
            match rest {
                [b'"', rest @ ..] => {
                    self.rest = rest;
                    return Some(());
                }
                [_, b'u', rest @ ..] => {
                    self.rest = rest;
                    self.unicode_escape()?;
                }
                [_, escape, rest @ ..] => {
                    self.rest = rest;
                    form::encode(&[meaning(*escape)?], &mut self.query);
                }
                _ => return None,
            }
        }
    }

    /// One code point, which takes two escapes beyond the first 65,536.
    fn unicode_escape(&mut self) -> Option<()> {
        let mut code = self.unit()?;
        if let Some(high @ 0..0x400) = code.checked_sub(0xd800) {
            self.rest = self.rest.strip_prefix(b"\\u")?;
            let low = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
            code = (high.wrapping_shl(10) | low).wrapping_add(0x1_0000);
        }
        form::encode(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes(), &mut self.query);
        Some(())
    }

    fn unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits.iter().try_fold(0u32, |unit, &digit| Some(unit.wrapping_shl(4) | u32::from(hex_value(digit)?)))
    }

    fn punctuation(&mut self, expected: u8) -> Option<()> {
        self.skip_space();
        self.rest = self.rest.strip_prefix(&[expected])?;
        Some(())
    }

    fn skip_space(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }
}

/// Whether a number can go on with this.
fn is_numeric(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

/// The character that an escape of two stands for.
fn meaning(escape: u8) -> Option<u8> {
    match escape {
        b'b' => Some(8),
        b'f' => Some(12),
        b'n' => Some(b'\n'),
        b'r' => Some(b'\r'),
        b't' => Some(b'\t'),
        b'"' | b'\\' | b'/' => Some(escape),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::into_string;

    fn read(text: &str) -> Option<alloc::string::String> {
        as_query(text.as_bytes()).map(into_string)
    }

    #[test]
    fn members_become_pairs_in_their_order() {
        let text = r#" { "merchant_id":"m", "amount": 500.50, "amount_in_tiyin":true, "return_url":null,
            "account": {"order_id": 12, "имя": "\ud83d\uDE00 \"q\"\n\/", "x": null} } "#;
        let query = "merchant_id=m&amount=500.50&amount_in_tiyin=true&account.order_id=12\
            &account.%D0%B8%D0%BC%D1%8F=%F0%9F%98%80+%22q%22%0A%2F&";
        assert_eq!(read(text).as_deref(), Some(query));
        assert_eq!(read("{}").as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_such_object_is_not_read() {
        for text in [
            "",
            "{",
            "{}x",
            "{} {}",
            "[]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\":[1]}",
            "{\"a\":\"\\x\"}",
            "{\"a\":{\"b\":{}}}",
            "{\"a\":\"\\ud83d\"}",
            "{\"a\":\"\\udE00\"}",
            "{\"a\":\"\\u+12\"}",
            "{\"a\":yes}",
            "{\"a\":\"b}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
