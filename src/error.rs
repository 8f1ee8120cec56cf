//! What can be wrong with an input or a call, and where.

#[cfg(not(feature = "js-lean"))]
mod call;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer};

#[cfg(not(feature = "js-lean"))]
pub(crate) use call::Facts;
#[cfg(not(feature = "js-lean"))]
use call::grouped_card;
#[cfg(not(feature = "js-lean"))]
pub use call::{NextAction, Outcome, Provider};

use crate::text::{halves, into_string, nth, write_number};

/// The result of everything in this crate that can refuse its input.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// The stable name of one kind of failure.
///
/// New codes come with minor versions, so a `match` needs a wildcard arm.
///
/// ```
/// use tiyin::{ErrorCode, Money};
///
/// let error = Money::som("0.30000000000000004").unwrap_err();
/// assert_eq!(error.code(), ErrorCode::TooManyDecimals);
/// assert_eq!(error.code().as_str(), "too_many_decimals");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
#[cfg_attr(feature = "js-types", serde(rename_all = "snake_case"))]
pub enum ErrorCode {
    /// Another type than the one expected.
    InvalidType,
    /// A member that is not known: a misspelled option must not be dropped silently.
    UnknownField,
    /// A required member is absent.
    MissingField,
    /// A value that could not be read: a getter threw or a proxy was revoked.
    Unreadable,
    /// Longer than is accepted.
    TooLong,
    /// Text with half of a surrogate pair, which has no UTF-8 form.
    LoneSurrogate,
    /// None of the accepted words.
    NotAnOption,
    /// An amount without a single character.
    EmptyAmount,
    /// An amount that is not a plain decimal number.
    MalformedAmount,
    /// The number `NaN`.
    NotANumber,
    /// An infinite number.
    NotFinite,
    /// A number in scientific notation.
    Exponent,
    /// More decimals than the currency has.
    TooManyDecimals,
    /// Beyond ±9,007,199,254,740,991 minor units.
    AmountOutOfRange,
    /// A separator that could group thousands or divide decimals.
    AmbiguousAmount,
    /// Two currencies where one was needed.
    CurrencyMismatch,
    /// A fraction where a whole number belongs.
    NotAnInteger,
    /// Weights that nothing can be divided by.
    InvalidWeights,
    /// An exchange rate that is not a positive decimal number.
    InvalidRate,
    /// An order over nothing, or less.
    AmountNotPositive,
    /// A tiyin part where only whole som can be written.
    FractionalSom,
    /// A cent part where only whole dollars can be written.
    FractionalDollar,
    /// A merchant id that is not a UUID.
    NotAUuid,
    /// An order without account fields.
    MissingAccount,
    /// An account field without a name.
    EmptyAccountKey,
    /// A return URL that would carry the payer over plain HTTP.
    InsecureReturnUrl,
    /// A return URL of another scheme than `https`.
    UnsupportedScheme,
    /// A return URL that is not an absolute address.
    InvalidReturnUrl,
    /// A base URL that no link can be appended to.
    InvalidBaseUrl,
    /// Text that is no checkout link.
    MalformedLink,
    /// A link without one of its required parameters.
    MissingParameter,
    /// A link that gives one parameter twice.
    DuplicateParameter,
    /// A link's parameter with a value that has no meaning.
    InvalidParameter,
    /// The environment does not let WebAssembly start.
    WasmUnavailable,
    /// The module's bytes did not arrive as they were published.
    ModuleCorrupted,
    /// A defect of this library.
    Internal,
    /// A token or URL that was not signed with the key it names, or was changed since.
    SignatureInvalid,
    /// A token or URL past its expiry.
    LinkExpired,
    /// A token of a key that the signer does not have.
    UnknownKey,
    /// Text that is no token of this kind.
    TokenMalformed,
    /// A signer without a key.
    MissingKey,
    /// A key's id that no token can carry.
    InvalidKeyId,
    /// Two keys of one id.
    DuplicateKeyId,
    /// A secret that could be guessed.
    SecretTooShort,
    /// A moment that is not in milliseconds: most likely in seconds, or beyond any date.
    NotMilliseconds,
    /// A QR code's margin that is negative, or larger than the code.
    InvalidMargin,
    /// The caller gave up waiting.
    Aborted,
    /// No answer within the time for it.
    TimedOut,
    /// The request or its answer was lost: no connection, or one that the environment does not allow.
    NetworkError,
    /// An environment without `fetch`, where none was given.
    FetchUnavailable,
    /// A request that the platform would not make, so that nothing was sent.
    RequestNotMade,
    /// A `fetch` that gives something else than an answer.
    NotAResponse,
    /// A redirect, which is never followed.
    Redirected,
    /// An answer without a body.
    EmptyAnswer,
    /// An answer that is not JSON.
    NotJson,
    /// An answer that broke off.
    TruncatedAnswer,
    /// An answer that is longer than is read.
    AnswerTooLarge,
    /// JSON of another shape than the method's answer.
    UnexpectedAnswer,
    /// An HTTP status that the method does not have.
    UnexpectedStatus,
    /// What the provider answers to a failure; its own code says which.
    ProviderError,
    /// Too many requests.
    RateLimited,
    /// A failure of the server's own.
    ServerError,
    /// A refusal of the proxy's, of a kind that is not known here.
    ProxyRefused,
    /// A provider's credential where none may be.
    CredentialNotAllowed,
    /// A header that cannot be sent, or is set otherwise.
    InvalidHeader,
    /// A number beyond what is accepted.
    OutOfRange,
    /// Text without a single character.
    EmptyText,
    /// An id that would change the path it is put into.
    InvalidId,
    /// Text that is no telephone number of Uzbekistan.
    InvalidPhone,
    /// An account that lacks something, or has a value that its service does not take.
    #[cfg(not(feature = "js-lean"))]
    AccountIncomplete,
    /// A service with a field that depends on one that is not there.
    #[cfg(not(feature = "js-lean"))]
    UnknownDependency,
    /// A service with a field that depends on itself, by others or not.
    #[cfg(not(feature = "js-lean"))]
    CyclicDependency,
    /// A service with two fields of one name.
    #[cfg(not(feature = "js-lean"))]
    DuplicateField,
    /// A number of another length than its kind has, or with something else than digits.
    #[cfg(not(feature = "js-lean"))]
    InvalidDigits,
    /// Text with a character that cannot be printed.
    #[cfg(not(feature = "js-lean"))]
    UnprintableText,
    /// Text that is no date of the calendar.
    #[cfg(not(feature = "js-lean"))]
    InvalidDate,
    /// Another order than the one that was given under this id before.
    #[cfg(not(feature = "js-lean"))]
    OrderMismatch,
}

