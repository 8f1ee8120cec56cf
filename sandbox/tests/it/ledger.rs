//! Whatever is asked and whatever goes wrong: the ledger, the balances, the payments and the lists agree, and the same
//! requests get the same replies.

use proptest::prelude::*;
use tiyin_sandbox::{
    Config, FaultKind, Faults, LedgerRow, PaylovRow, Payment, PaymentStatus, Random, Reply, Request, Sandbox, magic,
};

use crate::merchant::{CARD, CARD_WITHOUT_PHONE, OTHER_CARD, POOR_CARD, START, electricity, payment, post, with};

const CARDS: [&str; 5] = [CARD, OTHER_CARD, POOR_CARD, CARD_WITHOUT_PHONE, "10000000-0000-4000-8000-000000000003"];

#[derive(Clone, Debug)]
enum Step {
    Create { som: u64, card: Option<usize> },
    Pay { payment: usize, card: usize, otp: Option<&'static str> },
    Status { payment: usize },
    List,
    Wait { ms: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    let som = prop_oneof![4 => 400..3000_u64, 1 => 800_001..800_011_u64, 1 => 900_001..900_011_u64];
    let otp = prop_oneof![
        Just(None),
        Just(Some(magic::RIGHT_CODE)),
        Just(Some("000000")),
        Just(Some(magic::EXHAUSTING_CODE))
    ];
    prop_oneof![
        3 => (som, proptest::option::of(0..CARDS.len())).prop_map(|(som, card)| Step::Create { som, card }),
        5 => (0..8_usize, 0..CARDS.len(), otp).prop_map(|(payment, card, otp)| Step::Pay { payment, card, otp }),
        2 => (0..8_usize).prop_map(|payment| Step::Status { payment }),
        1 => Just(Step::List),
        1 => prop_oneof![0..10_000_u64, 0..100_000_000_u64].prop_map(|ms| Step::Wait { ms }),
    ]
}

fn config() -> impl Strategy<Value = Config> {
    (any::<u64>(), 0..=100_u8).prop_map(|(seed, percent)| {
        let faults = Faults { rules: Vec::new(), random: Some(Random::new(percent)) };
        Config { seed, faults, ..Config::default() }
    })
}

fn request(step: &Step, payments: &[Payment]) -> Option<Request> {
    let id = |place: &usize| payments.get(*place).map(|payment| payment.transaction_id.clone());
    Some(match step {
        Step::Create { som, card: None } => post("create", &electricity(*som)),
        Step::Create { som, card: Some(card) } => post("create", &with(electricity(*som), "cardId", CARDS[*card])),
        Step::Pay { payment: place, card, otp } => post("pay", &with(payment(&id(place)?, CARDS[*card]), "otp", *otp)),
        Step::Status { payment } => crate::merchant::status_request(&id(payment)?),
        Step::List => Request::get("/paylov/servicePayment/transaction/all"),
        Step::Wait { .. } => return None,
    })
}

fn run(config: &Config, steps: &[Step]) -> (Sandbox, Vec<Reply>) {
    let mut sandbox = Sandbox::new(config.clone());
    let mut now = START;
    let mut replies = Vec::new();
    for step in steps {
        now += if let Step::Wait { ms } = step { *ms } else { 1 };
        if let Some(request) = request(step, &sandbox.payments()) {
            replies.push(sandbox.handle(&request, now));
        }
        check(&sandbox);
    }
    (sandbox, replies)
}

fn paylov_rows(sandbox: &Sandbox) -> impl Iterator<Item = &PaylovRow> + Clone {
    sandbox.ledger().iter().filter_map(LedgerRow::paylov)
}

fn check(sandbox: &Sandbox) {
    for card in sandbox.cards() {
        let mut left = card.opening_balance();
        for row in paylov_rows(sandbox).filter(|row| row.card_id == card.id) {
            left.minor -= row.amount.minor;
            assert_eq!(row.balance_after, left);
        }
        assert_eq!(card.balance(), left);
        assert!(left.minor >= 0);
    }
    let mut charges = 0;
    for payment in sandbox.payments() {
        let rows = paylov_rows(sandbox).filter(|row| row.transaction_id == payment.transaction_id);
        assert!(rows.clone().all(|row| row.amount == payment.amount));
        assert_eq!(rows.count(), payment.charges as usize);
        assert_eq!(payment.status == PaymentStatus::Paid, payment.charges > 0);
        charges += payment.charges as usize;
    }
    assert_eq!(charges, sandbox.ledger().len());
    assert!(sandbox.ledger().is_sorted_by_key(LedgerRow::at));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_the_balances_and_the_payments_agree(config in config(), steps in proptest::collection::vec(step(), 1..60)) {
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
fn another_seed_gives_other_ids_and_other_faults() {
    let random = Random { kinds: vec![FaultKind::DropAfter], ..Random::new(30) };
    let steps = vec![Step::Create { som: 500, card: None }; 40];
    let [one, other] = [1, 2].map(|seed| {
        let faults = Faults { rules: Vec::new(), random: Some(random.clone()) };
        run(&Config { seed, faults, ..Config::default() }, &steps)
    });
    assert_ne!(one.0.payments()[0].transaction_id, other.0.payments()[0].transaction_id);
    let lost = |replies: &[Reply]| {
        replies.iter().map(|reply| matches!(reply.answer, tiyin_sandbox::Answer::Dropped)).collect::<Vec<_>>()
    };
    assert_ne!(lost(&one.1), lost(&other.1));
}
