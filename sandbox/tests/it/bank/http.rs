//! Paths, methods, credentials and bodies.

use serde_json::{Value, json};
use tiyin_sandbox::{Auth, Config, Request, Response};

use super::partner::{Partner, get, order, post, query};
use crate::merchant::answered;

fn requests() -> [Request; 6] {
    [
        get("services"),
        post("payment", &order("1")),
        post("paymentBudget", &order("1")),
        get("payment/1"),
        get("account/33/balance"),
        post("account/payments", &query(33, "0", 0)),
    ]
}

fn guarded(request: Request, header: Option<&str>) -> (Response, Partner) {
    let mut partner = Partner::with(Config { auth: Auth::Required, ..Config::default() });
    let request = match header {
        Some(value) => request.with_header("Authorization", value),
        None => request,
    };
    (answered(partner.send(&request)), partner)
}

#[test]
fn other_paths_are_not_found() {
    for path in [
        "/bank",
        "/bank/",
        "/bank/api/v2",
        "/bank/api/v2/",
        "/bank/api/v1/services",
        "/bank/api/v2/services/",
        "/bank/api/v2/Services",
        "/api/v2/services",
        "/bank/api/v2/payment/",
        "/bank/api/v2/payment/1/2",
        "/bank/api/v2/account/33",
        "/bank/api/v2/account//balance",
        "/bank/api/v2/account/balance",
        "/bank/api/v2/account/3/3/balance",
    ] {
        assert_eq!(answered(Partner::new().send(&Request::get(path))).status, 404, "{path}");
    }
}

#[test]
fn other_methods_are_not_allowed() {
    for request in requests() {
        let allowed = request.method.clone();
        let other = if allowed == "GET" { "POST" } else { "GET" };
        let response = answered(Partner::new().send(&Request { method: other.into(), ..request }));
        assert_eq!(response.status, 405);
        assert!(response.headers.contains(&("allow".into(), allowed)));
    }
}

#[test]
fn a_name_and_a_password_are_needed_where_they_are_required() {
    // gray:p@ssw0rd, as in the document.
    let right = "Basic Z3JheTpwQHNzdzByZA==";
    for request in requests() {
        assert_eq!(guarded(request.clone(), Some(right)).0.status, 200);
        let (response, partner) = guarded(request, None);
        assert_eq!(response.status, 401);
        assert!(response.headers.iter().any(|(name, value)| name == "www-authenticate" && value.starts_with("Basic")));
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        let expected = json!({ "status": "error", "code": 1004, "message": "Пользователь не найден", "data": null });
        assert_eq!(body, expected);
        assert!(partner.sandbox.orders().is_empty());
    }
}

#[test]
fn credentials_that_are_malformed_or_wrong_are_refused() {
    for (value, told) in [
        ("", "nothing"),
        ("Basic", "no space"),
        ("Basic ", "empty"),
        ("Basic Z3JheTpwQHNzdzByZA", "no padding"),
        ("Basic gray:p@ssw0rd", "not encoded"),
        ("Bearer Z3JheTpwQHNzdzByZA==", "another scheme"),
        ("Basic Z3JheQ==", "gray"),
        ("Basic Z3JheTo=", "gray:"),
        ("Basic OnBhc3M=", ":pass"),
        ("Basic d3Jvbmc6cGFzcw==", "wrong:pass"),
        ("Basic Z3JheTp3cm9uZy1vbmU=", "gray:wrong-one"),
    ] {
        assert_eq!(guarded(get("services"), Some(value)).0.status, 401, "{told}");
    }
}

#[test]
fn a_password_may_have_a_colon() {
    // gray:a:wrong
    assert_eq!(guarded(get("services"), Some("Basic Z3JheTphOndyb25n")).0.status, 200);
}

#[test]
fn nobody_looks_at_credentials_unless_asked_to() {
    let request = get("services").with_header("authorization", "Basic wrong");
    assert_eq!(answered(Partner::new().send(&request)).status, 200);
}

#[test]
fn a_body_must_be_an_object_of_json_and_say_so() {
    for path in ["payment", "paymentBudget", "account/payments"] {
        for body in ["", "{", "[]", "null", "{} {}"] {
            let request = Request::post(format!("/bank/api/v2/{path}"), body);
            assert_eq!(answered(Partner::new().send(&request)).status, 400, "{path}: {body}");
        }
        let mut request = post(path, &order("1"));
        request.headers.clear();
        assert_eq!(answered(Partner::new().send(&request)).status, 415, "{path}");
    }
}
