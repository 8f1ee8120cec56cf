//! The README's tables are the code's.

use tiyin_sandbox::magic::{self, AmountEffect, Ending};
use tiyin_sandbox::{CardState, FaultKind, Route, Sandbox};

const README: &str = include_str!("../../README.md");

/// The rows of the table under a heading, as their cells without backquotes.
pub(crate) fn table(heading: &str) -> Vec<Vec<String>> {
    let (_, section) = README.split_once(&format!("\n### {heading}\n")).expect("the heading");
    let section = section.split("\n#").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells =
        |row: &str| row.trim_matches('|').split(" | ").map(|cell| cell.replace('`', "").trim().into()).collect();
    rows.map(cells).collect()
}

pub(crate) fn first_cells(heading: &str) -> Vec<String> {
    table(heading).into_iter().map(|mut row| row.remove(0)).collect()
}

#[test]
fn cards_are_listed_with_what_pay_answers() {
    let cards: Vec<_> = Sandbox::new(Default::default()).cards().to_vec();
    let listed = table("Cards");
    assert_eq!(listed.len(), cards.len());
    for (row, card) in listed.iter().zip(cards) {
        let som = row[2].replace(' ', "");
        assert_eq!((row[0].as_str(), row[1].as_str()), (card.id, card.phone.unwrap_or("–")));
        assert_eq!(som, (card.opening_balance().minor / 100).to_string());
        let code = card.state.code();
        assert!(row[3].starts_with(code.unwrap_or("pays")), "{row:?}");
        assert_eq!(card.state == CardState::Usable, code.is_none());
    }
}

#[test]
fn codes_are_listed() {
    assert_eq!(first_cells("Confirmation codes"), [magic::RIGHT_CODE, magic::EXHAUSTING_CODE, "any other"]);
}

#[test]
fn endings_are_listed() {
    assert_eq!(first_cells("Account numbers"), Ending::ALL.map(|ending| format!("…{}", ending.digits())));
}

#[test]
fn amounts_are_listed_with_their_codes() {
    let mut expected = Vec::new();
    for (place, code) in AmountEffect::CreateFails.codes().enumerate() {
        let amount = |effect: AmountEffect| {
            let is_right = effect.codes().nth(place) == Some(code);
            if is_right { (effect.first_som() + place as u64).to_string() } else { "–".into() }
        };
        let mut row = vec![code.to_owned()];
        row.extend(AmountEffect::ALL.map(amount));
        expected.push(row);
    }
    assert_eq!(table("Amounts"), expected);
}

#[test]
fn faults_are_listed_with_their_usual_time() {
    let rows = table("Kinds");
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), FaultKind::ALL.map(FaultKind::as_str));
    for (row, kind) in rows.iter().zip(FaultKind::ALL) {
        let time = row[3].replace(' ', "");
        assert!(time == "–" || time.starts_with(&kind.usual_ms().to_string()), "{row:?}");
    }
}

#[test]
fn routes_are_listed() {
    assert_eq!(first_cells("Routes"), Route::ALL.map(Route::as_str));
}
