//! What is between callers and the sandbox's bank: it takes time, and does harm of its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::task::Poll;

use serde_json::Value;
use tiyin::bank::{SettleStep, TransferStatus};
use tiyin::exchange::{Loss, Request};
use tiyin_sandbox::{self as provider, Answer, FaultKind, Faults, OrderStatus, Response, Route, Sandbox, bank_magic};

use crate::journal::Journal;
use crate::network::{Came, Counts};
use crate::random::Random;
use crate::time::{Due, EPOCH, Time};

/// What the way does to an exchange, besides the sandbox's faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// A page to log in at answers instead.
    Portal,
    /// The answer's body breaks off.
    Truncated,
    /// A status is told in a word that is not documented.
    OtherWord,
    /// The answer of success has another code than 0.
    Contradictory,
    /// The answer of success tells no status.
    WithoutStatus,
}

/// An answer whose headers say nothing.
const fn answered(status: u16, body: Vec<u8>) -> Came {
    Came::Answered { status, retry_after: None, body }
}

impl Cut {
    pub(crate) const ALL: [Self; 5] =
        [Self::Portal, Self::Truncated, Self::OtherWord, Self::Contradictory, Self::WithoutStatus];

    /// Those that change nothing but an answer of success.
    const OF_SUCCESSES: [Self; 3] = [Self::OtherWord, Self::Contradictory, Self::WithoutStatus];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Truncated => "truncated",
            Self::OtherWord => "other_word",
            Self::Contradictory => "contradictory",
            Self::WithoutStatus => "without_status",
        }
    }

    /// What it makes of an answer, where it can do something to it.
    fn harmed(self, response: &Response) -> Option<Came> {
        let body = str::from_utf8(&response.body).ok()?;
        let changed = match self {
            Self::Portal => return None,
            Self::Truncated => return Some(Came::Lost(Loss::Truncated)),
            Self::OtherWord => body.replace("Введен", "Принят"),
            Self::Contradictory => body.replace("\"success\",\"code\":0", "\"success\",\"code\":1013"),
            Self::WithoutStatus => body.replace("payment_status", "state"),
        };
        (changed != body).then(|| answered(response.status, changed.into_bytes()))
    }
}

/// What is counted besides faults and cuts: a send had no answer in its time, a caller crashed while it waited for one, and there
/// was nothing to send with.
pub(crate) const LOSSES: [&str; 3] = ["timed_out", "crashed", "unsent"];

/// What a run's network is like.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weather {
    pub(super) faults: Faults,
    /// Of a hundred exchanges, how many the way itself harms.
    pub(super) cut_percent: u64,
    /// The most milliseconds that a way takes.
    pub(super) slow_ms: u64,
    /// Of a hundred exchanges, how many find nothing to send with.
    pub(super) unsent_percent: u64,
}

/// What came of a send says this of the order, read apart from the library, whose reading is judged by it.
fn said(came: &Came, route: Route) -> Happened {
    let is_question = route == Route::BankPaymentStatus;
    let answer: Value = match came {
        Came::Lost(Loss::NoFetch) if !is_question => return Happened::Unsent,
        Came::Answered { status: 200, body, .. } => serde_json::from_slice(body).unwrap_or_default(),
        _ => Value::Null,
    };
    let (status, code) = (answer.get("status").and_then(Value::as_str), answer.get("code").and_then(Value::as_u64));
    let is_refusal = |code| bank_magic::REFUSALS.iter().any(|refusal| u64::from(*refusal) == code);
    match (status, code, answer.pointer("/data/payment_status").and_then(Value::as_str)) {
        (Some("success"), Some(0), Some(word)) => Happened::Status(status_of(word)),
        (Some("error"), Some(1008), None) if is_question => Happened::Nothing,
        (Some("error"), Some(code), None) if !is_question && is_refusal(code) => Happened::Refused,
        _ if is_question => Happened::Unread,
        _ => Happened::Unknown,
    }
}

fn status_of(word: &str) -> TransferStatus {
    let known = [
        (OrderStatus::Accepted, TransferStatus::Accepted),
        (OrderStatus::Settled, TransferStatus::Settled),
        (OrderStatus::Deleted, TransferStatus::Deleted),
    ];
    known.into_iter().find(|(own, _)| own.as_str() == word).map_or(TransferStatus::Other, |(_, status)| status)
}

