//! How the crate's types look as JSON.

use serde_json::json;
use tiyin::{CheckoutOrder, Currency, ErrorCode, Money, Unit};

#[test]
fn an_amount_is_a_safe_integer_and_its_currency() {
    let money = Money::som("500.50").unwrap();
    assert_eq!(serde_json::to_value(money).unwrap(), json!({ "minor": 50_050, "currency": "UZS" }));
    assert_eq!(serde_json::from_value::<Money>(json!({ "minor": 50_050, "currency": "UZS" })).unwrap(), money);
}

#[test]
fn amounts_out_of_range_or_with_other_members_are_not_read() {
    for value in [
        json!({ "minor": 9_007_199_254_740_992i64, "currency": "UZS" }),
        json!({ "minor": 1.5, "currency": "UZS" }),
        json!({ "minor": "1", "currency": "UZS" }),
        json!({ "minor": 1, "currency": "EUR" }),
        json!({ "minor": 1, "currency": "UZS", "unit": "som" }),
    ] {
        assert!(serde_json::from_value::<Money>(value.clone()).is_err(), "{value}");
    }
}

#[test]
fn an_order_has_the_members_of_the_npm_package() {
    let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::usd("5").unwrap())
        .account("order_id", "12")
        .account("a", "1")
        .return_url("https://shop.uz")
        .convert_to(Currency::Uzs)
        .wire_unit(Unit::Major);
    let expected = concat!(
        r#"{"merchantId":"571c06fb-6c61-4ef7-8567-5511abaf12b5","amount":{"minor":500,"currency":"USD"},"#,
        r#""account":{"order_id":"12","a":"1"},"returnUrl":"https://shop.uz","convertTo":"UZS","wireUnit":"major"}"#,
    );
    assert_eq!(serde_json::to_string(&order).unwrap(), expected);
}

#[test]
fn a_unit_is_its_name() {
    for (unit, name) in [(Unit::Major, "major"), (Unit::Minor, "minor")] {
        assert_eq!(unit.as_str(), name);
        assert_eq!(serde_json::to_value(unit).unwrap(), name);
        assert_eq!(serde_json::from_value::<Unit>(json!(name)).unwrap(), unit);
    }
}

#[test]
fn a_code_is_its_name() {
    assert_eq!(serde_json::to_value(ErrorCode::TooManyDecimals).unwrap(), "too_many_decimals");
    assert_eq!(ErrorCode::TooManyDecimals.to_string(), "too_many_decimals");
}
