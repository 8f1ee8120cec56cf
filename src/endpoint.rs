//! What every endpoint of every provider is: data. Nothing here sends anything.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;

use crate::error::{NextAction, Provider, Result, masked};
#[doc(hidden)]
pub use crate::wire::Incoming;
use crate::wire::{Read, Wire};

/// How an endpoint is addressed, and what a call of it does.
#[derive(Debug)]
pub struct Route {
    /// The provider.
    pub provider: Provider,
    /// The name of the method, as the clients have it.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path after the base URL; an id stands where it says `{…}`.
    pub path: &'static str,
    /// What a call does to money.
    pub effect: Effect,
    /// Who may call it through a proxy.
    pub group: Group,
    /// Which credential it takes.
    pub auth: AuthScheme,
    /// Whether the caller holds an id to ask for the payment's status by, where the answer is lost.
    pub can_be_asked_for: bool,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Without a body.
    Get,
    /// With a body of JSON.
    Post,
}

impl Method {
    /// `GET` or `POST`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// What a call does to money. Only this and the failure decide about sending again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing: it may be sent again.
    Read,
    /// It makes a record or sends an SMS. Sent again, there would be two.
    Prepares,
    /// It moves money under an id that the provider refuses the second time.
    Keyed,
    /// It moves money, each time that it is sent.
    MovesMoney,
}

/// Who may call an endpoint through a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Every page of an allowed origin.
    Catalog,
    /// A payer who is known, for what is the payer's own.
    Payer,
    /// The merchant's people.
    Treasury,
}

/// Which credential an endpoint takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthScheme {
    /// `api-key`, or a bearer token.
    Paylov,
    /// HTTP Basic.
    Basic,
}

/// Named values in their order, such as an account's.
pub type Fields<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// What an endpoint adds to a base URL: the rest of the address, and a body of JSON.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The path, without a slash at its start, and the query.
    pub target: String,
    /// The body, where the method has one.
    pub body: Option<String>,
}

/// Without the body, which can hold a code.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("target", &masked(&self.target)).finish_non_exhaustive()
    }
}

/// What to do after a refusal with a code; `None` for codes that are not known to mean that nothing was executed.
pub type Rejection = fn(code: &str) -> Option<NextAction>;

/// An endpoint's request.
pub trait Endpoint<'a>: Sized {
    /// How it is addressed, and what it does.
    const ROUTE: Route;

    /// The codes that mean that nothing was executed.
    const REJECTION: Rejection;

    /// The answer.
    type Answer: Serialize;

    /// The id that its answer must repeat, where it has one.
    fn subject(&self) -> &str {
        ""
    }

    /// What is sent.
    ///
    /// # Errors
    /// Where the provider could not read it, or would read something else.
    fn encode(&self) -> Result<Message>;

    /// Reads the answer of success, leniently.
    #[doc(hidden)]
    fn decode(subject: &str, result: Wire<'_>) -> Read<Self::Answer>;

    /// Reads a request that a proxy was given, strictly: what is not known here is not passed on.
    ///
    /// # Errors
    /// Where it is not such a request.
    #[doc(hidden)]
    fn accept(incoming: &'a Incoming<'a>) -> Result<Self>;
}
