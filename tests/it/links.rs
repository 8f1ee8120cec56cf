//! Checkout links: what is written, and what is refused.

use tiyin::checkout::{BaseUrl, write_links};
use tiyin::{CheckoutOrder, Currency, ErrorCode, Money, Unit};

const MERCHANT: &str = "571c06fb-6c61-4ef7-8567-5511abaf12b5";

fn order(amount: Money) -> CheckoutOrder<'static> {
    CheckoutOrder::new(MERCHANT, amount).account("order_id", "12")
}

fn som(text: &str) -> Money {
    Money::som(text).unwrap()
}

/// The query a link carries, decoded with the platform's own base64.
fn query(order: &CheckoutOrder<'_>) -> String {
    let link = order.link().unwrap();
    let encoded = link.strip_prefix("https://my.paylov.uz/checkout/create/").unwrap();
    assert!(!encoded.contains(['+', '/']), "{encoded}");
    let symbols = encoded.trim_end_matches('=').bytes().map(|byte| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        _ => byte - b'0' + 52,
    });
    let mut bits = 0u32;
    let mut count = 0;
    let mut bytes = Vec::new();
    for symbol in symbols {
        bits = bits << 6 | u32::from(symbol);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_vendors_printed_link_comes_out_as_printed() {
    // Paylov, «Creating payment link».
    assert_eq!(
        order(som("500")).link().as_deref(),
        Ok(
            "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg=="
        ),
    );
}

#[test]
fn parameters_stand_in_the_documented_order() {
    let full = order(Money::usd("19.99").unwrap())
        .account("имя", "a b~&=")
        .return_url("https://shop.uz/paid?order=1")
        .convert_to(Currency::Uzs);
    assert_eq!(
        query(&full),
        format!(
            "merchant_id={MERCHANT}&amount=1999&return_url=https%3A%2F%2Fshop.uz%2Fpaid%3Forder%3D1&amount_in_tiyin=True\
             &currency_id=840&convert_to=860&account.order_id=12&account.%D0%B8%D0%BC%D1%8F=a+b%7E%26%3D"
        )
    );
}

#[test]
fn whole_som_are_written_as_som_and_all_else_in_hundredths() {
    let usd = |text| Money::usd(text).unwrap();
    for (order, parameters) in [
        (order(som("500")), "amount=500"),
        (order(som("500.50")), "amount=50050&amount_in_tiyin=True"),
        (order(som("500")).wire_unit(Unit::Minor), "amount=50000&amount_in_tiyin=True"),
        (order(usd("20")), "amount=2000&amount_in_tiyin=True&currency_id=840"),
        (order(usd("20")).wire_unit(Unit::Major), "amount=20&currency_id=840"),
        (order(som("0.01")), "amount=1&amount_in_tiyin=True"),
        (order(som("90071992547409.91")), "amount=9007199254740991&amount_in_tiyin=True"),
        (order(som("5")).convert_to(Currency::Usd), "amount=5&convert_to=840"),
    ] {
        assert_eq!(query(&order), format!("merchant_id={MERCHANT}&{parameters}&account.order_id=12"));
    }
}

#[test]
fn each_flaw_of_an_order_has_its_own_code_and_names_its_member() {
    let valid = || order(som("500"));
    let no_account = CheckoutOrder::new(MERCHANT, som("500"));
    let merchant = |id: &'static str| CheckoutOrder { merchant_id: id.into(), ..valid() };
    let amount = |text| CheckoutOrder { amount: som(text), ..valid() };
    for (order, code, field) in [
        (merchant(""), ErrorCode::NotAUuid, "merchantId"),
        (merchant("571c06fb 6c61 4ef7 8567 5511abaf12b5"), ErrorCode::NotAUuid, "merchantId"),
        (merchant("0das467e-82sf-42df-8642-g51aawy5ga2r"), ErrorCode::NotAUuid, "merchantId"),
        (merchant("571c06fb6c614ef785675511abaf12b5"), ErrorCode::NotAUuid, "merchantId"),
        (amount("0"), ErrorCode::AmountNotPositive, "amount"),
        (amount("-1"), ErrorCode::AmountNotPositive, "amount"),
        (no_account.clone(), ErrorCode::MissingAccount, "account"),
        (no_account.account("", "12"), ErrorCode::EmptyAccountKey, "account"),
        (valid().account("order_id", "13"), ErrorCode::DuplicateParameter, "account.order_id"),
        (valid().return_url("http://shop.uz"), ErrorCode::InsecureReturnUrl, "returnUrl"),
        (valid().return_url("javascript:alert(1)"), ErrorCode::UnsupportedScheme, "returnUrl"),
        (valid().return_url("/paid"), ErrorCode::InvalidReturnUrl, "returnUrl"),
        (amount("0.5").wire_unit(Unit::Major), ErrorCode::FractionalSom, "wireUnit"),
        (valid().account("note", "x".repeat(65_537)), ErrorCode::TooLong, "account.note"),
        (valid().return_url(format!("https://shop.uz/{}", "x".repeat(65_536))), ErrorCode::TooLong, "returnUrl"),
    ] {
        let error = order.link().unwrap_err();
        assert_eq!((error.code(), error.field()), (code, Some(field)));
        assert!(error.to_string().starts_with(field), "{error}");
    }
    let dollars = order(Money::usd("0.5").unwrap()).wire_unit(Unit::Major);
    assert_eq!(dollars.link().unwrap_err().code(), ErrorCode::FractionalDollar);
}

#[test]
fn uuids_of_any_version_and_case_are_merchants() {
    for id in [MERCHANT, "571C06FB-6C61-1EF7-8567-5511ABAF12B5", "00000000-0000-0000-0000-000000000000"] {
        let order = CheckoutOrder::new(id, som("5")).account("order_id", "12");
        assert!(query(&order).starts_with(&format!("merchant_id={id}&")));
    }
}

#[test]
fn length_has_a_bound_in_fields_and_in_bytes() {
    let many = |count: usize| {
        (0..count).fold(CheckoutOrder::new(MERCHANT, som("5")), |order, index| order.account(index.to_string(), "x"))
    };
    assert!(many(256).link().is_ok());
    let error = many(257).link().unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::TooLong, Some("account")));

    let long = |bytes: usize| order(som("5")).account("note", "x".repeat(bytes));
    let room = 65_536 - format!("merchant_id={MERCHANT}&amount=5&account.order_id=12&account.note=").len();
    assert!(long(room).link().is_ok());
    assert_eq!(long(room + 1).link().unwrap_err().code(), ErrorCode::TooLong);
}

