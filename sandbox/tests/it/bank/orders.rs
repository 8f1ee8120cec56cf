//! From acceptance to the money that moved.

use serde_json::{Value, json};
use tiyin_sandbox::bank_magic::SETTLEMENT_MS;
use tiyin_sandbox::{Money, MovementKind, OrderStatus};

use super::partner::{
    NOT_ACTIVATED, POOR_SERVICE, Partner, SERVICE, SERVICE_WITH_CARD, budget_order, code_of, order, to, told_of,
};
use crate::merchant::{START, with, without};

fn refused(order: &Value) -> u64 {
    let mut partner = Partner::new();
    let code = code_of(&partner.pay(order));
    partner.wait(SETTLEMENT_MS);
    assert!(partner.sandbox.orders().is_empty() && partner.rows().is_empty());
    code
}

#[test]
fn accepting_moves_no_money_and_settling_does() {
    let mut partner = Partner::new();
    let accepted = partner.pay(&order("1"));
    assert_eq!(told_of(&accepted), "Введен");
    partner.wait(SETTLEMENT_MS - 1);
    assert_eq!((told_of(&partner.status("1")), partner.rows().len()), ("Введен", 0));
    partner.wait(1);
    assert_eq!(told_of(&partner.status("1")), "Проведен");
    let rows: Vec<_> = partner.rows().iter().map(|row| (row.kind, row.amount, row.at)).collect();
    let at = START + SETTLEMENT_MS;
    assert_eq!(
        rows,
        [(MovementKind::Transfer, Money::tiyin(500_000), at), (MovementKind::Commission, Money::tiyin(5_000), at)]
    );
    assert_eq!(partner.spent(SERVICE), 505_000);
}

#[test]
fn a_ledger_row_is_plain_json() {
    let mut partner = Partner::new();
    let accepted = partner.pay(&order("1"));
    partner.wait(SETTLEMENT_MS);
    let expected = json!({
        "at": START + SETTLEMENT_MS,
        "provider": "bank",
        "kind": "transfer",
        "entryId": 2_111_291_794_u64,
        "orderId": "1",
        "documentId": accepted["data"]["doc_id"],
        "amount": { "minor": 500_000, "currency": "UZS" },
        "balanceAfter": { "minor": 4_999_500_000_i64, "currency": "UZS" },
        "serviceId": "33",
    });
    assert_eq!(serde_json::to_value(&partner.sandbox.ledger()[0]).unwrap(), expected);
}

#[test]
fn without_a_commission_there_is_no_row_of_one() {
    let mut partner = Partner::new();
    partner.pay_budget(&budget_order("1"));
    partner.wait(SETTLEMENT_MS);
    assert_eq!((partner.rows().len(), partner.spent(SERVICE)), (1, 500_000));
}

#[test]
fn what_is_paid_to_another_service_of_the_partner_comes_to_its_account() {
    let mut partner = Partner::new();
    let account = partner.service(POOR_SERVICE).account;
    partner.pay(&with(order("1"), "receiverAccount", account));
    partner.wait(SETTLEMENT_MS);
    let receipt = partner.rows()[2];
    assert_eq!((receipt.kind, receipt.service_id.as_str()), (MovementKind::Receipt, "2"));
    assert_eq!(receipt.balance_after, Money::tiyin(521_100 + 500_000));
    assert_eq!([SERVICE, POOR_SERVICE].map(|id| partner.spent(id)), [505_000, -500_000]);
}

#[test]
fn an_order_without_funds_is_accepted_and_deleted_later() {
    let mut partner = Partner::new();
    let poor = |id: &str, amount: &str| with(with(order(id), "amount", amount), "serviceId", POOR_SERVICE);
    assert_eq!(told_of(&partner.pay(&poor("exact", "516100"))), "Введен");
    assert_eq!(told_of(&partner.pay(&poor("late", "1"))), "Введен");
    partner.wait(SETTLEMENT_MS);
    assert_eq!(told_of(&partner.status("exact")), "Проведен");
    assert_eq!(told_of(&partner.status("late")), "Удален");
    assert_eq!(partner.sandbox.order("late").unwrap().status, OrderStatus::Deleted);
    assert_eq!((partner.service(POOR_SERVICE).balance(), partner.rows().len()), (Money::tiyin(0), 2));
}

#[test]
fn funds_must_cover_the_commission_too() {
    let mut partner = Partner::new();
    partner.pay(&with(with(order("1"), "amount", "516101"), "serviceId", POOR_SERVICE));
    partner.wait(SETTLEMENT_MS);
    assert_eq!((told_of(&partner.status("1")), partner.rows().len()), ("Удален", 0));
}

#[test]
fn an_order_id_is_good_for_one_order_whatever_is_in_it() {
    for settled in [false, true] {
        let mut partner = Partner::new();
        partner.pay(&order("1"));
        if settled {
            partner.wait(SETTLEMENT_MS);
        }
        let repeats = [order("1"), with(order("1"), "amount", "7"), to("1", "701013"), to("1", "780000")];
        for repeat in &repeats {
            assert_eq!(code_of(&partner.pay(repeat)), 1111);
        }
        assert_eq!(code_of(&partner.pay_budget(&budget_order("1"))), 1111);
        partner.wait(SETTLEMENT_MS);
        assert_eq!((partner.spent(SERVICE), partner.sandbox.orders().len()), (505_000, 1));
    }
}

#[test]
fn the_id_of_a_deleted_order_is_spent() {
    let mut partner = Partner::new();
    assert_eq!(told_of(&partner.pay(&to("1", "780400"))), "Удален");
    assert_eq!(code_of(&partner.pay(&order("1"))), 1111);
    partner.wait(SETTLEMENT_MS);
    assert!(partner.rows().is_empty());
}

