//! Which addresses a payer may be sent to.

use crate::error::ErrorCode;

/// Checks that an address is absolute and safe to be sent to.
///
/// A user name before the host is refused: it is how a foreign host is made to look like one's own.
pub(super) fn check(url: &str) -> Result<(), ErrorCode> {
    let invalid = ErrorCode::InvalidReturnUrl;
    // Control characters, spaces and backslashes are what address parsers disagree about.
    if url.bytes().any(|byte| byte <= b' ' || byte == 0x7f || byte == b'\\') {
        return Err(invalid);
    }
    let (scheme, rest) = url.split_once(':').ok_or(invalid)?;
    if !is_scheme(scheme) {
        return Err(invalid);
    }
    let plain = scheme.eq_ignore_ascii_case("http");
    if !plain && !scheme.eq_ignore_ascii_case("https") {
        return Err(ErrorCode::UnsupportedScheme);
    }
    let rest = rest.strip_prefix("//").ok_or(invalid)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host(authority).ok_or(invalid)?;
    if plain && !host.eq_ignore_ascii_case("localhost") && host != "127.0.0.1" {
        return Err(ErrorCode::InsecureReturnUrl);
    }
    Ok(())
}

fn is_scheme(text: &str) -> bool {
    let rest = text.strip_prefix(|first: char| first.is_ascii_alphabetic());
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))
}

/// The host of an authority, without its port.
fn host(authority: &str) -> Option<&str> {
    if authority.contains('@') {
        return None;
    }
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            let is_address = address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
            (Some(address).filter(|_| is_address)?, port)
        }
        None => {
            authority.find(':').map_or((authority, ""), |at| authority.split_at_checked(at).unwrap_or((authority, "")))
        }
    };
    let port_is_valid = match port.strip_prefix(':') {
        None => port.is_empty(),
        Some("") => true,
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok(),
    };
    (!host.is_empty() && port_is_valid).then_some(host)
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
            "https://shop.uz@evil.example/",
            "http://localhost@evil.example/",
            "https://shop.uz:port/",
            "https://shop.uz:99999/",
            "https://[shop.uz]/",
            "java\nscript:alert(1)",
        ] {
            assert_eq!(check(url), Err(ErrorCode::InvalidReturnUrl), "{url}");
        }
    }
}
