//! A bank's payments by requisites for JavaScript.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::clients::{Erased, Numbers, begin, numbers_as_text, parsed, read_now, read_settings, read_time};
use super::input::Reader;
use super::json::Json;
use super::money::read_money;
use super::output::plain;
use crate::bank::{
    BankServiceType, BudgetPayee, CreateBudgetPayment, CreatePayment, Date, GetBalance, GetPayment, KnownTransfer,
    ListServices, ListStatement, Payee, PayerCard, Phase, Settle, SettleEvent, SettleOptions, SettleStep, Settled,
    Statement, StatementDirection, StatementRow, StatementTotals, TransferOrder, TransferStatus,
};
use crate::card::{CardNetwork, Pan};
use crate::endpoint::{Effect, Endpoint};
use crate::error::{Error, ErrorCode, NextAction, Outcome, Provider, Result};
use crate::exchange::{Call, not_sent, request};
use crate::json::json_of;
use crate::money::{Currency, Money};
use crate::requisites::{AccountNumber, BankCode, BudgetAccount, OrderId, PurposeCode, TaxpayerId};
use crate::text::place;
use crate::wire::{Read, Wire};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
/**
 * What a client for a bank's payments by requisites takes, for servers.
 */
export interface BankServerConfig extends ClientConfig {
    /**
     * The user name and the password that the bank gives.
     */
    auth: { username: string; password: string };
}

/**
 * What orders of both kinds have.
 */
export interface TransferRequest {
    /**
     * The merchant's own id of the order. The bank pays an order of one id once; it stands in a path, so spaces and `/ \ ? # %`
     * are refused.
     */
    orderId: string;
    /**
     * What for, in words.
     */
    purpose: string;
    serviceId: string;
    /**
     * What the payee gets, in UZS.
     */
    amount: Money;
    /**
     * The commission, which is not a part of the amount; it may be nothing.
     */
    commission: Money;
    /**
     * The card that the money came from.
     */
    card?: TransferCard | undefined;
    /**
     * The service's type, where it is known: with `working_with_card` an order without a card is refused before it is sent.
     */
    serviceType?: BankServiceType | undefined;
}

/**
 * The card that an order's money came from.
 */
export interface TransferCard {
    network: "UZCARD" | "HUMO";
    /**
     * All 16 digits, with spaces or without.
     */
    pan: string;
    /**
     * The reference number that the payment from the card is known by.
     */
    rrn: string;
}

/**
 * An order to an account at a bank.
 */
export interface RequisitesRequest extends TransferRequest {
    kind?: "requisites" | undefined;
    payee: {
        name: string;
        /**
         * The bank's code (MFO), of 5 digits.
         */
        bankCode: string;
        /**
         * Of 20 digits.
         */
        account: string;
        /**
         * The number as a taxpayer (INN), of 9 digits.
         */
        taxpayerId?: string | undefined;
    };
}

/**
 * An order to a budget.
 */
export interface BudgetRequest extends TransferRequest {
    kind?: "budget" | undefined;
    payee: {
        /**
         * Of 27 digits.
         */
        account: string;
        /**
         * The number as a taxpayer (INN), of 9 digits.
         */
        taxpayerId: string;
    };
    /**
     * What for, as a code of 5 digits.
     */
    purposeCode: string;
}

/**
 * An order of either kind, for `settle`.
 */
export type TransferOrder = ({ kind: "requisites" } & RequisitesRequest) | ({ kind: "budget" } & BudgetRequest);

/**
 * What tells an order from every other, in 64 digits, without the card's number. Store it with the order before the first `settle`;
 * after a crash give it to the next one as `orderHash`: the crashed call may have sent the order.
 *
 * @throws {TiyinError} what `settle` throws before anything is sent
 *
 * @example
 * transferOrderHash({ kind: "requisites", ...order }).length; // 64
 * transferOrderHash({ kind: "requisites", ...order, amount: som(0) }); // throws amount_not_positive
 */
export function transferOrderHash(order: TransferOrder): string;

/**
 * Which rows of a statement are wanted.
 */
export interface StatementQuery {
    serviceId: string;
    direction: "all" | "credit" | "debit";
    /**
     * The first day, as in `2023-02-01`.
     */
    from: string;
    /**
     * The last day.
     */
    to: string;
    /**
     * The largest `id` that is at hand; all rows without it. The row of this id can come again from `listStatement`.
     */
    afterId?: number | undefined;
}

