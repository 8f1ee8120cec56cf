//! A partner's program, which knows the document's paths and nothing of the sandbox's inside.

use serde_json::{Value, json};
use tiyin_sandbox::{BankRow, BankService, Config, Faults, Money, Reply, Request, Rule, Sandbox};

use crate::merchant::{START, answered, with};

pub(crate) const PLAIN_ACCOUNT: &str = "29801000990248844444";
pub(crate) const PLAIN_BUDGET: &str = "400522860262837950100251028";

/// A service that needs no card.
pub(crate) const SERVICE: u64 = 33;
pub(crate) const SERVICE_WITH_CARD: u64 = 34;
/// It has 5 211 som.
pub(crate) const POOR_SERVICE: u64 = 2;
pub(crate) const NOT_ACTIVATED: u64 = 36;

pub(crate) struct Partner {
    pub(crate) sandbox: Sandbox,
    pub(crate) now: u64,
}

impl Partner {
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
        self.sandbox.advance(self.now);
    }

    pub(crate) fn send(&mut self, request: &Request) -> Reply {
        self.sandbox.handle(request, self.now)
    }

    pub(crate) fn answer(&mut self, request: &Request) -> Value {
        value(self.send(request))
    }

    pub(crate) fn pay(&mut self, order: &Value) -> Value {
        self.answer(&post("payment", order))
    }

    pub(crate) fn pay_budget(&mut self, order: &Value) -> Value {
        self.answer(&post("paymentBudget", order))
    }

    pub(crate) fn status(&mut self, id: &str) -> Value {
        self.answer(&get(&format!("payment/{id}")))
    }

    pub(crate) fn balance(&mut self, service_id: u64) -> i64 {
        let answer = self.answer(&get(&format!("account/{service_id}/balance")));
        answer["data"]["balance"].as_str().expect("text").parse().expect("tiyin")
    }

    /// The whole statement of a service, page by page.
    pub(crate) fn statement(&mut self, service_id: u64, kind: &str) -> Vec<Value> {
        let mut rows: Vec<Value> = Vec::new();
        loop {
            let last = rows.last().map_or(0, |row| row["id"].as_u64().expect("an id"));
            let page = self.answer(&post("account/payments", &query(service_id, kind, last)));
            let page = page["data"].as_array().expect("rows").clone();
            let new: Vec<_> = page.into_iter().filter(|row| row["id"].as_u64() > Some(last)).collect();
            if new.is_empty() {
                return rows;
            }
            rows.extend(new);
        }
    }

    pub(crate) fn rows(&self) -> Vec<&BankRow> {
        self.sandbox.ledger().iter().map(|row| row.bank().expect("a row of the bank")).collect()
    }

    pub(crate) fn service(&self, id: u64) -> &BankService {
        self.sandbox.bank_services().iter().find(|service| service.id == id).expect("a service")
    }

    pub(crate) fn spent(&self, id: u64) -> i64 {
        let Money { minor, .. } = self.service(id).balance();
        self.service(id).opening_balance().minor - minor
    }
}

pub(crate) fn get(path: &str) -> Request {
    Request::get(format!("/bank/api/v2/{path}"))
}

pub(crate) fn post(path: &str, body: &Value) -> Request {
    Request::post(format!("/bank/api/v2/{path}"), body.to_string())
}

/// 5 000 som and a commission of 50.
pub(crate) fn order(id: &str) -> Value {
    json!({
        "orderId": id,
        "amount": "500000",
        "comissionAmount": "5000",
        "purpose": "Аренда за ноябрь",
        "serviceId": SERVICE,
        "receiverName": "АК Aloqabank",
        "mfoReceiver": "00401",
        "receiverAccount": PLAIN_ACCOUNT,
    })
}

pub(crate) fn budget_order(id: &str) -> Value {
    json!({
        "orderId": id,
        "amount": "500000",
        "comissionAmount": "0",
        "purpose": "За патент за январь",
        "purposeCode": "09510",
        "serviceId": SERVICE,
        "receiverAccount": PLAIN_BUDGET,
        "innReceiver": "207099143",
    })
}

/// An account of so many digits with this end.
pub(crate) fn account_ending(end: &str, digits: usize) -> String {
    format!("{}{end}", PLAIN_BUDGET.split_at(digits - end.len()).0)
}

pub(crate) fn to(id: &str, end: &str) -> Value {
    with(order(id), "receiverAccount", account_ending(end, 20))
}

pub(crate) fn query(service_id: u64, kind: &str, last: u64) -> Value {
    json!({ "type": kind, "lastId": last, "fromDate": "2020-01-01", "toDate": "2099-12-31", "serviceId": service_id })
}

/// What an answer says, which is HTTP 200 whatever that is.
pub(crate) fn value(reply: Reply) -> Value {
    let response = answered(reply);
    let value: Value = serde_json::from_slice(&response.body).expect("JSON");
    assert_eq!(response.status, 200, "{value}");
    value
}

pub(crate) fn code_of(answer: &Value) -> u64 {
    assert_eq!(answer["status"], "error", "{answer}");
    assert!(answer["message"].is_string() && answer["data"].is_null(), "{answer}");
    answer["code"].as_u64().expect("a code")
}

pub(crate) fn told_of(answer: &Value) -> &str {
    assert_eq!((&answer["status"], &answer["code"]), (&json!("success"), &json!(0)), "{answer}");
    answer["data"]["payment_status"].as_str().expect("a status")
}
