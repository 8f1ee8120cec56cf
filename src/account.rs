//! The form of a service's account: what to ask a payer for, what can be chosen, and what is wrong with what was given.

mod form;
mod pattern;
mod schema;

pub use form::{AccountForm, FieldError, FieldErrorCode, FieldNote, FieldOption, FieldView, build_account};
#[cfg(feature = "js-clients")]
pub(crate) use form::{Finding, above};
#[cfg(feature = "js-clients")]
pub(crate) use schema::{Choice, Field, Schema, SchemaWriter, write_choice};
