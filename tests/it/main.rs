//! The crate as a native Rust program uses it.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

mod account;
mod answers;
mod bank;
mod confirm;
mod connection;
mod contradictions;
mod exchange;
mod fixtures;
mod links;
mod links_like_the_vendor;
mod links_read;
mod money;
mod money_like_a_reference;
mod outcomes;
mod paylov;
mod proxied;
mod qr;
mod redacted;
mod serialized;
mod settle;
mod signed;
mod statement;