impl ErrorCode {
    /// The code as it is written everywhere outside Rust: `too_many_decimals`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.entry().0
    }

    /// What was wrong and what is accepted, in one English sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.entry().1
    }

    const fn entry(self) -> (&'static str, &'static str) {
        match (self as usize).checked_sub(Self::SignatureInvalid as usize) {
            Some(place) => halves(nth(LATER_ENTRIES, b'\n', place), b' '),
            None => entry(self as usize),
        }
    }
}

/// A line for each code, in the order of [`ErrorCode`]: its name and its message. The flaws of links that are no errors
/// follow, in the order of [`LinkWarningCode`](crate::LinkWarningCode).
///
/// One text, since a table of slices is bigger than the loops that find a line.
const ENTRIES: &str = "\
invalid_type another type was expected
unknown_field not known here; check the spelling
missing_field required
unreadable reading it threw; give plain data
too_long longer than accepted
lone_surrogate half of a surrogate pair
not_an_option none of the accepted words
empty_amount empty; write digits, as in 1500.50
malformed_amount not a decimal number, as in 1500.50
not_a_number NaN; give a number
not_finite infinite; give a number
exponent scientific notation; write digits
too_many_decimals som and dollars have two, tiyin and cents none; round first
amount_out_of_range beyond 2^53 - 1 minor units
ambiguous_amount the separator could group or divide; write 1000 or 1000.00
currency_mismatch two currencies; convert one first
not_an_integer a whole number was expected
invalid_weights give at least one, none negative, not all zero
invalid_rate give UZS for 1 USD as positive decimal text, 18 digits at most
amount_not_positive must be above zero
fractional_som not whole som
fractional_dollar not whole dollars
not_a_uuid not a UUID
missing_account give at least one field, as in order_id
empty_account_key a field needs a name
insecure_return_url use https; http only for localhost and 127.0.0.1
unsupported_scheme use https
invalid_return_url give an absolute https address without spaces or user name
invalid_base_url give an absolute https address without query
malformed_link a base URL and a base64 query were expected
missing_parameter required in a checkout link
duplicate_parameter given twice
invalid_parameter not a value of this parameter
wasm_unavailable no WebAssembly
module_corrupted changed
internal a defect of tiyin; please report it
unencoded_query not percent-encoded; & and + in a value are read as something else
json_payload JSON; Paylov documents a form-encoded query
nonstandard_base64 not standard base64 with padding
unknown_parameter not documented by Paylov; left out
malformed_percent % without two hexadecimal digits; kept
foreign_base_url leads elsewhere than to my.paylov.uz
";

