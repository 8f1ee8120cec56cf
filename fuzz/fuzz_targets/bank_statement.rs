//! Any rows in any pages: each comes once, sums are exact, and each order and each row is told of once when orders are found in them.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use tiyin::bank::{
    Date, ExpectedTransfer, MovementDirection, Reconciliation, Statement, StatementParty, StatementRow,
    StatementTotals, TransferStatus, reconcile,
};
use tiyin::{Currency, Money};

/// Few values, so that much is alike.
#[derive(Arbitrary, Debug)]
struct GivenRow {
    id: u8,
    kind: u8,
    amount: u8,
    text: u8,
    day: u8,
}

#[derive(Arbitrary, Debug)]
struct GivenOrder {
    amount: u8,
    text: u8,
    from: Option<u8>,
    to: Option<u8>,
}

const PURPOSES: [&str; 4] = ["Аренда за май", " Аренда  за май ", "Аренда\u{a0}за\tмай", "Аренда за июнь"];

fuzz_target!(|given: (Vec<GivenRow>, Vec<GivenOrder>, u8, bool)| {
    let (rows, orders, page, is_large) = given;
    let rows: Vec<_> = rows.iter().map(|given| row(given, is_large)).collect();
    let read = check_pages(&rows, page);
    check_totals(&read);
    let orders: Vec<_> = orders.iter().enumerate().map(|(place, given)| order(given, place)).collect();
    check_found(&reconcile(&rows, &orders), &rows, &orders);
});

fn row(given: &GivenRow, is_large: bool) -> StatementRow {
    let party = |account: u8| StatementParty { account: account.to_string(), ..StatementParty::default() };
    let largest = if is_large { Money::MAX_MINOR } else { 2 };
    StatementRow {
        id: given.id.into(),
        direction: [MovementDirection::Credit, MovementDirection::Debit, MovementDirection::Other]
            [usize::from(given.kind % 16).min(2)],
        amount: uzs(if given.amount % 3 == 2 { largest } else { (given.amount % 3).into() }),
        payer: party(9),
        payee: party(given.text / 4 % 2),
        purpose: PURPOSES[usize::from(given.text % 4)].into(),
        document_number: None,
        document_date: (given.day % 8 > 0).then(|| format!("2023-02-0{} 10:00:00", given.day % 8)),
        bank_date: None,
        status: match given.kind / 16 {
            0 => TransferStatus::Other,
            1 | 2 => TransferStatus::Deleted,
            3 => TransferStatus::Accepted,
            _ => TransferStatus::Settled,
        },
    }
}

fn order(given: &GivenOrder, place: usize) -> ExpectedTransfer<'static> {
    let day = |day: u8| Date::parse(&format!("2023-02-0{}", day % 8 + 1)).unwrap();
    ExpectedTransfer {
        order_id: place.to_string().into(),
        account: (given.text / 4 % 2).to_string().into(),
        amount: uzs((given.amount % 3).into()),
        purpose: PURPOSES[usize::from(given.text % 4)].into(),
        from: given.from.map(day),
        to: given.to.map(day),
    }
}

fn uzs(minor: i64) -> Money {
    Money::new(minor, Currency::Uzs).unwrap()
}

/// What is read of all pages: no id comes twice, and none falls.
fn check_pages(rows: &[StatementRow], page: u8) -> Vec<StatementRow> {
    let mut statement = Statement::after(0);
    let mut read: Vec<StatementRow> = Vec::new();
    for page in rows.chunks(usize::from(page % 7) + 1) {
        let before = statement.after_id();
        let taken = statement.take(page.to_vec());
        assert!(taken.iter().all(|row| row.id > before) && taken.is_sorted_by(|row, next| row.id < next.id));
        assert_eq!(statement.after_id(), taken.last().map_or(before, |row| row.id));
        read.extend(taken);
    }
    read
}

fn check_totals(rows: &[StatementRow]) {
    let mut totals = StatementTotals::default();
    let mut sums = [0i128; 2];
    for row in rows {
        let before = totals;
        let side = match (row.status, row.direction) {
            (TransferStatus::Other, _) | (TransferStatus::Settled, MovementDirection::Other) => {
                assert!(totals.add(row).is_err() && totals == before);
                continue;
            }
            (TransferStatus::Settled, MovementDirection::Credit) => Some(0),
            (TransferStatus::Settled, MovementDirection::Debit) => Some(1),
            _ => None,
        };
        let mut larger = sums;
        if let Some(side) = side {
            larger[side] += i128::from(row.amount.minor());
        }
        let is_exact = larger.iter().all(|sum| *sum <= i128::from(Money::MAX_MINOR));
        assert_eq!(totals.add(row).is_ok(), is_exact);
        if is_exact {
            sums = larger;
        }
        assert_eq!([totals.credit, totals.debit].map(|sum| i128::from(sum.minor())), sums);
    }
}

fn check_found(found: &Reconciliation, rows: &[StatementRow], orders: &[ExpectedTransfer<'_>]) {
    let mut by_id = BTreeMap::new();
    for row in rows.iter().filter(|row| row.status != TransferStatus::Deleted) {
        by_id.entry(row.id).or_insert(row);
    }
    let order = |id: &str| &orders[id.parse::<usize>().unwrap()];
    let ambiguous_orders = found.ambiguous.iter().flat_map(|alike| &alike.order_ids);
    let ambiguous_rows = found.ambiguous.iter().flat_map(|alike| &alike.row_ids);

    let mut told: Vec<_> = found.matched.iter().map(|pair| &pair.order_id).collect();
    told.extend(found.different.iter().map(|pair| &pair.order_id));
    told.extend(found.missing.iter().chain(ambiguous_orders));
    let mut told: Vec<usize> = told.into_iter().map(|id| id.parse().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, (0..orders.len()).collect::<Vec<_>>(), "each order once");

    let mut told: Vec<_> = found.matched.iter().map(|pair| pair.row_id).collect();
    told.extend(found.different.iter().map(|pair| pair.row_id));
    told.extend(found.extra.iter().chain(ambiguous_rows));
    told.sort_unstable();
    assert_eq!(told, by_id.keys().copied().collect::<Vec<_>>(), "each row once");

    for pair in &found.matched {
        let fitting: Vec<_> = by_id.values().filter(|row| differs(order(&pair.order_id), row).is_empty()).collect();
        assert!(fitting.len() == 1 && fitting[0].id == pair.row_id, "{pair:?}");
    }
    for pair in &found.different {
        assert_eq!(differs(order(&pair.order_id), by_id[&pair.row_id]), [pair.field], "{pair:?}");
    }
    for id in &found.missing {
        assert!(by_id.values().all(|row| !differs(order(id), row).is_empty()), "{id}");
    }
}

/// Which members of an order are not the row's.
fn differs(order: &ExpectedTransfer<'_>, row: &StatementRow) -> Vec<&'static str> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let day = row.document_date.as_deref().map(|moment| Date::parse(&moment[..10]).unwrap());
    let is_of_day = match (order.from, order.to) {
        (None, None) => true,
        (from, to) => day.is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)),
    };
    let members = [
        ("account", order.account == row.payee.account),
        ("amount", order.amount == row.amount),
        ("purpose", words(&order.purpose) == words(&row.purpose)),
        ("date", is_of_day),
    ];
    members.into_iter().filter(|(_, is_same)| !is_same).map(|(name, _)| name).collect()
}
