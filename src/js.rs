//! The functions of the npm package. They check JavaScript's values, call the crate and convert back; nothing is decided
//! here.

mod checkout;
mod input;
mod json;
mod money;
mod output;

/// Half the size of the default allocator, and faster.
#[cfg(all(target_family = "wasm", feature = "js-module"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A panic is a defect: the instance traps and is replaced. Without a message, half of the module's code for text goes.
#[cfg(all(target_family = "wasm", feature = "js-module"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
