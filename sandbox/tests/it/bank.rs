//! The bank's payments by requisites.

mod documents;
mod faults;
mod http;
mod ledger;
mod magic;
mod orders;
mod partner;
mod readme;
mod statements;
