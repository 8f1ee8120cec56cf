//! Reading statements page by page, adding them up, and finding orders in them.

use proptest::prelude::*;
use tiyin::bank::{
    AmbiguousTransfers, Date, DifferentTransfer, ExpectedTransfer, MatchedTransfer, MovementDirection, Reconciliation,
    Statement, StatementParty, StatementRow, StatementTotals, TransferStatus, reconcile,
};
use tiyin::{Currency, ErrorCode, Money};

fn uzs(minor: i64) -> Money {
    Money::new(minor, Currency::Uzs).unwrap()
}

fn row(id: u64) -> StatementRow {
    StatementRow {
        id,
        direction: MovementDirection::Debit,
        amount: uzs(400),
        payer: StatementParty::default(),
        payee: StatementParty { account: "29896000200000401070".into(), ..StatementParty::default() },
        purpose: "тест".into(),
        document_number: None,
        document_date: Some("2023-02-01 16:32:23".into()),
        bank_date: Some("2023-02-01 00:00:00".into()),
        status: TransferStatus::Settled,
    }
}

fn page(ids: &[u64]) -> Vec<StatementRow> {
    ids.iter().copied().map(row).collect()
}

fn ids(rows: &[StatementRow]) -> Vec<u64> {
    rows.iter().map(|row| row.id).collect()
}

#[test]
fn a_statement_goes_on_from_the_largest_id_and_drops_what_repeats() {
    let mut statement = Statement::after(0);
    assert_eq!(ids(&statement.take(page(&[5, 3, 9, 3])).unwrap()), [3, 5, 9]);
    assert_eq!(statement.after_id(), 9);
    // The page begins with the row that it was asked for with, as the document's sample does.
    assert_eq!(ids(&statement.take(page(&[9, 10, 5, 12])).unwrap()), [10, 12]);
    assert_eq!(statement.after_id(), 12);
    assert!(statement.take(page(&[])).unwrap().is_empty());
    // Nothing but repeats is the end too: the next page would be the same.
    assert!(statement.take(page(&[12])).unwrap().is_empty());
    assert_eq!(statement.after_id(), 12);
    assert_eq!(ids(&Statement::after(9).take(page(&[9, 10, 5, 12])).unwrap()), [10, 12]);
}

#[test]
fn rows_of_one_id_that_differ_are_no_page() {
    let mut rows = page(&[5, 3, 5]);
    rows[2].amount = uzs(401);
    let mut statement = Statement::after(2);
    let error = statement.take(rows.clone()).unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::UnexpectedAnswer, Some("id")));
    assert_eq!(statement.after_id(), 2, "it goes on from where it was");
    // Of what was read before it is not known whether it differs.
    assert_eq!(ids(&Statement::after(5).take(rows).unwrap()), [0; 0]);
}

#[test]
fn a_million_rows_are_read_in_the_room_of_a_page() {
    const ROWS: u64 = 1_000_000;
    const PAGE: u64 = 1_000;
    assert!(size_of::<Statement>() <= 16 && size_of::<StatementTotals>() <= 48);
    let (mut statement, mut totals, mut last, mut pages) = (Statement::after(0), StatementTotals::default(), 0, 0u64);
    loop {
        // The bank's pages begin with the row that they were asked for with.
        let first = statement.after_id().max(1);
        let mut rows = Vec::new();
        for id in first..=(first + PAGE).min(ROWS) {
            let mut row = row(id);
            row.direction = if id % 4 == 0 { MovementDirection::Credit } else { MovementDirection::Debit };
            row.amount = uzs(i64::try_from(id).unwrap());
            rows.push(row);
        }
        let rows = statement.take(rows).unwrap();
        if rows.is_empty() {
            break;
        }
        pages += 1;
        for row in rows {
            assert_eq!(row.id, last + 1);
            last = row.id;
            totals.add(&row).unwrap();
        }
    }
    assert_eq!((last, totals.rows, statement.after_id()), (ROWS, ROWS, ROWS));
    assert_eq!(pages, 1_000);
    let credit = (1..=250_000i64).map(|quarter| quarter * 4).sum::<i64>();
    assert_eq!((totals.credit, totals.debit), (uzs(credit), uzs(1_000_000 * 1_000_001 / 2 - credit)));
}