/// A request that left a caller.
#[derive(Debug)]
pub(super) struct Sent {
    call: usize,
    route: Route,
    request: provider::Request,
    task: usize,
    way_back: u64,
    came: Option<(u64, Came)>,
    /// Whether the bank still has to execute it.
    is_late: bool,
    /// Whether its order came into the bank's books by it. Of several that were late it may be any.
    is_booked: bool,
    struck: Option<FaultKind>,
}

/// What one call of `settle` did and was told, in its order, with the time of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    pub(super) caller: usize,
    pub(super) order_id: String,
    /// Whether an earlier call of the same caller may have sent the order.
    pub(super) is_resumed: bool,
    pub(super) began_at: u64,
    pub(super) events: Vec<(u64, Happened)>,
    /// What its sends took that were answered.
    pub(super) answered_ms: u64,
    /// What it took, and what it may take where that is known.
    pub(super) took_of: Option<(u64, Option<u64>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happened {
    /// It sent the order.
    Created,
    /// The outcome of that was not known.
    Unknown,
    /// The bank refused it.
    Refused,
    /// It never left.
    Unsent,
    /// It was told that there is no such order.
    Nothing,
    /// It was told that there is one.
    Status(TransferStatus),
    /// It asked, and was told nothing.
    Unread,
    Ended(SettleStep),
}

impl Course {
    /// How many times it sent the order.
    pub(super) fn creates(&self) -> usize {
        self.events.iter().filter(|(_, what)| *what == Happened::Created).count()
    }
}

/// What really happened.
pub(super) struct Truth<'a> {
    pub(super) sandbox: &'a Sandbox,
    pub(super) courses: &'a [Course],
    sends: &'a [Sent],
}

impl Truth<'_> {
    /// Who may have brought an order into the bank's books.
    pub(super) fn bookers(&self, order_id: &str) -> impl Iterator<Item = usize> {
        let booked = self.sends.iter().filter(|sent| sent.is_booked);
        let courses = booked.filter_map(|sent| self.courses.get(sent.call));
        courses.filter(move |course| course.order_id == order_id).map(|course| course.caller)
    }

    /// Whether the bank refused a call's send and then took the same, which the network delivered twice, and a status that is told
    /// late, the last one that the call read, did not show it yet.
    pub(super) fn is_hidden_double(&self, call: usize) -> bool {
        let of_call = || self.sends.iter().filter(|sent| sent.call == call);
        of_call().any(|sent| sent.is_booked && sent.struck == Some(FaultKind::DuplicateDelivery))
            && of_call().next_back().is_some_and(|sent| sent.struck == Some(FaultKind::StaleStatus))
    }
}

pub(super) struct Network<'a> {
    pub(super) time: &'a Time,
    pub(super) journal: &'a Journal,
    state: RefCell<State>,
}

struct State {
    sandbox: Sandbox,
    random: Random,
    weather: Weather,
    sends: Vec<Sent>,
    courses: Vec<Course>,
    counts: Counts,
}

impl<'a> Network<'a> {
    pub(super) fn new(
        time: &'a Time,
        journal: &'a Journal,
        sandbox: Sandbox,
        weather: Weather,
        random: Random,
    ) -> Self {
        let (sends, courses, counts) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { time, journal, state: RefCell::new(State { sandbox, random, weather, sends, courses, counts }) }
    }

    /// The number of a new call of `settle`.
    pub(super) fn begin(&self, caller: usize, order_id: &str, is_resumed: bool) -> usize {
        let mut state = self.state.borrow_mut();
        let (order_id, began_at) = (order_id.into(), self.time.now());
        state.courses.push(Course { caller, order_id, is_resumed, began_at, ..Course::default() });
        state.courses.len().saturating_sub(1)
    }

    pub(super) fn note(&self, call: usize, what: Happened) {
        let now = self.time.now();
        self.journal.line(now, &format!("call {call}"), || format!("{what:?}"));
        let mut state = self.state.borrow_mut();
        if let Some(course) = state.courses.get_mut(call) {
            course.events.push((now, what));
        }
    }

    /// A call is over; it may take so long, and what was answered besides where its clock stands still.
    pub(super) fn end(&self, call: usize, most_ms: impl FnOnce(&Course) -> Option<u64>) {
        let now = self.time.now();
        if let Some(course) = self.state.borrow_mut().courses.get_mut(call) {
            course.took_of = Some((now.saturating_sub(course.began_at), most_ms(course)));
        }
    }

