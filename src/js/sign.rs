//! Signed links for JavaScript.
//!
//! A `LinkSigner` keeps its keys as one text, which it gives to each call: nothing of a signer stays in the module, so a
//! signer works on after a trap, and there is nothing to free (docs/adr/0008-a-signer-keeps-its-keys.md).

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::checkout::{read_account, read_order};
use super::input::Reader;
use super::json;
use super::output::plain;
use crate::checkout::CheckoutOrder;
use crate::checkout::signed::{self, Purpose, SigningKey, Timestamp, Token};
use crate::error::{ErrorCode, Result};
use crate::text::{cut, from_hex, hex_digit};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
/**
 * A key to sign and to verify with.
 */
export interface SigningKey {
    /**
     * The name that tokens carry: 1 to 64 ASCII letters, digits, `_` and `-`.
     */
    id: string;
    /**
     * 32 to 1,024 bytes, best random ones; of a string its UTF-8.
     */
    secret: string | Uint8Array;
}

/**
 * Until when a link is valid: a `Date`, or milliseconds.
 */
export interface SignOptions {
    expiresAt: Date | number;
}

/**
 * The moment to compare with the expiry, `Date.now()` without it: a `Date`, or milliseconds.
 */
export interface VerifyOptions {
    now?: Date | number | undefined;
}

/**
 * Signs orders and return URLs so that nobody without a key can make or change one, and verifies them. For workers and
 * servers: a page must not have the keys.
 *
 * The first key signs, all of them verify: to rotate, put a new key before the old one, and drop the old one when its
 * last link has expired. The format is documented for other languages, in the repository's `docs/signed-links.md`.
 *
 * @example
 * const signer = new LinkSigner([{ id: "2026-11", secret: "a secret of 32 bytes or more: ✓✓" }]);
 * const order = { merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", amount: som(500), account: { order_id: "12" } };
 * const token = signer.sign(order, { expiresAt: Date.now() + 3600_000 });
 * signer.verify(token).amount; // { minor: 50000, currency: "UZS" }
 */
export class LinkSigner {
    /**
     * @throws {TiyinError} `missing_key`, `secret_too_short`, `invalid_key_id`, `duplicate_key_id`, `too_long`
     */
    constructor(keys: readonly SigningKey[]);

    /**
     * A token for an order: text that an address can carry.
     *
     * @throws {TiyinError} as `checkoutLink`; `not_milliseconds` for a number of seconds
     */
    sign(order: CheckoutOrder, options: SignOptions): string;

    /**
     * The order of a token. It says that somebody with a key made this order, not that anything was paid.
     *
     * @throws {TiyinError} `signature_invalid`, `link_expired`, `unknown_key`, `token_malformed`
     */
    verify(token: string, options?: VerifyOptions): CheckoutOrder;

    /**
     * The URL with claims about the payment in a parameter `tiyin` at its end. The URL is one that browsers leave as it
     * is: with a path, percent-encoded, the host by name and in lower case, without a fragment.
     *
     * @throws {TiyinError} `invalid_return_url`, `insecure_return_url`, `unsupported_scheme`, `not_milliseconds`,
     * `duplicate_parameter` where it has a `tiyin` already, `empty_account_key` for a claim without a name, `too_long`
     * @example
     * const signer = new LinkSigner([{ id: "2026-11", secret: "a secret of 32 bytes or more: ✓✓" }]);
     * const url = signer.signReturnUrl("https://shop.uz/paid", { order: "12" }, { expiresAt: Date.now() + 3600_000 });
     * signer.verifyReturnUrl(url); // { order: "12" }
     */
    signReturnUrl(url: string, claims: Record<string, string>, options: SignOptions): string;

    /**
     * The claims of a return URL, given as the payer's browser has it. They say that somebody with a key made this URL,
     * not that anything was paid; a URL to which anything was added is refused.
     *
     * @throws {TiyinError} as `verify`
     */
    verifyReturnUrl(url: string, options?: VerifyOptions): Record<string, string>;
}
"#;

