//! Drives the library's machines as a transport does: performs what they say, tells them what came, and decides nothing.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::Poll;

use serde_json::{Value, json};
use tiyin::exchange::{Call, Connection, Event, Exchange, Loss, Request, Step};
use tiyin::paylov::{Confirm, ConfirmEvent, ConfirmOptions, ConfirmStep, Confirmed, GetStatus, Pay};
use tiyin::{Error, ErrorCode, NextAction, Outcome};
use tiyin_sandbox::Route;

use crate::decider::{Decider, WasSent};
use crate::methods::Method;
use crate::network::{Came, Network, Told, has_receipt};
use crate::random::Random;
use crate::time::{Clock, Due};

/// What a failed call tells a program.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) code: ErrorCode,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) next_action: Option<NextAction>,
    pub(crate) provider_code: Option<String>,
    pub(crate) http_status: Option<u16>,
    pub(crate) retry_after_ms: Option<u64>,
    /// Whether it is a success of a payment that lacks nothing but a receipt.
    pub(crate) lacks_receipt: bool,
}

impl Failure {
    pub(crate) fn of(error: &Error) -> Self {
        Self {
            code: error.code(),
            outcome: error.outcome(),
            next_action: error.next_action(),
            provider_code: error.provider_code().map(String::from),
            http_status: error.http_status(),
            retry_after_ms: error.retry_after_ms(),
            lacks_receipt: error.code() == ErrorCode::UnexpectedAnswer && error.message().ends_with("payedAt"),
        }
    }

    /// What a confirmation fails with where its caller gives up waiting.
    fn aborted() -> Self {
        Self {
            code: ErrorCode::Aborted,
            outcome: Some(Outcome::Unknown),
            next_action: Some(NextAction::QueryStatus),
            provider_code: None,
            http_status: None,
            retry_after_ms: None,
            lacks_receipt: false,
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut json = json!({ "code": self.code.as_str() });
        let facts = [
            ("outcome", self.outcome.map(|outcome| outcome.as_str().into())),
            ("nextAction", self.next_action.map(|action| action.as_str().into())),
            ("providerCode", self.provider_code.as_deref().map(Value::from)),
            ("httpStatus", self.http_status.map(Value::from)),
            ("retryAfterMs", self.retry_after_ms.map(Value::from)),
        ];
        for (name, fact) in facts {
            if let (Some(members), Some(fact)) = (json.as_object_mut(), fact) {
                members.insert(name.into(), fact);
            }
        }
        json
    }
}

/// When a caller gives up, if ever.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signal(pub(crate) Option<u64>);

impl Signal {
    fn is_aborted(self, now: u64) -> bool {
        self.0.is_some_and(|at| at <= now)
    }
}

/// What payAndConfirm comes to.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    Known(Confirmed),
    Failed(Failure),
}

/// What payAndConfirm takes besides a payment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Patience {
    pub(crate) poll_every_ms: Option<u64>,
    pub(crate) deadline_ms: Option<u64>,
}

/// What payAndConfirm may take where nobody says otherwise.
const DEADLINE_MS: u64 = 60_000;

/// One payer's client.
pub(crate) struct Client<'a> {
    pub(crate) network: &'a Network<'a>,
    pub(crate) decider: &'a dyn Decider,
    pub(crate) payer: usize,
    pub(crate) connection: Connection<'static>,
    /// What the connection was made with, as JavaScript has it.
    pub(crate) config: Value,
    pub(crate) clock: Clock,
    /// Of a hundred waits, how many go on for longer, as they do on a computer that sleeps.
    pub(crate) oversleep_percent: u64,
    pub(crate) random: RefCell<Random>,
}