/**
 * What `settle` takes last. Times are milliseconds, a day at most.
 */
export interface SettleOptions extends CallOptions {
    /**
     * The first wait between two questions, 2,000 without it; later ones are longer.
     */
    pollEveryMs?: number | undefined;
    /**
     * How long the bank must go on saying that there is no such order after a send whose fate is unknown, before the order is
     * sent again; 60,000 without it.
     */
    quietMs?: number | undefined;
    /**
     * What all of it may take; 300,000 without it.
     */
    deadlineMs?: number | undefined;
    /**
     * How many times the order is sent at most, 10 at most; 3 without it. With 0 it is only asked for.
     */
    maxCreates?: number | undefined;
    /**
     * What an earlier call told, or `transferOrderHash` before one that may have begun. Another order under the same id is then refused as `order_mismatch`; and as that call may have sent
     * it, the bank must go on saying for `quietMs` that there is none.
     */
    orderHash?: string | undefined;
}

/**
 * What became of an order. Only `settled` is paid. `deleted` is final for its id: what is still to be paid is another order.
 * `pending` means that nobody knows yet: settle it again with its `orderHash`, never under another id.
 */
export interface Settlement {
    status: "settled" | "deleted" | "pending";
    /**
     * What is known where it is `pending`.
     */
    known?: KnownTransfer;
    /**
     * The bank's number of the payment.
     */
    documentId?: string;
    /**
     * The order in 64 digits, without the card's number. Keep it beside the order.
     */
    orderHash: string;
    /**
     * How many times this call sent the order.
     */
    creates: number;
    /**
     * Where it is `pending`, what the order itself failed with, or the last question; its outcome is `unknown`, as the order's is.
     */
    error?: import("../error.js").TiyinError;
}

/**
 * The calls of a bank's payments by requisites. Each returns a promise and rejects with a `TiyinError`: its `outcome` says whether
 * money may have moved, and `nextAction` what to do. Reads are sent again by themselves where they fail; an order is sent again only
 * by `settle`, under the same id.
 *
 * In the examples of its methods `bank` is the client of this one, of a sandbox in place of a bank, and `order` one to an account.
 *
 * @example
 * const { fetch } = createSandbox(); // from "tiyin/sandbox"
 * const bank = new BankTransfers({ baseUrl: "https://shop.uz/bank", fetch });
 * (await bank.listServices()).length; // 7
 */
export interface BankMethods {
    /**
     * The services that orders are sent through. An entry without an id is left out.
     *
     * @example
     * const [, , splitting] = await bank.listServices();
     * splitting.type; // "card_is_optional"
     */
    listServices(options?: CallOptions): Promise<BankService[]>;

    /**
     * Orders a payment to an account at a bank. The answer is mostly `accepted`, which is not paid; `settle` asks until it is.
     *
     * @throws {TiyinError} `invalid_digits`, `unprintable_text`, `amount_not_positive`, `currency_mismatch`, `invalid_id`,
     * `missing_field` and others before anything is sent
     *
     * @example
     * (await bank.createPayment(order)).status; // "accepted"
     * (await bank.getPayment(order.orderId)).raw; // "Введен"
     * await bank.createPayment({ ...order, purpose: "a\nb" }); // throws unprintable_text
     */
    createPayment(order: RequisitesRequest, options?: CallOptions): Promise<TransferState>;

    /**
     * Orders a payment to a budget. The answer is mostly `accepted`, which is not paid; `settle` asks until it is.
     *
     * @throws {TiyinError} as `createPayment`
     *
     * @example
     * const { payee, ...rest } = order;
     * const budget = { account: "400522860262837950100251028", taxpayerId: "207099143" };
     * (await bank.createBudgetPayment({ ...rest, payee: budget, purposeCode: "09510" })).status; // "accepted"
     */
    createBudgetPayment(order: BudgetRequest, options?: CallOptions): Promise<TransferState>;

    /**
     * How an order of either kind stands. Where the bank has none of this id, `providerCode` is `1008`.
     *
     * @example
     * await bank.getPayment("unheard-of"); // throws provider_error
     */
    getPayment(orderId: string, options?: CallOptions): Promise<TransferState>;

