//! The crate on wasm32 inside a browser, where a pointer has 32 bits and a product of amounts 128.

#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use tiyin::{CheckoutOrder, Currency, ErrorCode, Money, Rounding, Unit, parse_checkout_link};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// `Number.MAX_SAFE_INTEGER`.
const MOST: i64 = 9_007_199_254_740_991;

fn minor_units(minor: i64) -> Money {
    Money::new(minor, Currency::Uzs).unwrap()
}

#[wasm_bindgen_test]
fn the_vendors_first_link_comes_out_as_printed() {
    let amount = Money::som("500").unwrap();
    let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", amount).account("order_id", "12");
    assert_eq!(
        order.link().unwrap(),
        "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1\
         JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg=="
    );
}

#[wasm_bindgen_test]
fn the_vendors_second_link_is_read() {
    let parsed = parse_checkout_link(
        "bWVyY2hhbnRfaWQ9MmVmNGE4OTYtOGRhMi00OGE0LTlhZjMtMjYwN2U2OTIxMGVjJmFtb3VudD01MDAmY3VycmVuY3lfaWQ9ODYwJnJldHVy\
         bl91cmw9aHR0cHMlM0ElMkYlMkZnb29nbGUuY29tJmFtb3VudF9pbl90aXlpbj1UcnVlJmFjY291bnQub3JkZXJfaWQ9MTIzMw==",
    )
    .unwrap();
    let order = CheckoutOrder::new("2ef4a896-8da2-48a4-9af3-2607e69210ec", minor_units(500))
        .account("order_id", "1233")
        .return_url("https://google.com")
        .wire_unit(Unit::Minor);
    assert_eq!(parsed.order, order);
    assert_eq!(parsed.warnings, []);
}

#[wasm_bindgen_test]
fn money_ends_where_javascripts_safe_integers_do() {
    for (text, minor) in [("90071992547409.91", MOST), ("-90071992547409.91", -MOST)] {
        let money = Money::som(text).unwrap();
        assert_eq!((money.minor(), money.to_major().as_str()), (minor, text));
    }
    for text in ["90071992547409.92", "-90071992547409.92", "92233720368547758.08"] {
        assert_eq!(Money::som(text).unwrap_err().code(), ErrorCode::AmountOutOfRange);
    }
}

#[wasm_bindgen_test]
fn products_of_more_than_64_bits_stay_exact() {
    let most = minor_units(MOST);
    assert_eq!(most.percent_of(9_999, Rounding::HalfEven).unwrap(), minor_units(9_006_298_534_815_517));
    assert_eq!(most.percent_of(-9_999, Rounding::Down).unwrap(), minor_units(-9_006_298_534_815_516));
    let dollars = most.convert("12650.550001", Currency::Usd, Rounding::Up).unwrap();
    assert_eq!(dollars, Money::new(712_000_605_036, Currency::Usd).unwrap());
    let parts = [4_503_599_627_370_496, 4_503_599_627_370_495, 0].map(minor_units);
    assert_eq!(most.allocate(&[9_007_199_254_740_991, 9_007_199_254_740_990, 1]).unwrap(), parts);
}
