//! A payer with a merchant's program. It follows nothing but `outcome`, `nextAction` and what payAndConfirm knows, and keeps
//! over a reload what the documents tell to keep: the transaction's id, and that it may have been sent.

use std::cell::{Cell, RefCell};
use std::vec::IntoIter;

use tiyin::paylov::{
    Confirmed, CreatePayment, GetFields, GetInfo, GetStatus, ListPaid, ListServices, Pay, PaymentStatus,
};
use tiyin::{Money, NextAction, Outcome};

use crate::client::{Client, Failure, Said, Signal};
use crate::decider::{AboutUnknown, WasSent};
use crate::plan::Payer;
use crate::random::Random;
use crate::time::both;

/// How often anything is tried, or tried again.
const MOST_TRIES: u32 = 8;

/// A payment that was prepared.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) id: String,
    pub(crate) card: &'static str,
}

/// What the payer reads in the end.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    Paid(Prepared),
    /// With why, for people.
    NotPaid(#[expect(dead_code, reason = "printed")] &'static str),
    Pending(Prepared),
}

pub(crate) struct Program<'a> {
    pub(crate) client: Client<'a>,
    pub(crate) plan: Payer,
    pub(crate) random: RefCell<Random>,
}

/// What a page keeps where a reload does not reach it.
struct Bill {
    stage: Stage,
    /// The place of the card that is tried.
    card: usize,
    codes: IntoIter<(&'static str, u64)>,
    reloads: IntoIter<u64>,
    is_reloaded: bool,
    tries: u32,
    asked: u32,
}

#[derive(Debug)]
enum Stage {
    /// Nothing is prepared.
    Choosing,
    /// Nothing was sent that is not known to have been refused.
    Ready(Prepared),
    /// It may have been sent.
    Sent(Prepared),
    Over(Verdict),
}

impl Program<'_> {
    pub(crate) async fn run(&self) -> Verdict {
        self.client.network.time.until(self.plan.starts_at).await;
        if self.plan.browses {
            self.browse().await;
        }
        let verdict = self.pay_bill().await;
        self.note(|| format!("is told: {verdict:?}"));
        if self.plan.browses {
            let mine = ListPaid { service_id: Some(self.plan.service_id.into()), ..ListPaid::default() };
            drop(self.client.call(&mine, None, self.signal()).await);
        }
        verdict
    }

    /// Looks at the services, the form, and the bill. The payer knows them already, so a failure does not matter.
    async fn browse(&self) {
        let list = ListServices { available_for_me: true };
        drop(self.client.call(&list, self.plan.timeout_ms, self.signal()).await);
        drop(self.client.call(&GetFields::new(self.plan.service_id), self.plan.timeout_ms, self.signal()).await);
        if self.plan.has_info {
            let info = GetInfo { service_id: self.plan.service_id.into(), account: self.account() };
            drop(self.client.call(&info, self.plan.timeout_ms, self.signal()).await);
        }
    }

    async fn pay_bill(&self) -> Verdict {
        let mut bill = Bill {
            stage: Stage::Choosing,
            card: 0,
            codes: self.plan.codes.clone().into_iter(),
            reloads: self.plan.reloads.clone().into_iter(),
            is_reloaded: false,
            tries: 0,
            asked: 0,
        };
        loop {
            bill.stage = match std::mem::replace(&mut bill.stage, Stage::Choosing) {
                Stage::Choosing => self.create(&mut bill).await,
                Stage::Ready(prepared) => self.pay(&mut bill, prepared).await,
                Stage::Sent(prepared) => self.ask(&mut bill, prepared).await,
                Stage::Over(verdict) => return verdict,
            };
        }
    }

    async fn create(&self, bill: &mut Bill) -> Stage {
        let Some(card) = bill.next_try().and_then(|()| self.plan.cards.get(bill.card).copied()) else {
            return Stage::Over(Verdict::NotPaid("nothing left to try"));
        };
        let som = i64::try_from(self.plan.som.saturating_mul(100)).unwrap_or(i64::MAX);
        let Ok(amount) = Money::new(som, tiyin::Currency::Uzs) else {
            return Stage::Over(Verdict::NotPaid("no amount"));
        };
        let mut payment = CreatePayment::new(self.plan.service_id, self.account(), amount);
        payment.card_id = self.plan.has_code.then_some(card.into());
        payment.user_id = Some(format!("payer-{}", self.client.payer).into());
        let call = self.client.call(&payment, self.plan.timeout_ms, self.signal());
        let failure = match self.until_reloaded(bill, call).await {
            None => return Stage::Choosing,
            Some(Ok(created)) => return Stage::Ready(Prepared { id: created.transaction_id, card }),
            Some(Err(failure)) => failure,
        };
        match failure.next_action {
            Some(NextAction::FixInput) => bill.card = bill.card.saturating_add(1),
            Some(NextAction::RetryLater) => self.wait(failure.retry_after_ms.unwrap_or(2000)).await,
            Some(NextAction::CreateAgain) => self.wait(500).await,
            _ => return Stage::Over(Verdict::NotPaid("not prepared")),
        }
        Stage::Choosing
    }

