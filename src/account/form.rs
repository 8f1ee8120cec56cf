use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::pattern::verdict;
use super::schema::{Choice, Field, Schema, SchemaWriter, place, write_choice};
use crate::endpoint::Fields;
use crate::error::{Error, ErrorCode, Result};
use crate::money::{Currency, Money};
use crate::paylov::{FieldContent, FieldKind, FieldSpec, ServiceFields};
use crate::text::nth;

/// The form of a service's account: a value for each field, what can be chosen, and what is wrong.
///
/// Values stay as they were given. Spaces around what was typed count for nothing, neither in checks nor in
/// [`account`](Self::account).
///
/// ```
/// use tiyin::account::AccountForm;
/// # use tiyin::{Money, paylov::{Category, FieldContent, FieldKind, FieldSpec, FieldValue, Service, ServiceFields}};
/// # let category = Category { id: 3, name: "Коммунальные услуги".into() };
/// # let service = Service { service_id: "5".into(), name: "".into(), category, min: Money::som("500")?, max: Money::som("5000000")?,
/// #     active: true, has_info: true, can_cancel: false, payable: true, logo: None };
/// # let field = FieldSpec { field_id: "9".into(), name: "region".into(), title: "region".into(), kind: FieldKind::Select,
/// #     content: FieldContent::Text, validation: None, length: None, required: true, dependency_of: None, values: vec![] };
/// # let value = |value: &str, filter: Option<&str>| FieldValue { id: 1, value: value.into(), title: value.into(), filter: filter.map(Into::into) };
/// # let fields = vec![
/// #     FieldSpec { values: vec![value("1", None), value("2", None)], ..field.clone() },
/// #     FieldSpec { name: "soato".into(), dependency_of: Some("region".into()), values: vec![value("26280", Some("1")), value("27001", Some("2"))], ..field },
/// # ];
/// # let service = ServiceFields { service, fields, response_fields: vec![] };
///
/// // `service` is what `paylov::GetFields` answers: a region, and a district of it.
/// let mut form = AccountForm::new(&service)?;
/// form.set("region", "1")?;
/// assert_eq!(form.fields()[1].options[0].value, "26280");
/// form.set("soato", "26280")?;
/// form.set("region", "2")?;
/// assert_eq!(form.fields()[1].value, "", "the district was one of the other region");
/// assert_eq!(form.errors()[0].name, "soato");
/// form.set("soato", "27001")?;
/// assert_eq!(form.account()?, [("region".into(), "2".into()), ("soato".into(), "27001".into())]);
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountForm<'a> {
    schema: Schema<'a>,
    /// The fields' values, in their order.
    values: Vec<Cow<'a, str>>,
}

/// A field as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct FieldView<'a> {
    /// The name in the account.
    pub name: &'a str,
    /// What to ask.
    pub title: &'a str,
    /// Whether the payer chooses or types.
    pub kind: FieldKind,
    /// Whether the payer types digits only.
    pub numeric: bool,
    /// Whether a payment needs it.
    pub required: bool,
    /// What was chosen or typed, as it was given; empty where nothing was.
    pub value: &'a str,
    /// What can be chosen beside the values of the other fields.
    #[cfg_attr(feature = "js-types", tsify(type = "readonly FieldOption[]"))]
    pub options: Vec<FieldOption<'a>>,
    /// What is wrong with the value, also where nobody has touched the field yet: when to show it is the page's choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub error: Option<FieldErrorCode>,
    /// What a page may want to know besides.
    #[cfg_attr(feature = "js-types", tsify(type = "readonly FieldNote[]"))]
    pub notes: Vec<FieldNote>,
}

/// Something that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct FieldOption<'a> {
    /// The value's id at Paylov.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub id: u64,
    /// What to set.
    pub value: &'a str,
    /// What to show.
    pub title: &'a str,
}

/// Something to know of a field that is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum FieldNote {
    /// The service has a pattern for the value that is not plainly safe to run, or the value is longer than 128 characters:
    /// only the service knows whether it fits.
    PatternNotChecked,
}