    /**
     * What is on a service's account.
     *
     * @example
     * (await bank.getBalance("33")).currency; // "UZS"
     */
    getBalance(serviceId: string, options?: CallOptions): Promise<Money>;

    /**
     * One page of a service's statement as the bank gives it. A row that cannot be read fails the call: a sum without it would be wrong.
     *
     * @throws {TiyinError} `invalid_date`, `out_of_range`, `not_an_integer`, `not_an_option` and others before anything is sent
     *
     * @example
     * const query = { serviceId: "33", direction: "all", from: "2023-01-01", to: "2023-02-21" };
     * (await bank.listStatement(query)).length; // 1
     */
    listStatement(query: StatementQuery, options?: CallOptions): Promise<StatementRow[]>;

    /**
     * All rows of a statement, page by page, from the smallest id to the largest, each once. Where reading breaks off, go on with
     * the last row's id as `afterId`. The options are those of each page.
     *
     * @example
     * const query = { serviceId: "33", direction: "debit", from: "2023-01-01", to: "2023-02-21" };
     * const rows = [];
     * for await (const row of bank.statement(query)) rows.push(row);
     * rows.length; // 0
     */
    statement(query: StatementQuery, options?: CallOptions): AsyncIterableIterator<StatementRow>;

    /**
     * What the settled rows of a statement come to, and how many rows there are of any status.
     *
     * @throws {TiyinError} `unexpected_answer` where a row's direction or status is none that is known
     *
     * @example
     * const query = { serviceId: "33", direction: "all", from: "2023-01-01", to: "2023-02-21" };
     * (await bank.statementTotals(query)).rows; // 1
     */
    statementTotals(query: StatementQuery, options?: CallOptions): Promise<StatementTotals>;

    /**
     * Sends an order and asks until it is certain what became of it, or `deadlineMs` is over (`pending`). It asks first, sends
     * only what the bank says it does not have, and always under the same id. A refusal rejects, and so does a call that is aborted.
     *
     * A second call of the same order joins the first, and a client remembers the hashes of the orders that it has sent. Other
     * pages and other servers, and this one after a crash, do not know of that: for them there is `orderHash`. Without it `settled`
     * is said of the id, whatever the order was that the bank has under it.
     *
     * @example
     * // The answer to the order is lost.
     * let time = Date.parse("2023-02-01");
     * const sandbox = createSandbox({ now: () => time, faults: { rules: [{ kind: "drop_after", route: "bank/payment" }] } });
     * const bank = new BankTransfers({ baseUrl: "https://shop.uz/bank", fetch: (...given) => ((time += 60_000), sandbox.fetch(...given)) });
     * const { status, creates } = await bank.settle({ kind: "requisites", ...order }, { pollEveryMs: 1 });
     * status; // "settled"
     * creates; // 1
     */
    settle(order: TransferOrder, options?: SettleOptions): Promise<Settlement>;
}
"#;

/// The endpoints, by the place that a course names; a page of a statement and its sum are the same request, read otherwise.
pub(super) static ENDPOINTS: [Erased; 8] = [
    Erased::of::<ListServices>(),
    Erased::of::<CreatePayment<'_>>(),
    Erased::of::<CreateBudgetPayment<'_>>(),
    Erased::of::<GetPayment<'_>>(),
    Erased::of::<GetBalance<'_>>(),
    Erased::of::<ListStatement<'_>>(),
    Erased::read_by::<ListStatement<'_>>(read_page),
    Erased::read_by::<ListStatement<'_>>(add_page),
];

/// The first of them among all.
const FIRST: u8 = 7;

/// Checks what a client is made with.
pub(super) fn client(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    read_settings(arguments, Provider::Bank).map(|_| Vec::from(b"null"))
}

pub(super) fn list_services(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Bank)?;
    // It asks for nothing.
    arguments.optional();
    begin(FIRST, ListServices.encode(), "", &settings, arguments)
}

pub(super) fn create_payment(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    create(arguments, Kind::Requisites)
}

pub(super) fn create_budget_payment(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    create(arguments, Kind::Budget)
}

/// Sends an order for `settle`.
pub(super) fn settle_create(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    create(arguments, Kind::AsItSays)
}

