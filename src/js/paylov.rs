//! Paylov's service payments for JavaScript.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::checkout::read_account;
use super::clients::{Erased, Numbers, begin, numbers_as_text, read_now, read_settings, read_time, some};
use super::input::Reader;
use super::json::Json;
use super::money::read_money;
use crate::endpoint::{Effect, Endpoint};
use crate::error::{ErrorCode, Outcome, Provider, Result};
use crate::exchange::{Call, not_sent, request};
use crate::money::Money;
use crate::paylov::{
    Confirm, ConfirmEvent, ConfirmOptions, ConfirmStep, Confirmed, CreatePayment, GetFields, GetInfo, GetStatus,
    ListPaid, ListServices, Pay, PaymentStatus,
};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
/**
 * What a client for Paylov's service payments takes.
 */
export interface PaylovServicesConfig extends ClientConfig {
    /**
     * The path of the list of paid payments, where it is the other one that Paylov's document has:
     * `merchant/servicePayment/transaction/all/`. Segments of letters, digits and `-._~` (`invalid_id` otherwise).
     */
    listPaidPath?: string | undefined;
}

/**
 * The same with Paylov's credential, for servers.
 */
export interface PaylovServerConfig extends PaylovServicesConfig {
    /**
     * The key that Paylov gives, or a bearer token.
     */
    auth: { apiKey: string } | { bearer: string };
}

/**
 * Which services are wanted.
 */
export interface ServicesFilter {
    /**
     * Only those that the merchant may use; all without it.
     */
    availableForMe?: boolean | undefined;
}

/**
 * Whose account is asked about.
 */
export interface InfoQuestion {
    serviceId: string;
    /**
     * A value for each field of the service.
     */
    account: Record<string, string>;
}

/**
 * A payment to prepare.
 */
export interface PaymentRequest {
    serviceId: string;
    /**
     * A value for each field of the service.
     */
    account: Record<string, string>;
    /**
     * Of whole som, between the service's `min` and `max`.
     */
    amount: Money;
    /**
     * The merchant's own id of the payer.
     */
    userId?: string | undefined;
    /**
     * The card that will pay. Its holder gets a code by SMS, which `pay` then needs.
     */
    cardId?: string | undefined;
    /**
     * The telephone number that the card must have, as people type it.
     */
    phoneNumber?: string | undefined;
    /**
     * Details of the SMS; Paylov does not document which.
     */
    sms?: Record<string, string> | undefined;
}

/**
 * A prepared payment to pay.
 */
export interface PayRequest {
    transactionId: string;
    /**
     * The card that pays.
     */
    cardId: string;
    /**
     * The merchant's own id of the payer.
     */
    userId?: string | undefined;
    /**
     * The code that the card's holder got by SMS, where the payment was created with a card.
     */
    otp?: string | undefined;
}

/**
 * Which paid payments are wanted; each filter that is given narrows them. How dates are written is not documented; answers have
 * `2024-11-21 11:48:47`.
 */
export interface PaidFilter {
    serviceId?: string | undefined;
    userId?: string | undefined;
    beginDate?: string | undefined;
    endDate?: string | undefined;
}

/**
 * What `payAndConfirm` takes last.
 */
export interface ConfirmOptions extends CallOptions {
    /**
     * Whether this payment may have been sent before, by this page or another process: then it is not sent again, only
     * asked for. After a reload or a crash say so.
     */
    wasSent?: boolean | undefined;
    /**
     * The first wait between two questions in milliseconds, 1,000 without it; later ones are longer.
     */
    pollEveryMs?: number | undefined;
    /**
     * What all of it may take in milliseconds; 60,000 without it, a day at most. The payment takes half of it at most, and never
     * more than `timeoutMs`, so that time is left to ask.
     */
    deadlineMs?: number | undefined;
}

/**
 * What became of a payment. `pending` means that nobody knows yet: ask again later with `wasSent`, never pay again.
 */
export interface Confirmation extends PaidInformation {
    status: Confirmed;
    /**
     * What the payment itself failed with, where it is `pending` and this call sent it.
     */
    error?: import("../error.js").TiyinError;
}

/**
 * What is known of a payment besides its status.
 */
export type PaidInformation = Partial<Omit<PaidBill, "transactionId"> & Omit<PaymentState, "transactionId" | "status">> &
    Pick<PaidBill, "transactionId">;