/// What is wrong with the value of a field, or with an amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct FieldError {
    /// The field's name; of an amount `amount`.
    pub name: String,
    /// What is wrong.
    pub code: FieldErrorCode,
}

/// What can be wrong with the value of a field, or with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum FieldErrorCode {
    /// Nothing was given, and a payment needs it.
    Required,
    /// None of those that can be chosen beside the values of the other fields.
    NotAnOption,
    /// Something else than the digits 0 to 9.
    NotNumeric,
    /// Longer than the service takes.
    WrongLength,
    /// Not of the form that the service asks for.
    PatternMismatch,
    /// Below the service's smallest amount, or not above zero.
    AmountTooSmall,
    /// Above the service's largest amount.
    AmountTooLarge,
    /// With a tiyin part, which the service cannot be told.
    FractionalSom,
}

impl FieldErrorCode {
    /// The code as it is written everywhere outside Rust: `not_an_option`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        const NAMES: &str = "required not_an_option not_numeric wrong_length pattern_mismatch amount_too_small amount_too_large \
            fractional_som";
        nth(NAMES, b' ', self as usize)
    }
}

/// The account of a service for these values, as a form would give it.
///
/// # Errors
/// [`ErrorCode::AccountIncomplete`] with what is wrong of each field, [`ErrorCode::UnknownField`] for a value without a field,
/// and what [`AccountForm::new`] refuses.
pub fn build_account(service: &ServiceFields, values: &[(&str, &str)]) -> Result<Fields<'static>> {
    let form = AccountForm::with_values(service, values)?;
    let account = form.account()?;
    let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    Ok(account.into_iter().map(|(name, value)| (owned(name), owned(value))).collect())
}

impl<'a> AccountForm<'a> {
    /// An empty form.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownDependency`], [`ErrorCode::CyclicDependency`] and [`ErrorCode::DuplicateField`] with the field's
    /// name, [`ErrorCode::EmptyAccountKey`]; [`ErrorCode::TooLong`] for more than a hundred fields,
    /// [`ErrorCode::CurrencyMismatch`] for limits that are not in som.
    pub fn new(service: &ServiceFields) -> Result<Self> {
        let mut schema = SchemaWriter::new(service.service.min, service.service.max)?;
        for field in &service.fields {
            add_field(field, &mut schema);
        }
        Ok(Self::of(schema.finished()?))
    }

    /// A form that is filled in already. Nothing is cleared: what does not fit has its error.
    ///
    /// # Errors
    /// As [`Self::new`], and [`ErrorCode::UnknownField`] for a value without a field.
    pub fn with_values(service: &ServiceFields, values: &[(&str, &'a str)]) -> Result<Self> {
        let mut form = Self::new(service)?;
        for (name, value) in values {
            let at = form.place(name).ok_or_else(|| Error::about(ErrorCode::UnknownField, name))?;
            form.put(at, value);
        }
        Ok(form)
    }

    /// An empty form of a service that was checked.
    pub(crate) fn of(schema: Schema<'a>) -> Self {
        let mut values = Vec::new();
        values.resize(schema.fields().len(), Cow::Borrowed(""));
        Self { schema, values }
    }

    #[cfg(feature = "js-clients")]
    pub(crate) fn schema(&self) -> &Schema<'a> {
        &self.schema
    }

    /// The place of the field with this name.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        place(&self.schema.fields(), name)
    }

    /// Puts a value in and looks at no other field.
    pub(crate) fn put(&mut self, at: usize, value: &'a str) {
        if let Some(slot) = self.values.get_mut(at) {
            *slot = value.into();
        }
    }

    /// Sets the value of a field. What was chosen of fields that depend on it, and cannot be chosen any more, is cleared, and
    /// so on down; nothing is chosen by itself. A value that means something else now, by its title, is cleared too: some
    /// services count their districts from one in every region.
    ///
    /// The answer are the places of the fields that look different now: none where the value was this one already.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownField`] where there is no such field.
    pub fn set(&mut self, name: &str, value: impl Into<Cow<'a, str>>) -> Result<Vec<usize>> {
        self.change(name, value.into())
    }

