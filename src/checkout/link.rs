//! From an order to its link.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::order::{CheckoutOrder, MAX_LENGTH, check_fields, is_uuid, too_long};
use super::{base64, form, url};
use crate::error::{Error, ErrorCode, Result};
use crate::money::{Currency, Money, Unit};
use crate::text::{cut, into_string, write_number};

/// Paylov's own checkout page.
pub(super) const PAYLOV: &str = "https://my.paylov.uz/checkout/create/";

/// Room for most links, so that few have to be moved while they grow.
pub(crate) const USUAL_LENGTH: usize = 512;

/// Where checkout links lead: everything before the encoded query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// A base URL of one's own; a missing slash at its end is added.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidBaseUrl`] where it is not an absolute `https` address (`http` for localhost and 127.0.0.1), or has
    /// a query or fragment.
    ///
    /// ```
    /// use tiyin::checkout::BaseUrl;
    ///
    /// assert_eq!(BaseUrl::new("https://pay.example/create")?.as_str(), "https://pay.example/create/");
    /// assert!(BaseUrl::new("https://pay.example/?to=").is_err());
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn new(url: &str) -> Result<Self> {
        check_length(url.as_bytes())?;
        let (_, query) = cut(url.as_bytes(), b"?#");
        if url::check(url).is_err() || !query.is_empty() {
            return Err(ErrorCode::InvalidBaseUrl.into());
        }
        let mut base = String::from(url);
        if !base.ends_with('/') {
            base.push('/');
        }
        Ok(Self(base))
    }

    /// The address, with its slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Paylov's own checkout page.
impl Default for BaseUrl {
    fn default() -> Self {
        Self(String::from(PAYLOV))
    }
}

impl CheckoutOrder<'_> {
    /// The link to Paylov's checkout page for this order.
    ///
    /// Links are not signed: a payer can decode one and change the amount. Only Paylov's callback tells what was paid.
    ///
    /// # Errors
    /// [`ErrorCode::NotAUuid`], [`ErrorCode::AmountNotPositive`], [`ErrorCode::MissingAccount`],
    /// [`ErrorCode::EmptyAccountKey`], [`ErrorCode::DuplicateParameter`], [`ErrorCode::InvalidReturnUrl`],
    /// [`ErrorCode::InsecureReturnUrl`], [`ErrorCode::UnsupportedScheme`], [`ErrorCode::FractionalSom`],
    /// [`ErrorCode::FractionalDollar`], [`ErrorCode::TooLong`].
    ///
    /// ```
    /// use tiyin::{CheckoutOrder, Money};
    ///
    /// let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::som("500")?).account("order_id", "12");
    /// assert!(order.link()?.ends_with("/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1\
    ///     JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg=="));
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn link(&self) -> Result<String> {
        self.link_at(&BaseUrl::default())
    }

    /// The link to another checkout page, such as a test environment's.
    ///
    /// # Errors
    /// As [`Self::link`].
    ///
    /// ```
    /// use tiyin::checkout::BaseUrl;
    /// use tiyin::{CheckoutOrder, Money};
    ///
    /// let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::som("500")?).account("order_id", "12");
    /// let link = order.link_at(&BaseUrl::new("https://test.example/create")?)?;
    /// assert!(link.starts_with("https://test.example/create/bWVyY2hhbnRfaWQ9"));
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn link_at(&self, base: &BaseUrl) -> Result<String> {
        let mut link = Vec::with_capacity(USUAL_LENGTH);
        self.append_link(base, &mut Vec::with_capacity(USUAL_LENGTH), &mut link)?;
        Ok(into_string(link))
    }

    /// Appends the link; `query` is only room to work in, so that many links share it.
    pub(crate) fn append_link(&self, base: &BaseUrl, query: &mut Vec<u8>, out: &mut Vec<u8>) -> Result<()> {
        check(self)?;
        query.clear();
        write_query(self, query)?;
        out.extend_from_slice(base.0.as_bytes());
        base64::encode(query, out);
        Ok(())
    }
}