#[test]
fn the_id_of_a_refused_order_is_free() {
    let mut partner = Partner::new();
    assert_eq!(code_of(&partner.pay(&with(order("1"), "receiverAccount", "123"))), 1013);
    assert_eq!(code_of(&partner.pay(&to("1", "701013"))), 1013);
    assert_eq!(code_of(&partner.status("1")), 1008);
    assert_eq!(told_of(&partner.pay(&order("1"))), "Введен");
}

#[test]
fn what_is_required_must_be_there() {
    let order = order("1");
    let names = order.as_object().unwrap().keys();
    for name in names {
        assert_eq!(refused(&without(order.clone(), name)), 1017, "{name}");
        for nothing in [json!(""), Value::Null, json!([])] {
            assert_eq!(refused(&with(order.clone(), name, nothing)), 1017, "{name}");
        }
    }
    let budget = budget_order("1");
    for name in budget.as_object().unwrap().keys() {
        assert_eq!(code_of(&Partner::new().pay_budget(&without(budget.clone(), name))), 1017, "{name}");
    }
}

#[test]
fn what_has_the_wrong_form_is_refused_by_its_own_code() {
    for (name, value, code) in [
        ("receiverAccount", "2980100099024884444", 1013),
        ("receiverAccount", "298010009902488444444", 1013),
        ("receiverAccount", "2980100099024884444x", 1013),
        ("mfoReceiver", "0040", 1014),
        ("mfoReceiver", "0040x", 1014),
        ("receiverName", "АК\u{7}Aloqabank", 1015),
        ("purpose", "Аренда\nза ноябрь", 1016),
        ("innReceiver", "12345678", 1017),
        ("orderId", "two words", 1017),
        ("orderId", "line\n", 1017),
        ("amount", "0", 1017),
        ("amount", "-1", 1017),
        ("amount", "+1", 1017),
        ("amount", "05", 1017),
        ("amount", "5000.00", 1017),
        ("amount", "9223372036854775807", 1017),
        ("amount", "9223372036854775808", 1017),
        ("comissionAmount", "-1", 1017),
        ("comissionAmount", "1e3", 1017),
        ("cardType", "VISA", 1017),
        ("cardNumber", "986053155489667", 1017),
        ("serviceId", "99", 1001),
    ] {
        assert_eq!(refused(&with(order("1"), name, value)), code, "{name}: {value}");
    }
    for (name, value, code) in [
        ("receiverAccount", "40052286026283795010025102", 1013),
        ("purposeCode", "9510", 1017),
        ("innReceiver", "20709914", 1017),
        ("purpose", "\u{0}", 1016),
    ] {
        let order = with(budget_order("1"), name, value);
        assert_eq!(code_of(&Partner::new().pay_budget(&order)), code, "{name}");
    }
}

#[test]
fn amounts_are_text() {
    for name in ["amount", "comissionAmount"] {
        assert_eq!(refused(&with(order("1"), name, 500)), 1017);
    }
}

#[test]
fn a_service_may_be_named_by_a_number_or_by_text() {
    for id in [json!(SERVICE), json!(SERVICE.to_string())] {
        assert_eq!(told_of(&Partner::new().pay(&with(order("1"), "serviceId", id))), "Введен");
    }
}

#[test]
fn a_taxpayers_number_and_a_card_are_optional_where_the_service_says_so() {
    let mut order = order("1");
    for (name, value) in [
        ("innReceiver", "123456789"),
        ("cardType", "UZCARD"),
        ("cardNumber", "8600330410689500"),
        ("refNumber", "016351273642"),
    ] {
        order = with(order, name, value);
        assert_eq!(told_of(&Partner::new().pay(&order)), "Введен", "{name}");
    }
}

#[test]
fn a_service_that_works_with_cards_demands_all_of_the_card() {
    let card = json!({ "cardType": "HUMO", "cardNumber": "9860531554896678", "refNumber": "016351273642" });
    let mut requisites = with(order("1"), "serviceId", SERVICE_WITH_CARD);
    let mut budget = with(budget_order("2"), "serviceId", SERVICE_WITH_CARD);
    for order in [&mut requisites, &mut budget] {
        order.as_object_mut().unwrap().extend(card.as_object().unwrap().clone());
    }
    for name in ["cardType", "cardNumber", "refNumber"] {
        assert_eq!(refused(&without(requisites.clone(), name)), 1017, "{name}");
        assert_eq!(code_of(&Partner::new().pay_budget(&without(budget.clone(), name))), 1017, "{name}");
    }
    let mut partner = Partner::new();
    assert_eq!(told_of(&partner.pay(&requisites)), "Введен");
    assert_eq!(told_of(&partner.pay_budget(&budget)), "Введен");
}

#[test]
fn a_service_that_is_not_activated_pays_nothing() {
    assert_eq!(refused(&with(order("1"), "serviceId", NOT_ACTIVATED)), 1009);
}

#[test]
fn an_order_id_crosses_as_a_path() {
    let mut partner = Partner::new();
    for (id, path) in [("a+b", "a+b"), ("a/b", "a%2Fb"), ("№7", "%E2%84%967"), ("100%", "100%25")] {
        partner.pay(&order(id));
        assert_eq!(told_of(&partner.status(path)), "Введен", "{id}");
    }
}

#[test]
fn documents_are_numbered_by_the_seed() {
    let ids = |seed| {
        let config = tiyin_sandbox::Config { seed, ..Default::default() };
        let mut partner = Partner::with(config);
        ["1", "2"].map(|id| partner.pay(&order(id))["data"]["doc_id"].clone())
    };
    let [first, second] = ids(1);
    assert_ne!(first, second);
    assert_eq!(ids(1), [first, second]);
    assert_ne!(ids(2), ids(1));
}
