//! A merchant's program, which knows the documents' paths and nothing of the sandbox's inside.

use serde_json::{Value, json};
use tiyin_sandbox::{Answer, Config, Faults, PaylovRow, Payment, Reply, Request, Response, Rule, Sandbox};

pub(crate) const START: u64 = 1_790_000_000_000;

pub(crate) const CARD: &str = "9f877739-2149-4831-88a4-d1857309c77c";
pub(crate) const OTHER_CARD: &str = "10000000-0000-4000-8000-000000000001";
pub(crate) const POOR_CARD: &str = "10000000-0000-4000-8000-000000000002";
pub(crate) const CARD_WITHOUT_PHONE: &str = "10000000-0000-4000-8000-000000000009";

pub(crate) const ELECTRICITY: &str = "9f877739-bc25-4f0f-a13f-ec485fd04250";
pub(crate) const KINDERGARTEN: &str = "7c9d2b40-0a6e-4c19-a1f8-5e3d7b86f024";
pub(crate) const UZONLINE: &str = "e0a4c86d-91b7-4f27-b6d8-83f4f0d2c9a6";
pub(crate) const UCELL: &str = "3b03419c-2850-401f-b418-75d4c9b71b66";

pub(crate) struct Merchant {
    pub(crate) sandbox: Sandbox,
    pub(crate) now: u64,
}

impl Merchant {
    pub(crate) fn new() -> Self {
        Self::with(Config::default())
    }

    pub(crate) fn with(config: Config) -> Self {
        Self { sandbox: Sandbox::new(config), now: START }
    }

    pub(crate) fn facing(rules: impl Into<Vec<Rule>>) -> Self {
        Self::with(Config { faults: Faults { rules: rules.into(), random: None }, ..Config::default() })
    }

    pub(crate) fn wait(&mut self, ms: u64) {
        self.now += ms;
    }

    pub(crate) fn send(&mut self, request: &Request) -> Reply {
        self.sandbox.handle(request, self.now)
    }

    pub(crate) fn get(&mut self, path: &str) -> Value {
        let reply = self.send(&Request::get(format!("/paylov/{path}")));
        value(&answered(reply))
    }

    pub(crate) fn post(&mut self, method: &str, body: &Value) -> Value {
        let reply = self.send(&post(method, body));
        value(&answered(reply))
    }

    pub(crate) fn fields(&mut self, service_id: &str) -> Value {
        self.get(&format!("servicePayment/fields/{service_id}/"))["result"]["data"].take()
    }

    /// Creates a payment of the documented account and gives its id.
    pub(crate) fn create(&mut self, som: u64) -> String {
        id_of(&self.post("create", &electricity(som)))
    }

    pub(crate) fn create_with_code(&mut self, som: u64, card_id: &str) -> String {
        id_of(&self.post("create", &with(electricity(som), "cardId", card_id)))
    }

    pub(crate) fn pay(&mut self, id: &str) -> Value {
        self.post("pay", &payment(id, CARD))
    }

    pub(crate) fn pay_with_code(&mut self, id: &str, card_id: &str, otp: &str) -> Value {
        self.post("pay", &with(payment(id, card_id), "otp", otp))
    }

    pub(crate) fn status(&mut self, id: &str) -> String {
        let answer = self.get(&format!("servicePayment/transaction/status/?transactionId={id}"));
        answer["result"]["status"].as_str().expect("a status").into()
    }

    pub(crate) fn truth(&self, id: &str) -> Payment {
        self.sandbox.payment(id).expect("a payment")
    }

    pub(crate) fn charges(&self) -> Vec<&PaylovRow> {
        self.sandbox.ledger().iter().map(|row| row.paylov().expect("a charge")).collect()
    }
}

pub(crate) fn electricity(som: u64) -> Value {
    json!({
        "amount": som,
        "service_id": ELECTRICITY,
        "account": { "soato": "26290", "region": "1", "customer_code": "1000000" },
    })
}

pub(crate) fn payment(id: &str, card_id: &str) -> Value {
    json!({ "transactionId": id, "cardId": card_id })
}

/// The same object with another member in place of the one that it had, or none.
pub(crate) fn with(mut object: Value, name: &str, value: impl Into<Value>) -> Value {
    object[name] = value.into();
    object
}

pub(crate) fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name).expect("a member to leave out");
    object
}

pub(crate) fn post(method: &str, body: &Value) -> Request {
    Request::post(format!("/paylov/servicePayment/{method}/"), body.to_string())
}

pub(crate) fn status_request(id: &str) -> Request {
    Request::get(format!("/paylov/servicePayment/transaction/status/?transactionId={id}"))
}

pub(crate) fn answered(reply: Reply) -> Response {
    match reply.answer {
        Answer::Answered(response) => response,
        other => panic!("no answer: {other:?}"),
    }
}

pub(crate) fn value(response: &Response) -> Value {
    let value: Value = serde_json::from_slice(&response.body).expect("JSON");
    assert_eq!(response.status, if value.get("error").is_some() { 400 } else { 200 }, "{value}");
    value
}

pub(crate) fn id_of(answer: &Value) -> String {
    answer["result"]["transactionId"].as_str().unwrap_or_else(|| panic!("no transaction: {answer}")).into()
}

pub(crate) fn code_of(answer: &Value) -> &str {
    assert!(answer["error"]["message"].is_string(), "{answer}");
    answer["error"]["code"].as_str().unwrap_or_else(|| panic!("no error: {answer}"))
}