#[test]
fn a_base_url_of_ones_own_is_checked_and_closed_with_a_slash() {
    for (given, base) in [
        ("https://pay.example/create", "https://pay.example/create/"),
        ("https://pay.example/", "https://pay.example/"),
        ("https://pay.example", "https://pay.example/"),
        ("http://localhost:8080/c", "http://localhost:8080/c/"),
    ] {
        let base_url = BaseUrl::new(given).unwrap();
        assert_eq!(base_url.as_str(), base);
        assert!(order(som("5")).link_at(&base_url).unwrap().starts_with(&format!("{base}bWVyY2hhbnRfaWQ9")));
    }
    for given in
        ["", "pay.example", "http://pay.example", "javascript:0", "https://pay.example/?to=", "https://pay.example/#x"]
    {
        assert_eq!(BaseUrl::new(given).unwrap_err().code(), ErrorCode::InvalidBaseUrl, "{given}");
    }
}

#[test]
fn many_links_are_the_same_as_one_by_one_and_name_the_order_that_fails() {
    let orders = [order(som("1")), order(som("2.5")).account("ж", "~")];
    let mut lines = String::new();
    write_links(orders.iter().cloned().map(Ok), &BaseUrl::default(), &mut lines).unwrap();
    let one_by_one: Vec<String> = orders.iter().map(|order| order.link().unwrap()).collect();
    assert_eq!(lines.lines().collect::<Vec<_>>(), one_by_one);
    assert!(lines.ends_with('\n'));

    let error = write_links([Ok(order(som("1"))), Ok(order(som("0")))], &BaseUrl::default(), &mut lines).unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::AmountNotPositive, Some("[1].amount")));
}