/// Checks keys, and gives them as the text that the others take first: each as `id=secret` and a space, the secret in
/// hexadecimal digits.
pub(super) fn keys(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let mut ids = Vec::new();
    let mut text = plain("");
    arguments.whole("keys").start_list();
    while arguments.has_item() {
        let (mut id, mut secret) = ("", Vec::new());
        arguments.start_object();
        let mut found = 0;
        while let Some(member) = arguments.known_member("id secret", 2, &mut found) {
            match member {
                0 => id = arguments.text(),
                _ => secret = arguments.bytes(),
            }
        }
        if let Err(error) = SigningKey::check(id, &secret) {
            arguments.refuse(error);
        }
        ids.push(id);
        text.extend_from_slice(id.as_bytes());
        text.push(b'=');
        for byte in &secret {
            text.extend([hex_digit(byte >> 4), hex_digit(*byte)]);
        }
        text.push(b' ');
    }
    signed::check_ids(&ids).map(|()| text)
}

pub(super) fn sign(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let keys = arguments.whole("this").text();
    let order = read_order(arguments.whole("order"));
    let expires_at = read_expiry(arguments);
    let mut token = plain("");
    signed::sign_order(&first(keys)?, &order, expires_at, &mut token)?;
    Ok(token)
}

pub(super) fn verify(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    Ok(json::order(&verified(arguments, Purpose::Order, "token")?))
}

pub(super) fn sign_return_url(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let keys = arguments.whole("this").text();
    let url = arguments.whole("url").text();
    let mut claims = Vec::new();
    read_account(arguments.argument("claims"), &mut claims);
    let expires_at = read_expiry(arguments);
    let mut signed = plain("");
    signed::sign_return_url(&first(keys)?, url, &claims, expires_at, &mut signed)?;
    Ok(signed)
}

pub(super) fn verify_return_url(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    Ok(json::fields(&verified(arguments, Purpose::ReturnUrl, "url")?.account))
}

fn verified(arguments: &mut Reader<'_>, purpose: Purpose, name: &'static str) -> Result<CheckoutOrder<'static>> {
    let keys = arguments.whole("this").text();
    let text = arguments.whole(name).text();
    let now = read_now(arguments);
    arguments.whole(name);
    let token = Token::find(purpose, text)?;
    token.verified(find(keys, token.id).as_ref(), now)
}

/// The first of the keys, which signs.
fn first(keys: &str) -> Result<SigningKey> {
    let (id, _) = cut(keys.as_bytes(), b"=");
    find(keys, id).ok_or_else(|| ErrorCode::Internal.into())
}

/// The key of an id.
fn find(keys: &str, wanted: &[u8]) -> Option<SigningKey> {
    let mut rest = keys.as_bytes();
    loop {
        let (id, secret) = cut(rest, b"=");
        let (secret, tail) = cut(secret, b" ");
        if id == wanted {
            return SigningKey::new(str::from_utf8(id).unwrap_or_default(), &from_hex(secret.get(1..)?)).ok();
        }
        rest = tail.get(1..)?;
    }
}

fn read_expiry(arguments: &mut Reader<'_>) -> Timestamp {
    read_option(arguments, "expiresAt", 1).unwrap_or(Timestamp::EARLIEST)
}

fn read_now(arguments: &mut Reader<'_>) -> Timestamp {
    let given = arguments.whole("options").optional().and_then(|options| read_option(options, "now", 0));
    given.unwrap_or_else(|| read_moment(arguments.whole("now")))
}

/// The moment that is an options object's only member.
fn read_option(options: &mut Reader<'_>, name: &'static str, required: u32) -> Option<Timestamp> {
    let mut moment = None;
    options.whole("options").start_object();
    let mut found = 0;
    while options.known_member(name, required, &mut found).is_some() {
        moment = Some(read_moment(options));
    }
    moment
}

fn read_moment(value: &mut Reader<'_>) -> Timestamp {
    Timestamp::from_millis(value.millis()).unwrap_or_else(|error| {
        value.refuse(error);
        Timestamp::EARLIEST
    })
}