    /// What keeps a request from being sent at all.
    pub(super) fn hindrance(&self, call: usize, route: Route) -> Option<Came> {
        let is_unsent = {
            let mut state = self.state.borrow_mut();
            let percent = state.weather.unsent_percent;
            state.random.percent(percent)
        };
        is_unsent.then(|| {
            let came = Came::Lost(Loss::NoFetch);
            self.state.borrow_mut().count("unsent", route);
            self.note(call, said(&came, route));
            came
        })
    }

    /// What comes of a request within its time, and the number of its send.
    pub(super) async fn exchange(
        &self,
        caller: usize,
        call: usize,
        route: Route,
        request: &Request,
        within_ms: u64,
    ) -> (usize, Came) {
        let left_at = self.time.now();
        let number = self.send(call, route, request);
        self.journal.sent(call, number, left_at, caller, request, within_ms);
        let came = self.came(call, number, route, left_at, within_ms).await;
        self.note(call, said(&came, route));
        (number, came)
    }

    async fn came(&self, call: usize, number: usize, route: Route, left_at: u64, within_ms: u64) -> Came {
        let guard = Waiting { network: self, route, is_over: RefCell::new(false) };
        let came = self.time.before(Some(left_at.saturating_add(within_ms)), self.answer(number)).await;
        *guard.is_over.borrow_mut() = true;
        let Some(came) = came else {
            self.state.borrow_mut().count("timed_out", route);
            return Came::Lost(Loss::TimedOut);
        };
        if let Some(course) = self.state.borrow_mut().courses.get_mut(call) {
            course.answered_ms = course.answered_ms.saturating_add(self.time.now().saturating_sub(left_at));
        }
        came
    }

    fn send(&self, call: usize, route: Route, request: &Request) -> usize {
        let mut state = self.state.borrow_mut();
        let most = state.weather.slow_ms.max(5);
        let (way_there, way_back) = (state.random.between(5, most), state.random.between(5, most));
        let number = state.sends.len();
        let request = provider::Request {
            method: request.method.as_str().into(),
            url: request.url.clone(),
            headers: request.headers.iter().map(|(name, value)| (name.as_ref().into(), value.clone())).collect(),
            body: request.body.clone().unwrap_or_default().into_bytes(),
        };
        let task = self.time.running();
        let (is_late, is_booked, struck) = (false, false, None);
        state.sends.push(Sent { call, route, request, task, way_back, came: None, is_late, is_booked, struck });
        self.time.put(self.time.now().saturating_add(way_there), Due::Arrive(number));
        number
    }

    async fn answer(&self, number: usize) -> Came {
        poll_fn(|_| {
            let state = self.state.borrow();
            match state.sends.get(number).and_then(|sent| sent.came.as_ref()) {
                Some((at, came)) if *at <= self.time.now() => Poll::Ready(came.clone()),
                _ => Poll::Pending,
            }
        })
        .await
    }

    /// A request is at the bank.
    pub(super) fn arrive(&self, number: usize) {
        let now = self.time.now();
        let mut state = self.state.borrow_mut();
        let Some((after_ms, came)) = state.handle(number, now, self.journal) else { return };
        if let Some(sent) = state.sends.get_mut(number) {
            let at = now.saturating_add(after_ms).saturating_add(sent.way_back);
            sent.came = Some((at, came));
            self.time.put(at, Due::Wake(sent.task));
        }
    }

    /// Ends all faults, and lets happen what is still to happen up to now.
    pub(super) fn calm(&self) {
        let mut state = self.state.borrow_mut();
        state.weather = Weather::default();
        state.sandbox.set_faults(Faults::default());
        let now = EPOCH.saturating_add(self.time.now());
        state.advance(now);
        self.journal.calmed(now);
    }

    pub(super) fn truth<T>(&self, look: impl FnOnce(&Truth<'_>) -> T) -> T {
        let state = self.state.borrow();
        look(&Truth { sandbox: &state.sandbox, courses: &state.courses, sends: &state.sends })
    }

    /// How often each fault struck.
    pub(super) fn into_counts(self) -> Counts {
        self.state.into_inner().counts
    }
}

/// Counts a caller that is gone before its answer has come.
struct Waiting<'n, 'a> {
    network: &'n Network<'a>,
    route: Route,
    is_over: RefCell<bool>,
}

impl Drop for Waiting<'_, '_> {
    fn drop(&mut self) {
        if !*self.is_over.borrow()
            && let Ok(mut state) = self.network.state.try_borrow_mut()
        {
            state.count("crashed", self.route);
        }
    }
}

impl State {
    fn count(&mut self, what: &'static str, route: Route) {
        let count = self.counts.entry((what, route)).or_default();
        *count = count.saturating_add(1);
    }