fn create(arguments: &mut Reader<'_>, kind: Kind) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Bank)?;
    let order = read_order(arguments, kind);
    let place = if matches!(order, Ok(TransferOrder::Budget(_))) { FIRST + 2 } else { FIRST + 1 };
    begin(place, order.and_then(|order| order.encode()), "", &settings, arguments)
}

pub(super) fn get_payment(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Bank)?;
    let order_id = OrderId::new(arguments.whole("orderId").text()).map_err(|error| error.at("orderId"));
    begin(FIRST + 3, order_id.and_then(|order_id| GetPayment { order_id }.encode()), "", &settings, arguments)
}

pub(super) fn get_balance(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Bank)?;
    let endpoint = GetBalance::new(arguments.whole("serviceId").text());
    begin(FIRST + 4, endpoint.encode(), "", &settings, arguments)
}

pub(super) fn list_statement(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Bank)?;
    let query = read_query(arguments);
    begin(FIRST + 5, query.and_then(|query| query.encode()), "", &settings, arguments)
}

/// A page of a statement, behind the row that the page before has led to.
pub(super) fn page(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    later_page(arguments, FIRST + 6)
}

/// The same, of which only the sum is wanted.
pub(super) fn totals(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    later_page(arguments, FIRST + 7)
}

/// The query stands in a list, with what the page before gave behind it: the largest id, and the sums so far.
fn later_page(arguments: &mut Reader<'_>, place: u8) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Bank)?;
    arguments.whole("query").start_list();
    let query = read_query(arguments);
    let mut progress = arguments.text();
    arguments.has_inner_item();
    let first;
    let message = query.and_then(|mut query| {
        if let Some(after_id) = Numbers(progress.as_bytes()).next() {
            query.after_id = after_id;
        }
        Ok((query.after_id, query.encode()?))
    });
    if let (true, Ok((after_id, _))) = (progress.is_empty(), &message) {
        first = numbers_as_text(&[*after_id, 0, 0, 0]);
        progress = &first;
    }
    begin(place, message.map(|(_, message)| message), progress, &settings, arguments)
}

fn read_query<'a>(arguments: &mut Reader<'a>) -> Result<ListStatement<'a>> {
    let (mut service_id, mut direction, mut after_id) = ("", StatementDirection::All, 0);
    let (mut from, mut to) = (None, None);
    let query = arguments.whole("query");
    query.start_object();
    let mut found = 0;
    while let Some(member) = query.known_member("serviceId direction from to afterId", 4, &mut found) {
        match member {
            0 => service_id = query.text(),
            1 => {
                direction = match query.word("all credit debit") {
                    0 => StatementDirection::All,
                    1 => StatementDirection::Credit,
                    _ => StatementDirection::Debit,
                }
            }
            2 => from = parsed(query, Date::parse),
            3 => to = parsed(query, Date::parse),
            _ => after_id = query.number_between(0, Money::MAX_MINOR),
        }
    }
    match (from, to) {
        (Some(from), Some(to)) => Ok(ListStatement { service_id: service_id.into(), direction, from, to, after_id }),
        // The refusal says why.
        _ => Err(ErrorCode::Internal.into()),
    }
}

/// What a page has behind the rows that were had, and where the next one begins.
fn read_page(progress: &str, answer: Wire<'_>, json: &mut Vec<u8>) -> Read<()> {
    let (statement, rows) = rows_behind(progress, ListStatement::decode("", answer)?)?;
    let mut written = Json::default();
    written.raw("{");
    written.whole("rows", &json_of(&rows).ok_or("data")?);
    written.member("progress", Some(&numbers_as_text(&[statement.after_id()])));
    written.close("}");
    *json = written.finished();
    Ok(())
}