/// Until [`ErrorCode::InvalidMargin`].
macro_rules! signing_entries {
    () => {
        "\
signature_invalid not signed with this key, or changed since
link_expired its time is over
unknown_key signed with a key that is not here
token_malformed not a token for this
missing_key give at least one
invalid_key_id 1 to 64 letters, digits, _ and -
duplicate_key_id each key needs its own
secret_too_short give at least 32 bytes
not_milliseconds give a Date, or milliseconds from 1973 on; seconds are too small
invalid_margin a whole number from 0 to 64
"
    };
}

/// The same lines without words: the module of clients that cannot sign gives none of these codes.
macro_rules! no_signing_entries {
    () => {
        "\n\n\n\n\n\n\n\n\n\n"
    };
}

/// From [`ErrorCode::Aborted`] on: what calls of providers have.
macro_rules! client_entries {
    () => {
        "\
aborted the caller aborted it
timed_out no answer in time
network_error fetch failed: no connection, or the page may not reach this address
fetch_unavailable no fetch here; give one in the configuration
request_not_made new Request failed, so nothing was sent; check baseUrl, and that Request is the platform's
not_a_response fetch must give a Response
redirected a redirect, which is not followed; check baseUrl
empty_answer nothing was answered
not_json not JSON; check baseUrl
truncated_answer the answer broke off
answer_too_large longer than is read
unexpected_answer not what this method answers
unexpected_status not an HTTP status of this method; check baseUrl
provider_error refused by the provider
rate_limited too many requests
server_error the server failed
proxy_refused refused by the proxy
credential_not_allowed not here; clients of tiyin/server take auth, and pages reach them through a proxy
invalid_header not a header that can be set
out_of_range beyond what is accepted
empty_text give at least one character
invalid_id not . or .., and without spaces and / \\ ? # %
invalid_phone give +998 and nine digits
account_incomplete a value is missing or wrong; see errors
unknown_dependency depends on a field that is not there
cyclic_dependency depends on itself
duplicate_field a field has this name already
invalid_digits not so many digits, and nothing else
unprintable_text a character that cannot be printed
invalid_date give a date as 2023-02-01
order_mismatch another order than the one before under this id
"
    };
}

/// The lines of the codes after [`ErrorCode::Internal`], of those that a module can give.
const LATER_ENTRIES: &str = if cfg!(all(feature = "js-clients", feature = "js-module", not(feature = "js-sign"))) {
    concat!(no_signing_entries!(), client_entries!())
} else if cfg!(not(feature = "js-lean")) {
    concat!(signing_entries!(), client_entries!())
} else if cfg!(any(feature = "js-sign", feature = "js-qr")) {
    signing_entries!()
} else {
    ""
};

/// The name and the message on one line of [`ENTRIES`].
pub(crate) const fn entry(index: usize) -> (&'static str, &'static str) {
    halves(nth(ENTRIES, b'\n', index), b' ')
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A refused input: what was wrong, what is accepted, and which member it was. Or a call that failed: besides that, whether
/// it may have moved money, and what to do.
///
/// Its text never holds a value that was given, only names of members; runs of 13 to 19 digits in those are masked.
///
/// ```
/// use tiyin::{CheckoutOrder, ErrorCode, Money};
///
/// let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::som("500")?)
///     .account("order_id", "12")
///     .return_url("http://shop.uz/paid");
/// let error = order.link().unwrap_err();
/// assert_eq!(error.code(), ErrorCode::InsecureReturnUrl);
/// assert_eq!(error.field(), Some("returnUrl"));
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Refusal>);

/// Kept behind one pointer, so that results stay small where nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
    code: ErrorCode,
    detail: &'static str,
    field: String,
    #[cfg(not(feature = "js-lean"))]
    facts: Option<Box<Facts>>,
}

impl Error {
    /// An error with what its code's own sentence leaves open.
    #[cold]
    #[inline(never)]
    pub(crate) fn with_detail(code: ErrorCode, detail: &'static str) -> Self {
        Self(Box::new(Refusal {
            code,
            detail,
            field: String::new(),
            #[cfg(not(feature = "js-lean"))]
            facts: None,
        }))
    }

