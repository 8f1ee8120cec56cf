//! Signed links: made as documented, and refused whatever is changed.

use std::borrow::Cow;

use proptest::prelude::*;
use serde_json::Value;
use tiyin::{CheckoutOrder, Currency, ErrorCode, LinkSigner, Money, SigningKey, Timestamp, Unit};

const MERCHANT: &str = "571c06fb-6c61-4ef7-8567-5511abaf12b5";
const EXPIRY: i64 = 1_790_000_000_000;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).unwrap()
}

fn key(id: &str, byte: u8) -> SigningKey {
    SigningKey::new(id, &[byte; 32]).unwrap()
}

fn signer(keys: &[(&str, u8)]) -> LinkSigner {
    LinkSigner::new(keys.iter().map(|(id, byte)| key(id, *byte)).collect()).unwrap()
}

fn order() -> CheckoutOrder<'static> {
    CheckoutOrder::new(MERCHANT, Money::som("500").unwrap()).account("order_id", "12")
}

fn code<T: std::fmt::Debug>(result: tiyin::Result<T>) -> ErrorCode {
    result.unwrap_err().code()
}

fn fixtures() -> Value {
    serde_json::from_str(include_str!("../fixtures/checkout/signed-links.json")).unwrap()
}

fn from_hex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// The fixtures' keys, the one with this id first.
fn signer_of(fixtures: &Value, first: &Value) -> LinkSigner {
    let mut keys: Vec<_> = fixtures["keys"].as_array().unwrap().iter().collect();
    keys.sort_by_key(|key| key["id"] != *first);
    let made = keys.into_iter().map(|key| {
        let secret = key["secret"].as_str().map(|text| text.as_bytes().to_vec());
        let secret = secret.unwrap_or_else(|| from_hex(key["hex"].as_str().unwrap()));
        SigningKey::new(key["id"].as_str().unwrap(), &secret).unwrap()
    });
    LinkSigner::new(made.collect()).unwrap()
}

fn fields(object: &Value) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let members = object.as_object().unwrap().iter();
    members.map(|(name, value)| (name.as_str().into(), value.as_str().unwrap().into())).collect()
}

fn order_of(value: &Value) -> CheckoutOrder<'_> {
    let currency = |name: &Value| if name == "USD" { Currency::Usd } else { Currency::Uzs };
    let amount = &value["amount"];
    let amount = Money::new(amount["minor"].as_i64().unwrap(), currency(&amount["currency"])).unwrap();
    CheckoutOrder {
        merchant_id: value["merchantId"].as_str().unwrap().into(),
        amount,
        account: fields(&value["account"]),
        return_url: value["returnUrl"].as_str().map(Cow::from),
        convert_to: value.get("convertTo").map(currency),
        wire_unit: value.get("wireUnit").map(|unit| if unit == "minor" { Unit::Minor } else { Unit::Major }),
    }
}

#[test]
fn the_documented_tokens_are_made_and_read() {
    let fixtures = fixtures();
    let cases = fixtures["orders"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let signer = signer_of(&fixtures, &case["key"]);
        let expiry = at(case["expiresAt"].as_i64().unwrap());
        let order = order_of(&case["order"]);
        assert_eq!(signer.sign(&order, expiry).unwrap(), case["token"].as_str().unwrap(), "{}", case["name"]);
        assert_eq!(signer.verify(case["token"].as_str().unwrap(), at(100_000_000_000)).ok(), {
            (expiry > at(100_000_000_000)).then_some(order)
        });
    }
}

#[test]
fn the_documented_return_urls_are_made_and_read() {
    let fixtures = fixtures();
    let cases = fixtures["returnUrls"].as_array().unwrap();
    assert_eq!(cases.len(), 3);
    for case in cases {
        let signer = signer_of(&fixtures, &case["key"]);
        let claims = fields(&case["claims"]);
        let expiry = at(case["expiresAt"].as_i64().unwrap());
        let signed = signer.sign_return_url(case["url"].as_str().unwrap(), &claims, expiry).unwrap();
        assert_eq!(signed, case["signed"].as_str().unwrap(), "{}", case["name"]);
        assert_eq!(signer.verify_return_url(&signed, at(EXPIRY - 1)).unwrap(), claims);
    }
}

