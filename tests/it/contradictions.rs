//! Where Paylov's document on service payments contradicts itself, or leaves something open: what was decided, pinned.

use serde_json::{Value, json};
use tiyin::endpoint::Endpoint;
use tiyin::paylov::{CreatePayment, GetFields, GetInfo, GetStatus, ListPaid, ListServices, Pay};
use tiyin::{ErrorCode, Money};

use crate::fixtures::{answer, cases, json as fixture};
use crate::paylov::{CARD, PAYMENT, SERVICE, account, answered, create, decoded, request};

fn body<'a>(endpoint: &impl Endpoint<'a>) -> Value {
    serde_json::from_str(&request(endpoint).body.unwrap()).unwrap()
}

#[test]
fn the_data_of_fields_is_read_as_a_list_as_printed_and_as_an_object_as_the_sample_code_has_it() {
    let printed = answer("get_fields", &cases("get_fields")[0]);
    let Value::Array(list) = &printed["result"]["data"] else { panic!("the document prints a list") };
    let object = json!({ "result": { "data": list[0] } });
    let endpoint = GetFields::new(SERVICE);
    assert_eq!(decoded(&endpoint, &printed), decoded(&endpoint, &object));
    for nothing in [json!([]), json!(null), json!("x")] {
        let body = json!({ "result": { "data": nothing } }).to_string();
        assert_eq!(answered(&endpoint, 200, body.as_bytes()).unwrap_err().code(), ErrorCode::UnexpectedAnswer);
    }
}

#[test]
fn samples_with_trailing_commas_are_no_json_and_their_corrected_form_is_read() {
    for (folder, file) in [("list_services", "answer"), ("pay", "answer")] {
        let path = format!("{}/tests/fixtures/paylov/{folder}/{file}.txt", env!("CARGO_MANIFEST_DIR"));
        let printed = std::fs::read(path).unwrap();
        assert_eq!(answered(&Pay::new(PAYMENT, CARD), 200, &printed).unwrap_err().code(), ErrorCode::NotJson);
        assert_eq!(answered(&ListServices::default(), 200, &printed).unwrap_err().code(), ErrorCode::NotJson);
    }
    assert_eq!(decoded(&ListServices::default(), &fixture("list_services", "answer.json")).len(), 2);
    assert!(decoded(&Pay::new(PAYMENT, CARD), &fixture("pay", "answer.json")).rrn.is_some());
}

#[test]
fn a_member_that_some_entries_lack_is_optional() {
    let services = decoded(&ListServices::default(), &fixture("list_services", "answer.json"));
    let logos: Vec<_> = services.iter().map(|service| service.logo.is_some()).collect();
    assert_eq!(logos, [false, true]);
    let fields = decoded(&GetFields::new(SERVICE), &fixture("get_fields", "answer.json")).fields;
    // The third field is printed without the member; the first has it as null.
    assert_eq!(
        fields.iter().map(|field| field.dependency_of.as_deref()).collect::<Vec<_>>(),
        [None, Some("region"), None]
    );
}

#[test]
fn an_account_is_sent_as_an_object_though_its_type_is_called_string() {
    let expected = json!({ "soato": "26290", "region": "1", "customer_code": "1000000" });
    assert_eq!(body(&create())["account"], expected);
    assert_eq!(body(&GetInfo { service_id: SERVICE.into(), account: account() })["account"], expected);
}

#[test]
fn an_amount_is_whole_som_here_and_a_tiyin_part_is_refused_before_anything_is_sent() {
    let payment = |amount| CreatePayment::new(SERVICE, account(), amount);
    assert_eq!(body(&payment(Money::som("500").unwrap()))["amount"], 500);
    let connection = crate::paylov::direct();
    let call = tiyin::exchange::Call::default();
    for som in ["500.50", "0.01", "1.10"] {
        let refused = tiyin::exchange::Exchange::new(&payment(Money::som(som).unwrap()), &connection, &call);
        let error = refused.unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::FractionalSom, Some("amount")));
        assert_eq!(error.sent_at(), None);
    }
    // And som are what answers count in.
    let state = decoded(&GetStatus::new(PAYMENT), &fixture("get_status", "answer.json"));
    assert_eq!(state.amount, Some(Money::som("500").unwrap()));
    let services = decoded(&ListServices::default(), &fixture("list_services", "answer.json"));
    assert_eq!(services[0].max, Money::som("5000000").unwrap());
}

#[test]
fn times_stay_text_without_a_zone_in_either_of_their_forms() {
    let info = GetInfo { service_id: SERVICE.into(), account: account() };
    let rows = decoded(&info, &fixture("get_info", "answer.json"));
    assert_eq!((rows[0].name.as_str(), rows[0].value.as_str()), ("time", "14.10.2024 14:53:48"));
    let bill = decoded(&Pay::new(PAYMENT, CARD), &fixture("pay", "answer.json"));
    assert_eq!(bill.paid_at.as_deref(), Some("2024-10-14 15:07:23"));
    let state = decoded(&GetStatus::new(PAYMENT), &fixture("get_status", "answer.json"));
    assert_eq!((state.paid_at.as_deref(), state.cancelled_at), (Some("2024-10-14 15:07:23"), None));
    let list = decoded(&ListPaid::default(), &fixture("list_paid", "answer.json"));
    assert_eq!(list.payments[0].date, "2024-11-21 11:48:47");
}

