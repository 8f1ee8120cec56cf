//! The functions of the npm package. They check JavaScript's values, call the crate and convert back; nothing is decided
//! here.

mod checkout;
mod input;
mod json;
mod money;
mod output;

/// Smaller than the default allocator by a kilobyte of brotli, and faster.
#[cfg(all(target_family = "wasm", feature = "js-module"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A panic is a defect: the instance traps and is replaced. Nobody would read the message (docs/adr/0006-panics-trap.md).
#[cfg(all(target_family = "wasm", feature = "js-module"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