#[test]
fn a_link_is_valid_before_its_expiry_and_not_at_it() {
    let signer = signer(&[("a", 1)]);
    let token = signer.sign(&order(), at(EXPIRY)).unwrap();
    assert_eq!(signer.verify(&token, at(EXPIRY - 1)).unwrap(), order());
    assert_eq!(code(signer.verify(&token, at(EXPIRY))), ErrorCode::LinkExpired);
    let url = signer.sign_return_url("https://shop.uz/", &[], at(EXPIRY)).unwrap();
    assert_eq!(signer.verify_return_url(&url, at(EXPIRY - 1)).unwrap(), []);
    assert_eq!(code(signer.verify_return_url(&url, at(EXPIRY))), ErrorCode::LinkExpired);
}

#[test]
fn keys_rotate_the_first_signs_and_all_verify() {
    let old = signer(&[("old", 1)]).sign(&order(), at(EXPIRY)).unwrap();
    let both = signer(&[("new", 2), ("old", 1)]);
    assert!(both.verify(&old, at(EXPIRY - 1)).is_ok());
    let new = both.sign(&order(), at(EXPIRY)).unwrap();
    assert!(new.starts_with("v1.new."));
    assert_eq!(code(signer(&[("old", 1)]).verify(&new, at(EXPIRY - 1))), ErrorCode::UnknownKey);
    assert_eq!(code(signer(&[("new", 3)]).verify(&new, at(EXPIRY - 1))), ErrorCode::SignatureInvalid);
}

#[test]
fn every_single_character_that_changes_is_noticed() {
    let signer = signer(&[("a", 1), ("b", 1)]);
    let token = signer.sign(&order(), at(EXPIRY)).unwrap();
    let url = signer.sign_return_url("https://shop.uz/paid?x=1", &[("n".into(), "1".into())], at(EXPIRY)).unwrap();
    let others = || (' '..='~').chain(['\0', '\n', 'é', '🙂']);
    for changed in others() {
        for (text, is_url) in [(&token, false), (&url, true)] {
            for place in 0..text.len() {
                let mut replaced: String = text[..place].into();
                replaced.push(changed);
                let inserted = format!("{replaced}{}", &text[place..]);
                replaced.push_str(&text[place + 1..]);
                for other in [replaced, inserted, format!("{text}{changed}")] {
                    let now = at(EXPIRY - 1);
                    let refused = if is_url {
                        signer.verify_return_url(&other, now).err()
                    } else {
                        signer.verify(&other, now).err()
                    };
                    assert_eq!(refused.is_none(), other == *text, "{other}");
                }
            }
        }
    }
    for place in 0..token.len() {
        let mut shorter = token.clone();
        shorter.remove(place);
        assert!(signer.verify(&shorter, at(EXPIRY - 1)).is_err(), "{shorter}");
    }
}

#[test]
fn a_change_is_named_after_the_part_it_is_in() {
    let signer = signer(&[("a", 1)]);
    let token = signer.sign(&order(), at(EXPIRY)).unwrap();
    let [_, _, expiry, payload, mac] = token.split('.').collect::<Vec<_>>()[..] else { panic!("{token}") };
    for (changed, expected) in [
        (format!("v2.a.{expiry}.{payload}.{mac}"), ErrorCode::TokenMalformed),
        (format!("v1.b.{expiry}.{payload}.{mac}"), ErrorCode::UnknownKey),
        (format!("v1..{expiry}.{payload}.{mac}"), ErrorCode::UnknownKey),
        (format!("v1.a.{}.{payload}.{mac}", EXPIRY + 1), ErrorCode::SignatureInvalid),
        (format!("v1.a.{expiry}.{payload}A.{mac}"), ErrorCode::SignatureInvalid),
        (format!("v1.a.{expiry}.{payload}.{mac}="), ErrorCode::SignatureInvalid),
        (format!("v1.a.{expiry}.{payload}."), ErrorCode::SignatureInvalid),
        (format!("v1.a.{expiry}.{payload}.{mac}.{mac}"), ErrorCode::SignatureInvalid),
        (format!("v1.a.{expiry}.{payload}"), ErrorCode::TokenMalformed),
        (String::new(), ErrorCode::TokenMalformed),
    ] {
        assert_eq!(code(signer.verify(&changed, at(EXPIRY - 1))), expected, "{changed}");
    }
}