/// The sums of a statement with those of a page, and where the next one begins; nowhere after the last.
fn add_page(progress: &str, answer: Wire<'_>, json: &mut Vec<u8>) -> Read<()> {
    let mut numbers = Numbers(progress.as_bytes());
    let mut next = || numbers.next().unwrap_or_default();
    let [_, credit, debit, count] = [next(), next(), next(), next()];
    let sum = |minor: u64| Money::new(minor.try_into().unwrap_or(i64::MAX), Currency::Uzs).map_err(|_| "amount");
    let mut totals = StatementTotals { credit: sum(credit)?, debit: sum(debit)?, rows: count };
    let (statement, rows) = rows_behind(progress, answer.list("data", StatementRow::read_sum)?)?;
    for row in &rows {
        totals.add(row).map_err(|error| match error.field() {
            Some("direction") => "direction",
            Some(_) => "status",
            None => "amount",
        })?;
    }
    let sums = [totals.credit, totals.debit].map(|sum| sum.minor().unsigned_abs());
    let mut written = Json::default();
    written.raw("{");
    written.whole("totals", &json_of(&totals).ok_or("data")?);
    if !rows.is_empty() {
        let [credit, debit] = sums;
        written.member("progress", Some(&numbers_as_text(&[statement.after_id(), credit, debit, totals.rows])));
    }
    written.close("}");
    *json = written.finished();
    Ok(())
}

fn rows_behind(progress: &str, page: Vec<StatementRow>) -> Read<(Statement, Vec<StatementRow>)> {
    let mut statement = Statement::after(Numbers(progress.as_bytes()).next().unwrap_or_default());
    let rows = statement.take(page).map_err(|_| "id")?;
    Ok((statement, rows))
}

/// Which kind of order is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Requisites,
    Budget,
    /// The order tells it.
    AsItSays,
}

fn read_order<'a>(arguments: &mut Reader<'a>, kind: Kind) -> Result<TransferOrder<'a>> {
    const NAMES: &str = "orderId payee purpose serviceId amount commission kind card serviceType purposeCode";
    let (mut order_id, mut purpose, mut service_id) = ("", "", "");
    let (mut amount, mut commission) = (Money::ZERO, Money::ZERO);
    let (mut payee, mut card, mut service_type) = ([None; 4], None, None);
    let (mut told, mut purpose_code) = (kind, None);
    let order = arguments.whole("order");
    order.start_object();
    let required = if kind == Kind::AsItSays { 7 } else { 6 };
    let mut found = 0;
    while let Some(member) = order.known_member(NAMES, required, &mut found) {
        match member {
            0 => order_id = order.text(),
            1 => payee = read_payee(order),
            2 => purpose = order.text(),
            3 => service_id = order.text(),
            4 => amount = read_money(order),
            5 => commission = read_money(order),
            6 => told = if order.word("requisites budget") == 0 { Kind::Requisites } else { Kind::Budget },
            7 => card = read_card(order),
            8 => {
                service_type = Some(match order.word("working_with_card card_is_optional other") {
                    0 => BankServiceType::WorkingWithCard,
                    1 => BankServiceType::CardIsOptional,
                    _ => BankServiceType::Other,
                });
            }
            _ => purpose_code = Some(order.text()),
        }
    }
    if arguments.refusal.is_some() {
        // That says why.
        return Err(ErrorCode::Internal.into());
    }
    if kind != Kind::AsItSays && told != kind {
        return Err(Error::about(ErrorCode::NotAnOption, "kind"));
    }
    let [account, taxpayer_id, name, bank_code] = payee;
    let order_id = OrderId::new(order_id).map_err(|error| error.at("orderId"))?;
    let (purpose, service_id) = (purpose.into(), service_id.into());
    if told == Kind::Budget {
        absent(name, "payee.name")?;
        absent(bank_code, "payee.bankCode")?;
        let payee = BudgetPayee {
            account: given(account, "payee.account", BudgetAccount::parse)?,
            taxpayer_id: given(taxpayer_id, "payee.taxpayerId", TaxpayerId::parse)?,
        };
        let purpose_code = given(purpose_code, "purposeCode", PurposeCode::parse)?;
        let order = CreateBudgetPayment {
            order_id,
            payee,
            purpose_code,
            purpose,
            service_id,
            amount,
            commission,
            card,
            service_type,
        };
        return Ok(TransferOrder::Budget(order));
    }
    absent(purpose_code, "purposeCode")?;
    let payee = Payee {
        name: name.ok_or_else(|| Error::about(ErrorCode::MissingField, "payee.name"))?.into(),
        bank_code: given(bank_code, "payee.bankCode", BankCode::parse)?,
        account: given(account, "payee.account", AccountNumber::parse)?,
        taxpayer_id: match taxpayer_id {
            Some(_) => Some(given(taxpayer_id, "payee.taxpayerId", TaxpayerId::parse)?),
            None => None,
        },
    };
    let order = CreatePayment { order_id, payee, purpose, service_id, amount, commission, card, service_type };
    Ok(TransferOrder::Requisites(order))
}

