//! A link as a QR code.

use alloc::string::String;
use alloc::vec::Vec;

use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};

use crate::error::{Error, ErrorCode, Result};
use crate::text::{into_string, write_number};

/// How much of a QR code may be lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum ErrorCorrection {
    /// About 7 % of it.
    #[cfg_attr(feature = "js-types", serde(rename = "L"))]
    Low,
    /// About 15 % of it.
    #[default]
    #[cfg_attr(feature = "js-types", serde(rename = "M"))]
    Medium,
    /// About 25 % of it.
    #[cfg_attr(feature = "js-types", serde(rename = "Q"))]
    Quartile,
    /// About 30 % of it.
    #[cfg_attr(feature = "js-types", serde(rename = "H"))]
    High,
}

/// How a QR code is drawn.
///
/// ```
/// use tiyin::checkout::{ErrorCorrection, QrOptions};
///
/// assert_eq!(QrOptions::default(), QrOptions { error_correction: ErrorCorrection::Medium, margin: 4 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QrOptions {
    /// How much may be lost; the more, the larger the code.
    pub error_correction: ErrorCorrection,
    /// The width of the light margin, in modules. Readers need 4.
    pub margin: u8,
}

impl Default for QrOptions {
    fn default() -> Self {
        Self { error_correction: ErrorCorrection::default(), margin: 4 }
    }
}

/// The QR code of a text, as one `<svg>` element of black modules on white, one unit each.
///
/// # Errors
/// [`ErrorCode::MissingField`] for empty text; [`ErrorCode::TooLong`] beyond what a QR code holds: 2,953 bytes at the
/// lowest error correction, 1,273 at the highest, and more where all are digits or capital letters.
///
/// ```
/// use tiyin::checkout::{QrOptions, qr_svg};
///
/// let svg = qr_svg("https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9", QrOptions::default())?;
/// assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 41 41\""));
/// # Ok::<(), tiyin::Error>(())
/// ```
pub fn qr_svg(text: &str, options: QrOptions) -> Result<String> {
    let mut svg = Vec::new();
    append_qr_svg(text, options, &mut svg)?;
    Ok(into_string(svg))
}

pub(crate) fn append_qr_svg(text: &str, options: QrOptions, out: &mut Vec<u8>) -> Result<()> {
    const LENGTH: usize = Version::MAX.buffer_len();
    if text.is_empty() {
        return Err(ErrorCode::MissingField.into());
    }
    let (mut space, mut modules) = (Vec::from([0; LENGTH]), Vec::from([0; LENGTH]));
    let level = match options.error_correction {
        ErrorCorrection::Low => QrCodeEcc::Low,
        ErrorCorrection::Medium => QrCodeEcc::Medium,
        ErrorCorrection::Quartile => QrCodeEcc::Quartile,
        ErrorCorrection::High => QrCodeEcc::High,
    };
    let code = QrCode::encode_text(text, &mut space, &mut modules, level, Version::MIN, Version::MAX, None, false)
        .map_err(|_| Error::with_detail(ErrorCode::TooLong, "no QR code holds this at this error correction"))?;
    draw(&code, options.margin, out);
    Ok(())
}

/// A path of the dark runs of each row: far shorter than a rectangle a module, and without seams between them.
fn draw(code: &QrCode<'_>, margin: u8, out: &mut Vec<u8>) {
    let side = code.size().unsigned_abs();
    let width = u64::from(side).saturating_add(u64::from(margin).saturating_mul(2));
    out.extend_from_slice(b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    write_number(width, out);
    out.push(b' ');
    write_number(width, out);
    out.extend_from_slice(b"\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h");
    write_number(width, out);
    out.push(b'v');
    write_number(width, out);
    out.extend_from_slice(b"H0z\"/><path d=\"");
    for y in 0..code.size() {
        let mut run = 0u64;
        // One column beyond the last ends every run.
        for x in 0..=code.size() {
            if code.get_module(x, y) {
                run = run.saturating_add(1);
            } else if run > 0 {
                let place = |at: i32| u64::from(at.unsigned_abs()).saturating_add(u64::from(margin));
                out.push(b'M');
                write_number(place(x).saturating_sub(run), out);
                out.push(b' ');
                write_number(place(y), out);
                out.push(b'h');
                write_number(run, out);
                out.extend_from_slice(b"v1h-");
                write_number(run, out);
                out.push(b'z');
                run = 0;
            }
        }
    }
    out.extend_from_slice(b"\"/></svg>");
}