#[test]
fn a_signature_has_one_text_only() {
    let signer = signer(&[("a", 1)]);
    // Whatever is signed, one of these signatures has each of the two characters.
    let tokens: Vec<_> = (0..64).map(|more| signer.sign(&order(), at(EXPIRY + more)).unwrap()).collect();
    for (safe, standard) in [('-', '+'), ('_', '/')] {
        let token = tokens.iter().find(|token| token.rsplit('.').next().unwrap().contains(safe)).unwrap();
        let changed = token.replace(safe, &standard.to_string());
        assert_eq!(code(signer.verify(&changed, at(EXPIRY - 1))), ErrorCode::SignatureInvalid);
    }
}

#[test]
fn an_order_never_passes_as_a_return_url_nor_the_other_way_round() {
    let signer = signer(&[("a", 1)]);
    let token = signer.sign(&order(), at(EXPIRY)).unwrap();
    let url = signer.sign_return_url("https://shop.uz/paid", &[("order".into(), "12".into())], at(EXPIRY)).unwrap();
    let (_, claims) = url.split_once("tiyin=").unwrap();
    for text in [claims, &url] {
        assert!(matches!(
            code(signer.verify(text, at(EXPIRY - 1))),
            ErrorCode::SignatureInvalid | ErrorCode::TokenMalformed
        ));
    }
    for text in [token.clone(), format!("https://shop.uz/paid?tiyin={token}"), format!("?tiyin={token}")] {
        let refused = code(signer.verify_return_url(&text, at(EXPIRY - 1)));
        assert!(matches!(refused, ErrorCode::SignatureInvalid | ErrorCode::TokenMalformed), "{text}");
    }
}

#[test]
fn what_is_added_to_a_return_url_or_taken_away_is_noticed() {
    let signer = signer(&[("a", 1)]);
    let url =
        signer.sign_return_url("https://shop.uz/paid?lang=uz", &[("order".into(), "12".into())], at(EXPIRY)).unwrap();
    let (before, token) = url.split_once("&tiyin=").unwrap();
    for changed in [
        format!("{url}&status=paid"),
        format!("{url}#paid"),
        format!("{url}?"),
        format!("{before}&tiyin={token}&tiyin={token}"),
        format!("https://shop.uz/paid?tiyin={token}"),
        format!("https://evil.uz/paid?lang=uz&tiyin={token}"),
        format!("http://shop.uz/paid?lang=uz&tiyin={token}"),
        format!("https://shop.uz/paid?lang=uz&order=13&tiyin={token}"),
        format!("{before}#tiyin={token}"),
        format!("tiyin={token}"),
        before.into(),
        token.into(),
    ] {
        let refused = code(signer.verify_return_url(&changed, at(EXPIRY - 1)));
        assert!(matches!(refused, ErrorCode::SignatureInvalid | ErrorCode::TokenMalformed), "{changed}");
    }
}