/**
 * The calls of Paylov's service payments. Each returns a promise and rejects with a `TiyinError`: its `outcome` says whether
 * money may have moved, and `nextAction` what to do. Reads are sent again by themselves where they fail, nothing else ever is.
 *
 * In the examples of its methods `paylov` is the client of this one, of a sandbox in place of Paylov.
 *
 * @example
 * const { fetch } = createSandbox(); // from "tiyin/sandbox"
 * const paylov = new PaylovServices({ baseUrl: "https://shop.uz/paylov", fetch });
 * (await paylov.listServices()).length; // 14
 */
export interface PaylovMethods {
    /**
     * The services that can be paid. An entry that cannot be read, and so not be paid, is left out; where none can be, the
     * answer is `unexpected_answer`.
     *
     * @example
     * const [electricity] = await paylov.listServices({ availableForMe: true });
     * electricity.min; // { minor: 50000, currency: "UZS" }
     * electricity.category.name; // "Коммунальные услуги"
     */
    listServices(filter?: ServicesFilter, options?: CallOptions): Promise<Service[]>;

    /**
     * A service, and what it asks a payer for. A value that cannot be read is left out, a field never.
     *
     * @example
     * const { fields } = await paylov.getFields("d2369eff-a542-4d59-90d1-f00c76d0b4e4");
     * fields.map(({ name, type }) => [name, type]); // [["region", "select"], ["account", "text"]]
     */
    getFields(serviceId: string, options?: CallOptions): Promise<ServiceFields>;

    /**
     * Whose account it is and what is owed, of a service with `hasInfo`.
     *
     * @example
     * const account = { region: "1", account: "1000402" };
     * const rows = await paylov.getInfo({ serviceId: "d2369eff-a542-4d59-90d1-f00c76d0b4e4", account });
     * rows[1]; // { name: "saldo", title: "Баланс", value: "-120000.00 UZS" }
     */
    getInfo(question: InfoQuestion, options?: CallOptions): Promise<InfoRow[]>;

    /**
     * Prepares a payment; no money moves. Where the answer is lost, create again.
     *
     * @throws {TiyinError} `fractional_som`, `amount_not_positive`, `currency_mismatch`, `empty_text`, `invalid_phone` and
     * others before anything is sent
     *
     * @example
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * (await paylov.getStatus(transactionId)).status; // "created"
     * await paylov.createPayment({ ...payment, amount: som("500.50") }); // throws fractional_som
     */
    createPayment(payment: PaymentRequest, options?: CallOptions): Promise<CreatedPayment>;

    /**
     * Moves the money. It is sent once: where its outcome is `unknown`, ask for the status before anything else, and take
     * `created` for "not known yet". `payAndConfirm` does that.
     *
     * @example
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * const bill = await paylov.pay({ transactionId, cardId: "9f877739-2149-4831-88a4-d1857309c77c" });
     * bill.transactionId === transactionId; // true
     * (await paylov.getStatus(transactionId)).status; // "paid"
     */
    pay(payment: PayRequest, options?: CallOptions): Promise<PaidBill>;

    /**
     * What became of a payment. Its `amount` is absent where the answer has none that can be read: the status counts all the
     * same.
     *
     * @example
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * const { status, amount } = await paylov.getStatus(transactionId);
     * status; // "created"
     * amount; // { minor: 500000, currency: "UZS" }
     */
    getStatus(transactionId: string, options?: CallOptions): Promise<PaymentState>;

    /**
     * The merchant's paid payments. One that cannot be read fails the call. `total` can be larger than `payments.length`: whether
     * there are pages is not documented.
     *
     * @example
     * await paylov.listPaid({ userId: "007" }); // { total: 0, payments: [] }
     */
    listPaid(filter?: PaidFilter, options?: CallOptions): Promise<PaidList>;

    /**
     * Pays once, and asks for the status until it is certain what became of it or `deadlineMs` is over (`pending`). A refusal
     * rejects, and so does a call that is aborted, with the payment's own failure as `cause`.
     *
     * A second call of the same client for a payment under way joins the first, whichever card it names, until its own signal
     * or deadline; a later one only asks, unless the payment was refused. Other pages, other servers and `pay` do not know of
     * that: for them there is `wasSent`.
     *
     * @example
     * // The answer to the payment is lost.
     * const { fetch } = createSandbox({ faults: { rules: [{ kind: "drop_after", route: "pay" }] } });
     * const paylov = new PaylovServices({ baseUrl: "https://shop.uz/paylov", fetch });
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * const cardId = "9f877739-2149-4831-88a4-d1857309c77c";
     * (await paylov.payAndConfirm({ transactionId, cardId })).status; // "paid"
     */
    payAndConfirm(payment: PayRequest, options?: ConfirmOptions): Promise<Confirmation>;
}
"#;

