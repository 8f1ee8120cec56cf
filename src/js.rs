//! The functions of the npm package. They check JavaScript's values, call the crate and convert back; nothing is decided
//! here.

mod checkout;
mod input;
mod json;
mod money;
mod output;

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::error::{ErrorCode, Result};

/// Calls the function at a place in [`FUNCTIONS`] with packed arguments.
///
/// One export for all: each one adds its share to the JavaScript of the package.
#[wasm_bindgen(skip_typescript)]
pub fn call(place: u8, packed: &[u8]) -> Vec<u8> {
    output::answer(packed, FUNCTIONS.get(usize::from(place)).copied().unwrap_or(unknown))
}

/// In the order of `checkout.js`.
const FUNCTIONS: [output::Call; 14] = [
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
];

fn unknown(_: &mut input::Reader<'_>) -> Result<Vec<u8>> {
    Err(ErrorCode::Internal.into())
}

/// A free list: a third of the size of other allocators, and short, since a call leaves nothing allocated.
#[cfg(all(target_family = "wasm", feature = "js-module"))]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

/// A panic is a defect: the instance traps and is replaced. Nobody would read the message (docs/adr/0006-panics-trap.md).
#[cfg(all(target_family = "wasm", feature = "js-module"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_checkout_js() {
        let entry = include_str!("../pkg-template/checkout.js");
        let places: Vec<_> =
            entry.lines().filter_map(|line| line.split_once("run(")?.1.split([',', ')']).next()).collect();
        assert_eq!(places, (0..FUNCTIONS.len()).map(|place| alloc::format!("{place}")).collect::<Vec<_>>());
        assert_eq!(call(3, b"n\x04\0\x001999"), b"{\"minor\":1999,\"currency\":\"USD\"}");
        assert!(call(10, b"u").starts_with(b"!{\"code\":\"missing_field\""));
        assert!(call(14, b"").starts_with(b"!{\"code\":\"internal\""));
    }
}
