//! Drives the library's machines as a transport does: performs what they say, tells them what came, and decides nothing.

use std::cell::RefCell;

use tiyin::Auth;
use tiyin::Error;
use tiyin::bank::{
    GetPayment, Settle, SettleEvent, SettleOptions, SettleStep, Settled, TransferOrder, TransferState, TransferStatus,
};
use tiyin::endpoint::Endpoint;
use tiyin::exchange::{Call, Connection, Event, Exchange, Step};
use tiyin_sandbox::{OrderStatus, Route};

use super::decider::{Decider, Past};
use super::network::{Happened, Network};
use super::plan::{Order, Plan, Planned, QUIET_MS};
use crate::random::Random;

/// What `settle` may take where nobody says otherwise, in milliseconds.
const DEADLINE_MS: u64 = 300_000;

/// What a caller was told at last.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) told: Told,
    /// What a pending one turned out to be when it was asked again in the end.
    pub(super) in_the_end: Option<Told>,
}

#[derive(Debug)]
pub(super) struct Told {
    /// The call that told it.
    pub(super) call: usize,
    pub(super) step: SettleStep,
    pub(super) order_id: String,
    /// How the order stood at the bank just then.
    pub(super) truth: Option<OrderStatus>,
}

impl Heard {
    /// Whether it is not known yet what became of the order.
    pub(super) fn is_pending(&self) -> bool {
        matches!(self.told.step, SettleStep::Done(Settled::Pending(_)) | SettleStep::Unasked)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Told> {
        [Some(&self.told), self.in_the_end.as_ref()].into_iter().flatten()
    }
}

pub(super) struct Caller<'a> {
    number: usize,
    planned: &'a Planned,
    order: &'a Order,
    network: &'a Network<'a>,
    decider: &'a dyn Decider,
    random: RefCell<Random>,
}

impl<'a> Caller<'a> {
    pub(super) fn new(
        number: usize,
        planned: &'a Planned,
        plan: &'a Plan,
        network: &'a Network<'a>,
        decider: &'a dyn Decider,
        random: Random,
    ) -> Self {
        Self { number, planned, order: &plan.order, network, decider, random: RefCell::new(random) }
    }

    fn now(&self) -> u64 {
        self.planned.clock.at(self.network.time.now())
    }

    /// Settles the order, from crash to crash.
    pub(super) async fn work(&self) -> Heard {
        let time = self.network.time;
        time.sleep(self.planned.starts_at).await;
        let mut is_resumed = false;
        for (after_ms, pause_ms) in &self.planned.crashes {
            let at = time.now().saturating_add(*after_ms);
            if let Some(told) =
                time.before(Some(at), self.settle(self.order, is_resumed, self.planned.deadline_ms)).await
            {
                return self.heard(told).await;
            }
            time.sleep(*pause_ms).await;
            is_resumed = true;
        }
        let told = self.settle(self.order, is_resumed, self.planned.deadline_ms).await;
        self.heard(told).await
    }

    async fn heard(&self, told: Told) -> Heard {
        let heard = Heard { told, in_the_end: None };
        if heard.is_pending() && self.decider.begins_anew() {
            let anew = self.order.under(format!("{}-again", self.order.id));
            return Heard { told: self.settle(&anew, false, self.planned.deadline_ms).await, in_the_end: None };
        }
        heard
    }

    /// Settles what was pending once more, with time for it.
    pub(super) async fn go_on(&self) -> Told {
        self.settle(self.order, true, None).await
    }

    async fn settle(&self, order: &Order, is_resumed: bool, deadline_ms: Option<u64>) -> Told {
        let call = self.network.begin(self.number, &order.id, is_resumed);
        let step = match order.request() {
            Ok(request) => self.drive(call, &request, is_resumed, deadline_ms).await,
            Err(_) => SettleStep::Refused,
        };
        self.network.note(call, Happened::Ended(step));
        let truth = self.network.truth(|truth| truth.sandbox.order(&order.id).map(|order| order.status));
        Told { call, step, order_id: order.id.clone(), truth }
    }