    async fn pay(&self, bill: &mut Bill, prepared: Prepared) -> Stage {
        let Some(()) = bill.next_try() else {
            return Stage::Over(Verdict::NotPaid("nothing left to try"));
        };
        let mut otp = None;
        if self.plan.has_code {
            let Some((code, typing_ms)) = bill.codes.next() else {
                return Stage::Over(Verdict::NotPaid("no code"));
            };
            self.wait(typing_ms).await;
            otp = Some(code);
        }
        let said = self.until_reloaded(bill, self.pay_by_clicks(&prepared, otp)).await;
        self.next(bill, prepared, said).await
    }

    /// Asks about what may have been sent.
    async fn ask(&self, bill: &mut Bill, prepared: Prepared) -> Stage {
        let is_reloaded = std::mem::take(&mut bill.is_reloaded);
        let was_sent = if is_reloaded { self.client.decider.resumes() } else { WasSent::Yes };
        let otp = self.plan.codes.last().filter(|_| self.plan.has_code).map(|(code, _)| *code);
        let said = self.until_reloaded(bill, self.pay_once(&prepared, otp, was_sent)).await;
        self.next(bill, prepared, said).await
    }

    /// What follows on what was said; nothing was where the page was loaded anew meanwhile.
    async fn next(&self, bill: &mut Bill, prepared: Prepared, said: Option<Said>) -> Stage {
        match said {
            None => Stage::Sent(prepared),
            Some(Said::Known(Confirmed::Paid)) => Stage::Over(Verdict::Paid(prepared)),
            // It is over for this one, and there can be another.
            Some(Said::Known(Confirmed::Cancelled)) => Stage::Choosing,
            Some(Said::Known(Confirmed::Pending)) => self.unknown(bill, prepared).await,
            Some(Said::Failed(failure)) => match failure.outcome {
                Some(Outcome::Rejected | Outcome::NotExecuted) => self.refused(bill, prepared, &failure).await,
                _ => self.unknown(bill, prepared).await,
            },
        }
    }

    async fn refused(&self, bill: &mut Bill, prepared: Prepared, failure: &Failure) -> Stage {
        match failure.next_action {
            Some(NextAction::ConfirmAgain) => Stage::Ready(prepared),
            Some(NextAction::CreateAgain) => Stage::Choosing,
            Some(NextAction::RetryLater) => {
                self.wait(failure.retry_after_ms.unwrap_or(2000)).await;
                Stage::Ready(prepared)
            }
            Some(NextAction::FixInput) => {
                bill.card = bill.card.saturating_add(1);
                match self.plan.cards.get(bill.card) {
                    None => Stage::Over(Verdict::NotPaid("refused")),
                    // A code is for the card that it was sent for.
                    Some(_) if self.plan.has_code => Stage::Choosing,
                    Some(card) => Stage::Ready(Prepared { card, ..prepared }),
                }
            }
            _ => Stage::Over(Verdict::NotPaid("refused")),
        }
    }

    async fn unknown(&self, bill: &mut Bill, prepared: Prepared) -> Stage {
        match self.client.decider.about_unknown() {
            AboutUnknown::CreateAgain => return Stage::Choosing,
            AboutUnknown::PayWithoutCode if self.plan.has_code => {
                let answer = self.client.call(&Pay::new(&*prepared.id, prepared.card), None, Signal::default()).await;
                if answer.is_err_and(|failure| failure.outcome == Some(Outcome::Rejected)) {
                    return Stage::Over(Verdict::NotPaid("refused without a code"));
                }
            }
            _ => (),
        }
        if bill.asked >= self.plan.asks {
            return Stage::Over(Verdict::Pending(prepared));
        }
        bill.asked = bill.asked.saturating_add(1);
        let ms = self.random.borrow_mut().between(1000, 60_000);
        self.wait(ms).await;
        Stage::Sent(prepared)
    }

