//! QR codes for JavaScript.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::Reader;
use super::output::plain;
use crate::checkout::{ErrorCorrection, QrOptions, append_qr_svg};
use crate::error::{ErrorCode, Result};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
/**
 * How a QR code is drawn.
 */
export interface QrOptions {
    /**
     * How much of the code may be lost: about 7, 15, 25 or 30 %. `M` without it.
     */
    ecc?: ErrorCorrection | undefined;
    /**
     * The width of the light margin in modules, at most 64. 4 without it, which readers need.
     */
    margin?: number | undefined;
}

/**
 * The QR code of a text, such as a checkout link, as one `<svg>` element of black modules on white. It has no size of its
 * own: style its `width`.
 *
 * @throws {TiyinError} `too_long` beyond what a code holds (2,953 bytes at `L`, 1,273 at `H`), `missing_field` for empty text,
 * `invalid_margin`
 * @example
 * qrSvg("https://shop.uz/", { ecc: "Q" }).slice(0, 4); // "<svg"
 */
export function qrSvg(text: string, options?: QrOptions): string;
"#;

pub(super) fn svg(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let text = arguments.whole("text").text();
    let options = read_options(arguments);
    arguments.whole("text");
    let mut svg = plain("");
    append_qr_svg(text, options, &mut svg)?;
    Ok(svg)
}

fn read_options(arguments: &mut Reader<'_>) -> QrOptions {
    let mut read = QrOptions::default();
    if let Some(options) = arguments.whole("options").optional() {
        options.start_object();
        let mut found = 0;
        while let Some(member) = options.known_member("ecc margin", 0, &mut found) {
            match member {
                0 => read.error_correction = read_level(options),
                _ => read.margin = read_margin(options),
            }
        }
    }
    read
}

fn read_level(value: &mut Reader<'_>) -> ErrorCorrection {
    match value.word("L M Q H") {
        0 => ErrorCorrection::Low,
        1 => ErrorCorrection::Medium,
        2 => ErrorCorrection::Quartile,
        _ => ErrorCorrection::High,
    }
}

fn read_margin(value: &mut Reader<'_>) -> u8 {
    let margin = u8::try_from(value.whole_number()).unwrap_or(u8::MAX);
    if margin > 64 {
        value.refuse(ErrorCode::InvalidMargin.into());
    }
    margin
}