/// The endpoints, by the place that a course names.
pub(super) static ENDPOINTS: [Erased; 7] = [
    Erased::of::<ListServices>(),
    Erased::of::<GetFields<'_>>(),
    Erased::of::<GetInfo<'_>>(),
    Erased::of::<CreatePayment<'_>>(),
    Erased::of::<Pay<'_>>(),
    Erased::of::<GetStatus<'_>>(),
    Erased::of::<ListPaid<'_>>(),
];

pub(super) fn list_services(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Paylov)?;
    let mut endpoint = ListServices::default();
    if let Some(filter) = arguments.whole("filter").optional() {
        filter.start_object();
        let mut found = 0;
        while filter.known_member("availableForMe", 0, &mut found).is_some() {
            endpoint.available_for_me = filter.flag();
        }
    }
    begin(0, endpoint.encode(), endpoint.subject(), &settings, arguments)
}

pub(super) fn get_fields(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Paylov)?;
    let endpoint = GetFields::new(arguments.whole("serviceId").text());
    begin(1, endpoint.encode(), endpoint.subject(), &settings, arguments)
}

pub(super) fn get_info(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Paylov)?;
    let mut endpoint = GetInfo { service_id: Cow::Borrowed(""), account: Vec::new() };
    let question = arguments.whole("question");
    question.start_object();
    let mut found = 0;
    while let Some(member) = question.known_member("serviceId account", 2, &mut found) {
        match member {
            0 => endpoint.service_id = question.text().into(),
            _ => read_account(question, &mut endpoint.account),
        }
    }
    begin(2, endpoint.encode(), endpoint.subject(), &settings, arguments)
}

pub(super) fn create_payment(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    const NAMES: &str = "serviceId account amount userId cardId phoneNumber sms";
    let settings = read_settings(arguments, Provider::Paylov)?;
    let mut endpoint = CreatePayment::new("", Vec::new(), Money::ZERO);
    let payment = arguments.whole("payment");
    payment.start_object();
    let mut found = 0;
    while let Some(member) = payment.known_member(NAMES, 3, &mut found) {
        match member {
            0 => endpoint.service_id = payment.text().into(),
            1 => read_account(payment, &mut endpoint.account),
            2 => endpoint.amount = read_money(payment),
            3 => endpoint.user_id = some(payment),
            4 => endpoint.card_id = some(payment),
            5 => endpoint.phone_number = some(payment),
            _ => read_account(payment, endpoint.sms.get_or_insert_default()),
        }
    }
    begin(3, endpoint.encode(), endpoint.subject(), &settings, arguments)
}

pub(super) fn pay(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Paylov)?;
    let endpoint = read_pay(arguments);
    begin(4, endpoint.encode(), endpoint.subject(), &settings, arguments)
}

fn read_pay<'a>(arguments: &mut Reader<'a>) -> Pay<'a> {
    let mut endpoint = Pay::new("", "");
    let payment = arguments.whole("payment");
    payment.start_object();
    let mut found = 0;
    while let Some(member) = payment.known_member("transactionId cardId userId otp", 2, &mut found) {
        match member {
            0 => endpoint.transaction_id = payment.text().into(),
            1 => endpoint.card_id = payment.text().into(),
            2 => endpoint.user_id = some(payment),
            _ => endpoint.otp = some(payment),
        }
    }
    endpoint
}

pub(super) fn get_status(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Paylov)?;
    let endpoint = GetStatus::new(arguments.whole("transactionId").text());
    begin(5, endpoint.encode(), endpoint.subject(), &settings, arguments)
}

pub(super) fn list_paid(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Paylov)?;
    let mut endpoint = ListPaid { path: settings.list_paid_path.map(Cow::Borrowed), ..ListPaid::default() };
    if let Some(filter) = arguments.whole("filter").optional() {
        filter.start_object();
        let mut found = 0;
        while let Some(member) = filter.known_member("serviceId userId beginDate endDate", 0, &mut found) {
            let text = some(filter);
            match member {
                0 => endpoint.service_id = text,
                1 => endpoint.user_id = text,
                2 => endpoint.begin_date = text,
                _ => endpoint.end_date = text,
            }
        }
    }
    begin(6, endpoint.encode(), endpoint.subject(), &settings, arguments)
}