    /// One click, or a second one while the first is at work: that one says that the payment may have been sent.
    async fn pay_by_clicks(&self, prepared: &Prepared, otp: Option<&str>) -> Said {
        let Some(after_ms) = self.plan.clicks_again else {
            return self.pay_once(prepared, otp, WasSent::No).await;
        };
        let is_over = Cell::new(false);
        let first = async {
            let said = self.pay_once(prepared, otp, WasSent::No).await;
            is_over.set(true);
            said
        };
        let second = async {
            self.wait(after_ms).await;
            if is_over.get() {
                return None;
            }
            Some(self.pay_once(prepared, otp, self.client.decider.clicks_again()).await)
        };
        match both(first, second).await {
            (first @ Said::Known(Confirmed::Paid | Confirmed::Cancelled), _) => first,
            (_, Some(second @ Said::Known(Confirmed::Paid | Confirmed::Cancelled))) => second,
            // The second sent nothing, so it knows no more than the first.
            (first, _) => first,
        }
    }

    async fn pay_once(&self, prepared: &Prepared, otp: Option<&str>, was_sent: WasSent) -> Said {
        let mut payment = Pay::new(&*prepared.id, prepared.card);
        payment.otp = otp.map(Into::into);
        let signal = self.signal();
        if self.plan.confirms {
            let Payer { patience, timeout_ms, .. } = self.plan;
            return self.client.pay_and_confirm(&payment, was_sent, patience, timeout_ms, signal).await;
        }
        if was_sent == WasSent::No {
            match self.client.call(&payment, self.plan.timeout_ms, signal).await {
                Ok(_) => return Said::Known(Confirmed::Paid),
                Err(failure) if self.client.decider.believes(&failure) => return Said::Known(Confirmed::Paid),
                Err(failure) if failure.next_action != Some(NextAction::QueryStatus) => return Said::Failed(failure),
                Err(_) => (),
            }
        }
        Said::Known(self.status_of(prepared).await)
    }

    /// What a program finds out that asks by itself.
    async fn status_of(&self, prepared: &Prepared) -> Confirmed {
        for _ in 0..3 {
            let question = GetStatus::new(&*prepared.id);
            match self.client.call(&question, self.plan.timeout_ms, self.signal()).await.map(|state| state.status) {
                Ok(PaymentStatus::Paid) => return Confirmed::Paid,
                Ok(PaymentStatus::Cancelled) => return Confirmed::Cancelled,
                // Created does not mean unpaid.
                Ok(PaymentStatus::Created | PaymentStatus::Other) | Err(_) => self.wait(2000).await,
            }
        }
        Confirmed::Pending
    }

    /// Asks once more about what was pending, when all is quiet: at once, and where it is still open when it has expired.
    pub(crate) async fn settle(&self, prepared: &Prepared) -> Option<Confirmed> {
        for wait_ms in [0, 25 * 60 * 60 * 1000] {
            self.wait(wait_ms).await;
            let payment = Pay::new(&*prepared.id, prepared.card);
            let patience = self.plan.patience;
            let asked = self.client.pay_and_confirm(&payment, WasSent::Yes, patience, None, Signal::default()).await;
            if let Said::Known(known @ (Confirmed::Paid | Confirmed::Cancelled)) = asked {
                return Some(known);
            }
        }
        None
    }

    /// What work comes to, or nothing where the page is loaded anew before.
    async fn until_reloaded<T>(&self, bill: &mut Bill, work: impl Future<Output = T>) -> Option<T> {
        let time = self.client.network.time;
        let end = bill.reloads.next().map(|after_ms| time.now().saturating_add(after_ms));
        let done = time.before(end, work).await;
        if done.is_none() {
            bill.is_reloaded = true;
            self.note(|| String::from("loads the page anew"));
        }
        done
    }

    /// When the payer gives up waiting for a call; some have before it begins.
    fn signal(&self) -> Signal {
        let mut random = self.random.borrow_mut();
        if !random.percent(self.plan.abort_percent) {
            return Signal::default();
        }
        let after_ms = random.weighted(&[(15, 0), (40, 400)], 15_000);
        Signal(Some(self.client.network.time.now().saturating_add(random.below(after_ms))))
    }

    fn account(&self) -> tiyin::endpoint::Fields<'_> {
        self.plan.account.iter().map(|(name, value)| ((*name).into(), value.as_str().into())).collect()
    }

    async fn wait(&self, ms: u64) {
        self.client.network.time.sleep(ms).await;
    }

    fn note(&self, what: impl FnOnce() -> String) {
        let network = self.client.network;
        network.journal.line(network.time.now(), &format!("payer {}", self.client.payer), what);
    }
}

impl Bill {
    fn next_try(&mut self) -> Option<()> {
        self.tries = self.tries.saturating_add(1);
        (self.tries <= MOST_TRIES).then_some(())
    }
}