    fn change(&mut self, name: &str, value: Cow<'a, str>) -> Result<Vec<usize>> {
        let fields = self.schema.fields();
        let at = place(&fields, name).ok_or_else(|| Error::about(ErrorCode::UnknownField, name))?;
        let before = self.values.clone();
        let mut changed = Vec::new();
        let mut next = 0usize;
        if let Some(slot) = self.values.get_mut(at) {
            *slot = value;
        }
        if self.values.get(at) != before.get(at) {
            changed.push(at);
        }
        while let Some((at, parent)) = changed.get(next).and_then(|at| Some((*at, fields.get(*at)?))) {
            next = next.wrapping_add(1);
            if self.values.get(at) == before.get(at) {
                continue;
            }
            for (child, field) in fields.iter().enumerate() {
                if !field.is_select || field.dependency_of != parent.name {
                    continue;
                }
                let offers_others =
                    !field.offers_alike(above(&fields, &before, field), above(&fields, &self.values, field));
                let (title_before, title) = (chosen(&fields, &before, child), chosen(&fields, &self.values, child));
                let is_lost = title.is_none() || title_before.is_some() && title_before != title;
                if is_lost && let Some(slot) = self.values.get_mut(child) {
                    *slot = Cow::Borrowed("");
                }
                if offers_others || self.values.get(child) != before.get(child) {
                    changed.push(child);
                }
            }
        }
        Ok(changed)
    }

    /// The fields in the service's order, with what is chosen, can be chosen, and is wrong.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldView<'_>> {
        let fields = self.schema.fields();
        let views = fields.iter().zip(&self.values).map(|(field, value)| {
            let above = above(&fields, &self.values, field);
            let finding = field.examined(value, above);
            let options = field.choices.filter(|choice| field.is_select && choice.fits(above));
            FieldView {
                name: field.name,
                title: field.title,
                kind: if field.is_select { FieldKind::Select } else { FieldKind::Text },
                numeric: field.is_numeric,
                required: field.is_required,
                value,
                options: options.map(|Choice { id, value, title, .. }| FieldOption { id, value, title }).collect(),
                error: finding.error,
                notes: finding.is_unchecked.then_some(FieldNote::PatternNotChecked).into_iter().collect(),
            }
        });
        views.collect()
    }

    /// The fields' values, in their order.
    #[cfg(feature = "js-clients")]
    pub(crate) fn values(&self) -> &[Cow<'a, str>] {
        &self.values
    }

    /// What is wrong, in the fields' order: nothing where [`Self::account`] has an answer.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        self.account().err().map_or_else(Vec::new, |error| error.field_errors().into())
    }

    /// What is wrong with an amount. The limits count where they are above zero, and an amount must be.
    ///
    /// # Errors
    /// [`ErrorCode::CurrencyMismatch`] for an amount that is not in som.
    pub fn check_amount(&self, amount: Money) -> Result<Option<FieldError>> {
        let code = self.schema.check_amount(amount)?;
        Ok(code.map(|code| FieldError { name: String::from("amount"), code }))
    }

    /// The account of these values, in the fields' order. What is empty and not required is left out.
    ///
    /// # Errors
    /// [`ErrorCode::AccountIncomplete`] with all [errors](Error::field_errors).
    pub fn account(&self) -> Result<Fields<'_>> {
        let fields = self.schema.fields();
        let mut account = Vec::new();
        let mut errors = Vec::new();
        for (field, value) in fields.iter().zip(&self.values) {
            let value = field.given(value);
            if let Some(code) = field.examined(value, above(&fields, &self.values, field)).error {
                errors.push(FieldError { name: field.name.into(), code });
            } else if !value.is_empty() {
                account.push((Cow::Borrowed(field.name), Cow::Borrowed(value)));
            }
        }
        if errors.is_empty() {
            return Ok(account);
        }
        Err(Error::from(ErrorCode::AccountIncomplete).in_call(|facts| facts.field_errors = errors))
    }
}

/// The value that decides what can be chosen, where there is such a field.
pub(crate) fn above<'v>(fields: &[Field<'_>], values: &'v [Cow<'_, str>], field: &Field<'_>) -> Option<&'v str> {
    let parent = place(fields, field.dependency_of)?;
    Some(fields.get(parent)?.given(values.get(parent)?))
}

