//! QR codes: what another crate's decoder reads in the picture is the text.

use rqrr::PreparedImage;
use tiyin::checkout::{ErrorCorrection, QrOptions, qr_svg};
use tiyin::{CheckoutOrder, ErrorCode, Money};

/// Pixels of the picture a side of a module.
const SCALE: usize = 4;

const LEVELS: [ErrorCorrection; 4] =
    [ErrorCorrection::Low, ErrorCorrection::Medium, ErrorCorrection::Quartile, ErrorCorrection::High];

fn options(error_correction: ErrorCorrection, margin: u8) -> QrOptions {
    QrOptions { error_correction, margin }
}

/// The picture's side, and its dark modules row by row.
fn modules(svg: &str) -> Vec<Vec<bool>> {
    let (_, rest) = svg.split_once("viewBox=\"0 0 ").unwrap();
    let side: usize = rest.split(' ').next().unwrap().parse().unwrap();
    let (_, path) = rest.split_once("<path d=\"").unwrap();
    let mut rows = vec![vec![false; side]; side];
    for run in path.strip_suffix("\"/></svg>").unwrap().split_terminator('z') {
        let (x, rest) = run.strip_prefix('M').unwrap().split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (width, back) = rest.split_once("v1h-").unwrap();
        assert_eq!(width, back);
        let [x, y, width] = [x, y, width].map(|number| number.parse::<usize>().unwrap());
        assert!(width > 0 && !rows[y][x], "a run has modules of its own");
        rows[y][x..x + width].fill(true);
    }
    rows
}

fn decoded(svg: &str) -> String {
    let rows = modules(svg);
    let side = rows.len() * SCALE;
    let mut image = PreparedImage::prepare_from_bitmap(side, side, |x, y| rows[y / SCALE][x / SCALE]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code in the picture");
    grids[0].decode().unwrap().1
}

#[test]
fn a_link_comes_back_at_every_level_of_error_correction() {
    let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::som("500").unwrap());
    let link = order.account("order_id", "12").link().unwrap();
    let sides = LEVELS.map(|level| {
        let svg = qr_svg(&link, options(level, 4)).unwrap();
        assert_eq!(decoded(&svg), link);
        modules(&svg).len()
    });
    assert!(sides.is_sorted() && sides[0] < sides[3], "more correction takes more room: {sides:?}");
}

#[test]
fn other_text_comes_back_too() {
    for text in ["5", "0123456789", "HTTPS://SHOP.UZ/", "soʻm ў 😀", " "] {
        assert_eq!(decoded(&qr_svg(text, QrOptions::default()).unwrap()), text);
    }
}

#[test]
fn the_margin_is_as_wide_as_asked_and_light() {
    for margin in [0, 1, 4, 64, u8::MAX] {
        let rows = modules(&qr_svg("5", options(ErrorCorrection::Low, margin)).unwrap());
        let margin = usize::from(margin);
        assert_eq!(rows.len(), 21 + 2 * margin);
        let dark = |rows: &[Vec<bool>]| rows.iter().flatten().any(|module| *module);
        assert!(!dark(&rows[..margin]) && !dark(&rows[rows.len() - margin..]));
        // The corner of the first finder.
        assert!(rows[margin][margin] && rows[margin][margin + 6] && !rows[margin][margin + 7]);
        assert!(rows.iter().all(|row| row[..margin].iter().chain(&row[row.len() - margin..]).all(|module| !module)));
    }
}

#[test]
fn what_no_code_holds_is_refused() {
    let code = |text: &str, level| qr_svg(text, options(level, 4)).unwrap_err().code();
    assert_eq!(code("", ErrorCorrection::Low), ErrorCode::MissingField);
    for (level, most) in LEVELS.into_iter().zip([2953, 2331, 1663, 1273]) {
        assert!(qr_svg(&"x".repeat(most), options(level, 4)).is_ok());
        assert_eq!(code(&"x".repeat(most + 1), level), ErrorCode::TooLong);
    }
}