#[test]
fn return_urls_are_those_that_browsers_leave_as_they_are() {
    let signer = signer(&[("a", 1)]);
    let sign = |url: &str| signer.sign_return_url(url, &[], at(EXPIRY));
    for url in [
        "https://shop.uz/",
        "https://a-1.shop.uz./a/b.html?x=%20&y=(1)&z=/../",
        "https://shop.uz:8443/.well-known/..a/...",
        "https://xn--d1acpjx3f.xn--p1ai/",
        "http://localhost:3000/paid",
        "http://localhost:443/",
        "https://shop.uz:80/",
        "http://127.0.0.1:3000/",
    ] {
        assert!(sign(url).is_ok(), "{url}");
    }
    for url in [
        "https://shop.uz",
        "https://shop.uz?x=1",
        "https://Shop.uz/",
        "HTTPS://shop.uz/",
        "https://shop.uz:443/",
        "http://localhost:80/",
        "https://shop.uz:/",
        "https://shop.uz:0443/",
        "https://shop.uz:08443/",
        "https://shop.uz/#top",
        "https://shop.uz#/top",
        "https://shop.uz:8443#/",
        "https://shop.uz:443#%2E%2E/",
        "https://shop.uz/ў",
        "https://дўкон.рф/",
        "https://shop.uz/a/../b",
        "https://shop.uz/./",
        "https://shop.uz/..",
        "https://shop.uz/a/%2E%2e/b",
        "https://shop.uz/%2e/b",
        "https://shop.uz/.%2e",
        "https://shop.uz/a b",
        "https://shop.uz/?x=\"1\"",
        "https://shop.uz/<>",
        "https://shop.uz/?x='",
        "https://shop.uz/{id}",
        "https://shop.uz/a|b",
        "https://shop.uz/^",
        "https://shop.uz/`",
        "https://1.2.3.4/",
        "https://1.2.3.4./",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://010.0.0.1/",
        "https://256.256.256.256/",
        "https://[::1]/",
        "https://[2001:0db8::1]/",
        "https://a[b/",
        "https://a.1/",
        "https://./",
        "https://a_b.uz/",
        "https://sh%6Fp.uz/",
        "/paid",
        "shop.uz/paid",
        "",
    ] {
        let error = sign(url).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidReturnUrl, Some("url")), "{url}");
    }
    assert_eq!(code(sign("https://shop.uz/?tiyin=1")), ErrorCode::DuplicateParameter);
    assert_eq!(code(sign("https://shop.uz/?a=1&tiyin=&b=2")), ErrorCode::DuplicateParameter);
    assert!(sign("https://shop.uz/tiyin=?xtiyin=1&tiyin").is_ok());
    assert_eq!(code(sign("http://shop.uz/")), ErrorCode::InsecureReturnUrl);
    assert_eq!(code(sign("ftp://shop.uz/")), ErrorCode::UnsupportedScheme);
    assert_eq!(code(sign(&format!("https://shop.uz/{}", "a".repeat(65_536)))), ErrorCode::TooLong);
}

#[test]
fn claims_have_names_each_once_and_are_not_endless() {
    let signer = signer(&[("a", 1)]);
    let refused = |claims: &[(Cow<'_, str>, Cow<'_, str>)]| {
        let error = signer.sign_return_url("https://shop.uz/", claims, at(EXPIRY)).unwrap_err();
        (error.code(), error.field().unwrap_or_default().to_owned())
    };
    let claim = |name: &'static str| (Cow::from(name), Cow::from("1"));
    assert_eq!(refused(&[claim("")]), (ErrorCode::EmptyAccountKey, "claims".into()));
    assert_eq!(refused(&[claim("a"), claim("a")]), (ErrorCode::DuplicateParameter, "claims.a".into()));
    assert_eq!(refused(&[("a".into(), "x".repeat(65_536).into())]), (ErrorCode::TooLong, "claims.a".into()));
    let many: Vec<_> = (0..257).map(|place| (Cow::from(place.to_string()), Cow::from(""))).collect();
    assert_eq!(refused(&many), (ErrorCode::TooLong, "claims".into()));
}

#[test]
fn an_order_that_no_link_is_made_of_is_not_signed() {
    let signer = signer(&[("a", 1)]);
    let free = CheckoutOrder { amount: Money::som("0").unwrap(), ..order() };
    assert_eq!(code(signer.sign(&free, at(EXPIRY))), ErrorCode::AmountNotPositive);
    let fraction = CheckoutOrder::new(MERCHANT, Money::som("0.5").unwrap()).account("a", "1").wire_unit(Unit::Major);
    assert_eq!(code(signer.sign(&fraction, at(EXPIRY))), ErrorCode::FractionalSom);
}

#[test]
fn keys_are_named_well_and_hard_to_guess() {
    for id in ["a", "2026-11", "A_z-9", &"k".repeat(64)] {
        assert!(SigningKey::new(id, &[0; 32]).is_ok(), "{id}");
    }
    for id in ["", "a.b", "a b", "ключ", "a=", "a/", "a+", &"k".repeat(65)] {
        let error = SigningKey::new(id, &[0; 32]).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidKeyId, Some("id")), "{id}");
    }
    for secret in [&b""[..], &[0; 31]] {
        let error = SigningKey::new("a", secret).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::SecretTooShort, Some("secret")));
    }
    assert!(SigningKey::new("a", &[1; 1024]).is_ok());
    let error = SigningKey::new("a", &[1; 1025]).unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::TooLong, Some("secret")));
    let keys = |count: usize| LinkSigner::new((0..count).map(|id| key(&id.to_string(), 1)).collect());
    assert!(keys(256).is_ok());
    assert_eq!(code(keys(257)), ErrorCode::TooLong);
    assert_eq!(code(LinkSigner::new(vec![])), ErrorCode::MissingKey);
    let error = LinkSigner::new(vec![key("a", 1), key("b", 1), key("a", 2)]).unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::DuplicateKeyId, Some("keys[2].id")));
}