#[test]
fn the_filters_of_paid_payments_that_are_named_but_not_shown_are_parameters_of_those_names() {
    let list = ListPaid {
        service_id: Some("3b03419c".into()),
        user_id: Some("646".into()),
        begin_date: Some("2024-09-30 00:00:00".into()),
        end_date: Some("2024-11-21".into()),
        path: None,
    };
    let query = "serviceId=3b03419c&userId=646&beginDate=2024-09-30+00%3A00%3A00&endDate=2024-11-21";
    assert_eq!(request(&list).url, format!("https://gw.paylov.uz/servicePayment/transaction/all?{query}"));
}

#[test]
fn a_null_error_within_a_result_is_no_error() {
    let printed = fixture("list_paid", "answer.json");
    assert_eq!(printed["result"].get("error"), Some(&Value::Null));
    assert_eq!(decoded(&ListPaid::default(), &printed).payments.len(), 2);
    let failed =
        json!({ "result": { "totalTransaction": 0, "transactions": [], "error": { "code": "server_error" } } });
    let error = answered(&ListPaid::default(), 200, failed.to_string().as_bytes()).unwrap_err();
    assert_eq!((error.code(), error.provider_code()), (ErrorCode::ProviderError, Some("server_error")));
}

#[test]
fn paid_payments_are_under_the_path_of_the_details_unless_the_lists_is_given() {
    assert_eq!(request(&ListPaid::default()).url, "https://gw.paylov.uz/servicePayment/transaction/all");
    let other = ListPaid {
        user_id: Some("646".into()),
        path: Some("merchant/servicePayment/transaction/all/".into()),
        ..ListPaid::default()
    };
    let url = "https://gw.paylov.uz/merchant/servicePayment/transaction/all/?userId=646";
    assert_eq!(request(&other).url, url);
}

#[test]
fn a_path_of_paid_payments_stays_below_the_base_url() {
    let with = |path: &'static str| ListPaid { path: Some(path.into()), ..ListPaid::default() }.encode();
    for path in ["a", "a/", "a/b", "..a/b./...", "merchant/servicePayment/transaction/all/", "a-b_c~d.e"] {
        assert_eq!(with(path).unwrap().target, path);
    }
    for path in [
        "/",
        "/a",
        "//a",
        "a//",
        "a//b",
        ".",
        "..",
        "../",
        "../../x",
        "a/../b",
        "a/./b",
        "a/..",
        "../../x?a=1#b",
        "a?b",
        "a#b",
        "a%2e",
        "%2e%2e/a",
        "a\\b",
        "a b",
        "a\n",
        "a\0",
        "ў",
        "https://x.uz/a",
        "a;b",
        "a@b",
    ] {
        let error = with(path).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidId, Some("listPaidPath")), "{path:?}");
    }
    let empty = with("").unwrap_err();
    assert_eq!((empty.code(), empty.field()), (ErrorCode::EmptyText, Some("listPaidPath")));
}

/// Whether they bound a value is for the form to say; here they come through as they are.
#[test]
fn the_length_and_the_pattern_of_a_field_come_through_as_they_are_written() {
    let mut printed = fixture("get_fields", "answer.json");
    let field = &mut printed["result"]["data"][0]["fields"][2];
    (field["length"], field["validation"]) = (json!(7), json!("^(?=\\d)[0-9]{7}$"));
    let read = decoded(&GetFields::new(SERVICE), &printed);
    assert_eq!((read.fields[2].length, read.fields[2].validation.as_deref()), (Some(7), Some("^(?=\\d)[0-9]{7}$")));
    assert_eq!((read.fields[0].length, read.fields[0].validation.as_deref()), (None, None));
}

#[test]
fn a_telephone_number_carries_a_plus_here() {
    for typed in ["+998999999999", "998999999999", "99 999 99 99", "+998 (99) 999-99-99"] {
        let mut payment = create();
        payment.phone_number = Some(typed.into());
        assert_eq!(body(&payment)["phoneNumber"], "+998999999999");
    }
}

#[test]
fn card_numbers_that_fail_the_luhn_check_are_not_refused() {
    for pan in ["8600330410689500", "8601312960622192", "9860531554896678"] {
        assert!(request(&Pay::new(PAYMENT, pan)).body.unwrap().contains(pan));
        let payment = json!({ "id": "1", "cardNumber": pan, "amount": 1, "date": "d", "serviceId": "s" });
        let list = decoded(&ListPaid::default(), &json!({ "result": { "transactions": [payment] } }));
        assert!(list.payments[0].masked_pan.starts_with(&pan[..6]));
    }
}
