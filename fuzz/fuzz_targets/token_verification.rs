//! Any text as a token and as a signed return URL, and what was signed with parts of it changed.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use tiyin::{CheckoutOrder, Currency, LinkSigner, Money, SigningKey, Timestamp};

const MERCHANT: &str = "571c06fb-6c61-4ef7-8567-5511abaf12b5";

/// A signer, an order's token and a return URL of its making, and a moment at which both are valid.
struct Signed {
    signer: LinkSigner,
    token: String,
    url: String,
    now: Timestamp,
}

static SIGNED: LazyLock<Signed> = LazyLock::new(|| signed().unwrap());

fn signed() -> tiyin::Result<Signed> {
    let signer = LinkSigner::new(vec![
        SigningKey::new("2026-11", b"0123456789abcdef0123456789abcdef")?,
        SigningKey::new("2026-10", &[0; 32])?,
    ])?;
    let order = CheckoutOrder::new(MERCHANT, Money::som("500")?).account("order_id", "12");
    let expires_at = Timestamp::from_millis(1_790_000_000_000)?;
    let token = signer.sign(&order, expires_at)?;
    let url = signer.sign_return_url("https://shop.uz/paid", &[("order".into(), "12".into())], expires_at)?;
    Ok(Signed { signer, token, url, now: Timestamp::from_millis(1_789_999_999_999)? })
}

/// What a signed order or a return URL may be made of.
#[derive(Arbitrary, Debug)]
struct Input<'a> {
    name: &'a str,
    value: &'a str,
    path: &'a str,
    minor: i64,
    dollars: bool,
    returns: bool,
    converts: bool,
    from: u16,
    length: u16,
}

fuzz_target!(|input: (&str, Input)| {
    let (text, parts) = input;
    check(text);
    for whole in [&SIGNED.token, &SIGNED.url] {
        check(&replaced(whole, text, parts.from, parts.length));
    }
    round_trip(&parts);
});

/// Nothing but what was signed is verified: nobody finds a signature.
fn check(text: &str) {
    let Signed { signer, token, url, now } = &*SIGNED;
    assert_eq!(signer.verify(text, *now).is_ok(), text == token, "{text}");
    assert_eq!(signer.verify_return_url(text, *now).is_ok(), text == url, "{text}");
}

/// A text with a part of it replaced.
fn replaced(whole: &str, by: &str, from: u16, length: u16) -> String {
    let from = usize::from(from) % whole.len();
    let to = whole.len().min(from + usize::from(length) % 64);
    format!("{}{by}{}", &whole[..from], &whole[to..])
}

/// Whatever can be signed comes back.
fn round_trip(parts: &Input) {
    let Signed { signer, now, .. } = &*SIGNED;
    let expires_at = Timestamp::from_millis(1_790_000_000_000).unwrap();
    let currency = if parts.dollars { Currency::Usd } else { Currency::Uzs };
    let Ok(amount) = Money::new(parts.minor, currency) else { return };
    let url = format!("https://shop.uz/{}", parts.path);
    let mut order = CheckoutOrder::new(MERCHANT, amount).account(parts.name, parts.value);
    order.return_url = parts.returns.then(|| url.as_str().into());
    order.convert_to = parts.converts.then_some(Currency::Usd);
    match signer.sign(&order, expires_at) {
        Ok(token) => assert_eq!(signer.verify(&token, *now), Ok(order)),
        Err(error) => assert_eq!(order.link(), Err(error)),
    }
    let claims = [(parts.name.into(), parts.value.into())];
    if let Ok(url) = signer.sign_return_url(&url, &claims, expires_at) {
        assert_eq!(signer.verify_return_url(&url, *now), Ok(claims.into()));
    }
}
