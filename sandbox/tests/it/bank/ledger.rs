//! Whatever is ordered and whatever goes wrong: the ledger, the balances, the statements and the orders agree, and the same
//! requests get the same replies.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;
use tiyin_sandbox::{
    BankRow, Config, FaultKind, Faults, LedgerRow, Money, MovementKind, OrderStatus, Random, Reply, Sandbox,
};

use super::partner::{Partner, account_ending, budget_order, get, order, post, query};
use crate::merchant::{START, with};

const SERVICES: [u64; 4] = [33, 34, 2, 27];
/// Plain ones, and ones that fail, accept, settle and delete in every way.
const ENDINGS: [&str; 10] =
    ["844444", "251028", "701013", "711111", "721111", "732222", "780000", "780402", "780404", "780400"];

#[derive(Clone, Debug)]
enum Step {
    Order { id: u8, amount: u32, commission: u32, service: usize, receiver: Receiver },
    Budget { id: u8, amount: u32, ending: usize },
    Status { id: u8 },
    Balance { service: usize },
    Statement { service: usize },
    Wait { ms: u64 },
}

#[derive(Clone, Debug)]
enum Receiver {
    Other(usize),
    Own(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let receiver = prop_oneof![
        3 => (0..ENDINGS.len()).prop_map(Receiver::Other),
        1 => (0..SERVICES.len()).prop_map(Receiver::Own),
    ];
    let ordered = (0..12_u8, 1..400_000_u32, prop_oneof![Just(0), 1..5000_u32], 0..SERVICES.len(), receiver);
    prop_oneof![
        6 => ordered.prop_map(|(id, amount, commission, service, receiver)| {
            Step::Order { id, amount, commission, service, receiver }
        }),
        2 => (0..12_u8, 1..400_000_u32, 0..ENDINGS.len())
            .prop_map(|(id, amount, ending)| Step::Budget { id, amount, ending }),
        2 => (0..12_u8).prop_map(|id| Step::Status { id }),
        1 => (0..SERVICES.len()).prop_map(|service| Step::Balance { service }),
        1 => (0..SERVICES.len()).prop_map(|service| Step::Statement { service }),
        3 => prop_oneof![0..4000_u64, 0..100_000_u64].prop_map(|ms| Step::Wait { ms }),
    ]
}

fn config() -> impl Strategy<Value = Config> {
    (any::<u64>(), 0..=60_u8).prop_map(|(seed, percent)| {
        let faults = Faults { rules: Vec::new(), random: Some(Random::new(percent)) };
        Config { seed, faults, ..Config::default() }
    })
}

fn send(partner: &mut Partner, step: &Step) -> Option<Reply> {
    let card = [("cardType", "HUMO"), ("cardNumber", "9860531554896678"), ("refNumber", "016351273642")];
    let request = match step {
        Step::Order { id, amount, commission, service, receiver } => {
            let account = match receiver {
                Receiver::Other(ending) => account_ending(ENDINGS[*ending], 20),
                Receiver::Own(service) => partner.service(SERVICES[*service]).account.into(),
            };
            let order = with(order(&id.to_string()), "receiverAccount", account);
            let order = with(with(order, "amount", amount.to_string()), "comissionAmount", commission.to_string());
            let order = card.into_iter().fold(order, |order, (name, value)| with(order, name, value));
            post("payment", &with(order, "serviceId", SERVICES[*service]))
        }
        Step::Budget { id, amount, ending } => {
            let order = with(budget_order(&id.to_string()), "amount", amount.to_string());
            post("paymentBudget", &with(order, "receiverAccount", account_ending(ENDINGS[*ending], 27)))
        }
        Step::Status { id } => get(&format!("payment/{id}")),
        Step::Balance { service } => get(&format!("account/{}/balance", SERVICES[*service])),
        Step::Statement { service } => post("account/payments", &query(SERVICES[*service], "0", 0)),
        Step::Wait { ms } => {
            partner.wait(*ms);
            return None;
        }
    };
    partner.now += 1;
    Some(partner.send(&request))
}

fn run(config: &Config, steps: &[Step]) -> (Sandbox, Vec<Reply>) {
    let mut partner = Partner::with(config.clone());
    let mut replies = Vec::new();
    for step in steps {
        replies.extend(send(&mut partner, step));
        check_books(&partner);
    }
    partner.wait(1_000_000);
    check_books(&partner);
    partner.sandbox.set_faults(Faults::default());
    check_told(&mut partner);
    (partner.sandbox, replies)
}

fn change(row: &BankRow) -> i64 {
    if row.kind == MovementKind::Receipt { row.amount.minor } else { -row.amount.minor }
}

/// Balances follow from the ledger, and each order has moved its money once if it is settled, and never if it is not.
fn check_books(partner: &Partner) {
    for service in partner.sandbox.bank_services() {
        let mut left = service.opening_balance().minor;
        for row in partner.rows().iter().filter(|row| row.service_id == service.id.to_string()) {
            left += change(row);
            assert_eq!(row.balance_after, Money::tiyin(left));
            assert!(left >= 0);
        }
        assert_eq!(service.balance(), Money::tiyin(left));
    }
    let mut moved: BTreeMap<(String, MovementKind), Vec<Money>> = BTreeMap::new();
    for row in partner.rows() {
        moved.entry((row.order_id.clone(), row.kind)).or_default().push(row.amount);
    }
    for order in partner.sandbox.orders() {
        let taken = |kind| moved.get(&(order.order_id.clone(), kind)).cloned().unwrap_or_default();
        let is_settled = order.status == OrderStatus::Settled;
        let once = |amount: Money| if is_settled && amount.minor > 0 { vec![amount] } else { Vec::new() };
        assert_eq!(taken(MovementKind::Transfer), once(order.amount));
        assert_eq!(taken(MovementKind::Commission), once(order.commission));
        let received = taken(MovementKind::Receipt);
        assert!(received.is_empty() || received == once(order.amount));
        moved.retain(|(id, _), _| *id != order.order_id);
    }
    assert!(moved.is_empty(), "nobody ordered {moved:?}");
    assert!(partner.sandbox.ledger().is_sorted_by_key(LedgerRow::at));
    assert!(partner.rows().is_sorted_by_key(|row| row.entry_id));
}

/// What is told without faults is the truth: statuses, balances, and statements row by row.
fn check_told(partner: &mut Partner) {
    for order in partner.sandbox.orders() {
        let answer = partner.status(&order.order_id);
        assert_eq!(answer["data"]["payment_status"], order.status.as_str());
        assert_eq!(answer["data"]["doc_id"], order.document_id.as_str());
    }
    for id in SERVICES {
        let mut rows = partner.statement(id, "0");
        let sum: i64 = rows.iter().map(signed).sum();
        assert_eq!((partner.balance(id), Money::tiyin(sum)), (sum, partner.service(id).balance()));
        let opening = rows.remove(0);
        assert_eq!(opening["amount"], partner.service(id).opening_balance().minor);
        let told: Vec<_> = rows.iter().map(|row| (row["id"].as_u64().unwrap(), signed(row))).collect();
        let rows = partner.rows().into_iter().filter(|row| row.service_id == id.to_string());
        assert_eq!(told, rows.map(|row| (row.entry_id, change(row))).collect::<Vec<_>>());
    }
}

fn signed(row: &Value) -> i64 {
    let amount = row["amount"].as_i64().unwrap();
    if row["type"] == "Приход" { amount } else { -amount }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_the_balances_the_statements_and_the_orders_agree(
        config in config(),
        steps in proptest::collection::vec(step(), 1..60),
    ) {
        run(&config, &steps);
    }

    #[test]
    fn the_same_requests_get_the_same_replies(config in config(), steps in proptest::collection::vec(step(), 1..40)) {
        let [(one, replies), (other, again)] = [(); 2].map(|()| run(&config, &steps));
        prop_assert_eq!(replies, again);
        prop_assert_eq!(one.ledger(), other.ledger());
        prop_assert_eq!(one.fault_counts(), other.fault_counts());
    }
}

#[test]
fn one_ledger_has_the_movements_of_both_providers() {
    let mut merchant = crate::merchant::Merchant::new();
    let id = merchant.create(500);
    merchant.pay(&id);
    merchant.send(&post("payment", &order("1")));
    merchant.wait(10_000);
    merchant.pay(&id);
    let kinds: Vec<_> = merchant.sandbox.ledger().iter().map(|row| (row.at(), row.paylov().is_some())).collect();
    assert_eq!(kinds, [(START, true), (START + 3000, false), (START + 3000, false), (START + 10_000, true)]);
}

#[test]
fn another_seed_gives_other_documents_and_other_faults() {
    let step = |id| Step::Order { id, amount: 500, commission: 0, service: 0, receiver: Receiver::Other(0) };
    let steps: Vec<_> = (0..40).map(step).collect();
    let random = Random { kinds: vec![FaultKind::DropBefore], ..Random::new(30) };
    let [one, other] = [1, 2].map(|seed| {
        let faults = Faults { rules: Vec::new(), random: Some(random.clone()) };
        let sandbox = run(&Config { seed, faults, ..Config::default() }, &steps).0;
        sandbox.orders().into_iter().map(|order| (order.order_id, order.document_id)).collect::<BTreeMap<_, _>>()
    });
    assert_ne!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    assert!(one.iter().all(|(id, document)| other.get(id) != Some(document)));
}
