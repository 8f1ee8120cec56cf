//! Any text as a token and as a signed return URL, and what was signed with parts of it changed.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tiyin::{CheckoutOrder, LinkSigner, Money, SigningKey, Timestamp};

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
    let signer = LinkSigner::new(vec![SigningKey::new("new", &[1; 32])?, SigningKey::new("old", &[2; 32])?])?;
    let order = CheckoutOrder::new(MERCHANT, Money::som("500")?).account("order_id", "12");
    let expires_at = Timestamp::from_millis(1_790_000_000_000)?;
    let token = signer.sign(&order, expires_at)?;
    let url = signer.sign_return_url("https://shop.uz/paid", &[("order".into(), "12".into())], expires_at)?;
    Ok(Signed { signer, token, url, now: Timestamp::from_millis(1_789_999_999_999)? })
}

fuzz_target!(|input: (&str, u16, u16)| {
    let (text, from, length) = input;
    check(text);
    let [token, url] = [&SIGNED.token, &SIGNED.url].map(|whole| replaced(whole, text, from, length));
    check(&token);
    check(&url);
    round_trip(text);
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
fn round_trip(text: &str) {
    let Signed { signer, now, .. } = &*SIGNED;
    let expires_at = Timestamp::from_millis(1_790_000_000_000).unwrap();
    let order = CheckoutOrder::new(MERCHANT, Money::som("500").unwrap()).account(text, text).return_url(text);
    if let Ok(token) = signer.sign(&order, expires_at) {
        assert_eq!(signer.verify(&token, *now), Ok(order));
    }
    if let Ok(url) = signer.sign_return_url(text, &[(text.into(), text.into())], expires_at) {
        assert_eq!(signer.verify_return_url(&url, *now), Ok(vec![(text.into(), text.into())]));
    }
}
