//! The functions of the npm package. They check JavaScript's values, call the crate and convert back; nothing is decided
//! here.

#[cfg(feature = "js-clients")]
mod account;
#[cfg(feature = "js-clients")]
mod bank;
#[cfg(feature = "js-checkout")]
mod checkout;
#[cfg(feature = "js-clients")]
mod clients;
mod input;
mod json;
#[cfg(feature = "js-checkout")]
mod money;
mod output;
#[cfg(feature = "js-clients")]
mod paylov;
#[cfg(feature = "js-qr")]
mod qr;
#[cfg(feature = "js-clients")]
mod reconcile;
#[cfg(feature = "js-sign")]
mod sign;

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::error::{ErrorCode, Result};

/// Calls a function with packed arguments: so many places into the [part](functions) that the place's highest bits name.
///
/// One export for all: each one adds its share to the JavaScript of the package.
#[wasm_bindgen(skip_typescript)]
pub fn call(place: u8, packed: &[u8]) -> Vec<u8> {
    let functions = functions(place / 32);
    let answer = output::answer(packed, functions.get(usize::from(place % 32)).copied().unwrap_or(unknown));
    #[cfg(any(feature = "js-sign", feature = "js-clients"))]
    wipe_stack();
    answer
}

/// Leaves nothing on the stack of what a call made of a secret, such as a key or a payer's code; the allocator wipes the rest.
#[cfg(any(feature = "js-sign", feature = "js-clients"))]
#[inline(never)]
fn wipe_stack() {
    // As deep as any call goes; those of clients go deeper.
    const WORDS: usize = if cfg!(feature = "js-clients") { 1024 } else { 256 };
    zeroize::Zeroize::zeroize(&mut [0u64; WORDS]);
}

/// The functions of a part, in the order of its entry's JavaScript.
const fn functions(part: u8) -> &'static [output::Call] {
    match part {
        #[cfg(feature = "js-checkout")]
        0 => &[
            money::som,
            money::tiyin,
            money::usd,
            money::cents,
            money::to_major,
            money::format_money,
            money::parse_money,
            money::add_money,
            money::allocate,
            money::percent_of,
            money::convert_money,
            checkout::checkout_link,
            checkout::checkout_links,
            checkout::parse_link,
        ],
        #[cfg(feature = "js-sign")]
        1 => &[sign::keys, sign::sign, sign::verify, sign::sign_return_url, sign::verify_return_url],
        #[cfg(feature = "js-qr")]
        2 => &[qr::svg],
        #[cfg(feature = "js-clients")]
        3 => &[
            clients::client,
            clients::step,
            paylov::list_services,
            paylov::get_fields,
            paylov::get_info,
            paylov::create_payment,
            paylov::pay,
            paylov::get_status,
            paylov::list_paid,
            paylov::confirm,
            paylov::confirm_step,
        ],
        #[cfg(feature = "js-clients")]
        4 => &[account::form, account::set, account::check_amount, account::account, account::listener],
        #[cfg(feature = "js-clients")]
        5 => &[
            bank::client,
            bank::list_services,
            bank::create_payment,
            bank::create_budget_payment,
            bank::get_payment,
            bank::get_balance,
            bank::list_statement,
            bank::page,
            bank::totals,
            bank::settle,
            bank::settle_create,
            bank::settle_step,
            bank::order_hash,
            reconcile::reconcile,
        ],
        _ => &[],
    }
}

fn unknown(_: &mut input::Reader<'_>) -> Result<Vec<u8>> {
    Err(ErrorCode::Internal.into())
}

/// A free list: a third of the size of other allocators, and short, since a call leaves nothing allocated.
#[cfg(all(target_family = "wasm", feature = "js-module"))]
type FreeList = lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator>;

#[cfg(all(target_family = "wasm", feature = "js-module"))]
const fn free_list() -> FreeList {
    FreeList::new(lol_alloc::FreeListAllocator::new())
}

#[cfg(all(target_family = "wasm", feature = "js-module", not(any(feature = "js-sign", feature = "js-clients"))))]
#[global_allocator]
static ALLOCATOR: FreeList = free_list();

/// Where secrets cross, what is freed is wiped, whatever it held.
#[cfg(all(target_family = "wasm", feature = "js-module", any(feature = "js-sign", feature = "js-clients")))]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<FreeList> = zeroizing_alloc::ZeroAlloc(free_list());

/// A panic is a defect: the instance traps and is replaced. Nobody would read the message (docs/adr/0006-panics-trap.md).
#[cfg(all(target_family = "wasm", feature = "js-module"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[cfg(all(test, feature = "js-server", feature = "js-qr"))]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn places_in(entry: &str) -> Vec<u8> {
        let places = entry.lines().filter_map(|line| line.split_once("run(")?.1.split([',', ')']).next()?.parse().ok());
        places.collect()
    }

    fn places_of(part: u8) -> Vec<u8> {
        let first = part.wrapping_mul(32);
        (first..).take(functions(part).len()).collect()
    }

    #[test]
    fn places_are_those_of_the_entries() {
        assert_eq!(places_in(include_str!("../pkg-template/checkout.js")), places_of(0));
        assert_eq!(places_in(include_str!("../pkg-template/signer.js")), places_of(1));
        assert_eq!(places_in(include_str!("../pkg-template/qr.js")), places_of(2));
        let clients = include_str!("../pkg-template/clients.js");
        for place in places_of(3) {
            let transport = include_str!("../pkg-template/transport.js");
            assert!([clients, transport].concat().contains(&place.to_string()), "nothing calls {place}");
        }
        for place in places_of(4) {
            let form = include_str!("../pkg-template/account.js");
            assert!(form.contains(&alloc::format!("run({place}")), "nothing calls {place}");
        }
        for place in places_of(5) {
            let bank = include_str!("../pkg-template/bank.js");
            let calls = [alloc::format!(", {place},"), alloc::format!("run({place}")];
            assert!(calls.iter().any(|call| bank.contains(call)), "nothing calls {place}");
        }
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|part| functions(part).len()), [14, 5, 1, 11, 5, 14, 0]);
    }

    #[test]
    fn a_call_answers_with_what_the_function_at_its_place_gives() {
        assert_eq!(call(3, b"n\x04\0\x001999"), b"{\"minor\":1999,\"currency\":\"USD\"}");
        assert!(call(10, b"u").starts_with(b"!{\"code\":\"missing_field\""));
        assert!(call(32, b"ae").starts_with(b"!{\"code\":\"missing_key\""));
        assert!(call(64, b"s\x01\0\x005u").starts_with(b"=<svg "));
        for nothing in [14, 37, 65, 107, 133, 174, u8::MAX] {
            assert!(call(nothing, b"").starts_with(b"!{\"code\":\"internal\""), "{nothing}");
        }
    }
}