/// What belongs to orders of the other kind.
fn absent(text: Option<&str>, member: &str) -> Result<()> {
    text.map_or(Ok(()), |_| Err(Error::about(ErrorCode::UnknownField, member)))
}

fn given<T>(text: Option<&str>, member: &str, parse: fn(&str) -> Result<T>) -> Result<T> {
    let text = text.ok_or_else(|| Error::about(ErrorCode::MissingField, member))?;
    parse(text).map_err(|error| error.at(member))
}

/// The payee's account, taxpayer's number, name and bank.
pub(super) fn read_payee<'a>(order: &mut Reader<'a>) -> [Option<&'a str>; 4] {
    let mut payee = [None; 4];
    order.start_object();
    let mut found = 0;
    while let Some(member) = order.known_member("account taxpayerId name bankCode", 1, &mut found) {
        let text = order.text();
        if let Some(place) = payee.get_mut(member) {
            *place = Some(text);
        }
    }
    payee
}

fn read_card<'a>(order: &mut Reader<'a>) -> Option<PayerCard<'a>> {
    let (mut network, mut pan, mut rrn) = (CardNetwork::Uzcard, None, "");
    order.start_object();
    let mut found = 0;
    while let Some(member) = order.known_member("network pan rrn", 3, &mut found) {
        match member {
            0 if order.word("UZCARD HUMO") > 0 => network = CardNetwork::Humo,
            0 => {}
            1 => pan = parsed(order, Pan::parse),
            _ => rrn = order.text(),
        }
    }
    Some(PayerCard { network, pan: pan?, rrn: rrn.into() })
}

/// The hash of an order that can be sent; first stands which kind it is, where the order need not tell.
pub(super) fn order_hash(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let kind = match arguments.whole("kind").optional().map(Reader::text) {
        None => Kind::AsItSays,
        Some("budget") => Kind::Budget,
        Some(_) => Kind::Requisites,
    };
    let order = read_order(arguments, kind)?;
    arguments.whole("");
    order.encode()?;
    Ok(plain(&order.hash()))
}

/// Begins to settle an order.
pub(super) fn settle(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Bank)?;
    let order = read_order(arguments, Kind::AsItSays);
    let mut call = Call::default();
    let mut given = SettleOptions { timeout_ms: Some(settings.connection.timeout_ms), ..SettleOptions::default() };
    if let Some(options) = arguments.whole("options").optional() {
        const NAMES: &str = "signal timeoutMs idempotencyKey pollEveryMs quietMs deadlineMs maxCreates orderHash";
        options.start_object();
        let mut found = 0;
        while let Some(member) = options.known_member(NAMES, 0, &mut found) {
            match member {
                0 => options.signal(),
                1 => given.timeout_ms = Some(read_time(options)),
                2 => call.idempotency_key = Some(options.text()),
                3 => given.poll_every_ms = Some(read_time(options)),
                4 => given.quiet_ms = Some(read_time(options)),
                5 => given.deadline_ms = Some(read_time(options)),
                6 => given.max_creates = options.number_between(0, 10).try_into().ok(),
                _ => given.order_hash = Some(options.text()),
            }
        }
    }
    let now = read_now(arguments);
    arguments.whole("");
    let refused = |error| not_sent(error, Effect::Keyed);
    if let Some(refusal) = arguments.refusal.take() {
        return Err(refused(refusal));
    }
    let order = order.map_err(refused)?;
    let (machine, step) = Settle::start(&order, &given, now)?;
    // What no header can carry is refused here, before anything is asked.
    request(&CreatePayment::ROUTE, order.encode(), &settings.connection, &call).map(drop)?;
    let mut json = Json::default();
    json.raw("{");
    json.member("orderId", Some(order.order_id().as_str()));
    json.member("orderHash", Some(&order.hash()));
    json.number("deadlineMs", machine.left);
    Ok(written(&machine, step, json))
}

