//! Accounts are checked as their service's fields describe them, in `info` and in `create` alike.

use serde_json::{Value, json};

use crate::merchant::{ELECTRICITY, KINDERGARTEN, Merchant, UCELL, UZONLINE, code_of};

const MOBIUZ: &str = "b1f7d3c2-64c8-4d0b-9c1a-27e5f1a40c35";
const CHARITY: &str = "28c1a9f5-b7e4-4036-9d52-c40f8e7a6b13";

fn created(service_id: &str, account: &Value) -> Value {
    let request = json!({ "service_id": service_id, "account": account, "amount": 5000 });
    Merchant::new().post("create", &request)
}

/// The code that an account is refused with, or nothing.
fn refusal(service_id: &str, account: &Value) -> Option<String> {
    let answer = created(service_id, account);
    answer.get("error").map(|_| code_of(&answer).into())
}

fn kindergarten(region: &str, district: &str, kindergarten: &str, program: &str) -> Value {
    json!({
        "region": region, "district": district, "kindergarten": kindergarten, "program": program,
        "child_id": "30101900000001",
    })
}

#[test]
fn every_required_field_is_needed() {
    let whole = json!({ "soato": "26290", "region": "1", "customer_code": "1000000" });
    assert_eq!(refusal(ELECTRICITY, &whole), None);
    for name in ["soato", "region", "customer_code"] {
        for nothing in [None, Some(json!("")), Some(json!(null))] {
            let mut account = whole.clone();
            account.as_object_mut().unwrap().remove(name);
            account.as_object_mut().unwrap().extend(nothing.map(|value| (name.into(), value)));
            assert_eq!(refusal(ELECTRICITY, &account).as_deref(), Some("field_required"), "{account}");
        }
    }
}

#[test]
fn values_are_strings() {
    for value in [json!(1_000_000), json!(true), json!(["1000000"]), json!({})] {
        let account = json!({ "soato": "26290", "region": "1", "customer_code": value });
        assert_eq!(refusal(ELECTRICITY, &account).as_deref(), Some("validation_error"), "{account}");
    }
}

#[test]
fn fields_that_the_service_does_not_have_are_refused() {
    let account = json!({ "phone": "901234567", "Phone": "901234567" });
    assert_eq!(refusal(UCELL, &account).as_deref(), Some("field_not_valid"));
    assert_eq!(refusal(CHARITY, &json!({})), None);
    assert_eq!(refusal(CHARITY, &json!({ "comment": "x" })).as_deref(), Some("field_not_valid"));
}

#[test]
fn an_account_is_an_object() {
    for account in [json!("{\"phone\":\"901234567\"}"), json!([]), json!(5)] {
        assert_eq!(refusal(UCELL, &account).as_deref(), Some("validation_error"), "{account}");
    }
    assert_eq!(refusal(UCELL, &json!(null)).as_deref(), Some("field_required"));
}

#[test]
fn a_choice_fits_the_choice_before_it() {
    for (region, soato, expected) in [
        ("1", "26290", None),
        ("2", "27212", None),
        ("2", "26290", Some("field_not_valid")),
        ("1", "99999", Some("field_not_valid")),
        ("8", "26290", Some("field_not_valid")),
        ("г. Ташкент", "26290", Some("field_not_valid")),
    ] {
        let account = json!({ "region": region, "soato": soato, "customer_code": "1000000" });
        assert_eq!(refusal(ELECTRICITY, &account).as_deref(), expected, "{account}");
    }
}

#[test]
fn three_levels_and_two_children_of_one_parent_are_checked() {
    for (account, expected) in [
        (kindergarten("1", "01", "1015", "sport"), None),
        (kindergarten("1", "02", "2007", "full"), None),
        (kindergarten("2", "01", "1122", "logo"), None),
        (kindergarten("3", "04", "9999", "full"), None),
        (kindergarten("3", "01", "1015", "full"), Some("field_not_valid")),
        (kindergarten("1", "01", "2007", "full"), Some("field_not_valid")),
        (kindergarten("1", "01", "1015", "logo"), Some("field_not_valid")),
        (kindergarten("1", "04", "4002", "full"), Some("field_not_valid")),
    ] {
        assert_eq!(refusal(KINDERGARTEN, &account).as_deref(), expected, "{account}");
    }
}

#[test]
fn a_choice_is_told_by_the_title_that_fits_its_parent() {
    let answer = created(KINDERGARTEN, &kindergarten("2", "01", "1015", "full"));
    let district = &answer["result"]["data"][1];
    assert_eq!(*district, json!({ "name": "district", "value": "Зангиатинский район", "title": "Район" }));
}

#[test]
fn texts_are_checked_by_content_length_and_pattern() {
    for (service_id, name, value, expected) in [
        (UCELL, "phone", "901234567", None),
        (UCELL, "phone", "90123456", Some("field_not_valid")),
        (UCELL, "phone", "9012345678", Some("field_not_valid")),
        (UCELL, "phone", "90123456x", Some("field_not_valid")),
        (UCELL, "phone", "+99890123", Some("field_not_valid")),
        (UCELL, "phone", "٩٠١٢٣٤٥٦٧", Some("field_not_valid")),
        (MOBIUZ, "phone", "971112233", None),
        (MOBIUZ, "phone", "881112233", None),
        (MOBIUZ, "phone", "901112233", Some("field_not_valid")),
        (MOBIUZ, "phone", "9711122330", Some("field_not_valid")),
        (UZONLINE, "login", "aziz.karimov", None),
        (UZONLINE, "login", "ўткирўткирўткирўткирўткирўткирўт", None),
        (UZONLINE, "login", "ўткирўткирўткирўткирўткирўткирўтк", Some("field_not_valid")),
    ] {
        let account = json!({ name: value });
        assert_eq!(refusal(service_id, &account).as_deref(), expected, "{account}");
    }
}

#[test]
fn optional_fields_are_told_only_when_given() {
    let rows = |account: &Value| created(UZONLINE, account)["result"]["data"].as_array().unwrap().len();
    let bare = rows(&json!({ "login": "aziz" }));
    assert_eq!(rows(&json!({ "login": "aziz", "comment": "" })), bare);
    assert_eq!(rows(&json!({ "login": "aziz", "comment": "за ноябрь" })), bare + 1);
}

#[test]
fn info_checks_an_account_as_create_does() {
    for (account, code) in [
        (json!({ "soato": "26290", "region": "2", "customer_code": "1000000" }), "field_not_valid"),
        (json!({ "soato": "26290", "region": "1", "customer_code": "10a" }), "field_not_valid"),
        (json!({ "soato": "26290", "region": "1" }), "field_required"),
        (json!("text"), "validation_error"),
    ] {
        let answer = Merchant::new().post("info", &json!({ "service_id": ELECTRICITY, "account": account }));
        assert_eq!(code_of(&answer), code, "{account}");
    }
}
