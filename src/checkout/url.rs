//! Which addresses a payer may be sent to.

use crate::error::{Error, ErrorCode, Result};
use crate::text::{Decimal, cut, hex_value, holds};

/// Checks that an address is absolute and safe to be sent to.
///
/// A user name before the host is refused: it is how a foreign host is made to look like one's own.
pub(super) fn check(url: &str) -> Result<(), ErrorCode> {
    // Control characters, spaces and backslashes are what address parsers disagree about.
    if url.bytes().any(|byte| byte <= b' ' || byte == 0x7f || byte == b'\\') {
        return Err(ErrorCode::InvalidReturnUrl);
    }
    let (scheme, rest) = cut(url.as_bytes(), b":/?#");
    if scheme.is_empty() || !rest.starts_with(b":") {
        return Err(ErrorCode::InvalidReturnUrl);
    }
    let plain = scheme.eq_ignore_ascii_case(b"http");
    if !plain && !scheme.eq_ignore_ascii_case(b"https") {
        return Err(ErrorCode::UnsupportedScheme);
    }
    match host(rest) {
        None => Err(ErrorCode::InvalidReturnUrl),
        Some(host) if plain && !host.eq_ignore_ascii_case(b"localhost") && host != b"127.0.0.1" => {
            Err(ErrorCode::InsecureReturnUrl)
        }
        Some(_) => Ok(()),
    }
}

/// Checks besides that browsers leave the address as it is, so that what they ask for is what was signed.
///
/// They write scheme and host in lower case, rewrite addresses in numbers, drop usual ports and leading zeros, add a missing
/// path, resolve `.` and `..`, percent-encode what is not plain, and never send a fragment.
pub(super) fn check_normal(url: &str) -> Result<()> {
    const DETAIL: &str = "as browsers write it: host by name, in lower case; a path; percent-encoded; no fragment";
    check(url)?;
    let (scheme, rest) = cut(url.as_bytes(), b"/");
    let (authority, rest) = cut(rest.get(2..).unwrap_or_default(), b"/?#");
    let (path, query) = cut(rest, b"?");
    let (host, port) = cut(authority, b":");
    let usual_port: &[u8] = if scheme.len() == 5 { b":80" } else { b":443" };
    let is_normal = matches!(scheme, b"http:" | b"https:")
        && is_normal_host(host)
        && port != b":"
        && port != usual_port
        && !port.starts_with(b":0")
        && path.starts_with(b"/")
        && !path.split(|byte| *byte == b'/').any(is_dots)
        && path.iter().chain(query).all(|byte| byte.is_ascii() && !holds(b"#\"'<>^`{|}", *byte));
    if is_normal { Ok(()) } else { Err(Error::with_detail(ErrorCode::InvalidReturnUrl, DETAIL)) }
}

/// Whether a host is a name that stays as it is, or this computer's own address.
fn is_normal_host(host: &[u8]) -> bool {
    let last = host.rsplit(|byte| *byte == b'.').find(|label| !label.is_empty()).unwrap_or_default();
    let is_name = host.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || holds(b"-.", *byte));
    (is_name && last.first().is_some_and(u8::is_ascii_lowercase)) || host == b"127.0.0.1"
}

/// Whether a part of a path is `.` or `..`, however it is written.
fn is_dots(part: &[u8]) -> bool {
    let (mut rest, mut dots) = (part, 0u8);
    loop {
        rest = match rest {
            [b'.', rest @ ..] | [b'%', b'2', b'e' | b'E', rest @ ..] => rest,
            _ => return rest.is_empty() && matches!(dots, 1 | 2),
        };
        dots = dots.saturating_add(1);
    }
}

/// The host in what follows the scheme; `None` without one, with a user name, or with a port that is none.
fn host(rest: &[u8]) -> Option<&[u8]> {
    let (authority, _) = cut(rest.strip_prefix(b"://")?, b"/?#");
    let (host, port) = match authority {
        [b'[', address @ ..] => {
            let (address, rest) = cut(address, b"]");
            let is_address = address.iter().all(|&byte| hex_value(byte).is_some() || matches!(byte, b':' | b'.'));
            (address, rest.get(1..).filter(|_| is_address)?)
        }
        _ => cut(authority, b":"),
    };
    let port_is_valid = match port {
        [] | [b':'] => true,
        [b':', digits @ ..] => Decimal::read_whole(digits, 65_535).is_some(),
        _ => false,
    };
    let is_plain = !authority.iter().any(|byte| holds(b"@%<>^|\"`{}", *byte));
    (!host.is_empty() && port_is_valid && is_plain).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_at_home_are_accepted() {
        for url in [
            "https://returnurl",
            "https://shop.uz/paid?order=1&x=#done",
            "HTTPS://SHOP.UZ",
            "https://мой-магазин.уз/оплата",
            "https://shop.uz:8443/",
            "https://[2001:db8::1]:8443/",
            "http://localhost:3000/paid",
            "http://LOCALHOST",
            "http://127.0.0.1:8788/paid",
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn plain_http_to_the_world_is_insecure() {
        for url in [
            "http://shop.uz",
            "http://localhost.shop.uz",
            "http://127.0.0.1.nip.io/",
            "http://127.0.0.2",
            "http://[::1]/",
            "HTTP://shop.uz",
        ] {
            assert_eq!(check(url), Err(ErrorCode::InsecureReturnUrl), "{url}");
        }
    }

    #[test]
    fn other_schemes_are_unsupported() {
        for url in ["javascript:alert(1)", "ftp://shop.uz", "data:text/html,x", "uz.shop.app://paid", "localhost:3000"]
        {
            assert_eq!(check(url), Err(ErrorCode::UnsupportedScheme), "{url}");
        }
    }

    #[test]
    fn what_is_no_absolute_address_is_invalid() {
        for url in [
            "",
            "/paid",
            "shop.uz",
            "//shop.uz/paid",
            "https:shop.uz",
            "https:/shop.uz",
            "https://",
            "https:///paid",
            "https://?x",
            "https://shop.uz/a b",
            "https://shop.uz/\n",
            " https://shop.uz",
            "https:\\\\shop.uz",
            "https://shop.uz\\paid",
            "https://shop.uz/\x7f",
            "https://shop.uz@evil.example/",
            "http://localhost@evil.example/",
            "https://shop.uz:port/",
            "https://shop.uz:99999/",
            "https://[shop.uz]/",
            "https://shop|uz/",
            "https://shop.uz%2f.example/",
            "https://<shop>.uz/",
            "java\nscript:alert(1)",
        ] {
            assert_eq!(check(url), Err(ErrorCode::InvalidReturnUrl), "{url}");
        }
    }
}
