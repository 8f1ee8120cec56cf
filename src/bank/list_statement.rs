//! `POST api/v2/account/payments`: a page of a service's statement.
//!
//! Source: «Оплата по реквизитам», 5; the method is not documented, but the request has a body. Amounts are tiyin, written as
//! numbers. It moves no money and can be sent again. Codes: 1001, 1002, 1004, 1009. How long a page is, is not documented.
//! Rows have neither the order's id nor the payment's: see [`reconcile`](super::reconcile()).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::date::Date;
use super::rejection::of_read;
use super::transfer::{TransferStatus, service_number};
use crate::encode::body;
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Error, ErrorCode, Provider, Result};
use crate::money::Money;
use crate::text::{into_string, write_number};
use crate::wire::{Incoming, Read, Wire};

/// Asks for a page of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListStatement<'a> {
    /// The service's id, which is a number.
    pub service_id: Cow<'a, str>,
    /// Which movements are wanted.
    pub direction: StatementDirection,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The largest id that is at hand, after which the page begins; 0 for the first page. The row of this id can come again.
    pub after_id: u64,
}

/// Which movements a statement is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatementDirection {
    /// All.
    All,
    /// What came in.
    Credit,
    /// What went out.
    Debit,
}

/// A movement on an account. Times are as the bank writes them, without a time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct StatementRow {
    /// The movement's id.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub id: u64,
    /// Whether it came in or went out.
    pub direction: MovementDirection,
    /// The amount.
    pub amount: Money,
    /// Who paid.
    pub payer: StatementParty,
    /// Who was paid.
    pub payee: StatementParty,
    /// What for.
    pub purpose: String,
    /// The number of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub document_number: Option<String>,
    /// When: `2023-02-01 16:32:23`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub document_date: Option<String>,
    /// The bank's day: `2023-02-01 00:00:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub bank_date: Option<String>,
    /// How it stands.
    pub status: TransferStatus,
}

/// Whether money came in or went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum MovementDirection {
    /// It came in («Приход»).
    Credit,
    /// It went out («Расход»).
    Debit,
    /// A word that is not documented.
    Other,
}

/// One side of a movement. What the bank leaves out is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct StatementParty {
    /// The name.
    pub name: String,
    /// The bank that has the account.
    pub bank_code: String,
    /// The account.
    pub account: String,
    /// The number as a taxpayer.
    pub taxpayer_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    r#type: &'a str,
    last_id: u64,
    from_date: String,
    to_date: String,
    service_id: u64,
}

impl<'a> ListStatement<'a> {
    /// Asks for the first page of all movements.
    pub fn new(service_id: impl Into<Cow<'a, str>>, from: Date, to: Date) -> Self {
        Self { service_id: service_id.into(), direction: StatementDirection::All, from, to, after_id: 0 }
    }
}

impl<'a> Endpoint<'a> for ListStatement<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Bank,
        name: "listStatement",
        method: Method::Post,
        path: "api/v2/account/payments",
        effect: Effect::Read,
        group: Group::Treasury,
        auth: AuthScheme::Basic,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = of_read;

    type Answer = Vec<StatementRow>;

    fn encode(&self) -> Result<Message> {
        Date::check_window(self.from, self.to)?;
        if self.after_id > Money::MAX_MINOR.unsigned_abs() {
            return Err(Error::about(ErrorCode::OutOfRange, "afterId"));
        }
        body(
            Self::ROUTE.path,
            &Body {
                r#type: self.direction.number(),
                last_id: self.after_id,
                from_date: self.from.written(),
                to_date: self.to.written(),
                service_id: service_number(&self.service_id)?,
            },
        )
    }

    fn decode(_: &str, answer: Wire<'_>) -> Read<Vec<StatementRow>> {
        // All or nothing: a row that was dropped would be missing from a total, and its order would seem unpaid.
        answer.list("data", StatementRow::read)
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        let given = incoming.body(&Self::ROUTE, &["type", "lastId", "fromDate", "toDate", "serviceId"])?;
        let mut service_id = Vec::new();
        write_number(given.number("serviceId")?, &mut service_id);
        Ok(Self {
            service_id: into_string(service_id).into(),
            direction: given.parsed("type", StatementDirection::parse)?,
            from: given.parsed("fromDate", Date::parse)?,
            to: given.parsed("toDate", Date::parse)?,
            after_id: given.number("lastId")?,
        })
    }
}

impl StatementDirection {
    const fn number(self) -> &'static str {
        match self {
            Self::All => "0",
            Self::Credit => "1",
            Self::Debit => "2",
        }
    }

    fn parse(number: &str) -> Result<Self> {
        let found = [Self::All, Self::Credit, Self::Debit].into_iter().find(|direction| direction.number() == number);
        found.ok_or_else(|| ErrorCode::NotAnOption.into())
    }
}

impl StatementRow {
    /// What of a row makes a sum, and nothing of the others.
    pub(crate) fn read_sum(row: Wire<'_>) -> Read<Self> {
        Ok(Self {
            // Reading begins behind 0.
            id: row.number("id").ok().filter(|id| *id > 0).ok_or("id")?,
            direction: MovementDirection::of(row.word("type").ok_or("type")?),
            amount: row.tiyin("amount").ok().filter(|amount| amount.minor() >= 0).ok_or("amount")?,
            payer: StatementParty::default(),
            payee: StatementParty::default(),
            purpose: String::new(),
            document_number: None,
            document_date: None,
            bank_date: None,
            status: TransferStatus::of(row.word("status").unwrap_or_default()),
        })
    }

    fn read(row: Wire<'_>) -> Read<Self> {
        Ok(Self {
            payer: StatementParty::read(row, ["namePayer", "mfoPayer", "accountPayer", "innPayer"]),
            payee: StatementParty::read(row, ["nameReceiver", "mfoReceiver", "accountReceiver", "innReceiver"]),
            purpose: row.optional_text("purpose").unwrap_or_default(),
            document_number: row.filled("docNumber"),
            document_date: row.filled("docDate"),
            bank_date: row.filled("paymentDate"),
            ..Self::read_sum(row)?
        })
    }
}

impl MovementDirection {
    fn of(word: &str) -> Self {
        match word.trim() {
            "Приход" => Self::Credit,
            "Расход" => Self::Debit,
            _ => Self::Other,
        }
    }
}

impl StatementParty {
    fn read(row: Wire<'_>, names: [&str; 4]) -> Self {
        let [name, bank_code, account, taxpayer_id] = names.map(|name| row.optional_text(name).unwrap_or_default());
        Self { name, bank_code, account, taxpayer_id }
    }
}
