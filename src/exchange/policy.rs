//! Whether to send again, and what the end of a call means for money.

use super::failure::{Failure, lost};
use super::{Call, Connection, Loss};
use crate::endpoint::{Effect, Route};
use crate::error::{Error, ErrorCode, NextAction, Outcome};

/// The first wait before a read is sent again, in milliseconds; each further one is twice as long.
const FIRST_WAIT: u64 = 300;

/// What each send of a read has where that much is left, in milliseconds: an answer that is only slow is waited for.
const LEAST_TIME: u64 = 10_000;

/// How far a call has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub(crate) deadline: u64,
    pub(crate) sends_left: u8,
    pub(crate) sends: u8,
    pub(crate) sent_at: u64,
    /// Whether it goes to the provider itself, and not through a proxy.
    pub(crate) is_direct: bool,
    pub(crate) random: [u8; 4],
}

/// What follows on a failure.
#[derive(Debug)]
pub enum Next {
    /// The same request, after so many milliseconds.
    Sleep(u64),
    /// The end.
    Fail(Error),
}

impl Course {
    pub(crate) fn new(route: &Route, connection: &Connection<'_>, call: &Call<'_>) -> Self {
        let time = call.timeout_ms.unwrap_or(connection.timeout_ms);
        let [a, b, c, d, ..] = call.random;
        Self {
            deadline: call.now.saturating_add(time),
            sends_left: if route.effect == Effect::Read { connection.retries.saturating_add(1) } else { 1 },
            sends: 0,
            sent_at: call.now,
            is_direct: connection.is_direct(),
            random: [a, b, c, d],
        }
    }

    /// How long to wait for an answer to what is sent now; or why it must not be sent.
    pub(super) fn send(&mut self, now: u64) -> Result<u64, Failure> {
        // Nothing asks for more than it was told; but where something does, nobody pays twice.
        if self.sends_left == 0 {
            return Err(Failure::new(ErrorCode::Internal, false));
        }
        // A clock that was set back takes the deadline with it.
        self.deadline = self.deadline.saturating_sub(self.sent_at.saturating_sub(now));
        let left = self.deadline.saturating_sub(now);
        // What is given no time to be answered had better not be sent: nobody would know what became of it.
        if left == 0 {
            return Err(lost(Loss::TimedOut));
        }
        self.sends = self.sends.saturating_add(1);
        self.sends_left = self.sends_left.saturating_sub(1);
        self.sent_at = now;
        Ok(self.granted())
    }

    /// How long the answer to what was sent last may take. A send that hangs leaves time for another one.
    fn granted(&self) -> u64 {
        let left = self.deadline.saturating_sub(self.sent_at);
        if self.sends_left > 0 { left.div_ceil(2).max(LEAST_TIME).min(left) } else { left }
    }

    /// What was last to be sent never left.
    pub(super) fn unsent(&mut self) {
        self.sends = self.sends.saturating_sub(1);
    }

    /// Nothing is sent any more.
    pub(super) fn end(&mut self) {
        self.sends_left = 0;
    }

    pub(super) fn fail(&mut self, failure: Failure, route: &Route, now: u64) -> Next {
        let now = now.max(self.sent_at);
        if failure.code == ErrorCode::TimedOut {
            // That time has gone by, even where the clock stands still.
            let missed = self.granted().saturating_sub(now.saturating_sub(self.sent_at));
            self.deadline = self.deadline.saturating_sub(missed);
        }
        let can_pass = failure.is_transient || failure.rejection == Some(NextAction::RetryLater);
        if can_pass && self.sends_left > 0 && self.sends > 0 {
            let wait = failure.facts.retry_after_ms.unwrap_or(0).max(self.wait());
            if now.saturating_add(wait) < self.deadline {
                return Next::Sleep(wait);
            }
        }
        self.end();
        Next::Fail(self.error(failure, route))
    }

    /// Between half of it and all, so that many clients do not come back at once.
    fn wait(&self) -> u64 {
        let doublings = self.sends.saturating_sub(1).min(10);
        let longest = FIRST_WAIT << doublings;
        let drawn = self.random.get(usize::from(doublings % 4)).copied().unwrap_or_default();
        (longest / 2).saturating_add((longest / 2).saturating_mul(u64::from(drawn)) / 255)
    }

    pub(super) fn error(&self, failure: Failure, route: &Route) -> Error {
        let was_sent = self.sends > 0;
        let (outcome, action) = verdict(route, was_sent, &failure);
        let mut facts = failure.facts;
        facts.outcome = outcome;
        facts.next_action = action;
        facts.provider = Some(route.provider);
        facts.sent_at = was_sent.then_some(self.sent_at);
        Error::of_call(failure.code, failure.detail, facts)
    }
}

/// What has become of the money, and what to do.
fn verdict(route: &Route, was_sent: bool, failure: &Failure) -> (Option<Outcome>, Option<NextAction>) {
    let told = (failure.facts.outcome, failure.facts.next_action);
    match (route.effect, failure.rejection) {
        (Effect::Read, rejection) => {
            (None, told.1.or(rejection).or(failure.is_transient.then_some(NextAction::RetryLater)))
        }
        _ if !was_sent => (Some(Outcome::NotExecuted), told.1.or(Some(NextAction::RetryLater))),
        // What a proxy calls unknown is as unknown as anything else.
        _ if told.0.is_some_and(|outcome| outcome != Outcome::Unknown) => told,
        (_, Some(action)) => (Some(Outcome::Rejected), Some(action)),
        (Effect::Prepares, None) if failure.code == ErrorCode::RateLimited => {
            (Some(Outcome::NotExecuted), Some(NextAction::RetryLater))
        }
        (Effect::Prepares, None) => (Some(Outcome::NotExecuted), Some(NextAction::CreateAgain)),
        (Effect::Keyed | Effect::MovesMoney, None) if route.can_be_asked_for => {
            (Some(Outcome::Unknown), Some(NextAction::QueryStatus))
        }
        (Effect::Keyed | Effect::MovesMoney, None) => (Some(Outcome::Unknown), Some(NextAction::AskProvider)),
    }
}
