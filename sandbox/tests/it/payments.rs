//! From creation to the money that moved.

use serde_json::{Value, json};
use tiyin_sandbox::{Money, PaymentStatus};

use crate::merchant::{
    CARD, ELECTRICITY, Merchant, OTHER_CARD, POOR_CARD, START, UCELL, code_of, electricity, id_of, payment, with,
    without,
};

const DAY: u64 = 24 * 60 * 60 * 1000;
const STEAM: &str = "a93e5d07-46f1-4b8c-b2e9-1f7d60c8a354";

fn created(request: &Value) -> Value {
    Merchant::new().post("create", request)
}

fn ids(answer: &Value) -> Vec<&str> {
    assert!(answer["result"]["error"].is_null() && answer["result"].get("error").is_some());
    let rows = answer["result"]["transactions"].as_array().unwrap();
    assert_eq!(answer["result"]["totalTransaction"], rows.len());
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn creating_moves_no_money() {
    let mut merchant = Merchant::new();
    let id = merchant.create(500);
    assert_eq!(merchant.status(&id), "created");
    assert!(merchant.charges().is_empty());
    let truth = merchant.truth(&id);
    assert_eq!((truth.status, truth.charges, truth.executing_late), (PaymentStatus::Created, 0, 0));
}

#[test]
fn two_creations_are_two_payments() {
    let mut merchant = Merchant::new();
    let ids = [merchant.create(500), merchant.create(500)];
    assert_ne!(ids[0], ids[1]);
    assert_eq!(
        merchant.sandbox.payments().iter().map(|payment| &payment.transaction_id).collect::<Vec<_>>(),
        [&ids[0], &ids[1]]
    );
}

#[test]
fn paying_moves_the_amount_from_the_card_to_the_ledger() {
    let mut merchant = Merchant::new();
    let before = merchant.sandbox.balance(CARD).unwrap();
    let id = id_of(&merchant.post("create", &with(electricity(1500), "userId", "007")));
    merchant.wait(1000);
    merchant.pay(&id);
    let row = merchant.charges()[0];
    assert_eq!((row.at, row.amount), (START + 1000, Money::tiyin(150_000)));
    assert_eq!((row.transaction_id.as_str(), row.card_id.as_str()), (id.as_str(), CARD));
    assert_eq!(row.balance_after, Money::tiyin(before.minor - 150_000));
    assert_eq!(merchant.sandbox.balance(CARD), Some(row.balance_after));
    assert_eq!((row.service_id.as_str(), row.user_id.as_deref()), (ELECTRICITY, Some("007")));
    assert_eq!(row.account.get("customer_code").map(String::as_str), Some("1000000"));
    assert_eq!(merchant.charges().len(), 1);
}

#[test]
fn a_ledger_row_is_plain_json() {
    let mut merchant = Merchant::new();
    let id = merchant.create(500);
    merchant.pay(&id);
    let expected = json!({
        "at": START,
        "provider": "paylov",
        "kind": "payment",
        "transactionId": id,
        "cardId": CARD,
        "amount": { "minor": 50_000, "currency": "UZS" },
        "balanceAfter": { "minor": 4_999_950_000_i64, "currency": "UZS" },
        "serviceId": ELECTRICITY,
        "account": { "customer_code": "1000000", "region": "1", "soato": "26290" },
    });
    assert_eq!(serde_json::to_value(&merchant.sandbox.ledger()[0]).unwrap(), expected);
}

#[test]
fn a_second_pay_charges_twice() {
    let mut merchant = Merchant::new();
    let id = merchant.create(500);
    let first = merchant.pay(&id);
    merchant.wait(1000);
    let second = merchant.pay(&id);
    assert_ne!(first["result"]["paymentRef"], second["result"]["paymentRef"]);
    assert_eq!(merchant.charges().len(), 2);
    assert_eq!(merchant.truth(&id).charges, 2);
    assert_eq!(ids(&merchant.get("servicePayment/transaction/all")), [&id]);
}

#[test]
fn the_merchants_user_may_be_named_when_paying() {
    let mut merchant = Merchant::new();
    let id = merchant.create(500);
    merchant.post("pay", &with(payment(&id, CARD), "userId", "646"));
    assert_eq!(ids(&merchant.get("servicePayment/transaction/all?userId=646")), [&id]);
    assert_eq!(merchant.charges()[0].user_id.as_deref(), Some("646"));
}

#[test]
fn a_refused_payment_can_be_paid_with_another_card() {
    let mut merchant = Merchant::new();
    let id = merchant.create(2000);
    assert_eq!(code_of(&merchant.post("pay", &payment(&id, POOR_CARD))), "insufficient_funds");
    assert_eq!(merchant.status(&id), "created");
    merchant.post("pay", &payment(&id, OTHER_CARD));
    assert_eq!(merchant.status(&id), "paid");
    assert_eq!(merchant.charges()[0].card_id, OTHER_CARD);
}

#[test]
fn a_card_pays_down_to_nothing_and_no_further() {
    let mut merchant = Merchant::new();
    let id = merchant.create(500);
    let pay = payment(&id, POOR_CARD);
    for _ in 0..2 {
        assert!(merchant.post("pay", &pay)["result"].is_object());
    }
    assert_eq!(merchant.sandbox.balance(POOR_CARD), Some(Money::tiyin(0)));
    assert_eq!(code_of(&merchant.post("pay", &pay)), "insufficient_funds");
}

#[test]
fn amounts_are_whole_som_within_the_limits_of_the_service() {
    for (amount, code) in [
        (json!(499), "invalid_amount"),
        (json!(5_000_001), "invalid_amount"),
        (json!(0), "invalid_amount"),
        (json!(-500), "invalid_amount"),
        (json!(500.5), "invalid_amount"),
        (json!(500.0), "invalid_amount"),
        (json!(1e30), "invalid_amount"),
        (json!("500"), "validation_error"),
        (json!(true), "validation_error"),
        (json!(null), "field_required"),
    ] {
        assert_eq!(code_of(&created(&with(electricity(500), "amount", amount.clone()))), code, "{amount}");
    }
    for amount in [500, 5_000_000] {
        assert!(created(&electricity(amount))["result"].is_object(), "{amount}");
    }
}

#[test]
fn what_is_missing_or_of_another_type_is_refused() {
    for name in ["amount", "service_id", "account"] {
        assert_eq!(code_of(&created(&without(electricity(500), name))), "field_required", "{name}");
    }
    for (name, value) in
        [("userId", json!(7)), ("cardId", json!(7)), ("phoneNumber", json!(998)), ("sms", json!("yes"))]
    {
        assert_eq!(code_of(&created(&with(electricity(500), name, value))), "validation_error", "{name}");
    }
    let unknown = with(electricity(500), "service_id", "9f877739-0000-4000-8000-000000000000");
    assert_eq!(code_of(&created(&unknown)), "validation_error");
    for body in [json!({}), json!({ "transactionId": "a" }), json!({ "cardId": CARD }), payment("", CARD)] {
        assert_eq!(code_of(&Merchant::new().post("pay", &body)), "field_required", "{body}");
    }
    assert_eq!(code_of(&Merchant::new().get("servicePayment/transaction/status/")), "field_required");
}

#[test]
fn optional_members_may_be_null() {
    let names = ["userId", "cardId", "phoneNumber", "sms"];
    let request = names.into_iter().fold(electricity(500), |request, name| with(request, name, Value::Null));
    assert!(created(&request)["result"].get("sms").is_none());
}

#[test]
fn an_unknown_transaction_is_refused() {
    let mut merchant = Merchant::new();
    let id = "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26";
    assert_eq!(code_of(&merchant.pay(id)), "transaction_not_found");
    let path = format!("servicePayment/transaction/status/?transactionId={id}");
    assert_eq!(code_of(&merchant.get(&path)), "transaction_not_found");
    assert_eq!(merchant.sandbox.payment(id), None);
}

#[test]
fn a_payment_that_nobody_pays_is_cancelled_after_a_day() {
    let mut merchant = Merchant::new();
    let (unpaid, paid) = (merchant.create(500), merchant.create(500));
    merchant.pay(&paid);
    merchant.wait(DAY - 1);
    assert_eq!(merchant.status(&unpaid), "created");
    merchant.wait(1);
    assert_eq!([merchant.status(&unpaid), merchant.status(&paid)], ["cancelled", "paid"]);
    merchant.wait(5 * DAY);
    let answer = merchant.get(&format!("servicePayment/transaction/status/?transactionId={unpaid}"));
    let expected = json!({
        "transactionId": unpaid,
        "status": "cancelled",
        "payedAt": null,
        "serviceId": ELECTRICITY,
        "cancelTime": "2026-09-22 19:13:20",
        "amount": 500,
    });
    assert_eq!(answer["result"], expected);
    assert_eq!(code_of(&merchant.pay(&unpaid)), "transaction_not_available_for_payment");
    assert_eq!(merchant.charges().len(), 1);
}

#[test]
fn time_does_not_run_backwards() {
    let mut merchant = Merchant::new();
    let id = merchant.create(500);
    merchant.now = 0;
    merchant.pay(&id);
    assert_eq!(merchant.charges()[0].at, START);
}

#[test]
fn what_is_known_of_an_account_follows_what_was_paid() {
    let mut merchant = Merchant::new();
    let id = merchant.create(1000);
    merchant.pay(&id);
    let request = without(electricity(500), "amount");
    let answer = merchant.post("info", &request);
    let told = |name: &str| {
        let rows = answer["result"]["data"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap()["value"].as_str().unwrap().to_owned()
    };
    assert_eq!([told("saldo"), told("last_paid"), told("last_paid_date")], ["16105.15 UZS", "1000 UZS", "2026-09-21"]);
}

#[test]
fn a_voucher_comes_with_its_payment() {
    let mut merchant = Merchant::new();
    let request = json!({ "service_id": STEAM, "account": { "email": "a@shop.uz" }, "amount": 10_000 });
    let id = id_of(&merchant.post("create", &request));
    let row = &merchant.pay(&id)["result"]["data"][0];
    assert_eq!((row["name"].as_str(), row["value"].as_str().map(str::len)), (Some("voucher"), Some(16)));
}

#[test]
fn only_paid_transactions_are_listed_and_filters_narrow_them() {
    let mut merchant = Merchant::new();
    let mut paid = Vec::new();
    for (service_id, account, user) in [
        (UCELL, json!({ "phone": "901234567" }), "1"),
        (UCELL, json!({ "phone": "901234567" }), "2"),
        (ELECTRICITY, electricity(500)["account"].take(), "1"),
    ] {
        let request = json!({ "service_id": service_id, "account": account, "amount": 500, "userId": user });
        let id = id_of(&merchant.post("create", &request));
        merchant.post("create", &request);
        merchant.pay(&id);
        paid.push(id);
        merchant.wait(DAY);
    }
    // They were paid at 19:13:20 in Tashkent, on 21, 22 and 23 September.
    let user_and_service = format!("?userId=1&serviceId={UCELL}");
    for (query, places) in [
        ("", &[2, 1, 0][..]),
        ("?userId=1", &[2, 0]),
        ("?userId=3", &[]),
        (&user_and_service, &[0]),
        ("?beginDate=2026-09-22", &[2, 1]),
        ("?endDate=2026-09-22", &[1, 0]),
        ("?beginDate=2026-09-22&endDate=2026-09-22", &[1]),
        ("?beginDate=2026-09-22+19:13:20", &[2, 1]),
        ("?beginDate=2026-09-22%2019%3A13%3A21", &[2]),
        ("?endDate=2026-09-22+19:13:19", &[0]),
        ("?endDate=2026-09-22+19:13:20", &[1, 0]),
        ("?page=7", &[2, 1, 0]),
    ] {
        let expected: Vec<_> = places.iter().map(|place| paid[*place].as_str()).collect();
        assert_eq!(ids(&merchant.get(&format!("servicePayment/transaction/all{query}"))), expected, "{query}");
    }
}

#[test]
fn dates_of_another_form_are_refused() {
    for date in ["", "22.09.2026", "2026-9-22", "2026-09-22T19:13:20", "20260922", "2026-09-22 19:13", "2026-09-2x"] {
        let answer = Merchant::new().get(&format!("servicePayment/transaction/all?endDate={date}"));
        assert_eq!(code_of(&answer), "validation_error", "{date}");
    }
}
