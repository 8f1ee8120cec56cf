//! Every request and every answer of the document, as it is printed there.

use serde_json::{Value, json};

use crate::merchant::{CARD, Merchant, UCELL, id_of, payment, with};

macro_rules! document {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../documents/", $name, ".json"))).unwrap()
    };
}

const INFO_AT: u64 = 1_728_899_628_000;
const CREATE_AT: u64 = 1_728_900_067_000;
const PAY_AT: u64 = 1_728_900_443_000;

fn merchant(now: u64) -> Merchant {
    Merchant { now, ..Merchant::new() }
}

/// The answer with the ids that every run draws anew put in place of the document's.
fn with_drawn(mut documented: Value, answer: &Value, drawn: &[&str]) -> Value {
    for name in drawn {
        documented["result"][name] = answer["result"][name].clone();
    }
    documented
}

#[test]
fn the_list_has_the_documented_services() {
    let listed = merchant(INFO_AT).get("servicePayment/list/")["result"]["services"].take();
    for service in document!("service-list")["result"]["services"].as_array().unwrap() {
        assert!(listed.as_array().unwrap().contains(service), "{service}");
    }
}

#[test]
fn fields_are_as_documented() {
    let documented = &document!("service-fields")["result"]["data"][0];
    let answered = &merchant(INFO_AT).fields(documented["service_id"].as_str().unwrap())[0];
    assert_eq!(answered["response_fields"], documented["response_fields"]);
    let [fields, documented] = [answered, documented].map(|service| service["fields"].as_array().unwrap());
    assert_eq!(fields.len(), documented.len());
    for (field, documented) in fields.iter().zip(documented) {
        assert_eq!(with(field.clone(), "values", json!([])), with(documented.clone(), "values", json!([])));
        for value in documented["values"].as_array().unwrap() {
            assert!(field["values"].as_array().unwrap().contains(value), "{value}");
        }
    }
}

/// The example of `fields` gives the service another category than the example of `list`, and a logo.
#[test]
fn a_service_is_the_same_in_its_fields_as_in_the_list() {
    let mut merchant = merchant(INFO_AT);
    for service in merchant.get("servicePayment/list/")["result"]["services"].take().as_array().unwrap() {
        let mut fields = merchant.fields(service["service_id"].as_str().unwrap());
        let mut described = if fields.is_array() { fields[0].take() } else { fields };
        for own in ["fields", "response_fields"] {
            assert!(described.as_object_mut().unwrap().remove(own).is_some_and(|list| list.is_array()));
        }
        assert_eq!(described, *service);
    }
}

#[test]
fn info_answers_as_documented() {
    assert_eq!(merchant(INFO_AT).post("info", &document!("info.request")), document!("info"));
}

#[test]
fn create_answers_as_documented() {
    let answer = merchant(CREATE_AT).post("create", &document!("create.request"));
    assert_eq!(answer, with_drawn(document!("create"), &answer, &["transactionId"]));
}

#[test]
fn create_with_a_card_answers_with_its_hidden_phone() {
    let request = with(document!("create.request"), "cardId", CARD);
    let answer = merchant(CREATE_AT).post("create", &request);
    let mut documented = with_drawn(document!("create"), &answer, &["transactionId"]);
    documented["result"]["sms"] = json!({ "otpSentPhone": "+99890*****67" });
    assert_eq!(answer, documented);
}

#[test]
fn pay_and_status_answer_as_documented() {
    let mut merchant = merchant(CREATE_AT);
    let id = id_of(&merchant.post("create", &document!("create.request")));
    merchant.now = PAY_AT;
    let answer = merchant.post("pay", &with(payment(&id, CARD), "userId", "007"));
    assert_eq!(answer, with_drawn(document!("pay"), &answer, &["transactionId", "paymentRef"]));
    assert_eq!(answer["result"]["transactionId"], json!(id));
    let reference = answer["result"]["paymentRef"].as_str().unwrap();
    assert!(reference.len() == 12 && reference.bytes().all(|digit| digit.is_ascii_digit()), "{reference}");

    merchant.wait(60_000);
    let answer = merchant.get(&format!("servicePayment/transaction/status/?transactionId={id}"));
    assert_eq!(
        answer,
        with_drawn(document!("status"), &json!({ "result": { "transactionId": id } }), &["transactionId"])
    );
}

#[test]
fn the_list_of_paid_transactions_answers_as_documented() {
    let mut merchant = merchant(1_727_677_592_000);
    let request = json!({ "amount": 500, "service_id": UCELL, "account": { "phone": "901234567" }, "userId": "646" });
    let mut documented = document!("all");
    for (now, row) in [(1_727_677_592_000, 1), (1_732_171_727_000, 0)] {
        merchant.now = now;
        let id = id_of(&merchant.post("create", &request));
        merchant.pay(&id);
        documented["result"]["transactions"][row]["id"] = id.into();
    }
    assert_eq!(merchant.get("servicePayment/transaction/all"), documented);
}