#[test]
fn totals_are_of_what_has_moved() {
    let mut totals = StatementTotals::default();
    let add = |totals: &mut StatementTotals, change: &dyn Fn(&mut StatementRow)| {
        let mut row = row(1);
        change(&mut row);
        totals.add(&row).map_err(|error| (error.code(), error.field().map(str::to_owned)))
    };
    add(&mut totals, &|_| {}).unwrap();
    add(&mut totals, &|row| row.direction = MovementDirection::Credit).unwrap();
    add(&mut totals, &|row| (row.direction, row.amount) = (MovementDirection::Credit, uzs(3))).unwrap();
    add(&mut totals, &|row| row.status = TransferStatus::Deleted).unwrap();
    add(&mut totals, &|row| row.status = TransferStatus::Accepted).unwrap();
    let expected = StatementTotals { credit: uzs(403), debit: uzs(400), rows: 5 };
    assert_eq!(totals, expected);
    let unexpected = |member: &str| Err((ErrorCode::UnexpectedAnswer, Some(member.to_owned())));
    assert_eq!(add(&mut totals, &|row| row.direction = MovementDirection::Other), unexpected("direction"));
    assert_eq!(add(&mut totals, &|row| row.status = TransferStatus::Other), unexpected("status"));
    let most = add(&mut totals, &|row| row.amount = uzs(Money::MAX_MINOR));
    assert_eq!(most, Err((ErrorCode::AmountOutOfRange, None)));
    assert_eq!(totals, expected, "what was refused is not half added");
    let json = serde_json::to_value(totals).unwrap();
    assert_eq!(
        json,
        serde_json::json!({ "credit": { "minor": 403, "currency": "UZS" }, "debit": { "minor": 400, "currency": "UZS" }, "rows": 5 })
    );
}