/// Goes on after what happened, which a word tells: of an order or a question that succeeded its status, of an order that failed
/// its outcome. Behind it stands what an error says: its code, what to do, and the bank's code.
pub(super) fn settle_step(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    const EVENTS: &str = "accepted settled deleted other not_executed rejected unknown woke unasked aborted";
    let state = arguments.whole("state").text();
    let now = read_now(arguments);
    let word = arguments.whole("event").word(EVENTS);
    let mut told = || arguments.whole("event").optional().map(Reader::text);
    let (code, action, provider_code) = (told(), told(), told());
    // What is refused from here on is not about an argument.
    arguments.whole("");
    let mut machine = read(state).ok_or(ErrorCode::Internal)?;
    let is_late = code == Some("timed_out");
    let status = |status| SettleEvent::Status(status);
    let event = match word {
        0 => status(TransferStatus::Accepted),
        1 => status(TransferStatus::Settled),
        2 => status(TransferStatus::Deleted),
        3 => status(TransferStatus::Other),
        4 => SettleEvent::CreateFailed(Some(Outcome::NotExecuted)),
        5 => SettleEvent::CreateFailed(Some(Outcome::Rejected)),
        6 if is_late => SettleEvent::CreateTimedOut,
        6 => SettleEvent::CreateFailed(Some(Outcome::Unknown)),
        7 => SettleEvent::Woke,
        9 => return Err(machine.left_off(ErrorCode::Aborted)),
        _ => {
            let action = action.and_then(|action| place(NextAction::NAMES, action.as_bytes()));
            SettleEvent::of_failed_ask(is_late, provider_code, action.and_then(NextAction::from_place))
        }
    };
    let step = machine.step(event, now);
    let mut json = Json::default();
    json.raw("{");
    Ok(written(&machine, step, json))
}

fn written(machine: &Settle, step: SettleStep, mut json: Json) -> Vec<u8> {
    let (word, ms) = match step {
        SettleStep::Ask { within_ms } => ("ask", within_ms),
        SettleStep::Create { within_ms } => ("create", within_ms),
        SettleStep::Sleep { ms } => ("sleep", ms),
        SettleStep::Refused => ("refused", 0),
        SettleStep::Unasked => ("unasked", 0),
        SettleStep::Done(Settled::Settled) => ("settled", 0),
        SettleStep::Done(Settled::Deleted) => ("deleted", 0),
        SettleStep::Done(Settled::Pending(_)) => ("pending", 0),
    };
    json.member("do", Some(word));
    json.number("ms", ms);
    if let SettleStep::Done(Settled::Pending(Some(known))) = step {
        json.member("known", Some(if known == KnownTransfer::Accepted { "accepted" } else { "nothing" }));
    }
    json.number("creates", machine.creates.into());
    // What is known where nobody waits any more, or where the module itself fails from now on.
    json.raw("\"lost\":");
    json.error(&machine.left_off(ErrorCode::Internal));
    json.raw(",");
    let numbers = [
        machine.poll_every,
        machine.quiet,
        machine.timeout,
        machine.creates.into(),
        machine.creates_left.into(),
        machine.phase as u64,
        machine.is_unknown.into(),
        machine.quiet_left.map_or(0, |quiet| quiet.saturating_add(1)),
        machine.is_nothing.into(),
        machine.left,
        machine.seen,
        machine.granted,
        machine.asked.into(),
    ];
    json.member("state", Some(&numbers_as_text(&numbers)));
    json.close("}");
    json.finished()
}

fn read(state: &str) -> Option<Settle> {
    let mut numbers = Numbers(state.as_bytes());
    let mut values = [0; 13];
    for value in &mut values {
        *value = numbers.next()?;
    }
    let [poll_every, quiet, timeout, creates, creates_left, phase, is_unknown, quiet_left, is_nothing, left, ..] =
        values;
    let [.., seen, granted, asked] = values;
    Some(Settle {
        poll_every,
        quiet,
        timeout,
        creates: creates.try_into().ok()?,
        creates_left: creates_left.try_into().ok()?,
        phase: *[Phase::Open, Phase::Refused, Phase::Exists, Phase::Accepted].get(usize::try_from(phase).ok()?)?,
        is_unknown: is_unknown == 1,
        quiet_left: quiet_left.checked_sub(1),
        is_nothing: is_nothing == 1,
        left,
        seen,
        granted,
        asked: asked.try_into().ok()?,
    })
}
