//! Paylov checkout links: build, read, sign, and draw as QR codes.
//!
//! Source: Paylov's «Creating payment link». A link is a base URL followed by the base64 of a form-encoded query with the
//! merchant, the amount and the account it pays for. Paylov does not sign links, so a payer can decode one and change the
//! amount: only Paylov's callback to the merchant tells what was paid. [`LinkSigner`] signs orders in a format of this
//! project's own, for a merchant's own links.

pub(crate) mod base64;
pub(crate) mod form;
mod json;
mod link;
mod order;
mod parse;
mod qr;
pub(crate) mod signed;
pub(crate) mod url;

#[cfg(feature = "js")]
pub(crate) use link::USUAL_LENGTH;
#[cfg(feature = "js-checkout")]
pub(crate) use link::append_links;
pub use link::{BaseUrl, write_links};
pub use order::CheckoutOrder;
#[cfg(not(feature = "js-lean"))]
pub(crate) use order::check_fields;
pub use parse::{LinkWarning, LinkWarningCode, ParsedLink, parse_checkout_link};
#[cfg(feature = "js-qr")]
pub(crate) use qr::append_qr_svg;
pub use qr::{ErrorCorrection, QrOptions, qr_svg};
pub use signed::{LinkSigner, SigningKey, Timestamp};
