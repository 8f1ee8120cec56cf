//! The one mistaken payload worth reading: a JSON object where a form-encoded query belongs.

use alloc::vec::Vec;

use super::form;
use crate::text::cut;

/// Appends the query that a JSON object stands for, with members of an inner object as `outer.inner`.
///
/// `None` where it is not such an object, or holds what no query could: lists, and objects two levels down.
pub(super) fn write_query(text: &[u8], query: &mut Vec<u8>) -> Option<()> {
    let mut reader = Reader { rest: text, query };
    reader.object(b"", true)?;
    reader.skip_space();
    reader.rest.is_empty().then_some(())
}

struct Reader<'a> {
    rest: &'a [u8],
    query: &'a mut Vec<u8>,
}

impl Reader<'_> {
    /// Writes the members of an object, their names after `prefix`.
    fn object(&mut self, prefix: &[u8], outermost: bool) -> Option<()> {
        self.expect(b'{')?;
        if self.take(b'}') {
            return Some(());
        }
        loop {
            let start = self.query.len();
            self.query.extend_from_slice(prefix);
            self.string()?;
            self.expect(b':')?;
            self.skip_space();
            if outermost && self.rest.starts_with(b"{") {
                let mut prefix = self.query.split_off(start);
                prefix.push(b'.');
                self.object(&prefix, false)?;
            } else if !self.value()? {
                self.query.truncate(start);
            }
            if !self.take(b',') {
                return self.expect(b'}');
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
            self.rest = rest;
            match token {
                b"null" => return Some(false),
                b"true" | b"false" => {}
                [b'-' | b'0'..=b'9', rest @ ..] if rest.iter().all(is_numeric) => {}
                _ => return None,
            }
            form::encode(token, self.query);
        }
        self.query.push(b'&');
        Some(true)
    }

    fn string(&mut self) -> Option<()> {
        self.expect(b'"')?;
        loop {
            let (plain, rest) = cut(self.rest, b"\"\\");
            form::encode(plain, self.query);
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
                    form::encode(&[meaning(*escape)?], self.query);
                }
                _ => return None,
            }
        }
    }

    /// A character of the first 65,536. Others are written as they are; as two escapes each they are not read.
    fn unicode_escape(&mut self) -> Option<()> {
        let code = self.unit()?;
        form::encode(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes(), self.query);
        Some(())
    }

    fn unit(&mut self) -> Option<u32> {
        let (high, rest) = form::escaped(self.rest)?;
        let (low, rest) = form::escaped(rest)?;
        self.rest = rest;
        Some(u32::from_be_bytes([0, 0, high, low]))
    }

    fn expect(&mut self, punctuation: u8) -> Option<()> {
        self.take(punctuation).then_some(())
    }

    /// Whether this is next, before which there may be space, and then reads it.
    fn take(&mut self, punctuation: u8) -> bool {
        self.skip_space();
        let found = self.rest.first() == Some(&punctuation);
        if found {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        found
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
    let (before, _) = cut(b"bfnrt\"\\/", &[escape]);
    b"\x08\x0c\n\r\t\"\\/".get(before.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::into_string;

    fn read(text: &str) -> Option<alloc::string::String> {
        let mut query = Vec::new();
        write_query(text.as_bytes(), &mut query).map(|()| into_string(query))
    }

    #[test]
    fn members_become_pairs_in_their_order() {
        let text = r#" { "merchant_id":"m", "amount": 500.50, "amount_in_tiyin":true, "return_url":null,
            "account": {"order_id": 12, "имя": "\u043F😀 \"q\"\n\/", "x": null} } "#;
        let query = "merchant_id=m&amount=500.50&amount_in_tiyin=true&account.order_id=12\
            &account.%D0%B8%D0%BC%D1%8F=%D0%BF%F0%9F%98%80+%22q%22%0A%2F&";
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
            "{\"a\":1:2}",
            "{\"a\":1\"b\"}",
            "{\"a\":\"b}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
