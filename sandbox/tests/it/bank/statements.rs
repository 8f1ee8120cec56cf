//! What is on an account, and how it came to that.

use serde_json::{Value, json};
use tiyin_sandbox::bank_magic::{PAGE_ROWS, SETTLEMENT_MS};

use super::partner::{POOR_SERVICE, Partner, SERVICE, budget_order, code_of, get, order, post, query, to};
use crate::merchant::with;

fn page(partner: &mut Partner, query: &Value) -> Vec<Value> {
    partner.answer(&post("account/payments", query))["data"].as_array().expect("rows").clone()
}

/// A partner that has paid so many orders, one a day from 21 September 2026 on.
fn paid(orders: usize) -> Partner {
    let mut partner = Partner::new();
    for number in 0..orders {
        partner.pay(&with(order(&format!("order-{number}")), "comissionAmount", "0"));
        partner.wait(24 * 60 * 60 * 1000);
    }
    partner
}

#[test]
fn a_row_tells_of_payer_receiver_and_document() {
    let mut partner = Partner::new();
    partner.pay(&with(order("1"), "innReceiver", "206916313"));
    partner.wait(SETTLEMENT_MS);
    let rows = partner.statement(SERVICE, "2");
    let [transfer, commission] = rows.as_slice() else { panic!("two rows: {rows:?}") };
    let expected = json!({
        "id": partner.rows()[0].entry_id,
        "docNumber": transfer["docNumber"],
        "docDate": "2026-09-21 19:13:23",
        "paymentDate": "2026-09-21 00:00:00",
        "type": "Расход",
        "mfoPayer": "00401",
        "accountPayer": partner.service(SERVICE).account,
        "namePayer": "SELLO - C2C",
        "innPayer": "307692757",
        "mfoReceiver": "00401",
        "accountReceiver": "29801000990248844444",
        "nameReceiver": "АК Aloqabank",
        "innReceiver": "206916313",
        "amount": 500_000,
        "purpose": "Аренда за ноябрь",
        "status": "Проведен",
    });
    assert_eq!(*transfer, expected);
    let number = transfer["docNumber"].as_str().unwrap();
    assert!(number.len() == 7 && number.bytes().all(|digit| digit.is_ascii_digit()));
    assert_eq!((&commission["amount"], &commission["type"]), (&json!(5000), &json!("Расход")));
    assert!(commission["purpose"].as_str().unwrap().contains(&partner.rows()[1].document_id));
    assert!(commission["id"].as_u64() > transfer["id"].as_u64());
}

#[test]
fn a_receiver_without_a_taxpayers_number_has_none() {
    let mut partner = Partner::new();
    partner.pay(&order("1"));
    partner.pay_budget(&budget_order("2"));
    partner.wait(SETTLEMENT_MS);
    let rows = partner.statement(SERVICE, "2");
    assert!(rows[0].get("innReceiver").is_some_and(Value::is_null));
    assert_eq!((&rows[2]["innReceiver"], &rows[2]["mfoReceiver"]), (&json!("207099143"), &json!("00014")));
}

#[test]
fn only_what_has_moved_is_in_it() {
    let mut partner = Partner::new();
    partner.pay(&order("accepted"));
    partner.pay(&to("deleted", "780400"));
    assert!(partner.statement(SERVICE, "2").is_empty());
    partner.wait(SETTLEMENT_MS);
    assert_eq!(partner.statement(SERVICE, "2").len(), 2);
}

#[test]
fn an_order_to_another_service_is_in_both_statements() {
    let mut partner = Partner::new();
    let account = partner.service(POOR_SERVICE).account;
    partner.pay(&with(order("1"), "receiverAccount", account));
    partner.wait(SETTLEMENT_MS);
    let sent = partner.statement(SERVICE, "2").remove(0);
    let received = partner.statement(POOR_SERVICE, "1").pop().unwrap();
    assert_eq!((&sent["type"], &received["type"]), (&json!("Расход"), &json!("Приход")));
    for same in ["accountPayer", "accountReceiver", "amount", "purpose", "docDate"] {
        assert_eq!(sent[same], received[same], "{same}");
    }
}