    /// Lets late things happen, and finds out whose they are.
    fn advance(&mut self, now: u64) {
        self.sandbox.advance(now);
        for sent in self.sends.iter_mut().filter(|sent| sent.is_late) {
            let Some(Course { order_id, .. }) = self.courses.get(sent.call) else { continue };
            sent.is_booked = self.sandbox.order(order_id).is_some();
            sent.is_late = !sent.is_booked && self.sandbox.orders_executing_late(order_id) > 0;
        }
    }

    /// Gives the bank a request, and keeps what it does to the books.
    fn execute(&mut self, number: usize, now: u64) -> Option<provider::Reply> {
        self.advance(now);
        let sent = self.sends.get(number)?;
        if sent.route == Route::BankPaymentStatus {
            return Some(self.sandbox.handle(&sent.request, now));
        }
        let order_id = &self.courses.get(sent.call)?.order_id;
        let books = |sandbox: &Sandbox| (sandbox.order(order_id).is_some(), sandbox.orders_executing_late(order_id));
        let (was_booked, late_before) = books(&self.sandbox);
        let reply = self.sandbox.handle(&sent.request, now);
        let (is_booked, late) = books(&self.sandbox);
        if is_booked {
            // What is still late finds the order there.
            self.sends.iter_mut().for_each(|sent| sent.is_late = false);
        }
        let sent = self.sends.get_mut(number)?;
        (sent.is_booked, sent.is_late) = (is_booked && !was_booked, !is_booked && late > late_before);
        Some(reply)
    }

    /// What the bank answers, and after how long; nothing where it never does.
    fn handle(&mut self, number: usize, now: u64, journal: &Journal) -> Option<(u64, Came)> {
        let sent = self.sends.get(number)?;
        let route = sent.route;
        let (percent, cuts): (_, &[Cut]) = match (route, self.weather.cut_percent) {
            (Route::BankPaymentStatus, percent) | (_, percent @ 0) => (percent, &Cut::ALL),
            // An order is sent seldom, and answered in words of its own more seldom.
            (_, percent) => (percent.max(50), if self.random.percent(50) { &Cut::OF_SUCCESSES } else { &Cut::ALL }),
        };
        let cut = if self.random.percent(percent) { self.random.one_of(cuts) } else { None };
        if cut == Some(Cut::Portal) {
            self.count(Cut::Portal.as_str(), route);
            let body = b"<!doctype html><title>Log in</title>".to_vec();
            return Some((0, answered(200, body)));
        }
        let reply = self.execute(number, EPOCH.saturating_add(now))?;
        let mut faults = self.sandbox.fault_counts().iter().filter(|((_, struck), _)| *struck == route);
        let is_new = |kind: FaultKind, count| self.counts.get(&(kind.as_str(), route)) != Some(count);
        let struck = faults.find_map(|((kind, _), count)| is_new(*kind, count).then_some(*kind));
        if let Some(kind) = struck {
            self.count(kind.as_str(), route);
        }
        if let Some(sent) = self.sends.get_mut(number) {
            sent.struck = struck;
        }
        journal.line(now, "bank", || {
            let shown = match &reply.answer {
                Answer::Answered(response) => String::from_utf8_lossy(&response.body).into_owned(),
                other => format!("{other:?}"),
            };
            format!("#{number} {} {struck:?} {cut:?} {shown}", route.as_str())
        });
        journal.replied(number, now, &reply);
        let response = match reply.answer {
            Answer::Hangs => return None,
            Answer::Dropped => return Some((0, Came::Lost(Loss::Disconnected))),
            Answer::Answered(response) => response,
        };
        let harmed = cut.and_then(|cut| Some((cut, cut.harmed(&response)?)));
        if let Some((cut, came)) = harmed {
            self.count(cut.as_str(), route);
            return Some((reply.after_ms, came));
        }
        Some((reply.after_ms, answered(response.status, response.body)))
    }
}
