//! The sandbox, against the providers' documents and by the truth in its ledger.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

mod accounts;
mod bank;
mod codes;
mod documents;
mod faults;
mod http;
mod ledger;
mod magic;
mod merchant;
mod payments;
mod readme;
mod services;
