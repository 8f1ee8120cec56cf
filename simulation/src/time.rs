//! Virtual time: nobody waits, the clock goes on to what is due next.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// When the sandbox's time begins, in milliseconds since 1970.
pub(crate) const EPOCH: u64 = 1_790_000_000_000;

/// More than any run needs: one that goes on does not end at all.
const MOST_EVENTS: u64 = 500_000;

/// Somebody who acts in virtual time.
pub(crate) type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// What is due at a moment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    /// A task goes on.
    Wake(usize),
    /// A request arrives.
    Arrive(usize),
}

/// Milliseconds since a run began, and what is due when.
#[derive(Default)]
pub(crate) struct Time {
    now: Cell<u64>,
    order: Cell<u64>,
    due: RefCell<BinaryHeap<Reverse<(u64, u64, Due)>>>,
    running: Cell<usize>,
}

impl Time {
    pub(crate) fn now(&self) -> u64 {
        self.now.get()
    }

    /// The task that is running.
    pub(crate) fn running(&self) -> usize {
        self.running.get()
    }

    /// What is due at one moment happens in the order in which it was put here.
    pub(crate) fn put(&self, at: u64, due: Due) {
        self.order.set(self.order.get().saturating_add(1));
        self.due.borrow_mut().push(Reverse((at.max(self.now()), self.order.get(), due)));
    }

    pub(crate) async fn sleep(&self, ms: u64) {
        self.until(self.now().saturating_add(ms)).await;
    }

    pub(crate) async fn until(&self, at: u64) {
        let mut is_put = false;
        poll_fn(|_| {
            if self.now() >= at {
                return Poll::Ready(());
            }
            if !is_put {
                self.put(at, Due::Wake(self.running()));
                is_put = true;
            }
            Poll::Pending
        })
        .await;
    }

    /// What work comes to before a moment. After it the work is forgotten, as when a page is closed.
    pub(crate) async fn before<T>(&self, at: Option<u64>, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        let mut end = pin!(self.until(at.unwrap_or(u64::MAX)));
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Some(done));
            }
            if at.is_some() { end.as_mut().poll(context).map(|()| None) } else { Poll::Pending }
        })
        .await
    }

    /// Goes on until nothing is due any more; false where that never comes.
    pub(crate) fn run(&self, mut tasks: Vec<Task<'_>>, mut arrive: impl FnMut(usize)) -> bool {
        for task in 0..tasks.len() {
            self.put(self.now(), Due::Wake(task));
        }
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..MOST_EVENTS {
            let next = self.due.borrow_mut().pop();
            let Some(Reverse((at, _, due))) = next else { return true };
            self.now.set(at);
            match due {
                Due::Arrive(send) => arrive(send),
                Due::Wake(place) => {
                    self.running.set(place);
                    if let Some(task) = tasks.get_mut(place)
                        && task.as_mut().poll(&mut context).is_ready()
                    {
                        *task = Box::pin(std::future::pending());
                    }
                }
            }
        }
        false
    }
}

/// Both, at the same time.
pub(crate) async fn both<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(done) = one.as_mut().poll(context)
        {
            first = Some(done);
        }
        if second.is_none()
            && let Poll::Ready(done) = other.as_mut().poll(context)
        {
            second = Some(done);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

/// What a client's machine takes for the time: set wrong, too slow or too fast, and set anew while it runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    pub(crate) ahead_ms: i64,
    /// How many milliseconds it counts less, or more, of a thousand.
    pub(crate) drift: i64,
    /// From when on it is set forward, or back.
    pub(crate) jump: Option<(u64, i64)>,
    /// From when on it stands still.
    pub(crate) stands_from: Option<u64>,
}

impl Clock {
    pub(crate) fn at(&self, now: u64) -> u64 {
        let now = now.min(self.stands_from.unwrap_or(u64::MAX));
        let drift = i64::try_from(now / 1000).unwrap_or(i64::MAX).saturating_mul(self.drift);
        let jump = self.jump.filter(|(from, _)| *from <= now).map_or(0, |(_, ms)| ms);
        let off = self.ahead_ms.saturating_add(drift).saturating_add(jump);
        EPOCH.saturating_add(now).saturating_add_signed(off)
    }

    /// The most time between two moments that a call can take which keeps to so many milliseconds by this clock, without what
    /// it does not show where it stands still; `step_ms` is the most that one of the call's steps takes.
    pub(crate) fn most_ms(&self, from: u64, to: u64, ms: u64, step_ms: u64) -> u64 {
        // What a slow clock counts of a second, which it does from second to second.
        let slow = u64::try_from(self.drift.saturating_neg()).unwrap_or(0);
        let most = ms.saturating_add(slow).saturating_mul(1000).div_ceil(1000u64.saturating_sub(slow).max(1));
        // A clock that is set back during a step does not show how long that one takes.
        let is_set_back = self.jump.is_some_and(|(at, off)| off < 0 && from <= at && at <= to);
        if is_set_back { most.saturating_add(step_ms) } else { most }
    }
}
