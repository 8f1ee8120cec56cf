//! Every request and every answer of the document, as it is printed there.

use serde_json::{Value, json};
use tiyin_sandbox::bank_magic::SETTLEMENT_MS;

use super::partner::{PLAIN_BUDGET, Partner, get, post};
use crate::merchant::with;

macro_rules! document {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../documents/bank/", $name, ".json"))).unwrap()
    };
}

/// The document's answer with the id that every seed draws anew; its form is the document's.
fn with_drawn_id(mut documented: Value, answer: &Value) -> Value {
    let form = |id: &Value| id.as_str().unwrap().replace(|digit: char| digit.is_ascii_digit(), "0");
    assert_eq!(form(&answer["data"]["doc_id"]), form(&documented["data"]["doc_id"]));
    documented["data"]["doc_id"] = answer["data"]["doc_id"].clone();
    documented
}

#[test]
fn services_are_those_of_the_document_and_others() {
    let mut answer = Partner::new().answer(&get("services"));
    let mut documented = document!("services");
    let [services, documented] = [&mut answer, &mut documented].map(|answer| answer["data"].take());
    for (service, documented) in services.as_array().unwrap().iter().zip(documented.as_array().unwrap()) {
        let account = service["account"].as_str().unwrap();
        assert!(account.len() == 20 && account.bytes().all(|digit| digit.is_ascii_digit()));
        assert_eq!(service, &with(documented.clone(), "account", account));
    }
    assert_eq!(answer, json!({ "status": "success", "code": 0, "data": null }));
}

#[test]
fn an_order_its_status_and_the_balance_are_answered_as_documented() {
    let mut partner = Partner::new();
    let answer = partner.pay(&document!("payment.request"));
    assert_eq!(answer, with_drawn_id(document!("payment"), &answer));
    partner.wait(SETTLEMENT_MS);
    let status = partner.status("009445151277");
    assert_eq!(status, with_drawn_id(document!("payment-status"), &status));
    assert_eq!(status["data"]["doc_id"], answer["data"]["doc_id"]);
    assert_eq!(partner.answer(&get("account/2/balance")), document!("balance"));
}

/// Its example has 20 digits for the account's 27 and 5 for the taxpayer's 9: its own table says otherwise.
#[test]
fn an_order_to_the_budget_is_answered_as_documented_once_it_is_as_its_table_says() {
    let mut partner = Partner::new();
    let documented = document!("payment-budget.request");
    assert_eq!(partner.pay_budget(&documented), document!("no-account"));
    let order = with(with(documented, "receiverAccount", PLAIN_BUDGET), "innReceiver", "207099143");
    let answer = partner.pay_budget(&order);
    assert_eq!(answer, with_drawn_id(document!("payment-budget"), &answer));
}

#[test]
fn an_unknown_order_is_answered_as_documented() {
    assert_eq!(Partner::new().status("009445151277"), document!("no-data"));
}

#[test]
fn a_statement_is_answered_as_documented() {
    let answer = Partner::new().answer(&post("account/payments", &document!("statement.request")));
    assert_eq!(answer, document!("statement"));
}