impl Client<'_> {
    pub(crate) fn now(&self) -> u64 {
        self.clock.at(self.network.time.now())
    }

    /// So much time, where the clock may not show it.
    fn unseen_ms(&self, ms: u64) -> u64 {
        if self.clock.stands_from.is_some_and(|at| at <= self.network.time.now()) { ms } else { 0 }
    }

    /// Calls a method.
    pub(crate) async fn call<'e, E: Method<'e>>(
        &self,
        endpoint: &E,
        timeout_ms: Option<u64>,
        signal: Signal,
    ) -> Result<E::Answer, Failure> {
        let call = self.begin(E::ROUTE.name, || with_options(endpoint.arguments(), timeout_ms, &[]));
        let ended = self.exchange(call, &self.connection, endpoint, timeout_ms, signal).await;
        let most_ms = timeout_ms.unwrap_or(self.connection.timeout_ms);
        self.network.end(call, |course| {
            let most = self.clock.most_ms(course.began_at, self.network.time.now(), most_ms, most_ms);
            // What is answered takes no time that a clock shows which stands still, nor do the waits between two sends.
            most.saturating_add(self.unseen_ms(course.answered_ms.saturating_add(course.slept_ms)))
        });
        self.network.journal.ended(call, self.network.time.now(), self.payer, || answered(&ended));
        ended
    }

    /// Pays and asks until it is known what became of it, as the library's machine says.
    pub(crate) async fn pay_and_confirm(
        &self,
        payment: &Pay<'_>,
        was_sent: WasSent,
        patience: Patience,
        timeout_ms: Option<u64>,
        signal: Signal,
    ) -> Said {
        let was_sent = was_sent == WasSent::Yes;
        let own = [
            ("wasSent", was_sent.then_some(Value::from(true))),
            ("pollEveryMs", patience.poll_every_ms.map(Value::from)),
            ("deadlineMs", patience.deadline_ms.map(Value::from)),
        ];
        let call = self.begin("payAndConfirm", || with_options(payment.arguments(), timeout_ms, &own));
        let options = ConfirmOptions {
            was_sent,
            poll_every_ms: patience.poll_every_ms,
            deadline_ms: patience.deadline_ms,
            timeout_ms: Some(timeout_ms.unwrap_or(self.connection.timeout_ms)),
        };
        let mut answer = json!({ "transactionId": payment.transaction_id });
        let mut failure = None;
        let first = Confirm::start(&options, self.now());
        let said = self.confirm(call, first, payment, signal, &mut answer, &mut failure).await;
        let most_ms = patience.deadline_ms.unwrap_or(DEADLINE_MS);
        self.network.end(call, |course| {
            let most = self.clock.most_ms(course.began_at, self.network.time.now(), most_ms, course.longest_ms);
            // What is slept, and given to what times out, counts in any case.
            most.saturating_add(self.unseen_ms(course.answered_ms))
        });
        self.network.journal.ended(call, self.network.time.now(), self.payer, || match &said {
            Said::Known(known) => {
                if let Some(members) = answer.as_object_mut() {
                    members.insert("status".into(), json!(known));
                    let untold = failure.filter(|_| *known == Confirmed::Pending);
                    members.extend(untold.map(|failure| ("error".into(), failure.to_json())));
                }
                json!({ "answer": answer })
            }
            Said::Failed(failure) => json!({ "error": failure.to_json() }),
        });
        said
    }

    async fn confirm(
        &self,
        call: usize,
        (mut machine, first): (Confirm, ConfirmStep),
        payment: &Pay<'_>,
        signal: Signal,
        answer: &mut Value,
        failure: &mut Option<Failure>,
    ) -> Said {
        let mut asking = self.connection.clone();
        asking.retries = 0;
        let mut step = self.decider.first(first);
        let mut unasked = None;
        loop {
            let event = match step {
                ConfirmStep::Done(known) => {
                    *failure = failure.take().or(unasked);
                    return Said::Known(known);
                }
                ConfirmStep::Refused => return Said::Failed(self.refusal(call, failure.take())),
                ConfirmStep::Pay { within_ms } => {
                    match self.exchange(call, &self.connection, payment, Some(within_ms), signal).await {
                        Ok(bill) => {
                            *answer = json!(bill);
                            ConfirmEvent::Paid
                        }
                        Err(told) if self.decider.believes(&told) => ConfirmEvent::Paid,
                        Err(told) => match failure.insert(told) {
                            Failure { code: ErrorCode::TimedOut, outcome: Some(Outcome::Unknown), .. } => {
                                ConfirmEvent::PayTimedOut
                            }
                            told => ConfirmEvent::PayFailed(told.outcome),
                        },
                    }
                }
                ConfirmStep::Ask { within_ms } => {
                    let question = GetStatus::new(&*payment.transaction_id);
                    match self.exchange(call, &asking, &question, Some(within_ms), signal).await {
                        Ok(state) => {
                            *answer = json!(state);
                            unasked = None;
                            ConfirmEvent::Status(state.status)
                        }
                        Err(told) => {
                            let is_late = told.code == ErrorCode::TimedOut;
                            unasked = Some(told);
                            if is_late { ConfirmEvent::AskTimedOut } else { ConfirmEvent::AskFailed }
                        }
                    }
                }
                ConfirmStep::Sleep { ms } => {
                    self.sleep(call, ms, signal).await;
                    ConfirmEvent::Woke
                }
            };
            let event = self.decider.hears(event);
            step = self.decider.next(event, machine.step(event, self.now()));
            let goes_on = matches!(step, ConfirmStep::Ask { .. } | ConfirmStep::Sleep { .. });
            if goes_on && signal.is_aborted(self.network.time.now()) {
                return Said::Failed(Failure::aborted());
            }
        }
    }

    /// What a confirmation was refused with, which it may only be where the payment was certainly not executed.
    fn refusal(&self, call: usize, refusal: Option<Failure>) -> Failure {
        let outcome = refusal.as_ref().and_then(|failure| failure.outcome);
        if !matches!(outcome, Some(Outcome::Rejected | Outcome::NotExecuted)) {
            self.network.complain(format!("call {call} ends as refused, with the outcome {outcome:?}"));
        }
        refusal.unwrap_or_else(Failure::aborted)
    }

    fn begin(&self, method: &'static str, arguments: impl FnOnce() -> Vec<Value>) -> usize {
        let call = self.network.begin(self.payer);
        self.network.journal.called(call, self.network.time.now(), self.payer, || {
            json!({
                "payer": self.payer,
                "client": self.config,
                "method": method,
                "arguments": arguments(),
                "now": self.now(),
                "events": [],
                "result": null,
            })
        });
        call
    }

    /// One exchange, or several where the decider says so.
    async fn exchange<'e, E: Method<'e>>(
        &self,
        call: usize,
        connection: &Connection<'_>,
        endpoint: &E,
        timeout_ms: Option<u64>,
        signal: Signal,
    ) -> Result<E::Answer, Failure> {
        let mut again = 0u32;
        loop {
            let failure = match self.exchange_once(call, connection, endpoint, timeout_ms, signal).await {
                Ok(answer) => return Ok(answer),
                Err(error) => self.decider.failure(&E::ROUTE, Failure::of(&error)),
            };
            if again < 3 && self.decider.sends_again(&E::ROUTE, &failure) {
                again = again.saturating_add(1);
                self.network.time.sleep(500).await;
                continue;
            }
            self.network.tell(Told { call, route: E::TOLD, failure: failure.clone() });
            return Err(failure);
        }
    }

    async fn exchange_once<'e, E: Method<'e>>(
        &self,
        call: usize,
        connection: &Connection<'_>,
        endpoint: &E,
        timeout_ms: Option<u64>,
        signal: Signal,
    ) -> tiyin::Result<E::Answer> {
        let now = self.now();
        let random = self.random.borrow_mut().bytes();
        let hindrance = self.hindrance(E::STEP, signal);
        self.network.journal.exchange(call, E::ROUTE.name, &random, now, hindrance.as_ref());
        let options = Call { timeout_ms, idempotency_key: None, random, now };
        let mut exchange = Exchange::new(endpoint, connection, &options)?;
        let mut step = exchange.step(hindrance.as_ref().map_or(Event::Woke, Came::event), now);
        loop {
            let came = match step {
                Step::Done(result) => return result,
                Step::Sleep { ms } => self.sleep(call, ms, signal).await,
                Step::Send { within_ms } => {
                    let request = exchange.request();
                    Some(self.send(call, E::STEP, endpoint.subject(), request, within_ms, signal).await)
                }
            };
            step = exchange.step(came.as_ref().map_or(Event::Woke, Came::event), self.now());
            self.check_receipt(call, E::STEP, came.as_ref(), &step);
        }
    }

    /// A success of a payment without a receipt is none, and nobody knows what has become of it.
    fn check_receipt<T>(&self, call: usize, route: Route, came: Option<&Came>, step: &Step<T>) {
        let (Route::Pay, Some(Came::Answered { status: 200, body, .. })) = (route, came) else { return };
        let is_right = match step {
            _ if has_receipt(body) => true,
            Step::Done(Err(error)) => error.outcome() == Some(Outcome::Unknown),
            _ => false,
        };
        if !is_right {
            self.network.complain(format!(
                "call {call}: an answer without a receipt, or of another status, is not taken for unknown"
            ));
        }
    }

    /// What keeps a request from being sent at all.
    fn hindrance(&self, route: Route, signal: Signal) -> Option<Came> {
        let loss = if signal.is_aborted(self.network.time.now()) {
            Loss::Aborted
        } else if self.network.is_without_fetch() {
            Loss::NoFetch
        } else {
            return None;
        };
        self.network.count("unsent", route);
        Some(Came::Lost(loss))
    }

    async fn send(
        &self,
        call: usize,
        route: Route,
        subject: &str,
        request: &Request,
        within_ms: u64,
        signal: Signal,
    ) -> Came {
        let (network, time) = (self.network, self.network.time);
        let send = network.send(call, route, subject, request, within_ms);
        network.journal.sent(call, send, time.now(), self.payer, request, within_ms);
        let began = time.now();
        let end = began.saturating_add(within_ms);
        time.put(end, Due::Wake(time.running()));
        if let Some(at) = signal.0 {
            time.put(at, Due::Wake(time.running()));
        }
        let came = poll_fn(|_| {
            let lost = if signal.is_aborted(time.now()) {
                ("aborted", Loss::Aborted)
            } else if time.now() >= end {
                ("timed_out", Loss::TimedOut)
            } else {
                return network.came(send).map_or(Poll::Pending, Poll::Ready);
            };
            network.give_up(send, lost.0);
            Poll::Ready(Came::Lost(lost.1))
        })
        .await;
        if !matches!(came, Came::Lost(Loss::TimedOut)) {
            network.answer(call, time.now().saturating_sub(began));
        }
        network.journal.came(call, send, time.now(), self.payer, &came, self.now());
        came
    }

    /// Waits; gives what happened where the caller gave up.
    async fn sleep(&self, call: usize, ms: u64, signal: Signal) -> Option<Came> {
        let time = self.network.time;
        let longer = {
            let mut random = self.random.borrow_mut();
            if random.percent(self.oversleep_percent) { random.between(1, 120_000) } else { 0 }
        };
        let until = time.now().saturating_add(ms).saturating_add(longer);
        let asked_for = time.now().saturating_add(ms);
        time.until(until.min(signal.0.unwrap_or(u64::MAX))).await;
        self.network.sleep(call, ms, time.now().saturating_sub(asked_for));
        let came = signal.is_aborted(time.now()).then_some(Came::Lost(Loss::Aborted));
        self.network.journal.slept(call, ms, came.is_some(), self.now());
        came
    }
}

fn answered<T: serde::Serialize>(ended: &Result<T, Failure>) -> Value {
    match ended {
        Ok(answer) => json!({ "answer": serde_json::to_value(answer).unwrap_or_default() }),
        Err(failure) => json!({ "error": failure.to_json() }),
    }
}

/// A method's arguments, and after them its options where there are any.
fn with_options(mut arguments: Vec<Value>, timeout_ms: Option<u64>, own: &[(&str, Option<Value>)]) -> Vec<Value> {
    let timeout = ("timeoutMs", timeout_ms.map(Value::from));
    let given = own.iter().cloned().chain([timeout]).filter_map(|(name, value)| Some((name.into(), value?)));
    let options: serde_json::Map<_, _> = given.collect();
    if !options.is_empty() {
        arguments.push(options.into());
    }
    arguments
}
