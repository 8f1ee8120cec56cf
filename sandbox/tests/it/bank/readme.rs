//! The README's tables of the bank are the code's.

use tiyin_sandbox::Sandbox;
use tiyin_sandbox::bank_magic::{Effect, FAILING_SERVICES, Settlement};

use crate::readme::{first_cells, table};

#[test]
fn services_are_listed() {
    let services: Vec<_> = Sandbox::new(Default::default()).bank_services().to_vec();
    let listed = table("Services of the bank");
    assert_eq!(listed.len(), services.len() + FAILING_SERVICES.len() + 1);
    for (row, service) in listed.iter().zip(&services) {
        assert_eq!((&row[0], row[1].as_str()), (&service.id.to_string(), service.account));
        assert_eq!(row[2].replace(' ', ""), service.opening_balance().minor.to_string());
        assert_eq!(row[3].contains("card"), service.needs_card, "{row:?}");
        assert_eq!(row[3].contains("not activated"), !service.activated, "{row:?}");
    }
    let failing: Vec<_> = listed[services.len()..].iter().map(|row| row[0].clone()).collect();
    assert_eq!(failing[..FAILING_SERVICES.len()], FAILING_SERVICES.map(|code| code.to_string()));
}

#[test]
fn failing_accounts_are_listed_with_their_codes() {
    let mut expected = Vec::new();
    for code in Effect::Fails.codes() {
        let end = |effect: Effect| match effect.codes().find(|own| *own == code) {
            Some(code) => format!("…{}{code}", effect.digits()),
            None => "–".into(),
        };
        let mut row = vec![code.to_string()];
        row.extend(Effect::ALL.map(end));
        expected.push(row);
    }
    assert_eq!(table("Receivers' accounts that fail"), expected);
}

#[test]
fn settlements_are_listed() {
    let endings = Settlement::ASKED.map(|settlement| format!("…{}", settlement.digits()));
    assert_eq!(first_cells("Receivers' accounts and settlement"), endings);
}
