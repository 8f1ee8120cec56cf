//! Drives the library's machines as a transport does: performs what they say, tells them what came, and decides nothing.

use std::cell::RefCell;

use serde_json::{Map, Value, json};
use tiyin::bank::{
    GetPayment, KnownTransfer, Settle, SettleEvent, SettleOptions, SettleStep, Settled, TransferOrder, TransferState,
    TransferStatus,
};
use tiyin::endpoint::Endpoint;
use tiyin::exchange::{Call, Connection, Event, Exchange, Step};
use tiyin::{Auth, Error, NextAction, Outcome};
use tiyin_sandbox::{OrderStatus, Route};

use super::decider::{Decider, Past};
use super::network::{Happened, Network};
use super::plan::{Order, Plan, Planned, QUIET_MS};
use crate::client::Failure;
use crate::journal::insert;
use crate::network::Came;
use crate::random::Random;

/// What `settle` may take where nobody says otherwise, in milliseconds.
const DEADLINE_MS: u64 = 300_000;

const USERNAME: &str = "gray";
const PASSWORD: &str = "p@ssw0rd";

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

/// What was learned on the way to what a call of `settle` ends with.
#[derive(Debug, Default)]
struct Learned {
    past: Past,
    document_id: Option<String>,
    /// What the order itself failed with, and the last question.
    failure: Option<Failure>,
    unasked: Option<Failure>,
    /// Whether the order may be at the bank.
    may_exist: bool,
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
        let Ok(request) = order.request() else {
            return Told { call, step: SettleStep::Refused, order_id: order.id.clone(), truth: None };
        };
        let hash = (is_resumed && self.decider.gives_hash()).then(|| request.hash());
        self.network.journal.called(call, self.network.time.now(), self.number, || {
            let given = [
                ("quietMs", Some(QUIET_MS.into())),
                ("deadlineMs", deadline_ms.map(Value::from)),
                ("pollEveryMs", self.planned.poll_every_ms.map(Value::from)),
                ("orderHash", hash.as_deref().map(Value::from)),
            ];
            let options: Map<_, _> =
                given.into_iter().filter_map(|(name, value)| Some((name.into(), value?))).collect();
            json!({
                "payer": self.number,
                "client": self.client(),
                "method": "settle",
                "arguments": [order.described(), options],
                "now": self.now(),
                "events": [],
                "result": null,
            })
        });
        let past = Past { is_resumed, ..Past::default() };
        let mut learned = Learned { past, may_exist: hash.is_some(), ..Learned::default() };
        let step = self.drive(call, &request, hash.as_deref(), deadline_ms, &mut learned).await;
        self.network.journal.ended(call, self.network.time.now(), self.number, || learned.ended(step, &request.hash()));
        self.network.note(call, Happened::Ended(step));
        let truth = self.network.truth(|truth| truth.sandbox.order(&order.id).map(|order| order.status));
        Told { call, step, order_id: order.id.clone(), truth }
    }

    async fn drive(
        &self,
        call: usize,
        order: &TransferOrder<'_>,
        order_hash: Option<&str>,
        deadline_ms: Option<u64>,
        learned: &mut Learned,
    ) -> SettleStep {
        let options = SettleOptions {
            quiet_ms: Some(QUIET_MS),
            deadline_ms,
            poll_every_ms: self.planned.poll_every_ms,
            order_hash,
            ..SettleOptions::default()
        };
        let Ok((mut machine, first)) = Settle::start(order, &options, self.now()) else { return SettleStep::Refused };
        let mut step = self.decider.first(first);
        loop {
            let event = match step {
                SettleStep::Done(_) | SettleStep::Refused | SettleStep::Unasked => break,
                SettleStep::Sleep { ms } => {
                    self.network.time.sleep(ms).await;
                    self.network.journal.slept(call, ms, false, self.now());
                    SettleEvent::Woke
                }
                SettleStep::Ask { within_ms } => self.ask(call, order, within_ms, learned).await,
                SettleStep::Create { within_ms } => {
                    learned.past.creates = learned.past.creates.saturating_add(1);
                    self.network.note(call, Happened::Created);
                    self.create(call, order, within_ms, learned).await
                }
            };
            step = self.decider.next(event, machine.step(event, self.now()), learned.past);
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

    async fn ask(&self, call: usize, order: &TransferOrder<'_>, within_ms: u64, learned: &mut Learned) -> SettleEvent {
        let endpoint = GetPayment { order_id: order.order_id().clone() };
        let answer = self.exchange(call, Route::BankPaymentStatus, &endpoint, within_ms).await;
        match &answer {
            Ok(state) => learned.state(state),
            Err(error) => learned.unasked = Some(Failure::of(error)),
        }
        self.decider.hears(SettleEvent::of_ask(&answer), answer.as_ref().err())
    }

    async fn create(
        &self,
        call: usize,
        order: &TransferOrder<'_>,
        within_ms: u64,
        learned: &mut Learned,
    ) -> SettleEvent {
        let answer = match order {
            TransferOrder::Requisites(order) => self.exchange(call, Route::BankPayment, order, within_ms).await,
            TransferOrder::Budget(order) => self.exchange(call, Route::BankPaymentBudget, order, within_ms).await,
        };
        match &answer {
            Ok(state) => learned.state(state),
            Err(error) => learned.failure = Some(Failure::of(error)),
        }
        let event = self.decider.hears(SettleEvent::of_create(&answer), answer.as_ref().err());
        learned.past.of_create = Some(event);
        event
    }

    fn base(&self) -> &'static str {
        if self.planned.is_direct { "https://bank.uz/bank" } else { "https://shop.uz/bank" }
    }

    /// What the client is made with.
    fn client(&self) -> Value {
        let mut config = json!({ "baseUrl": self.base() });
        if self.planned.is_direct {
            insert(&mut config, "auth", json!({ "username": USERNAME, "password": PASSWORD }));
        }
        config
    }

    /// One call of an endpoint, sent once.
    async fn exchange<'e, E: Endpoint<'e, Answer = TransferState>>(
        &self,
        call: usize,
        route: Route,
        endpoint: &E,
        within_ms: u64,
    ) -> Result<TransferState, Error> {
        let mut connection = Connection::new(self.base())?;
        connection.retries = 0;
        if self.planned.is_direct {
            connection = connection.auth(Auth::basic(USERNAME, PASSWORD)?);
        }
        let random = self.random.borrow_mut().bytes();
        let given = Call { timeout_ms: Some(within_ms), idempotency_key: None, random, now: self.now() };
        let hindrance = self.network.hindrance(call, route);
        self.network.journal.exchange(call, E::ROUTE.name, &random, given.now, hindrance.as_ref());
        let mut exchange = Exchange::new(endpoint, &connection, &given)?;
        let mut step = exchange.step(hindrance.as_ref().map_or(Event::Woke, Came::event), given.now);
        loop {
            step = match step {
                Step::Done(done) => return done,
                Step::Sleep { ms } => {
                    self.network.time.sleep(ms).await;
                    exchange.step(Event::Woke, self.now())
                }
                Step::Send { within_ms } => {
                    let (send, came) =
                        self.network.exchange(self.number, call, route, exchange.request(), within_ms).await;
                    let (now, at) = (self.now(), self.network.time.now());
                    self.network.journal.came(call, send, at, self.number, &came, now);
                    exchange.step(came.event(), now)
                }
            };
        }
    }
}