/// What the caller of `payAndConfirm` said besides a call's options.
pub(super) fn confirm(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let settings = read_settings(arguments, Provider::Paylov)?;
    let endpoint = read_pay(arguments);
    let mut call = Call::default();
    let mut given = ConfirmOptions { timeout_ms: Some(settings.connection.timeout_ms), ..ConfirmOptions::default() };
    if let Some(options) = arguments.whole("options").optional() {
        const NAMES: &str = "signal timeoutMs idempotencyKey wasSent pollEveryMs deadlineMs";
        options.start_object();
        let mut found = 0;
        while let Some(member) = options.known_member(NAMES, 0, &mut found) {
            match member {
                0 => options.signal(),
                1 => given.timeout_ms = Some(read_time(options)),
                2 => call.idempotency_key = Some(options.text()),
                3 => given.was_sent = options.flag(),
                4 => given.poll_every_ms = Some(read_time(options)),
                _ => given.deadline_ms = Some(read_time(options)),
            }
        }
    }
    let now = read_now(arguments);
    arguments.whole("");
    if let Some(refusal) = arguments.refusal.take() {
        return Err(not_sent(refusal, Effect::MovesMoney));
    }
    // What cannot be sent is refused here: a call that can be must not join it.
    request(&Pay::ROUTE, endpoint.encode(), &settings.connection, &call).map(drop)?;
    let (machine, step) = Confirm::start(&given, now);
    let mut json = Json::default();
    json.raw("{");
    json.member("transactionId", Some(&endpoint.transaction_id));
    json.number("deadlineMs", machine.left);
    // What the error says where the module itself fails from now on.
    json.raw("\"lost\":");
    json.error(&Confirm::left(ErrorCode::Internal));
    json.raw(",");
    Ok(written(&machine, step, json))
}

/// Goes on after what happened, which a word tells: of a payment that failed its outcome, of a status itself. What had no answer
/// in all of its time is late.
pub(super) fn confirm_step(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    const EVENTS: &str =
        "paid created cancelled other not_executed rejected unknown unknown_late unasked unasked_late woke aborted";
    let state = arguments.whole("state").text();
    let now = read_now(arguments);
    let word = arguments.whole("event").word(EVENTS);
    // What is refused from here on is not about an argument.
    arguments.whole("");
    let event = match word {
        0 => ConfirmEvent::Paid,
        1 => ConfirmEvent::Status(PaymentStatus::Created),
        2 => ConfirmEvent::Status(PaymentStatus::Cancelled),
        3 => ConfirmEvent::Status(PaymentStatus::Other),
        4 => ConfirmEvent::PayFailed(Some(Outcome::NotExecuted)),
        5 => ConfirmEvent::PayFailed(Some(Outcome::Rejected)),
        6 => ConfirmEvent::PayFailed(Some(Outcome::Unknown)),
        7 => ConfirmEvent::PayTimedOut,
        8 => ConfirmEvent::AskFailed,
        9 => ConfirmEvent::AskTimedOut,
        10 => ConfirmEvent::Woke,
        _ => return Err(Confirm::left(ErrorCode::Aborted)),
    };
    let mut machine = read(state).ok_or(ErrorCode::Internal)?;
    let step = machine.step(event, now);
    let mut json = Json::default();
    json.raw("{");
    Ok(written(&machine, step, json))
}

fn written(machine: &Confirm, step: ConfirmStep, mut json: Json) -> Vec<u8> {
    let (word, ms) = match step {
        ConfirmStep::Pay { within_ms } => ("pay", within_ms),
        ConfirmStep::Ask { within_ms } => ("ask", within_ms),
        ConfirmStep::Sleep { ms } => ("sleep", ms),
        ConfirmStep::Refused => ("refused", 0),
        ConfirmStep::Done(Confirmed::Paid) => ("paid", 0),
        ConfirmStep::Done(Confirmed::Cancelled) => ("cancelled", 0),
        ConfirmStep::Done(Confirmed::Pending) => ("pending", 0),
    };
    json.member("do", Some(word));
    json.number("ms", ms);
    let numbers = [machine.poll_every, machine.left, machine.seen, machine.granted, machine.asked.into()];
    json.member("state", Some(&numbers_as_text(&numbers)));
    json.close("}");
    json.finished()
}

fn read(state: &str) -> Option<Confirm> {
    let mut numbers = Numbers(state.as_bytes());
    let (poll_every, left, seen, granted) = (numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?);
    Some(Confirm { poll_every, left, seen, granted, asked: numbers.next()?.try_into().ok()? })
}
