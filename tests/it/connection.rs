//! Where a call goes, and with which headers.

use tiyin::error::{NextAction, Outcome};
use tiyin::exchange::{Call, Connection, Exchange, Request};
use tiyin::paylov::{GetStatus, Pay};
use tiyin::{Auth, ErrorCode};

use crate::paylov::{CARD, KEY, NOW, PAYMENT, create, direct};

const RANDOM: [u8; 16] = [0, 1, 2, 3, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xf0, 0x0f, 12, 13, 14, 255];

fn proxied() -> Connection<'static> {
    Connection::new("https://shop.uz/api/paylov").unwrap()
}

fn pay(connection: &Connection<'_>, idempotency_key: Option<&str>) -> tiyin::Result<Request> {
    let call = Call { now: NOW, random: RANDOM, idempotency_key, ..Call::default() };
    Exchange::new(&Pay::new(PAYMENT, CARD), connection, &call).map(|exchange| exchange.request().clone())
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

fn names(request: &Request) -> Vec<&str> {
    request.headers.iter().map(|(name, _)| &**name).collect()
}

#[test]
fn a_provider_gets_its_credential_and_nothing_else() {
    let request = pay(&direct(), None).unwrap();
    assert_eq!(names(&request), ["api-key", "content-type"]);
    assert_eq!((header(&request, "api-key"), header(&request, "content-type")), (Some(KEY), Some("application/json")));
    let bearer = Connection::new("https://gw.paylov.uz").unwrap().auth(Auth::bearer("t.o-k_e/n").unwrap());
    let request = pay(&bearer, None).unwrap();
    assert_eq!(names(&request), ["authorization", "content-type"]);
    assert_eq!(header(&request, "authorization"), Some("Bearer t.o-k_e/n"));
}

#[test]
fn a_proxy_gets_no_credential_but_a_fresh_key_for_what_is_no_read() {
    let request = pay(&proxied(), None).unwrap();
    assert_eq!(names(&request), ["content-type", "idempotency-key"]);
    assert_eq!(header(&request, "idempotency-key"), Some("00010203456789ABCDEFF00F0C0D0EFF"));
    assert_eq!(request.url, "https://shop.uz/api/paylov/servicePayment/pay/");
    let call = Call { now: NOW, random: RANDOM, ..Call::default() };
    let created = Exchange::new(&create(), &proxied(), &call).unwrap();
    assert!(header(created.request(), "idempotency-key").is_some());
    let read = Exchange::new(&GetStatus::new(PAYMENT), &proxied(), &call).unwrap();
    assert_eq!(read.request().headers, []);
}

#[test]
fn a_key_that_is_given_is_sent_as_it_is() {
    for key in ["order-12", "a", "!~", &"k".repeat(128)] {
        assert_eq!(header(&pay(&proxied(), Some(key)).unwrap(), "idempotency-key"), Some(key));
        assert_eq!(header(&pay(&direct(), Some(key)).unwrap(), "idempotency-key"), Some(key));
    }
    let call = Call { now: NOW, idempotency_key: Some("order-12"), ..Call::default() };
    let read = Exchange::new(&GetStatus::new(PAYMENT), &proxied(), &call).unwrap();
    assert_eq!(header(read.request(), "idempotency-key"), None);
}

#[test]
fn a_key_that_no_header_can_carry_is_refused_before_anything_is_sent() {
    for key in ["", " ", "a b", "a\r\nx: y", "ў", "\0", "\x7f", &"k".repeat(129)] {
        let error = pay(&proxied(), Some(key)).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidHeader, Some("idempotencyKey")), "{key:?}");
        assert_eq!((error.outcome(), error.next_action()), (Some(Outcome::NotExecuted), Some(NextAction::FixInput)));
    }
}

#[test]
fn further_headers_are_sent_in_lower_case() {
    let mut connection = proxied();
    connection.header("X-Session".into(), "a b~!".into()).unwrap();
    connection.header("x_shop".into(), "".into()).unwrap();
    let request = pay(&connection, Some("k")).unwrap();
    assert_eq!(names(&request), ["content-type", "x-session", "x_shop", "idempotency-key"]);
    assert_eq!((header(&request, "x-session"), header(&request, "x_shop")), (Some("a b~!"), Some("")));
}

#[test]
fn a_providers_credential_is_no_further_header_however_its_name_is_written() {
    for name in [
        "authorization",
        "Authorization",
        "AUTHORIZATION",
        "api-key",
        "Api-Key",
        "API-KEY",
        "auth",
        "Auth",
        "card-token",
        "Card-Token",
    ] {
        for mut connection in [proxied(), direct()] {
            let error = connection.header(name.into(), "x".into()).unwrap_err();
            assert_eq!(error.code(), ErrorCode::CredentialNotAllowed, "{name}");
            assert_eq!(error.field(), Some(&*format!("headers.{name}")));
            assert!(header(&pay(&connection, None).unwrap(), &name.to_lowercase()).is_none_or(|value| value != "x"));
        }
    }
}

