//! The one mistaken payload worth reading: a JSON object where a form-encoded query belongs.

use alloc::string::String;
use alloc::vec::Vec;

/// The members of a JSON object as pairs of text, members of an inner object as `outer.inner`.
///
/// `None` where it is not such an object, or holds what no query could: lists, and objects two levels down.
pub(super) fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let mut reader = Reader { rest: text, pairs: Vec::new() };
    reader.object("")?;
    reader.token().is_empty().then_some(())?;
    reader.rest.is_empty().then_some(reader.pairs)
}

struct Reader<'a> {
    rest: &'a str,
    pairs: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    fn object(&mut self, prefix: &str) -> Option<()> {
        self.punctuation('{')?;
        if self.punctuation('}').is_some() {
            return Some(());
        }
        loop {
            let name = [prefix, &self.string()?].concat();
            self.punctuation(':')?;
            self.value(name, prefix.is_empty())?;
            if self.punctuation(',').is_none() {
                return self.punctuation('}');
            }
        }
    }

    fn value(&mut self, name: String, outermost: bool) -> Option<()> {
        self.skip_space();
        if self.rest.starts_with('{') {
            return if outermost { self.object(&[&name, "."].concat()) } else { None };
        }
        if self.rest.starts_with('"') {
            let text = self.string()?;
            self.pairs.push((name, text));
            return Some(());
        }
        match self.token() {
            "null" => {}
            scalar @ ("true" | "false") => self.pairs.push((name, scalar.into())),
            number if number.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                self.pairs.push((name, number.into()));
            }
            _ => return None,
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        self.punctuation('"')?;
        let mut text = String::new();
        loop {
            let (plain, rest) = self.rest.split_at_checked(self.rest.find(['"', '\\'])?)?;
            text.push_str(plain);
            if let Some(rest) = rest.strip_prefix('"') {
                self.rest = rest;
                return Some(text);
            }
            self.rest = rest.strip_prefix('\\')?;
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = match characters.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                self.rest = characters.as_str();
                return self.unicode_escape();
            }
            same @ ('"' | '\\' | '/') => same,
            _ => return None,
        };
        self.rest = characters.as_str();
        Some(character)
    }

    /// One code point, which takes two escapes beyond the first 65,536.
    fn unicode_escape(&mut self) -> Option<char> {
        let high = self.unit()?;
        let low = if (0xd800..0xdc00).contains(&high) {
            self.rest = self.rest.strip_prefix("\\u")?;
            Some(self.unit()?)
        } else {
            None
        };
        char::decode_utf16([high].into_iter().chain(low)).next()?.ok()
    }

    fn unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }

    fn punctuation(&mut self, expected: char) -> Option<()> {
        self.skip_space();
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    /// A number or a word: all up to what cannot belong to one.
    fn token(&mut self) -> &'a str {
        self.skip_space();
        let belongs = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '+' | '.');
        let end = self.rest.find(|character| !belongs(character)).unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        token
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn read(text: &str) -> Option<Vec<(String, String)>> {
        pairs(text)
    }

    #[test]
    fn members_become_pairs_in_their_order() {
        let expected = [
            ("merchant_id", "m"),
            ("amount", "500.50"),
            ("amount_in_tiyin", "true"),
            ("account.order_id", "12"),
            ("account.имя", "\u{1f600} \"q\"\n/"),
        ];
        let text = r#" { "merchant_id":"m", "amount": 500.50, "amount_in_tiyin":true, "return_url":null,
            "account": {"order_id": 12, "имя": "\ud83d\uDE00 \"q\"\n\/"} } "#;
        assert_eq!(read(text), Some(expected.map(|(name, value)| (name.to_string(), value.to_string())).to_vec()));
        assert_eq!(read("{}"), Some(Vec::new()));
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