/// Appends the links of many orders to `out`, each closed by a line feed.
///
/// # Errors
/// The first order's error, as of [`CheckoutOrder::link`], with the order's place before the member: `[3].amount`. The links
/// before it stay in `out`.
///
/// ```
/// use tiyin::checkout::{BaseUrl, write_links};
/// use tiyin::{CheckoutOrder, Money};
///
/// let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::som("500")?).account("order_id", "12");
/// let mut out = String::new();
/// write_links([Ok(order.clone()), Ok(order)], &BaseUrl::default(), &mut out)?;
/// assert_eq!(out.lines().count(), 2);
/// # Ok::<(), tiyin::Error>(())
/// ```
pub fn write_links<'a>(
    orders: impl IntoIterator<Item = Result<CheckoutOrder<'a>>>,
    base: &BaseUrl,
    out: &mut String,
) -> Result<()> {
    let mut links = Vec::new();
    let written = append_links(orders, base, &mut links);
    out.push_str(&into_string(links));
    written
}

pub(crate) fn append_links<'a>(
    orders: impl IntoIterator<Item = Result<CheckoutOrder<'a>>>,
    base: &BaseUrl,
    out: &mut Vec<u8>,
) -> Result<()> {
    let mut query = Vec::with_capacity(USUAL_LENGTH);
    for (index, order) in orders.into_iter().enumerate() {
        order.and_then(|order| order.append_link(base, &mut query, out)).map_err(|error| error.at_index(index))?;
        out.push(b'\n');
    }
    Ok(())
}

pub(super) fn check(order: &CheckoutOrder<'_>) -> Result<()> {
    if !is_uuid(&order.merchant_id) {
        return Err(Error::about(ErrorCode::NotAUuid, "merchantId"));
    }
    if order.amount.minor() <= 0 {
        return Err(Error::about(ErrorCode::AmountNotPositive, "amount"));
    }
    if order.account.is_empty() {
        return Err(Error::about(ErrorCode::MissingAccount, "account"));
    }
    check_fields(&order.account, "account")?;
    match &order.return_url {
        None => Ok(()),
        Some(url) => url::check(url).map_err(|code| Error::about(code, "returnUrl")),
    }
}

pub(super) fn write_query(order: &CheckoutOrder<'_>, query: &mut Vec<u8>) -> Result<()> {
    query.extend_from_slice(b"merchant_id=");
    query.extend_from_slice(order.merchant_id.as_bytes());
    query.extend_from_slice(b"&amount=");
    let unit = order.unit();
    write_number(written_amount(order.amount, unit)?, query);
    if let Some(url) = &order.return_url {
        query.extend_from_slice(b"&return_url=");
        form::encode(url.as_bytes(), query);
        check_length(query).map_err(|error| error.at("returnUrl"))?;
    }
    if unit == Unit::Minor {
        query.extend_from_slice(b"&amount_in_tiyin=True");
    }
    if order.amount.currency() == Currency::Usd {
        query.extend_from_slice(b"&currency_id=840");
    }
    if let Some(currency) = order.convert_to {
        query.extend_from_slice(match currency {
            Currency::Uzs => b"&convert_to=860",
            Currency::Usd => b"&convert_to=840",
        });
    }
    write_fields(&order.account, "account", b"&account.", query)
}

/// Appends fields, each with `before` before it; errors name them as members of `whole`.
pub(super) fn write_fields(
    fields: &[(Cow<'_, str>, Cow<'_, str>)],
    whole: &str,
    before: &[u8],
    query: &mut Vec<u8>,
) -> Result<()> {
    for (name, value) in fields {
        query.extend_from_slice(before);
        form::encode(name.as_bytes(), query);
        query.push(b'=');
        form::encode(value.as_bytes(), query);
        check_length(query).map_err(|error| error.at(name).at(whole))?;
    }
    Ok(())
}

/// The member that makes a query too long is the one to name.
pub(super) fn check_length(query: &[u8]) -> Result<()> {
    if query.len() > MAX_LENGTH { Err(too_long()) } else { Ok(()) }
}

fn written_amount(amount: Money, unit: Unit) -> Result<u64> {
    let minor = amount.minor().unsigned_abs();
    match unit {
        Unit::Minor => Ok(minor),
        Unit::Major if amount.is_whole() => Ok(minor / 100),
        Unit::Major => {
            let code = match amount.currency() {
                Currency::Uzs => ErrorCode::FractionalSom,
                Currency::Usd => ErrorCode::FractionalDollar,
            };
            Err(Error::about(code, "wireUnit"))
        }
    }
}