impl Learned {
    fn state(&mut self, state: &TransferState) {
        self.may_exist = true;
        self.unasked = None;
        self.document_id = state.document_id.clone().or(self.document_id.take());
    }

    /// What `settle` ends with in JavaScript.
    fn ended(&self, step: SettleStep, hash: &str) -> Value {
        let error_of = |failure: &Option<Failure>| failure.as_ref().map(Failure::to_json);
        let (status, known) = match step {
            SettleStep::Refused => return json!({ "error": error_of(&self.failure) }),
            SettleStep::Unasked => {
                let mut error = error_of(&self.unasked).unwrap_or_default();
                let may_exist = self.may_exist || self.past.creates > 0;
                let outcome = if may_exist { Outcome::Unknown } else { Outcome::NotExecuted };
                insert(&mut error, "outcome", outcome.as_str().into());
                return json!({ "error": error });
            }
            SettleStep::Done(Settled::Settled) => ("settled", None),
            SettleStep::Done(Settled::Deleted) => ("deleted", None),
            SettleStep::Done(Settled::Pending(known)) => ("pending", known),
            other => return json!(format!("{other:?}")),
        };
        let mut answer = json!({ "status": status, "orderHash": hash, "creates": self.past.creates });
        let known = known.map(|known| if known == KnownTransfer::Accepted { "accepted" } else { "nothing" });
        let failure = self.failure.as_ref().or(self.unasked.as_ref()).filter(|_| status == "pending");
        // Whatever one send was told, or one question: of the order nothing is certain.
        let error = failure.map(|failure| {
            let (outcome, next_action) = (Some(Outcome::Unknown), Some(NextAction::QueryStatus));
            Failure { outcome, next_action, ..failure.clone() }.to_json()
        });
        let others = [
            ("known", known.map(Value::from)),
            ("documentId", self.document_id.as_deref().map(Value::from)),
            ("error", error),
        ];
        for (name, value) in others.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            insert(&mut answer, name, value);
        }
        json!({ "answer": answer })
    }
}

/// Whether a status says that nothing more will happen.
pub(super) const fn is_final(status: TransferStatus) -> bool {
    matches!(status, TransferStatus::Settled | TransferStatus::Deleted)
}
