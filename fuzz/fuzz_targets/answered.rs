//! What all targets have in common that answer a call.

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use tiyin::endpoint::{Effect, Endpoint};
use tiyin::exchange::{Call, Connection, Event, Exchange, Step};
use tiyin::{Auth, Error};

const NOW: u64 = 1_790_000_000_000;

/// What comes with a body.
#[derive(Arbitrary, Debug)]
pub struct Head<'a> {
    pub status: u16,
    /// Most answers are of success or the documented failure.
    is_usual: bool,
    is_failure: bool,
    retry_after: Option<&'a str>,
    pub is_direct: bool,
}

impl Head<'_> {
    pub fn status(&self) -> u16 {
        match (self.is_usual, self.is_failure) {
            (true, false) => 200,
            (true, true) => 400,
            (false, _) => self.status,
        }
    }
}

/// What comes of a call that is sent once, and answered; nothing where it would be sent again after a while.
pub fn answered<'a, E: Endpoint<'a>>(
    endpoint: &E,
    connection: Connection<'_>,
    auth: Auth,
    head: &Head,
    body: &[u8],
) -> Option<Result<E::Answer, Error>> {
    let connection = if head.is_direct { connection.auth(auth) } else { connection };
    let call = Call { now: NOW, ..Call::default() };
    let mut exchange = Exchange::new(endpoint, &connection, &call).unwrap();
    assert!(matches!(exchange.step(Event::Woke, NOW), Step::Send { .. }));
    let event = Event::Answered { status: head.status(), retry_after: head.retry_after, body };
    match exchange.step(event, NOW + 80) {
        Step::Done(done) => {
            assert!(done.is_err() || (200..300).contains(&head.status()));
            Some(done)
        }
        Step::Sleep { ms } => {
            assert!(E::ROUTE.effect == Effect::Read && ms < connection.timeout_ms);
            None
        }
        Step::Send { .. } => panic!("sent again without a wait"),
    }
}

/// Whatever a server writes, no error repeats what could be a card's number.
pub fn check_masked(error: &Error) {
    let shown = format!("{error} {:?} {:?} {:?}", error.provider_code(), error.provider_message(), error.proxy_code());
    let runs = shown.split(|character: char| !character.is_ascii_digit());
    runs.for_each(|run| assert!(!(13..=19).contains(&run.len()), "{shown}"));
}
