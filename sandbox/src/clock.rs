//! Moments as the documents print them: without a zone. The sandbox means Tashkent's time, which is five hours ahead of
//! UTC all year round; that is a guess, and a client should make none.

use std::num::Saturating;

const AHEAD_SECONDS: u64 = 5 * 60 * 60;

struct Moment {
    year: u64,
    month: u64,
    day: u64,
    second_of_day: u64,
}

/// `2024-10-14 15:07:23`
pub(crate) fn timestamp(ms: u64) -> String {
    let moment = in_tashkent(ms);
    format!("{} {}", iso_date(&moment), time(&moment))
}

/// `2024-10-14`
pub(crate) fn date(ms: u64) -> String {
    iso_date(&in_tashkent(ms))
}

/// Whether a text looks like a [`date`].
pub(crate) fn is_date(text: &str) -> bool {
    has_form(text, "0000-00-00")
}

/// Whether a text looks like a [`timestamp`].
pub(crate) fn is_timestamp(text: &str) -> bool {
    has_form(text, "0000-00-00 00:00:00")
}

/// Digits for 0, all else literally.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(given, form): (u8, u8)| if form == b'0' { given.is_ascii_digit() } else { given == form };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

/// `14.10.2024 15:07:23`, which only account information has.
pub(crate) fn timestamp_of_info(ms: u64) -> String {
    let moment = in_tashkent(ms);
    let Moment { year, month, day, .. } = moment;
    format!("{day:02}.{month:02}.{year} {}", time(&moment))
}

fn iso_date(moment: &Moment) -> String {
    let Moment { year, month, day, .. } = moment;
    format!("{year:04}-{month:02}-{day:02}")
}

fn time(moment: &Moment) -> String {
    let second = moment.second_of_day;
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

fn in_tashkent(ms: u64) -> Moment {
    let seconds = (ms / 1000).saturating_add(AHEAD_SECONDS);
    let (year, month, day) = civil(seconds / 86_400);
    Moment { year, month, day, second_of_day: seconds % 86_400 }
}

/// The date of a day counted from 1970: years begin in March here, so that a leap day is the last of its year.
fn civil(days: u64) -> (u64, u64, u64) {
    let s = Saturating::<u64>;
    let shifted = days.saturating_add(719_468);
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let leap_days = s(day / 1460) - s(day / 36_524) + s(day / 146_096);
    let year = (s(day) - leap_days).0 / 365;
    let day_of_year = s(day) + s(year / 100) - s(year) * s(365) - s(year / 4);
    let month = (day_of_year * s(5) + s(2)).0 / 153;
    let day = day_of_year + s(1) - s((s(month) * s(153) + s(2)).0 / 5);
    let (month, next_year) = if month < 10 { (s(month) + s(3), s(0)) } else { (s(month) - s(9), s(1)) };
    ((s(era) * s(400) + s(year) + next_year).0, month.0, day.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_printed_in_tashkent() {
        for (ms, printed) in [
            (0, "1970-01-01 05:00:00"),
            (951_764_399_000, "2000-02-28 23:59:59"),
            (951_764_400_000, "2000-02-29 00:00:00"),
            (951_850_800_000, "2000-03-01 00:00:00"),
            (1_709_146_800_000, "2024-02-29 00:00:00"),
            (1_728_900_443_999, "2024-10-14 15:07:23"),
            (1_735_671_599_000, "2024-12-31 23:59:59"),
            (1_735_671_600_000, "2025-01-01 00:00:00"),
            (4_107_438_000_000, "2100-02-28 00:00:00"),
            (4_107_524_400_000, "2100-03-01 00:00:00"),
        ] {
            assert_eq!(timestamp(ms), printed);
        }
        assert_eq!(timestamp_of_info(1_728_899_628_000), "14.10.2024 14:53:48");
        assert_eq!(date(1_728_899_628_000), "2024-10-14");
    }
}
