//! Anything that can happen to an order while it is settled: it is sent only where that is safe, and what is told of it was heard.

#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use tiyin::bank::{
    BudgetPayee, CreateBudgetPayment, Settle, SettleEvent, SettleOptions, SettleStep, Settled, TransferOrder,
    TransferStatus,
};
use tiyin::requisites::{BudgetAccount, OrderId, PurposeCode, TaxpayerId};
use tiyin::{Money, Outcome};

#[derive(Arbitrary, Debug)]
struct Given {
    poll_every_ms: Option<u32>,
    quiet_ms: Option<u32>,
    deadline_ms: Option<u32>,
    timeout_ms: Option<u32>,
    max_creates: Option<u8>,
    is_resumed: bool,
    now: u64,
    happened: Vec<(u8, i32)>,
}

fuzz_target!(|given: Given| {
    let order = order();
    let hash = order.hash();
    let options = SettleOptions {
        poll_every_ms: given.poll_every_ms.map(u64::from),
        quiet_ms: given.quiet_ms.map(u64::from),
        deadline_ms: given.deadline_ms.map(u64::from),
        timeout_ms: given.timeout_ms.map(u64::from),
        max_creates: given.max_creates,
        order_hash: given.is_resumed.then_some(&hash),
    };
    let mut now = given.now;
    let (mut settle, mut step) = Settle::start(&order, &options, now).unwrap();
    let mut heard = Heard { is_unknown: given.is_resumed, ..Heard::default() };
    for (what, passed) in given.happened {
        let Some(event) = event(step, what) else { break };
        heard.note(step, event);
        // Clocks are set forward and back.
        now = now.saturating_add_signed(passed.into());
        step = settle.step(event, now);
        heard.check(step, event, &options);
        assert_eq!(settle.creates(), heard.creates);
    }
});

/// What has happened so far.
#[derive(Debug, Default)]
struct Heard {
    creates: u8,
    /// What was slept and waited for in vain, which has gone by whatever the clock says.
    gone: u64,
    /// Whether an order may have been sent of which nothing is known.
    is_unknown: bool,
    /// Whether the bank has said that there is one.
    exists: bool,
    /// Whether an order was refused.
    is_refused: bool,
    /// What was slept since the bank began to say that there is none, after the last send.
    quiet: Option<u64>,
}

impl Heard {
    fn note(&mut self, step: SettleStep, event: SettleEvent) {
        match (event, step) {
            (SettleEvent::Created(_) | SettleEvent::Status(_), _) => self.exists = true,
            (SettleEvent::CreateFailed(Some(Outcome::Rejected | Outcome::NotExecuted)), _) => self.is_refused = true,
            (SettleEvent::CreateFailed(_) | SettleEvent::CreateTimedOut, _) => self.is_unknown = true,
            (SettleEvent::Nothing, _) => self.quiet = self.quiet.or(Some(0)),
            (SettleEvent::Woke, SettleStep::Sleep { ms }) => self.quiet = self.quiet.map(|quiet| quiet + ms),
            _ => {}
        }
        let is_over = matches!(event, SettleEvent::Woke | SettleEvent::CreateTimedOut | SettleEvent::AskTimedOut);
        if let (
            true,
            SettleStep::Ask { within_ms: ms } | SettleStep::Create { within_ms: ms } | SettleStep::Sleep { ms },
        ) = (is_over, step)
        {
            self.gone += ms;
        }
    }

    fn check(&mut self, step: SettleStep, event: SettleEvent, options: &SettleOptions<'_>) {
        let status = match event {
            SettleEvent::Created(status) | SettleEvent::Status(status) => Some(status),
            _ => None,
        };
        let deadline = options.deadline_ms.unwrap_or(300_000);
        match step {
            SettleStep::Create { within_ms } => {
                assert_eq!(event, SettleEvent::Nothing);
                assert!(!self.exists && !self.is_refused, "{self:?}");
                let quiet = options.quiet_ms.unwrap_or(60_000);
                assert!(!self.is_unknown || self.quiet.is_some_and(|slept| slept >= quiet), "{self:?}");
                self.creates += 1;
                self.quiet = None;
                assert!(self.creates <= options.max_creates.unwrap_or(3), "{self:?}");
                assert!(within_ms > 0 && self.gone + within_ms <= deadline, "{self:?}");
            }
            SettleStep::Ask { within_ms: ms } | SettleStep::Sleep { ms } => {
                assert!(ms > 0 && self.gone + ms <= deadline, "{self:?}");
            }
            SettleStep::Refused => assert!(self.is_refused && !self.exists, "{self:?}"),
            SettleStep::Unasked => assert!(event == SettleEvent::AskRefused && self.creates == 0, "{self:?}"),
            SettleStep::Done(Settled::Settled) => assert_eq!(status, Some(TransferStatus::Settled)),
            SettleStep::Done(Settled::Deleted) => assert_eq!(status, Some(TransferStatus::Deleted)),
            SettleStep::Done(Settled::Pending(_)) => {
                assert!(!matches!(status, Some(TransferStatus::Settled | TransferStatus::Deleted)));
            }
        }
    }
}

/// One of what can happen after a step; nothing where it was the last.
fn event(step: SettleStep, what: u8) -> Option<SettleEvent> {
    use TransferStatus::{Accepted, Deleted, Other, Settled};
    let status = [Accepted, Settled, Deleted, Other][usize::from(what / 16 % 4)];
    let outcome = [None, Some(Outcome::NotExecuted), Some(Outcome::Rejected), Some(Outcome::Unknown)];
    Some(match step {
        SettleStep::Sleep { .. } => SettleEvent::Woke,
        SettleStep::Create { .. } => match what % 3 {
            0 => SettleEvent::Created(status),
            1 => SettleEvent::CreateFailed(outcome[usize::from(what / 16 % 4)]),
            _ => SettleEvent::CreateTimedOut,
        },
        SettleStep::Ask { .. } => match what % 6 {
            0 => SettleEvent::Status(status),
            1 | 2 => SettleEvent::Nothing,
            3 => SettleEvent::AskFailed,
            4 => SettleEvent::AskTimedOut,
            _ => SettleEvent::AskRefused,
        },
        SettleStep::Done(_) | SettleStep::Refused | SettleStep::Unasked => return None,
    })
}

fn order() -> TransferOrder<'static> {
    TransferOrder::Budget(CreateBudgetPayment {
        order_id: OrderId::new("100001").unwrap(),
        payee: BudgetPayee {
            account: BudgetAccount::parse("400522860262837950100251028").unwrap(),
            taxpayer_id: TaxpayerId::parse("207099143").unwrap(),
        },
        purpose_code: PurposeCode::parse("09510").unwrap(),
        purpose: "тест".into(),
        service_id: "33".into(),
        amount: Money::som("5000").unwrap(),
        commission: Money::som("0").unwrap(),
        card: None,
        service_type: None,
    })
}