    /// An error about a member.
    #[cold]
    #[inline(never)]
    pub(crate) fn about(code: ErrorCode, member: &str) -> Self {
        Self::from(code).at(member)
    }

    /// The same error, seen from one level further out: `minor` becomes `amount.minor`.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub(crate) fn at(mut self, member: &str) -> Self {
        let mut field = masked(member);
        let inner = self.0.field.as_str();
        if !member.is_empty() && !inner.is_empty() && !inner.starts_with("[") {
            field.push('.');
        }
        field.push_str(inner);
        self.0.field = field;
        self
    }

    /// The same error; it is about `whole`, or an item of that, where it names no member.
    #[cfg(feature = "js")]
    #[must_use]
    pub(crate) fn within(self, whole: &str) -> Self {
        if matches!(self.0.field.as_bytes(), [] | [b'[', ..]) { self.at(whole) } else { self }
    }

    /// The same error, seen from the list that holds the value: `amount` becomes `[3].amount`.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub(crate) fn at_index(self, index: usize) -> Self {
        let mut member = Vec::from(b"[");
        write_number(index as u64, &mut member);
        member.push(b']');
        self.at(&into_string(member))
    }

    /// The kind of failure, to decide by.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The member that was refused, as JavaScript spells it: `amount.minor`, `orders[3].returnUrl`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        (!self.0.field.is_empty()).then_some(self.0.field.as_str())
    }

    /// What was wrong and what is accepted, for developers, with the member's name before it.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = String::new();
        for part in [
            &self.0.field,
            self.0.code.message(),
            self.0.detail,
            #[cfg(not(feature = "js-lean"))]
            self.proxy_message(),
        ] {
            if !message.is_empty() && !part.is_empty() {
                message.push_str(": ");
            }
            message.push_str(part);
        }
        message
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::with_detail(code, "")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl core::error::Error for Error {}

/// Text as an error may repeat it: not endless, and without what could be a card number of 13 to 19 digits. In
/// groups it can only stand in somebody else's words, which modules without clients do not meet.
pub(crate) fn masked(text: &str) -> String {
    const LONGEST: usize = 512;
    let mut shown = String::new();
    let mut rest = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    while let [first, ..] = rest.as_bytes() {
        let is_digit = first.is_ascii_digit();
        let end = rest.bytes().position(|byte| byte.is_ascii_digit() != is_digit).unwrap_or(rest.len());
        #[cfg(not(feature = "js-lean"))]
        if is_digit && let Some((_, tail)) = grouped_card(rest) {
            shown.push_str("****");
            rest = tail;
            continue;
        }
        let (run, tail) = rest.split_at_checked(end).unwrap_or_default();
        // Half of a card's number would not be known for one: where a text is cut, no number stays.
        shown.push_str(if is_digit && ((13..=19).contains(&end) || text.len() > LONGEST) { "****" } else { run });
        rest = tail;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_that_cannot_sign_has_its_other_lines_in_their_places() {
        let client_lines = client_entries!().lines().count();
        assert_eq!(ErrorCode::OrderMismatch as usize - ErrorCode::Aborted as usize + 1, client_lines);
        assert_eq!(no_signing_entries!().lines().count(), signing_entries!().lines().count());
    }

    #[test]
    fn a_path_is_built_from_the_inside_out() {
        let error = Error::from(ErrorCode::NotAnInteger).at("minor").at("amount").at_index(3).at("orders");
        assert_eq!(error.field(), Some("orders[3].amount.minor"));
        assert_eq!(error.message(), "orders[3].amount.minor: a whole number was expected");
    }

    #[test]
    fn card_numbers_in_names_are_masked_and_other_numbers_are_not() {
        for (name, shown) in [
            ("8600123412341234", "****"),
            ("k8600123412341x", "k****x"),
            ("860012341234", "860012341234"),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            let error = Error::from(ErrorCode::UnknownField).at(name);
            assert_eq!(error.field(), Some(shown));
            assert!(error.message().starts_with(shown));
        }
    }

    #[test]
    fn no_part_of_a_card_number_stays_where_a_text_is_cut() {
        let pan = "8600123412341234";
        for before in 490..530 {
            let shown = masked(&alloc::format!("{}{pan} тўлов", "x".repeat(before)));
            assert!(shown.len() < 512 + "****".len(), "{shown}");
            assert!(!shown.contains("86"), "{shown}");
        }
        assert_eq!(masked(&"9".repeat(600)), "****");
        assert_eq!(masked(&"ў".repeat(257)), "ў".repeat(256));
    }
}
