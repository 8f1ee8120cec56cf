#![cfg(not(target_family = "wasm"))]
//! The crate as a native Rust program uses it.

mod links;
mod links_like_the_vendor;
mod links_read;
mod money;
mod money_like_a_reference;
mod serialized;
