//! Any text as a checkout link, and as what a link holds.

#![no_main]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use tiyin::{ErrorCode, ParsedLink, parse_checkout_link};

fuzz_target!(|text: &str| {
    check(text);
    check(&STANDARD.encode(text));
});

fn check(link: &str) {
    match parse_checkout_link(link) {
        Ok(parsed) => {
            let fields = parsed.warnings.iter().filter_map(|warning| warning.field.as_deref());
            fields.for_each(check_masked);
            check_rebuilt(&parsed);
        }
        Err(error) => check_masked(&error.message()),
    }
}

/// An order that was read is one that can be built, or its link's warnings say why not. What is built reads as the same order.
fn check_rebuilt(parsed: &ParsedLink) {
    match parsed.order.link() {
        Ok(link) => {
            let again = parse_checkout_link(&link).unwrap_or_else(|error| panic!("{link} was built, but: {error}"));
            assert_eq!(again.order, parsed.order);
            assert_eq!(again.warnings, []);
        }
        Err(error) if error.code() == ErrorCode::TooLong => {}
        Err(error) => {
            let code = error.code().as_str();
            assert!(parsed.warnings.iter().any(|warning| warning.code.as_str() == code), "nothing warns of {code}");
        }
    }
}

/// Names of parameters are repeated, but not what could be a card number in them.
fn check_masked(text: &str) {
    let runs = text.split(|character: char| !character.is_ascii_digit());
    runs.for_each(|run| assert!(!(13..=19).contains(&run.len()), "{text}"));
}
