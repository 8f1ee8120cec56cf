//! `GET account/{serviceId}/balance` and `POST account/payments`: what is on an account, and how it came to that.

use serde::Serialize;
use serde_json::{Value, json};

use super::Bank;
use super::body::{self, Body};
use super::magic::PAGE_ROWS;
use super::order::{OrderStatus, Receiver};
use super::refusal::{FIELDS_MISSING, NO_SERVICE, Refusal, refuse};
use super::service::BankService;
use crate::clock;
use crate::ledger::{BankRow, LedgerRow, MovementKind};
use crate::seed::{Purpose, draw};
use crate::world::World;

/// Of the document's example, which every account begins with.
const OPENED_AT: u64 = 1_675_251_143_000;

struct Query<'a> {
    kind: u64,
    last_id: u64,
    from: &'a str,
    to: &'a str,
}

impl<'a> Query<'a> {
    fn of(body: &'a Body) -> Result<Self, Refusal> {
        let date = |name| body.required_text(name).ok().filter(|text| clock::is_date(text));
        let kind = body.number("type").ok().filter(|kind| *kind <= 2);
        let (Some(kind), Some(from), Some(to)) = (kind, date("fromDate"), date("toDate")) else {
            return refuse(FIELDS_MISSING);
        };
        Ok(Self { kind, last_id: body.number("lastId")?, from, to })
    }

    fn lets_through(&self, id: u64, at: u64, is_incoming: bool) -> bool {
        let date = clock::date(at);
        let is_asked = self.kind == 0 || (self.kind == 1) == is_incoming;
        is_asked && id >= self.last_id && (self.from..=self.to).contains(&date.as_str())
    }
}

impl Bank {
    pub(super) fn balance(&self, service_id: &str, seen_at: u64, world: &World) -> Result<Value, Refusal> {
        let id = body::whole(service_id).ok_or(Refusal::new(NO_SERVICE))?;
        let service = self.service(id)?;
        let last = rows_of(service, world).take_while(|row| row.at <= seen_at).last();
        let balance = last.map_or(service.opening_balance(), |row| row.balance_after);
        Ok(json!({ "status": "success", "data": { "balance": balance.minor.to_string() } }))
    }

    /// The row that `lastId` names comes again, as in the document's example.
    pub(super) fn statement(&self, body: &Body, seen_at: u64, world: &World) -> Result<Value, Refusal> {
        let query = Query::of(body)?;
        let service = self.service(body.number("serviceId")?)?;
        let opening = query.lets_through(service.opening_entry, OPENED_AT, true).then(|| opening_row(service));
        let rows = rows_of(service, world).take_while(|row| row.at <= seen_at);
        let rows = rows.filter(|row| query.lets_through(row.entry_id, row.at, row.kind == MovementKind::Receipt));
        let rows = rows.filter_map(|row| self.statement_row(row, world.seed));
        let page: Vec<_> = opening.into_iter().chain(rows).take(PAGE_ROWS).collect();
        Ok(json!({ "status": "success", "data": page }))
    }

    fn statement_row(&self, row: &BankRow, seed: u64) -> Option<Value> {
        let order = self.order(&row.order_id)?;
        let payer = owner_of(self.service(order.service_id).ok()?);
        let (receiver, purpose) = match row.kind {
            MovementKind::Commission => (&bank(), format!("Комиссия по документу {}", row.document_id)),
            _ => (&order.receiver, order.purpose.clone()),
        };
        let number = draw(seed, Purpose::DocumentNumber, row.entry_id) % 10_000_000;
        let is_incoming = row.kind == MovementKind::Receipt;
        let document = Document { id: row.entry_id, number, at: row.at, is_incoming, tiyin: row.amount.minor };
        Some(json!(Row::new(document, &payer, receiver, &purpose)))
    }
}

fn rows_of<'a>(service: &BankService, world: &'a World) -> impl Iterator<Item = &'a BankRow> {
    let id = service.id.to_string();
    world.ledger.rows().iter().filter_map(LedgerRow::bank).filter(move |row| row.service_id == id)
}

fn opening_row(service: &BankService) -> Value {
    let payer = party("ООО \"MARKETPLACE TRADING\"", "00401", "20208000405273320010", "307692757");
    let tiyin = service.opening_balance().minor;
    let document = Document { id: service.opening_entry, number: 1_917_830, at: OPENED_AT, is_incoming: true, tiyin };
    json!(Row::new(document, &payer, &owner_of(service), "тест"))
}

fn owner_of(service: &BankService) -> Receiver {
    party("SELLO - C2C", "00401", service.account, "307692757")
}

/// Who keeps commissions.
fn bank() -> Receiver {
    party("АК Aloqabank", "00401", "16103000900000401001", "206916313")
}

fn party(name: &str, mfo: &str, account: &str, inn: &str) -> Receiver {
    Receiver { name: name.into(), mfo: mfo.into(), account: account.into(), inn: Some(inn.into()) }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    id: u64,
    doc_number: String,
    doc_date: String,
    payment_date: String,
    #[serde(rename = "type")]
    kind: &'a str,
    mfo_payer: &'a str,
    account_payer: &'a str,
    name_payer: &'a str,
    inn_payer: Option<&'a str>,
    mfo_receiver: &'a str,
    account_receiver: &'a str,
    name_receiver: &'a str,
    inn_receiver: Option<&'a str>,
    amount: i64,
    purpose: &'a str,
    status: &'a str,
}

impl<'a> Row<'a> {
    fn new(document: Document, payer: &'a Receiver, receiver: &'a Receiver, purpose: &'a str) -> Self {
        let Document { id, number, at, is_incoming, tiyin } = document;
        Self {
            id,
            doc_number: format!("{number:07}"),
            doc_date: clock::timestamp(at),
            payment_date: clock::date(at) + " 00:00:00",
            kind: if is_incoming { "Приход" } else { "Расход" },
            mfo_payer: &payer.mfo,
            account_payer: &payer.account,
            name_payer: &payer.name,
            inn_payer: payer.inn.as_deref(),
            mfo_receiver: &receiver.mfo,
            account_receiver: &receiver.account,
            name_receiver: &receiver.name,
            inn_receiver: receiver.inn.as_deref(),
            amount: tiyin,
            purpose,
            status: OrderStatus::Settled.as_str(),
        }
    }
}

struct Document {
    id: u64,
    number: u64,
    at: u64,
    is_incoming: bool,
    tiyin: i64,
}
