//! `POST servicePayment/create/`: a payment that waits to be paid, and a code to its payer where a card is named.

use serde_json::{Value, json};

use super::Paylov;
use super::account::Account;
use super::body::Body;
use super::cards::Card;
use super::catalogue::{self, Service};
use super::magic::{self, AmountEffect, TRANSACTION_LIFETIME_MS};
use super::refusal::{Refusal, refuse};
use super::transaction::{Confirmation, Transaction};
use crate::seed::{Purpose, uuid};
use crate::world::World;

impl Paylov {
    pub(super) fn create(&mut self, body: &Body, world: &World) -> Result<Value, Refusal> {
        let service = catalogue::service(body.required_text("service_id")?)?;
        service.check_available()?;
        let account = Account::of(service, body.required_object("account")?)?;
        let som = amount(service, body)?;
        let user_id = body.text("userId")?;
        body.check_object("sms")?;
        let card = self.card_to_confirm(body)?;
        let details = self.details(service, &account, world)?;
        if let Some((AmountEffect::CreateFails, code)) = magic::effect_of(som) {
            return refuse(code, "the amount asks for this failure");
        }
        let sent = card.map(|card| (card.id, card.hidden_phone()));

        let number = u64::try_from(self.transactions.len()).unwrap_or(u64::MAX);
        let id = uuid(world.seed, Purpose::TransactionId, number);
        let mut transaction = Transaction::new(id.clone(), number, world.now, service, som);
        transaction.account = account.values();
        transaction.user_id = user_id.map(String::from);
        transaction.confirmation =
            sent.as_ref().map(|(card_id, _)| Confirmation { card_id, sent_at: world.now, wrong: 0 });
        self.expiries.push_back((world.now.saturating_add(TRANSACTION_LIFETIME_MS), id.clone()));
        self.transactions.insert(id.clone(), transaction);

        let rows: Vec<_> = account.rows().chain(details).collect();
        let mut result = json!({ "transactionId": id, "data": rows });
        if let (Some((_, phone)), Some(members)) = (sent, result.as_object_mut()) {
            members.insert("sms".into(), json!({ "otpSentPhone": phone }));
        }
        Ok(result)
    }

    /// The card that a code is sent for, if one is named.
    fn card_to_confirm(&self, body: &Body) -> Result<Option<&Card>, Refusal> {
        let phone = body.text("phoneNumber")?;
        if phone.is_some_and(|phone| !is_phone(phone)) {
            return refuse("validation_error", "phoneNumber must be +998 and nine digits");
        }
        let Some(card_id) = body.text("cardId")? else {
            return Ok(None);
        };
        let card = self.card(card_id)?;
        let own = card.phone.ok_or_else(|| Refusal::new("card_is_not_for_this_check", "the card has no phone"))?;
        if phone.is_some_and(|phone| phone != own) {
            return refuse("field_not_valid", "phoneNumber is not the card's");
        }
        Ok(Some(card))
    }

    pub(super) fn card(&self, id: &str) -> Result<&Card, Refusal> {
        let card = self.cards.iter().find(|card| card.id == id);
        card.ok_or_else(|| Refusal::new("card_not_found", "there is no such card"))
    }
}

fn amount(service: &Service, body: &Body) -> Result<u64, Refusal> {
    let som = body.som("amount")?;
    if (service.min..=service.max).contains(&som) {
        return Ok(som);
    }
    refuse("invalid_amount", format!("the service takes {} to {} som", service.min, service.max))
}

fn is_phone(text: &str) -> bool {
    text.strip_prefix("+998").is_some_and(|rest| rest.len() == 9 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}