#[test]
fn directions_are_both_or_one() {
    let mut partner = paid(2);
    let types = |partner: &mut Partner, kind: &str| {
        let rows = partner.statement(SERVICE, kind);
        rows.into_iter().map(|row| row["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(types(&mut partner, "0"), ["Приход", "Расход", "Расход"]);
    assert_eq!(types(&mut partner, "1"), ["Приход"]);
    assert_eq!(types(&mut partner, "2"), ["Расход", "Расход"]);
}

#[test]
fn a_number_is_as_good_as_text_where_the_document_has_both() {
    let mut partner = paid(1);
    let rows = page(&mut partner, &query(SERVICE, "0", 0));
    let query = with(with(query(SERVICE, "0", 0), "type", 0), "serviceId", SERVICE.to_string());
    assert_eq!(page(&mut partner, &with(query, "lastId", "0")), rows);
}

#[test]
fn dates_are_of_tashkent_and_inclusive() {
    let mut partner = paid(3);
    let between = |from: &str, to: &str| with(with(query(SERVICE, "2", 0), "fromDate", from), "toDate", to);
    for (from, to, count) in [
        ("2026-09-21", "2026-09-23", 3),
        ("2026-09-22", "2026-09-22", 1),
        ("2026-09-22", "2026-12-31", 2),
        ("2026-09-24", "2026-09-30", 0),
        ("2026-09-23", "2026-09-21", 0),
    ] {
        assert_eq!(page(&mut partner, &between(from, to)).len(), count, "{from} {to}");
    }
}

#[test]
fn a_page_begins_with_the_row_that_was_the_last() {
    let mut partner = paid(PAGE_ROWS + 5);
    let first = page(&mut partner, &query(SERVICE, "2", 0));
    assert_eq!(first.len(), PAGE_ROWS);
    let last = first.last().unwrap();
    let second = page(&mut partner, &query(SERVICE, "2", last["id"].as_u64().unwrap()));
    assert_eq!((second.len(), &second[0]), (6, last));
    let end = second.last().unwrap();
    assert_eq!(page(&mut partner, &query(SERVICE, "2", end["id"].as_u64().unwrap())), std::slice::from_ref(end));
    assert_eq!(page(&mut partner, &query(SERVICE, "2", end["id"].as_u64().unwrap() + 1)).len(), 0);
    assert_eq!(partner.statement(SERVICE, "2").len(), PAGE_ROWS + 5);
}

#[test]
fn a_query_must_be_whole() {
    let mut partner = Partner::new();
    let whole = query(SERVICE, "0", 0);
    for name in whole.as_object().unwrap().keys() {
        let answer = partner.answer(&post("account/payments", &with(whole.clone(), name, Value::Null)));
        assert_eq!(code_of(&answer), 1017, "{name}");
    }
    for (name, value) in
        [("type", "3"), ("type", "all"), ("fromDate", "01.01.2023"), ("toDate", "2023-1-1"), ("lastId", "-1")]
    {
        let answer = partner.answer(&post("account/payments", &with(whole.clone(), name, value)));
        assert_eq!(code_of(&answer), 1017, "{name}: {value}");
    }
}

#[test]
fn a_balance_is_text_without_a_code() {
    let answer = Partner::new().answer(&get("account/27/balance"));
    assert_eq!(answer, json!({ "status": "success", "data": { "balance": "400" } }));
}

#[test]
fn there_is_no_balance_of_what_is_no_service() {
    for id in ["99", "x", "033", "-1", "18446744073709551616"] {
        assert_eq!(code_of(&Partner::new().answer(&get(&format!("account/{id}/balance")))), 1001, "{id}");
    }
}
