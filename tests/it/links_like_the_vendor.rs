//! Links against the vendor's own rule, as Python computes it, and back.

use std::process::Command;

use serde::Deserialize;
use serde_json::{Map, Value};
use tiyin::checkout::{BaseUrl, write_links};
use tiyin::{CheckoutOrder, Currency, Money, Unit, parse_checkout_link};

#[derive(Deserialize)]
struct Case {
    order: Order,
    link: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Order {
    merchant_id: String,
    amount: Money,
    account: Map<String, Value>,
    return_url: Option<String>,
    convert_to: Option<Currency>,
    wire_unit: Option<Unit>,
}

impl Order {
    fn ours(&self) -> CheckoutOrder<'_> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let account = self.account.iter().map(|(name, value)| (name.clone().into(), text(value).into()));
        CheckoutOrder {
            account: account.collect(),
            return_url: self.return_url.as_deref().map(Into::into),
            convert_to: self.convert_to,
            wire_unit: self.wire_unit,
            ..CheckoutOrder::new(&*self.merchant_id, self.amount)
        }
    }
}

/// Five thousand random orders with the links of `urllib.parse.urlencode(…).replace("~", "%7E")`.
fn cases() -> Vec<Case> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let seed = std::env::var("TIYIN_SEED").unwrap_or_else(|_| "20261121".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/checkout/oracle.py");
    let output = Command::new(&python)
        .args([script, "--seed", &seed, "--count", "5000"])
        .output()
        .unwrap_or_else(|error| panic!("{python} is needed (PYTHON names another one): {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn links_equal_the_vendors_rule_and_read_back_as_the_same_order() {
    let cases = cases();
    assert_eq!(cases.len(), 5_000);
    let mut lines = String::new();
    write_links(cases.iter().map(|case| Ok(case.order.ours())), &BaseUrl::default(), &mut lines).unwrap();
    for (case, line) in cases.iter().zip(lines.lines()) {
        let order = case.order.ours();
        assert_eq!(order.link().as_deref(), Ok(&*case.link), "{order:?}");
        assert_eq!(line, case.link);

        let parsed = parse_checkout_link(&case.link).unwrap();
        assert!(parsed.warnings.is_empty(), "{:?}", parsed.warnings);
        let asked = CheckoutOrder { wire_unit: parsed.order.wire_unit, ..order };
        assert_eq!(parsed.order, asked);
        assert_eq!(parsed.order.link().as_deref(), Ok(&*case.link));
    }
    assert_eq!(lines.lines().count(), 5_000);
}