fn order(id: &'static str) -> ExpectedTransfer<'static> {
    ExpectedTransfer {
        order_id: id.into(),
        account: "29896000200000401070".into(),
        amount: uzs(400),
        purpose: "тест".into(),
        from: None,
        to: None,
    }
}

fn day(text: &str) -> Option<Date> {
    Some(Date::parse(text).unwrap())
}

fn matched(order_id: &str, row_id: u64) -> MatchedTransfer {
    MatchedTransfer { order_id: order_id.into(), row_id }
}

fn different(order_id: &str, row_id: u64, field: &'static str) -> DifferentTransfer {
    DifferentTransfer { order_id: order_id.into(), row_id, field }
}

#[test]
fn only_money_that_went_out_is_an_orders() {
    use MovementDirection::{Credit, Debit, Other};
    for (status, direction, extra) in [
        (TransferStatus::Deleted, Debit, &[][..]),
        (TransferStatus::Accepted, Debit, &[]),
        (TransferStatus::Settled, Credit, &[]),
        (TransferStatus::Other, Credit, &[]),
        // What is not known must not pass for paid, nor be overlooked.
        (TransferStatus::Other, Debit, &[1]),
        (TransferStatus::Settled, Other, &[1]),
    ] {
        let found = reconcile(&[StatementRow { status, direction, ..row(1) }], &[order("a")]);
        let expected = Reconciliation { missing: vec!["a".into()], extra: extra.to_vec(), ..Reconciliation::default() };
        assert_eq!(found, expected, "{status:?} {direction:?}");
    }
}

#[test]
fn rows_of_one_id_that_differ_are_two() {
    let other = StatementRow { amount: uzs(500), ..row(1) };
    let orders = [order("a"), ExpectedTransfer { amount: uzs(500), ..order("b") }];
    let found = reconcile(&[row(1), other.clone(), row(1), other], &orders);
    assert_eq!(found.matched, [matched("a", 1), matched("b", 1)]);
    assert_eq!((found.missing, found.extra), (vec![], vec![]));
}

#[test]
fn an_order_is_found_by_account_amount_purpose_and_day() {
    let mut dated = order("a");
    (dated.from, dated.to) = (day("2023-02-01"), day("2023-02-01"));
    let found = reconcile(&[row(1)], &[dated]);
    assert_eq!(found, Reconciliation { matched: vec![matched("a", 1)], ..Reconciliation::default() });
    // Pages repeat rows.
    assert_eq!(reconcile(&[row(1), row(1)], &[order("a")]).matched, [matched("a", 1)]);
    // Also where they do not come sorted.
    let mut other = row(2);
    other.purpose = "other".into();
    let found = reconcile(&[other.clone(), row(1), other, row(1)], &[order("a")]);
    assert_eq!((found.matched, found.extra), (vec![matched("a", 1)], vec![2]));
    // How the words of a purpose are spaced does not count.
    let mut spaced = row(1);
    spaced.purpose = " Test\u{a0} 24/7\n".into();
    let mut named = order("a");
    named.purpose = "Test 24/7".into();
    assert_eq!(reconcile(&[spaced], &[named]).matched, [matched("a", 1)]);
}

#[test]
fn what_is_not_there_is_missing_and_what_nobody_ordered_is_extra() {
    let mut elsewhere = row(1);
    elsewhere.payee.account = "29896000200000401071".into();
    let found = reconcile(&[elsewhere], &[order("a")]);
    assert_eq!((found.missing, found.extra), (vec!["a".to_owned()], vec![1]));
    assert_eq!((found.matched, found.different, found.ambiguous), (vec![], vec![], vec![]));
    // What the bank has deleted was not paid.
    let mut deleted = row(1);
    deleted.status = TransferStatus::Deleted;
    let found = reconcile(&[deleted], &[order("a")]);
    assert_eq!((found.missing, found.extra), (vec!["a".to_owned()], vec![]));
    assert_eq!(reconcile(&[], &[]), Reconciliation::default());
}

#[test]
fn what_differs_in_one_member_is_named() {
    type Change = fn(&mut ExpectedTransfer<'_>);
    let changes: [(&str, Change); 3] = [
        ("amount", |it| it.amount = uzs(401)),
        ("purpose", |it| it.purpose = "другое".into()),
        ("date", |it| it.from = day("2023-02-02")),
    ];
    for (field, change) in changes {
        let mut expected = order("a");
        change(&mut expected);
        let found = reconcile(&[row(1)], &[expected.clone()]);
        assert_eq!(found, Reconciliation { different: vec![different("a", 1, field)], ..Reconciliation::default() });
        // In two it is another one.
        expected.account = "29896000200000401071".into();
        let found = reconcile(&[row(1)], &[expected]);
        assert_eq!((found.different, found.missing, found.extra), (vec![], vec!["a".to_owned()], vec![1]));
    }
    let mut expected = order("a");
    (expected.amount, expected.to) = (uzs(1), day("2023-01-31"));
    assert_eq!(reconcile(&[row(1)], &[expected]).missing, ["a"]);
}

#[test]
fn what_differs_is_not_guessed_where_several_could_be_meant() {
    let mut one = order("a");
    one.amount = uzs(401);
    let mut other = order("b");
    other.purpose = "другое".into();
    let found = reconcile(&[row(1)], &[one.clone(), other]);
    assert_eq!((found.different, found.missing, found.extra), (vec![], vec!["a".into(), "b".into()], vec![1]));
    let found = reconcile(&[row(1), row(2)], &[one]);
    assert_eq!((found.different, found.missing, found.extra), (vec![], vec!["a".to_owned()], vec![1, 2]));
}

#[test]
fn where_several_fit_it_is_ambiguous() {
    let ambiguous = |orders: &[&str], rows: &[u64]| AmbiguousTransfers {
        order_ids: orders.iter().map(|&id| id.to_owned()).collect(),
        row_ids: rows.to_vec(),
    };
    let found = reconcile(&[row(1), row(2)], &[order("a")]);
    assert_eq!(found, Reconciliation { ambiguous: vec![ambiguous(&["a"], &[1, 2])], ..Reconciliation::default() });
    let found = reconcile(&[row(1)], &[order("a"), order("b")]);
    assert_eq!(found, Reconciliation { ambiguous: vec![ambiguous(&["a", "b"], &[1])], ..Reconciliation::default() });
    let found = reconcile(&[row(1), row(2)], &[order("a"), order("b")]);
    assert_eq!(found.ambiguous, [ambiguous(&["a", "b"], &[1, 2])]);
    // Those whose first order comes first stand first.
    let other = |id| ExpectedTransfer { purpose: "another".into(), ..order(id) };
    let row_of_other = StatementRow { purpose: "another".into(), ..row(3) };
    for orders in [[order("a"), other("b"), order("c"), other("d")], [other("a"), order("b"), other("c"), order("d")]] {
        let found = reconcile(&[row(1), row_of_other.clone()], &orders).ambiguous;
        assert_eq!(found.iter().map(|alike| &*alike.order_ids[0]).collect::<Vec<_>>(), ["a", "b"]);
    }
    let found = reconcile(&[row(1), row(2)], &[order("a"), order("b")]);
    assert_eq!((found.missing, found.extra, found.matched), (vec![], vec![], vec![]));
}

#[test]
fn days_tell_apart_what_is_alike_otherwise() {
    let dated = |id, from, to| ExpectedTransfer { from, to, ..order(id) };
    let on = |id, date: &str| StatementRow { document_date: Some(date.into()), ..row(id) };
    let rows = [on(1, "2023-02-01 23:59:59"), on(2, "2023-02-12 00:00:00")];
    let orders = [dated("a", day("2023-01-28"), day("2023-02-05")), dated("b", day("2023-02-03"), day("2023-02-12"))];
    let found = reconcile(&rows, &orders);
    assert_eq!((found.matched, found.ambiguous), (vec![matched("a", 1), matched("b", 2)], vec![]));
    // One end of a window may be open.
    let found = reconcile(&rows, &[dated("a", None, day("2023-02-11")), dated("b", day("2023-02-02"), None)]);
    assert_eq!(found.matched, [matched("a", 1), matched("b", 2)]);
    // A day that cannot be read is of no window.
    let undated = StatementRow { document_date: None, ..row(3) };
    let found = reconcile(std::slice::from_ref(&undated), &[dated("a", None, day("2023-02-11"))]);
    assert_eq!((found.matched, found.different), (vec![], vec![different("a", 3, "date")]));
    assert_eq!(reconcile(&[undated], &[order("a")]).matched, [matched("a", 3)]);
}

proptest! {
    /// As one would do it by hand: each order against each row.
    #[test]
    fn it_finds_what_comparing_everything_finds(
        rows in prop::collection::vec((0..2u8, 0..2i64, 0..2u8, 1..6u8), 0..8),
        orders in prop::collection::vec((0..2u8, 0..2i64, 0..2u8, prop::option::of(1..6u8), prop::option::of(1..6u8)), 0..8),
    ) {
        let rows: Vec<_> = rows.into_iter().enumerate().map(|(place, (account, amount, purpose, date))| StatementRow {
            amount: uzs(amount),
            payee: StatementParty { account: account.to_string(), ..StatementParty::default() },
            purpose: purpose.to_string(),
            document_date: Some(format!("2023-02-0{date} 10:00:00")),
            ..row(place as u64)
        }).collect();
        let date = |number: Option<u8>| number.map(|number| Date::parse(&format!("2023-02-0{number}")).unwrap());
        let orders: Vec<_> = orders.into_iter().enumerate().map(|(place, (account, amount, purpose, from, to))| {
            let (account, purpose) = (account.to_string().into(), purpose.to_string().into());
            ExpectedTransfer { order_id: place.to_string().into(), account, amount: uzs(amount), purpose, from: date(from), to: date(to) }
        }).collect();
        let fits = |order: &ExpectedTransfer<'_>, row: &StatementRow| {
            let day = Date::parse(&row.document_date.as_deref().unwrap()[..10]).unwrap();
            order.account == row.payee.account && order.amount == row.amount && order.purpose == row.purpose
                && order.from.is_none_or(|from| from <= day) && order.to.is_none_or(|to| day <= to)
        };
        let found = reconcile(&rows, &orders);
        let mut seen_rows = 0;
        for order in &orders {
            let fitting: Vec<_> = rows.iter().filter(|row| fits(order, row)).collect();
            let rivals = |row: &StatementRow| orders.iter().filter(|other| fits(other, row)).count();
            let is_sole = matches!(&fitting[..], [row] if rivals(row) == 1);
            let is_matched = found.matched.iter().any(|pair| pair.order_id == order.order_id && fitting.iter().any(|row| row.id == pair.row_id));
            prop_assert_eq!(is_matched, is_sole);
            let is_ambiguous = found.ambiguous.iter().any(|alike| alike.order_ids.iter().any(|id| *id == order.order_id));
            prop_assert_eq!(is_ambiguous, !fitting.is_empty() && !is_sole);
            let is_left = found.missing.iter().any(|id| *id == order.order_id) || found.different.iter().any(|pair| pair.order_id == order.order_id);
            prop_assert_eq!(is_left, fitting.is_empty());
        }
        for row in &rows {
            let places = found.matched.iter().filter(|pair| pair.row_id == row.id).count()
                + found.different.iter().filter(|pair| pair.row_id == row.id).count()
                + found.ambiguous.iter().flat_map(|alike| &alike.row_ids).filter(|id| **id == row.id).count()
                + found.extra.iter().filter(|id| **id == row.id).count();
            seen_rows += places;
            prop_assert_eq!(places, 1);
        }
        prop_assert_eq!(seen_rows, rows.len());
    }
}