    async fn drive(
        &self,
        call: usize,
        order: &TransferOrder<'_>,
        is_resumed: bool,
        deadline_ms: Option<u64>,
    ) -> SettleStep {
        let hash = order.hash();
        let options = SettleOptions {
            quiet_ms: Some(QUIET_MS),
            deadline_ms,
            poll_every_ms: self.planned.poll_every_ms,
            order_hash: (is_resumed && self.decider.gives_hash()).then_some(&hash),
            ..SettleOptions::default()
        };
        let Ok((mut machine, first)) = Settle::start(order, &options, self.now()) else { return SettleStep::Refused };
        let mut step = self.decider.first(first);
        let mut past = Past { is_resumed, ..Past::default() };
        loop {
            let event = match step {
                SettleStep::Done(_) | SettleStep::Refused | SettleStep::Unasked => break,
                SettleStep::Sleep { ms } => {
                    self.network.time.sleep(ms).await;
                    SettleEvent::Woke
                }
                SettleStep::Ask { within_ms } => self.ask(call, order, within_ms).await,
                SettleStep::Create { within_ms } => {
                    self.network.note(call, Happened::Created);
                    let came = self.create(call, order, within_ms).await;
                    past = Past { creates: past.creates.saturating_add(1), of_create: Some(came), ..past };
                    came
                }
            };
            step = self.decider.next(event, machine.step(event, self.now()), past);
        }
        let clock = &self.planned.clock;
        let most_ms = deadline_ms.unwrap_or(DEADLINE_MS);
        self.network.end(call, |course| match (clock.jump, clock.stands_from) {
            (None, None) => Some(most_ms),
            // What is answered takes no time that a clock shows which stands still.
            (None, Some(_)) => Some(most_ms.saturating_add(course.answered_ms)),
            _ => None,
        });
        step
    }

    async fn ask(&self, call: usize, order: &TransferOrder<'_>, within_ms: u64) -> SettleEvent {
        let endpoint = GetPayment { order_id: order.order_id().clone() };
        let answer = self.exchange(call, Route::BankPaymentStatus, &endpoint, within_ms).await;
        self.decider.hears(SettleEvent::of_ask(&answer), answer.as_ref().err())
    }

    async fn create(&self, call: usize, order: &TransferOrder<'_>, within_ms: u64) -> SettleEvent {
        let answer = match order {
            TransferOrder::Requisites(order) => self.exchange(call, Route::BankPayment, order, within_ms).await,
            TransferOrder::Budget(order) => self.exchange(call, Route::BankPaymentBudget, order, within_ms).await,
        };
        self.decider.hears(SettleEvent::of_create(&answer), answer.as_ref().err())
    }

    /// One call of an endpoint, sent once.
    async fn exchange<'e, E: Endpoint<'e, Answer = TransferState>>(
        &self,
        call: usize,
        route: Route,
        endpoint: &E,
        within_ms: u64,
    ) -> Result<TransferState, Error> {
        let base = if self.planned.is_direct { "https://bank.uz/bank" } else { "https://shop.uz/bank" };
        let mut connection = Connection::new(base)?;
        connection.retries = 0;
        if self.planned.is_direct {
            connection = connection.auth(Auth::basic("gray", "p@ssw0rd")?);
        }
        let random = self.random.borrow_mut().bytes();
        let given = Call { timeout_ms: Some(within_ms), idempotency_key: None, random, now: self.now() };
        let mut exchange = Exchange::new(endpoint, &connection, &given)?;
        let mut step = exchange.step(Event::Woke, self.now());
        loop {
            step = match step {
                Step::Done(done) => return done,
                Step::Sleep { ms } => {
                    self.network.time.sleep(ms).await;
                    exchange.step(Event::Woke, self.now())
                }
                Step::Send { within_ms } => {
                    let came = self.network.exchange(call, route, exchange.request(), within_ms).await;
                    exchange.step(came.event(), self.now())
                }
            };
        }
    }
}

/// Whether a status says that nothing more will happen.
pub(super) const fn is_final(status: TransferStatus) -> bool {
    matches!(status, TransferStatus::Settled | TransferStatus::Deleted)
}
