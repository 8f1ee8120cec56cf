//! The code that a payer receives: where it is sent, how long it is good for, and how often one may be wrong.

use serde_json::{Value, json};
use tiyin_sandbox::{PaymentStatus, magic};

use crate::merchant::{CARD, CARD_WITHOUT_PHONE, Merchant, OTHER_CARD, code_of, electricity, payment, with};

fn sent(card_id: &str, phone: Option<&str>) -> Value {
    let request = with(electricity(500), "cardId", card_id);
    Merchant::new().post("create", &with(request, "phoneNumber", phone))
}

#[test]
fn a_code_goes_to_the_phone_of_the_card() {
    for (card_id, phone, hidden) in
        [(CARD, "+998901234567", "+99890*****67"), (OTHER_CARD, "+998971112233", "+99897*****33")]
    {
        for phone in [None, Some(phone)] {
            assert_eq!(sent(card_id, phone)["result"]["sms"], json!({ "otpSentPhone": hidden }));
        }
    }
}

#[test]
fn a_phone_number_must_be_the_cards() {
    assert_eq!(code_of(&sent(CARD, Some("+998971112233"))), "field_not_valid");
    for phone in ["998901234567", "+99890123456", "+9989012345678", "+99890123456x", ""] {
        assert_eq!(code_of(&sent(CARD, Some(phone))), "validation_error", "{phone}");
    }
}

#[test]
fn no_code_is_sent_without_a_card_or_without_its_phone() {
    assert_eq!(code_of(&sent(CARD_WITHOUT_PHONE, None)), "card_is_not_for_this_check");
    assert_eq!(code_of(&sent("10000000-0000-4000-8000-000000000404", None)), "card_not_found");
    let request = with(electricity(500), "phoneNumber", "+998901234567");
    assert!(Merchant::new().post("create", &request)["result"].get("sms").is_none());
}

#[test]
fn the_right_code_pays() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    assert!(merchant.pay_with_code(&id, CARD, magic::RIGHT_CODE)["result"].is_object());
    assert_eq!(merchant.truth(&id).charges, 1);
}

#[test]
fn a_code_stays_right_for_a_repeat_which_charges_again() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    for _ in 0..2 {
        merchant.pay_with_code(&id, CARD, magic::RIGHT_CODE);
    }
    assert_eq!(merchant.truth(&id).charges, 2);
}

#[test]
fn a_code_is_needed_only_where_one_was_sent() {
    let mut merchant = Merchant::new();
    let sent = merchant.create_with_code(500, CARD);
    assert_eq!(code_of(&merchant.pay(&sent)), "field_required");
    let unsent = merchant.create(500);
    assert!(merchant.pay_with_code(&unsent, CARD, "000000")["result"].is_object());
}

#[test]
fn a_code_is_for_the_card_it_was_sent_for() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    assert_eq!(code_of(&merchant.pay_with_code(&id, OTHER_CARD, magic::RIGHT_CODE)), "invalid_card");
    assert!(merchant.charges().is_empty());
}

#[test]
fn a_code_is_good_for_two_minutes() {
    for (waited, is_good) in [(magic::CODE_LIFETIME_MS, true), (magic::CODE_LIFETIME_MS + 1, false)] {
        let mut merchant = Merchant::new();
        let id = merchant.create_with_code(500, CARD);
        merchant.wait(waited);
        let answer = merchant.pay_with_code(&id, CARD, magic::RIGHT_CODE);
        assert_eq!(answer.get("result").is_some(), is_good);
        if !is_good {
            assert_eq!(code_of(&answer), "invalid_otp");
        }
    }
}

#[test]
fn the_third_wrong_code_cancels_the_transaction() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    for code in ["invalid_otp", "invalid_otp", "too_many_attempts"] {
        assert_eq!(merchant.status(&id), "created");
        assert_eq!(code_of(&merchant.pay_with_code(&id, CARD, "000000")), code);
    }
    assert_eq!(merchant.truth(&id).status, PaymentStatus::Cancelled);
    let answer = merchant.pay_with_code(&id, CARD, magic::RIGHT_CODE);
    assert_eq!(code_of(&answer), "transaction_not_available_for_payment");
    assert!(merchant.charges().is_empty());
}

#[test]
fn one_code_uses_up_all_attempts() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    assert_eq!(code_of(&merchant.pay_with_code(&id, CARD, magic::EXHAUSTING_CODE)), "too_many_attempts");
    assert_eq!(merchant.status(&id), "cancelled");
}

#[test]
fn a_wrong_code_leaves_room_for_the_right_one() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    merchant.pay_with_code(&id, CARD, "000000");
    merchant.pay_with_code(&id, CARD, magic::RIGHT_CODE);
    assert_eq!(merchant.status(&id), "paid");
}

#[test]
fn wrong_codes_after_a_payment_do_not_undo_it() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    merchant.pay_with_code(&id, CARD, magic::RIGHT_CODE);
    merchant.pay_with_code(&id, CARD, magic::EXHAUSTING_CODE);
    assert_eq!(merchant.status(&id), "paid");
}

#[test]
fn a_code_is_text() {
    let mut merchant = Merchant::new();
    let id = merchant.create_with_code(500, CARD);
    assert_eq!(code_of(&merchant.post("pay", &with(payment(&id, CARD), "otp", 111_111))), "validation_error");
}
