//! `POST servicePayment/info/`: what a service knows about an account.

use serde_json::{Value, json};

use super::Paylov;
use super::account::Account;
use super::body::Body;
use super::catalogue::{self, Fact, Service};
use super::magic::Ending;
use super::refusal::{Refusal, refuse};
use crate::clock;
use crate::world::World;

/// What was paid to an account since the sandbox began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paid {
    tiyin: i64,
    last: Option<(i64, u64)>,
}

impl Paid {
    pub(super) fn add(&mut self, tiyin: i64, at: u64) {
        self.tiyin = self.tiyin.saturating_add(tiyin);
        self.last = Some((tiyin, at));
    }
}

struct Customer {
    name: &'static str,
    address: &'static str,
    tiyin: i64,
    last_paid_tiyin: i64,
    last_paid_date: &'static str,
}

/// Of the document's example.
const DOCUMENTED: Customer = Customer {
    name: "FIO - -",
    address: "Д******* Я******, 9***, 8",
    tiyin: 1_510_515,
    last_paid_tiyin: 5_000_000,
    last_paid_date: "2024-08-23",
};

const INDEBTED: Customer = Customer {
    name: "R******* A******",
    address: "С****** Б******, 1***, 12",
    tiyin: -12_000_000,
    last_paid_tiyin: 3_000_000,
    last_paid_date: "2024-06-11",
};

impl Paylov {
    pub(super) fn info(&self, body: &Body, world: &World) -> Result<Value, Refusal> {
        let service = catalogue::service(body.required_text("service_id")?)?;
        service.check_available()?;
        if !service.has_info {
            return refuse("validation_error", "the service has no info method");
        }
        let account = Account::of(service, body.required_object("account")?)?;
        let rows: Vec<_> = self.details(service, &account, world)?.into_iter().chain(account.rows()).collect();
        Ok(json!({ "data": rows }))
    }

    /// What the service tells besides the account itself; nothing where it has no info method.
    pub(super) fn details(
        &self,
        service: &'static Service,
        account: &Account,
        world: &World,
    ) -> Result<Vec<Value>, Refusal> {
        let values = account.values();
        let number = service.number_in(&values).unwrap_or_default();
        let customer = match Ending::of(number) {
            Some(Ending::Unknown) => return refuse("field_not_valid", "the service does not know this account"),
            Some(Ending::Unreachable) => return refuse("gateway_not_working", "the service does not answer"),
            Some(Ending::Indebted) => &INDEBTED,
            None => &DOCUMENTED,
        };
        let paid = self.paid.get(&(service.id, number.into())).copied().unwrap_or_default();
        let row = |(fact, name, title): &(Fact, &str, &str)| json!({ "name": name, "value": told(*fact, customer, paid, world.now), "title": title });
        Ok(service.facts.iter().map(row).collect())
    }
}

fn told(fact: Fact, customer: &Customer, paid: Paid, now: u64) -> String {
    match fact {
        Fact::Time => clock::timestamp_of_info(now),
        Fact::Name => customer.name.into(),
        Fact::Address => customer.address.into(),
        Fact::LastPaidDate => paid.last.map_or(customer.last_paid_date.into(), |(_, at)| clock::date(at)),
        Fact::LastPaid => {
            let tiyin = paid.last.map_or(customer.last_paid_tiyin, |(tiyin, _)| tiyin);
            format!("{} UZS", tiyin / 100)
        }
        Fact::Balance => {
            let tiyin = customer.tiyin.saturating_add(paid.tiyin);
            let sign = if tiyin < 0 { "-" } else { "" };
            let tiyin = tiyin.unsigned_abs();
            format!("{sign}{}.{:02} UZS", tiyin / 100, tiyin % 100)
        }
        Fact::Always(value) => value.into(),
    }
}
