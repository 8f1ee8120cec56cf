//! Finding orders in a statement, for JavaScript.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::bank::read_payee;
use super::clients::parsed;
use super::input::Reader;
use super::money::read_money;
use crate::bank::{ComparedOrder, ComparedRow, Date, MovementDirection, TransferStatus, find, has_left, spaced};
use crate::error::{Error, ErrorCode, Result};
use crate::json::json_of;
use crate::money::Money;

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
/**
 * An order as `reconcile` compares it. An order as it was sent will do.
 */
export interface ExpectedTransfer extends Partial<Omit<TransferRequest & BudgetRequest, "payee" | "kind">> {
    kind?: "requisites" | "budget" | undefined;
    orderId: string;
    payee: { account: string; name?: string | undefined; bankCode?: string | undefined; taxpayerId?: string | undefined };
    amount: Money;
    /**
     * How many spaces are between its words does not count.
     */
    purpose: string;
    /**
     * The first day that it can have been paid on; any day without it.
     */
    from?: string | undefined;
    /**
     * The last day that it can have been paid on; any day without it.
     */
    to?: string | undefined;
}

/**
 * Finds orders in a statement's rows of money that went out. A row has neither an order's id nor a payment's, so they are compared
 * by the payee's account, the amount, the purpose and the day; where those fit more than one, nothing is guessed (`ambiguous`). Rows
 * that came in, and those that the bank has deleted or not settled yet, are left aside.
 *
 * @throws {TiyinError} `missing_field`, `invalid_type`, `unknown_field`, `invalid_date` and others
 * @example
 * const order = { orderId: "100001", payee: { account: "29896000200000401070" }, amount: som(4), purpose: "тест" };
 * reconcile([], [order]).missing; // ["100001"]
 */
export function reconcile(rows: readonly StatementRow[], orders: readonly ExpectedTransfer[]): Reconciliation;
"#;

pub(super) fn reconcile(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let (mut rows, mut orders) = (Vec::new(), Vec::new());
    arguments.whole("rows").start_list();
    while arguments.has_item() {
        rows.extend(read_row(arguments));
    }
    arguments.whole("orders").start_list();
    while arguments.has_item() {
        orders.push(read_expected(arguments));
    }
    arguments.whole("");
    match arguments.refusal.take() {
        Some(refusal) => Err(refusal),
        None => Ok(json_of(&find(rows, orders)).ok_or(ErrorCode::Internal)?),
    }
}

/// A row, but for one of money that did not go out.
fn read_row<'a>(row: &mut Reader<'a>) -> Option<ComparedRow<'a>> {
    const STATUSES: [TransferStatus; 4] =
        [TransferStatus::Other, TransferStatus::Settled, TransferStatus::Deleted, TransferStatus::Accepted];
    const DIRECTIONS: [MovementDirection; 3] =
        [MovementDirection::Other, MovementDirection::Debit, MovementDirection::Credit];
    const NAMES: &str = "id amount payee purpose status direction documentDate payer documentNumber bankDate";
    let (id, account, amount, purpose) = (0, "", Money::ZERO, "".into());
    let mut read = ComparedRow { has_left: false, id, account, amount, purpose, day: None };
    let (mut status, mut direction) = (0, 0);
    row.start_object();
    let mut found = 0;
    while let Some(member) = row.known_member(NAMES, 6, &mut found) {
        match member {
            0 => read.id = row.number_between(0, Money::MAX_MINOR),
            1 => read.amount = read_money(row),
            2 => read.account = read_account_of(row),
            3 => read.purpose = spaced(row.text()),
            4 => status = row.word("other settled deleted accepted"),
            5 => direction = row.word("other debit credit"),
            6 => read.day = Date::of_moment(row.text()),
            _ => row.skip(),
        }
    }
    read.has_left = has_left(*STATUSES.get(status)?, *DIRECTIONS.get(direction)?)?;
    Some(read)
}

fn read_expected<'a>(order: &mut Reader<'a>) -> ComparedOrder<'a> {
    const NAMES: &str = "orderId payee amount purpose from to kind serviceId commission card serviceType purposeCode";
    let mut read = ComparedOrder { id: "", account: "", amount: Money::ZERO, purpose: "".into(), from: None, to: None };
    order.start_object();
    let mut found = 0;
    while let Some(member) = order.known_member(NAMES, 4, &mut found) {
        match member {
            0 => read.id = order.text(),
            1 => read.account = read_account_of(order),
            2 => read.amount = read_money(order),
            3 => read.purpose = spaced(order.text()),
            4 => read.from = parsed(order, Date::parse),
            5 => read.to = parsed(order, Date::parse),
            _ => order.skip(),
        }
    }
    if read.account.is_empty() {
        order.refuse(Error::about(ErrorCode::EmptyText, "payee.account"));
    }
    if let (Some(from), Some(to)) = (read.from, read.to) {
        Date::check_window(from, to).unwrap_or_else(|error| order.refuse(error));
    }
    read
}

/// The account of a payee, of whom nothing else is compared.
fn read_account_of<'a>(whole: &mut Reader<'a>) -> &'a str {
    let [account, ..] = read_payee(whole);
    account.unwrap_or_default()
}