/// The title of what is chosen, if it can be.
fn chosen<'f>(fields: &[Field<'f>], values: &[Cow<'_, str>], at: usize) -> Option<&'f str> {
    let field = fields.get(at)?;
    field.title_of(values.get(at)?, above(fields, values, field))
}

/// What is known of a value.
pub(crate) struct Finding {
    pub(crate) error: Option<FieldErrorCode>,
    /// Whether there is a pattern that was not compared.
    pub(crate) is_unchecked: bool,
}

impl Choice<'_> {
    /// Whether this can be chosen beside this value of the field above, where there is one.
    pub(crate) fn fits(&self, above: Option<&str>) -> bool {
        self.filter.is_empty() || above.is_none_or(|value| value == self.filter)
    }
}

impl Schema<'_> {
    pub(crate) fn check_amount(&self, amount: Money) -> Result<Option<FieldErrorCode>> {
        if amount.currency() != Currency::Uzs {
            return Err(Error::about(ErrorCode::CurrencyMismatch, "money"));
        }
        let (min, max) = self.limits();
        let minor = u64::try_from(amount.minor()).unwrap_or_default();
        Ok(if minor < min.max(1) {
            Some(FieldErrorCode::AmountTooSmall)
        } else if max > 0 && minor > max {
            Some(FieldErrorCode::AmountTooLarge)
        } else {
            (!amount.is_whole()).then_some(FieldErrorCode::FractionalSom)
        })
    }
}

impl<'f> Field<'f> {
    /// The title of a value, if it can be chosen beside this one of the field above.
    fn title_of(&self, value: &str, above: Option<&str>) -> Option<&'f str> {
        for choice in self.choices {
            if choice.value == value && choice.fits(above) {
                return Some(choice.title);
            }
        }
        None
    }

    /// Whether the same can be chosen beside two values of the field above.
    fn offers_alike(&self, one: Option<&str>, other: Option<&str>) -> bool {
        let mut choices = self.choices;
        choices.all(|choice| choice.fits(one) == choice.fits(other))
    }

    pub(crate) fn examined(&self, value: &str, above: Option<&str>) -> Finding {
        let value = self.given(value);
        let verdict = if self.is_select { Some(true) } else { verdict(self.validation, value) };
        let error = if value.is_empty() {
            self.is_required.then_some(FieldErrorCode::Required)
        } else if self.is_select {
            self.title_of(value, above).is_none().then_some(FieldErrorCode::NotAnOption)
        } else if self.is_numeric && !value.bytes().all(|byte| byte.is_ascii_digit()) {
            Some(FieldErrorCode::NotNumeric)
        } else if self.length > 0 && characters(value) > self.length {
            Some(FieldErrorCode::WrongLength)
        } else {
            (verdict == Some(false)).then_some(FieldErrorCode::PatternMismatch)
        };
        Finding { error, is_unchecked: verdict.is_none() }
    }

    /// The part of a value that counts.
    fn given<'v>(&self, value: &'v str) -> &'v str {
        if self.is_select { value } else { value.trim_ascii() }
    }
}

/// One by one: what the standard library counts with is made for long texts, and weighs half a kilobyte in the module.
fn characters(text: &str) -> u64 {
    let mut count = 0u64;
    for _ in text.chars() {
        count = count.wrapping_add(1);
    }
    count
}

fn add_field(field: &FieldSpec, schema: &mut SchemaWriter) {
    let mut choices = Vec::new();
    for value in &field.values {
        let filter = value.filter.as_deref().unwrap_or_default();
        write_choice(Choice { id: value.id, value: &value.value, title: &value.title, filter }, &mut choices);
    }
    let described = Field {
        name: &field.name,
        title: &field.title,
        is_select: field.kind == FieldKind::Select,
        is_numeric: field.content == FieldContent::Number,
        is_required: field.required,
        length: field.length.unwrap_or_default(),
        validation: field.validation.as_deref().unwrap_or_default(),
        dependency_of: field.dependency_of.as_deref().unwrap_or_default(),
        ..Field::default()
    };
    schema.add(&described, &choices);
}
