//! Payments of Uzbekistan, exact to the tiyin.
//!
//! This crate holds [money](Money) that never touches floating point, [Paylov checkout links](CheckoutOrder),
//! [Paylov's service payments](paylov) and a [bank's payments by requisites](bank). It is plain Rust without I/O, clock or
//! randomness; the npm package `tiyin` is the same code compiled to WebAssembly.
//!
//! ```
//! use tiyin::{CheckoutOrder, Money};
//!
//! let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::som("500")?).account("order_id", "12");
//! assert_eq!(
//!     order.link()?,
//!     "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1\
//!      JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg==",
//! );
//! # Ok::<(), tiyin::Error>(())
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`money`] | amounts: exact parsing, formatting, allocation, conversion |
//! | [`checkout`] | Paylov checkout links: build, read and sign |
//! | [`account`] | the form of a service's account |
//! | [`paylov`] | Paylov's service payments: each endpoint as data |
//! | [`bank`] | a bank's payments by requisites: each endpoint as data, settling an order, statements |
//! | [`requisites`] | whom an order pays: a bank's code, accounts, a taxpayer's number |
//! | [`exchange`] | the course of one call: what is sent, whether again, and what a failure means |
//! | [`endpoint`] | what every endpoint is: how it is addressed, and what it does to money |
//! | [`error`] | what can be wrong with an input or a call, and where |
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(not(feature = "js-lean"))]
pub mod account;
#[cfg(not(feature = "js-lean"))]
mod auth;
#[cfg(not(feature = "js-lean"))]
pub mod bank;
#[cfg(not(feature = "js-lean"))]
mod card;
pub mod checkout;
#[cfg(not(feature = "js-lean"))]
mod encode;
#[cfg(not(feature = "js-lean"))]
pub mod endpoint;
pub mod error;
#[cfg(not(feature = "js-lean"))]
pub mod exchange;
#[cfg(feature = "js")]
#[expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub")]
#[cfg_attr(not(feature = "js-checkout"), allow(dead_code, reason = "a QR code asks for little of it"))]
mod js;
#[cfg(not(feature = "js-lean"))]
mod json;
pub mod money;
#[cfg(not(feature = "js-lean"))]
pub mod paylov;
#[cfg(not(feature = "js-lean"))]
pub mod requisites;
#[cfg(not(feature = "js-lean"))]
mod secret;
mod text;
#[cfg(not(feature = "js-lean"))]
mod wire;

#[cfg(not(feature = "js-lean"))]
pub use account::{AccountForm, build_account};
#[cfg(not(feature = "js-lean"))]
pub use auth::Auth;
#[cfg(not(feature = "js-lean"))]
pub use card::{CardNetwork, Pan, PhoneNumber};
pub use checkout::{
    CheckoutOrder, LinkSigner, LinkWarning, LinkWarningCode, ParsedLink, SigningKey, Timestamp, parse_checkout_link,
};
pub use error::{Error, ErrorCode, Result};
#[cfg(not(feature = "js-lean"))]
pub use error::{NextAction, Outcome, Provider};
pub use money::{Currency, Locale, Money, Rounding, Unit};
#[cfg(not(feature = "js-lean"))]
pub use secret::Secret;