#[test]
fn what_is_set_otherwise_or_cannot_be_sent_is_no_further_header() {
    for (name, value) in [
        ("content-type", "text/plain"),
        ("Content-Type", "text/plain"),
        ("CONTENT-LENGTH", "1"),
        ("Host", "evil.example"),
        ("Idempotency-Key", "k"),
        ("", "x"),
        ("a b", "x"),
        ("a:b", "x"),
        ("a\r\nb", "x"),
        ("ў", "x"),
        ("x", "a\r\nb: c"),
        ("x", "a\nb"),
        ("x", "\0"),
        ("x", "\t"),
        ("x", "\x7f"),
        ("x", "ў"),
    ] {
        let error = proxied().header(name.into(), value.into()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidHeader, "{name:?}: {value:?}");
        assert!(error.field().unwrap().starts_with("headers"));
    }
}

#[test]
fn a_credential_that_no_header_can_carry_is_refused_and_not_repeated() {
    for text in ["", "a b", "key\r\nx: y", "ключ", "\0"] {
        for (error, field) in
            [(Auth::api_key(text).unwrap_err(), "apiKey"), (Auth::bearer(text).unwrap_err(), "bearer")]
        {
            assert_eq!((error.code(), error.field()), (ErrorCode::InvalidHeader, Some(field)), "{text:?}");
            assert!(text.is_empty() || !error.message().contains(text));
        }
    }
}

#[test]
fn a_base_url_is_an_absolute_https_address() {
    for (base, url) in [
        ("https://gw.paylov.uz", "https://gw.paylov.uz/"),
        ("https://gw.paylov.uz/", "https://gw.paylov.uz/"),
        ("https://shop.uz:8443/api/paylov", "https://shop.uz:8443/api/paylov/"),
        ("https://shop.uz/api/paylov/", "https://shop.uz/api/paylov/"),
        ("http://localhost:8788/paylov", "http://localhost:8788/paylov/"),
        ("http://127.0.0.1:8788", "http://127.0.0.1:8788/"),
    ] {
        let call = Call { now: NOW, ..Call::default() };
        let exchange = Exchange::new(&Pay::new(PAYMENT, CARD), &Connection::new(base).unwrap(), &call).unwrap();
        assert_eq!(exchange.request().url, format!("{url}servicePayment/pay/"));
    }
    for base in [
        "",
        "/api",
        "gw.paylov.uz",
        "//gw.paylov.uz",
        "http://gw.paylov.uz",
        "ftp://gw.paylov.uz",
        "https://",
        "https://gw.paylov.uz?x=1",
        "https://gw.paylov.uz/#x",
        "https://user:key@gw.paylov.uz",
        "https://gw.paylov.uz\\x",
        "https://gw.paylov.uz/a b",
        "https://gw.paylov.uz/\r\n",
        "javascript:0",
    ] {
        let error = Connection::new(base).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidBaseUrl, Some("baseUrl")), "{base}");
    }
}

#[test]
fn a_connection_has_thirty_seconds_and_two_more_tries() {
    let connection = proxied();
    assert_eq!((connection.timeout_ms, connection.retries), (30_000, 2));
}

#[test]
fn a_header_is_given_once_and_is_no_transports_own() {
    let mut connection = proxied();
    connection.header("X-Session".into(), "a".into()).unwrap();
    for name in ["x-session", "Transfer-Encoding", "connection", "Expect"] {
        assert_eq!(connection.header(name.into(), "b".into()).unwrap_err().code(), ErrorCode::InvalidHeader, "{name}");
    }
}

#[test]
fn a_host_of_numbers_is_an_address_or_refused_since_nothing_could_be_sent_there() {
    for host in ["1.2.3.4", "127.0.0.1", "255.255.255.255", "0.0.0.0", "1.2.3.4.", "1.2.3.4:8443", "[2001:db8::1]"] {
        assert!(Connection::new(&format!("https://{host}/api")).is_ok(), "{host}");
    }
    for host in ["gw.paylov.uz", "3g", "4.uz", "1.2.3.a", "2.3.4a", "xn--80ao21a", "localhost"] {
        assert!(Connection::new(&format!("https://{host}")).is_ok(), "{host}");
    }
    for host in [
        "1.2.3.4.5",
        "1.2.3.999",
        "1.2.3",
        "1",
        "256.1.1.1",
        "1.2.3.08",
        "01.2.3.4",
        "1..2.3",
        "a.1",
        "1.2.3.4.5.",
        "1.2.3.4.5:80",
    ] {
        let error = Connection::new(&format!("https://{host}/api")).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidBaseUrl, Some("baseUrl")), "{host}");
    }
}