#[test]
fn moments_are_milliseconds() {
    for millis in [100_000_000_000, EXPIRY, 8_640_000_000_000_000] {
        assert_eq!(at(millis).as_millis(), millis);
    }
    for millis in [i64::MIN, -1, 0, 1_790_000_000, 99_999_999_999, 8_640_000_000_000_001, i64::MAX] {
        assert_eq!(code(Timestamp::from_millis(millis)), ErrorCode::NotMilliseconds, "{millis}");
    }
}

#[test]
fn a_signer_prints_its_keys_ids_and_nothing_else() {
    let signer = LinkSigner::new(vec![SigningKey::new("a", b"0123456789abcdef0123456789abcdef").unwrap()]).unwrap();
    assert_eq!(format!("{signer:?}"), "LinkSigner { keys: [SigningKey { id: \"a\", .. }] }");
}

/// A token over any payload, as only somebody with the key can make it.
fn forged(payload: &str) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let base64 = |bytes: &[u8]| {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1)).collect();
        let symbol = |bits: &[u8]| {
            let value = (0..6).fold(0, |value, place| value << 1 | bits.get(place).copied().unwrap_or_default());
            char::from(ALPHABET[usize::from(value)])
        };
        bits.chunks(6).map(symbol).collect::<String>()
    };
    let signed = format!("v1.a.{EXPIRY}.{}", base64(payload.as_bytes()));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&[1; 32]).unwrap();
    mac.update(format!("tiyin-order:{signed}").as_bytes());
    format!("{signed}.{}", base64(&mac.finalize().into_bytes()))
}

#[test]
fn what_another_program_signs_is_an_order_or_refused() {
    let verify = |payload: &str| signer(&[("a", 1)]).verify(&forged(payload), at(EXPIRY - 1));
    let query = format!("merchant_id={MERCHANT}&amount=500&account.order_id=12");
    assert_eq!(verify(&query).unwrap(), order());
    for payload in [
        "",
        "amount=500",
        &format!("merchant_id={MERCHANT}&amount=500"),
        "merchant_id=12&amount=500&account.order_id=12",
        &format!("{query}&amout_in_tiyin=True"),
        &format!("{query}&amount=500"),
        &format!("{query}&return_url=http%3A%2F%2Fshop.uz"),
        &format!("{query}&account.note=%zz"),
        &format!("{{\"merchant_id\":\"{MERCHANT}\",\"amount\":500,\"account\":{{\"order_id\":\"12\"}}}}"),
    ] {
        assert_eq!(code(verify(payload)), ErrorCode::TokenMalformed, "{payload}");
    }
}

proptest! {
    #[test]
    fn what_is_signed_is_what_is_verified(
        minor in 1..=9_007_199_254_740_991_i64,
        dollars: bool,
        account in proptest::collection::btree_map(".{1,12}", ".{0,24}", 1..5),
        expiry in 100_000_000_001..=8_640_000_000_000_000_i64,
        secret: [u8; 40],
    ) {
        let currency = if dollars { Currency::Usd } else { Currency::Uzs };
        let account: Vec<(Cow<'_, str>, Cow<'_, str>)> =
            account.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let order = CheckoutOrder { amount: Money::new(minor, currency).unwrap(), account, ..order() };
        let signer = LinkSigner::new(vec![SigningKey::new("k", &secret).unwrap()]).unwrap();

        let token = signer.sign(&order, at(expiry)).unwrap();
        prop_assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)));
        let verified = signer.verify(&token, at(expiry - 1)).unwrap();
        prop_assert_eq!(&verified, &order);
        prop_assert_eq!(verified.link().unwrap(), order.link().unwrap());

        let url = signer.sign_return_url("https://shop.uz/paid", &order.account, at(expiry)).unwrap();
        prop_assert_eq!(signer.verify_return_url(&url, at(expiry - 1)).unwrap(), order.account);
    }
}
