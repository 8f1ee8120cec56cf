//! Paths, methods, keys and bodies.

use serde_json::{Value, json};
use tiyin_sandbox::{Auth, Config, Request};

use crate::merchant::{Merchant, answered, code_of, electricity, post, value};

const READS: [&str; 3] = [
    "servicePayment/list/",
    "servicePayment/fields/6ae5eaf5-9b70-4aa9-9260-2438e99affa0/",
    "servicePayment/transaction/all",
];
const WRITES: [&str; 3] = ["servicePayment/info/", "servicePayment/create/", "servicePayment/pay/"];

fn status_of(request: &Request) -> u16 {
    answered(Merchant::new().send(request)).status
}

fn with_key(name: &str, key: &str) -> Value {
    let mut merchant = Merchant::with(Config { auth: Auth::Required, ..Config::default() });
    let request = Request::get("/paylov/servicePayment/list/").with_header(name, key);
    value(&answered(merchant.send(&request)))
}

#[test]
fn the_list_of_payments_has_both_spellings_of_the_document() {
    for prefix in ["", "merchant/"] {
        for ending in ["", "/"] {
            let path = format!("{prefix}servicePayment/transaction/all{ending}?userId=1");
            assert_eq!(Merchant::new().get(&path)["result"]["totalTransaction"], 0, "{path}");
        }
    }
}

#[test]
fn an_absolute_address_is_as_good_as_its_path() {
    assert_eq!(status_of(&Request::get("https://gw.paylov.uz/paylov/servicePayment/list/?available_for_me=true")), 200);
}

#[test]
fn other_paths_are_not_found() {
    for path in [
        "/",
        "/paylov",
        "/paylov/",
        "/servicePayment/list/",
        "/paylov/servicePayment/list",
        "/paylov/servicepayment/list/",
        "/paylov/servicePayment//list/",
        "/paylov/merchant/servicePayment/list/",
        "/paylov/servicePayment/transaction/all//",
        "/paylov/servicePayment/fields/",
        "/paylov/servicePayment/fields//",
        "/paylov/servicePayment/fields/a/b/",
        "/paylov/servicePayment/transaction/",
        "/bank",
        "/paysys",
    ] {
        let response = answered(Merchant::new().send(&Request::get(path)));
        assert_eq!(response.status, 404, "{path}");
        assert!(serde_json::from_slice::<Value>(&response.body).is_err(), "{path}");
    }
}

#[test]
fn other_methods_are_not_allowed() {
    let misused = READS.map(|path| ("POST", path, "GET")).into_iter().chain(WRITES.map(|path| ("GET", path, "POST")));
    for (method, path, allowed) in misused.chain([("DELETE", READS[0], "GET"), ("post", WRITES[2], "POST")]) {
        let request = Request { method: method.into(), ..post("pay", &json!({})) };
        let response = answered(Merchant::new().send(&Request { url: format!("/paylov/{path}"), ..request }));
        assert_eq!(response.status, 405, "{method} {path}");
        assert!(response.headers.contains(&("allow".into(), allowed.into())), "{method} {path}");
    }
}

#[test]
fn a_body_must_be_an_object_of_json() {
    for body in ["", "{", "[]", "5", "\"text\"", "null", "{\"a\":1,}", "{} {}"] {
        let request = Request::post("/paylov/servicePayment/pay/", body);
        assert_eq!(code_of(&value(&answered(Merchant::new().send(&request)))), "validation_error", "{body}");
    }
}

#[test]
fn a_body_must_say_that_it_is_json() {
    let body = electricity(500).to_string();
    for (content_type, status) in [
        (Some("application/json"), 200),
        (Some("Application/JSON; charset=utf-8"), 200),
        (Some("text/plain;charset=UTF-8"), 415),
        (Some("application/x-www-form-urlencoded"), 415),
        (None, 415),
    ] {
        let mut request = Request::post("/paylov/servicePayment/create/", body.clone());
        request.headers.clear();
        request.headers.extend(content_type.map(|value| ("Content-Type".into(), value.into())));
        assert_eq!(status_of(&request), status, "{content_type:?}");
    }
}

#[test]
fn answers_say_that_they_are_json() {
    for request in [Request::get("/paylov/servicePayment/list/"), post("pay", &json!({}))] {
        let response = answered(Merchant::new().send(&request));
        assert_eq!(response.headers, [("content-type".into(), "application/json".into())]);
    }
}

#[test]
fn either_kind_of_key_is_enough() {
    for (name, key) in [("api-key", "kfggfgf.given"), ("Api-Key", "x"), ("Authorization", "Bearer token.of.mine")] {
        assert!(with_key(name, key)["result"].is_object(), "{name}: {key}");
    }
}

#[test]
fn a_key_that_is_missing_malformed_or_wrong_is_refused() {
    for (name, key) in [
        ("accept", "application/json"),
        ("api-key", ""),
        ("api-key", "two words"),
        ("api-key", "ключ"),
        ("api-key", "wrong"),
        ("api-key", "wrong-one"),
        ("authorization", "Bearer wrong"),
        ("authorization", "Bearer "),
        ("authorization", "Basic dXNlcjpwYXNz"),
        ("authorization", "kfggfgf.given"),
    ] {
        assert_eq!(code_of(&with_key(name, key)), "authentication_failed", "{name}: {key}");
    }
}

#[test]
fn nothing_happens_without_a_key() {
    let mut merchant = Merchant::with(Config { auth: Auth::Required, ..Config::default() });
    assert_eq!(code_of(&merchant.post("create", &electricity(500))), "authentication_failed");
    assert!(merchant.sandbox.payments().is_empty());
}

#[test]
fn nobody_looks_at_keys_unless_asked_to() {
    let request = Request::get("/paylov/servicePayment/list/").with_header("api-key", "wrong");
    assert_eq!(status_of(&request), 200);
}
