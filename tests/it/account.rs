//! The account form, by the table that the package's suite runs as well, and by properties.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use tiyin::account::{AccountForm, FieldErrorCode, FieldNote, build_account};
use tiyin::paylov::{Category, FieldContent, FieldKind, FieldSpec, FieldValue, Service, ServiceFields};
use tiyin::{Error, ErrorCode, Money};

const TABLE: &str = include_str!("../fixtures/account/cases.json");

fn table() -> &'static Value {
    static PARSED: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(TABLE).unwrap());
    &PARSED
}

fn text(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(String::from)
}

fn service(described: &Value) -> ServiceFields {
    let limit = |name: &str| serde_json::from_value(described[name].clone()).unwrap();
    let fields = described["fields"].as_array().unwrap().iter().map(field).collect();
    service_of(limit("min"), limit("max"), fields)
}

fn service_of(min: Money, max: Money, fields: Vec<FieldSpec>) -> ServiceFields {
    let category = Category { id: 3, name: "Bills".into() };
    let service = Service {
        service_id: "6ae5eaf5".into(),
        name: "A service".into(),
        category,
        min,
        max,
        active: true,
        has_info: true,
        can_cancel: false,
        payable: true,
        logo: None,
    };
    ServiceFields { service, fields, response_fields: Vec::new() }
}

fn field(field: &Value) -> FieldSpec {
    let values = field["values"].as_array().unwrap().iter().map(|value| FieldValue {
        id: value["id"].as_u64().unwrap(),
        value: text(value, "value").unwrap(),
        title: text(value, "title").unwrap(),
        filter: text(value, "filter"),
    });
    FieldSpec {
        field_id: text(field, "fieldId").unwrap(),
        name: text(field, "name").unwrap(),
        title: text(field, "title").unwrap(),
        kind: if field["type"] == "select" { FieldKind::Select } else { FieldKind::Text },
        content: if field["content"] == "number" { FieldContent::Number } else { FieldContent::Text },
        validation: text(field, "validation"),
        length: field["length"].as_u64(),
        required: field["required"].as_bool().unwrap(),
        dependency_of: text(field, "dependencyOf"),
        values: values.collect(),
    }
}

fn typed(name: &str) -> FieldSpec {
    FieldSpec {
        field_id: "1".into(),
        name: name.into(),
        title: name.into(),
        kind: FieldKind::Text,
        content: FieldContent::Text,
        validation: None,
        length: None,
        required: true,
        dependency_of: None,
        values: Vec::new(),
    }
}

fn patterned(pattern: &str) -> ServiceFields {
    let field = FieldSpec { validation: Some(pattern.into()), required: false, ..typed("value") };
    service_of(som(500), som(5000), vec![field])
}

fn som(whole: i64) -> Money {
    Money::som(&whole.to_string()).unwrap()
}

/// Whether a value is as a pattern asks; `None` where that is not checked.
fn fits(pattern: &str, value: &str) -> Option<bool> {
    let service = patterned(pattern);
    let mut form = AccountForm::new(&service).unwrap();
    form.set("value", value).unwrap();
    let view = &form.fields()[0];
    let is_checked = !view.notes.contains(&FieldNote::PatternNotChecked);
    assert!(is_checked || view.error.is_none(), "what is not checked refuses nothing");
    is_checked.then_some(view.error != Some(FieldErrorCode::PatternMismatch))
}

/// Does what a row says; the form is as it was left.
fn played<'a>(row: &'a Value, services: &Value) -> Result<AccountForm<'a>, Error> {
    let service = service(&services[row["service"].as_str().unwrap()]);
    let values = row["values"].as_object().into_iter().flatten();
    let values: Vec<_> = values.map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    let mut form = AccountForm::with_values(&service, &values)?;
    for step in row["set"].as_array().unwrap() {
        form.set(step[0].as_str().unwrap(), step[1].as_str().unwrap())?;
    }
    Ok(form)
}

fn views(form: &AccountForm<'_>) -> Value {
    let views = form.fields().into_iter().map(|view| {
        let options: Vec<_> = view.options.iter().map(|option| option.value).collect();
        let error = view.error.map(FieldErrorCode::as_str);
        let shown = json!({ "value": view.value, "options": options, "error": error, "notes": view.notes });
        (view.name.to_owned(), shown)
    });
    Value::Object(views.collect())
}

fn errors(form: &AccountForm<'_>) -> Value {
    let errors = form.errors().into_iter().map(|error| (error.name, error.code.as_str().into()));
    Value::Object(errors.collect())
}

fn account(form: &AccountForm<'_>) -> Option<Value> {
    let account = form.account().ok()?;
    Some(Value::Object(account.iter().map(|(name, value)| (name.to_string(), value.as_ref().into())).collect()))
}

#[test]
fn forms_do_what_the_table_says() {
    let table = table();
    let rows = table["cases"].as_array().unwrap();
    assert!(rows.len() >= 60, "{} rows", rows.len());
    for row in rows {
        let name = row["name"].as_str().unwrap();
        let form = match played(row, &table["services"]) {
            Ok(form) => form,
            Err(error) => {
                let expected = row["refused"].as_array().unwrap_or_else(|| panic!("{name}: {error}"));
                assert_eq!(
                    (error.code().as_str(), error.field()),
                    (expected[0].as_str().unwrap(), expected[1].as_str()),
                    "{name}"
                );
                continue;
            }
        };
        assert!(row["refused"].is_null(), "{name}: it is refused");
        let shown = views(&form);
        for (field, expected) in row["fields"].as_object().into_iter().flatten() {
            for (member, expected) in expected.as_object().unwrap() {
                assert_eq!(&shown[field][member], expected, "{name}: {member} of {field}");
            }
        }
        if !row["errors"].is_null() {
            assert_eq!(errors(&form), row["errors"], "{name}");
        }
        if !row["account"].is_null() {
            // As text, since order counts.
            assert_eq!(account(&form).map(|account| account.to_string()), Some(row["account"].to_string()), "{name}");
        }
    }
}

#[test]
fn patterns_and_amounts_do_what_the_table_says() {
    let table = table();
    for row in table["patterns"].as_array().unwrap() {
        let expected = row["fits"].as_bool();
        assert!(expected.is_some() || row["checked"] == false, "{row}");
        assert_eq!(fits(row["pattern"].as_str().unwrap(), row["value"].as_str().unwrap()), expected, "{row}");
    }
    let form = AccountForm::new(&service(&table["services"]["electricity"])).unwrap();
    for row in table["amounts"].as_array().unwrap() {
        let amount = Money::new(row["minor"].as_i64().unwrap(), tiyin::Currency::Uzs).unwrap();
        let error = form.check_amount(amount).unwrap();
        assert!(error.as_ref().is_none_or(|error| error.name == "amount"));
        assert_eq!(error.map(|error| error.code.as_str()), row["code"].as_str(), "{row}");
    }
    assert_eq!(form.check_amount(Money::usd("5").unwrap()).unwrap_err().code(), ErrorCode::CurrencyMismatch);
}

#[test]
fn limits_of_zero_are_none_and_others_than_som_are_refused() {
    let form = AccountForm::new(&service_of(som(0), som(0), Vec::new())).unwrap();
    assert_eq!(form.check_amount(som(9_000_000_000)).unwrap(), None);
    assert_eq!(form.check_amount(som(0)).unwrap().unwrap().code, FieldErrorCode::AmountTooSmall);
    let dollars = service_of(Money::usd("5").unwrap(), som(0), Vec::new());
    assert_eq!(AccountForm::new(&dollars).unwrap_err().code(), ErrorCode::CurrencyMismatch);
}

#[test]
fn a_form_has_a_hundred_fields_at_most() {
    let of = |count: usize| {
        let chain = |at: usize| FieldSpec {
            dependency_of: at.checked_sub(1).map(|above| format!("f{above}")),
            ..typed(&format!("f{at}"))
        };
        AccountForm::new(&service_of(som(500), som(5000), (0..count).map(chain).collect()))
            .map(|form| form.fields().len())
    };
    assert_eq!(of(100).unwrap(), 100);
    assert_eq!(of(101).unwrap_err().code(), ErrorCode::TooLong);
}

#[test]
fn an_incomplete_account_says_what_is_wrong_of_each_field() {
    let table = table();
    let service = service(&table["services"]["electricity"]);
    let error = build_account(&service, &[("region", "3"), ("customer_code", "5")]).unwrap_err();
    assert_eq!(error.code(), ErrorCode::AccountIncomplete);
    let errors: Vec<_> = error.field_errors().iter().map(|error| (error.name.as_str(), error.code)).collect();
    assert_eq!(errors, [("region", FieldErrorCode::NotAnOption), ("soato", FieldErrorCode::Required)]);
    assert_eq!(Error::from(ErrorCode::Internal).field_errors(), []);
}

/// Patterns of what is checked, and only that.
fn pattern() -> impl Strategy<Value = String> {
    let parts = [
        "a", "b", "1", "я", "_", " ", "-", ".", "\\.", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "[ab]", "[^a1]",
        "[a-c1]", "[^\\w]", "[\\d_]", "[\\s.-]", "[а-я]", "^", "$", "ab", "",
    ];
    let leaf = prop::sample::select(parts.to_vec()).prop_map(String::from);
    leaf.prop_recursive(4, 12, 3, |inner| {
        let signs = prop::sample::select(vec!["?", "*", "+", "{2}", "{0,2}", "{1,3}", "{2,}", "*?", "+?", "{0}"]);
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{one}{other}")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("(?:{one}|{other})")),
            inner.clone().prop_map(|part| format!("({part})")),
            (inner, signs).prop_map(|(part, sign)| format!("(?:{part}){sign}")),
        ]
    })
}

fn compiled(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern).unwrap()
}

/// Fields of the table's tree, and values to set there.
fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["street", "country", "region", "district", "office", "operator"])
}

fn values() -> impl Strategy<Value = &'static str> {
    let values =
        vec!["", "uz", "kz", "r1", "r2", "r3", "d1", "d2", "d3", "o0", "o1", "o2", "s1", "s2", "s9", "90", "7", "x"];
    prop::sample::select(values)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn patterns_match_as_a_reference_does(pattern in pattern(), value in "[ab1_ .\\n-]{0,12}") {
        let value = value.trim_ascii();
        // Where nothing is required, nothing has to match.
        let expected = value.is_empty() || compiled(&pattern).is_match(value);
        prop_assert_eq!(fits(&pattern, value), Some(expected));
    }

    #[test]
    fn no_value_is_refused_that_a_dialect_with_unicode_takes(pattern in pattern(), value in "[abя1_ ʻў.-]{1,12}") {
        let is_match = compiled(&pattern).is_match(value.trim_ascii());
        prop_assert!(!is_match || fits(&pattern, &value) != Some(false), "{pattern} {value:?}");
    }

    #[test]
    fn any_text_is_a_pattern_or_is_not_checked(pattern in ".{0,40}", value in ".{0,140}") {
        fits(&pattern, &value);
    }

    #[test]
    fn any_signs_are_a_pattern_or_are_not_checked(pattern in r"[\[\](){}?*+|^$\\.,\-:\dabDw0-9]{0,24}", value in "[ab0-9]{0,140}") {
        fits(&pattern, &value);
    }

    #[test]
    fn what_depends_on_a_field_fits_after_that_was_set(steps in prop::collection::vec((names(), values()), 0..20)) {
        let table = table();
        let tree = service(&table["services"]["tree"]);
        let mut form = AccountForm::new(&tree).unwrap();
        for (name, value) in steps {
            let before = views(&form);
            let changed = form.set(name, value).unwrap();
            let after = views(&form);
            let mut below = vec![name];
            for _ in 0..tree.fields.len() {
                let depends = |field: &&FieldSpec| field.dependency_of.as_deref().is_some_and(|above| below.contains(&above));
                let more: Vec<_> = tree.fields.iter().filter(depends).map(|field| field.name.as_str()).collect();
                below.extend(more.into_iter().filter(|name| !below.contains(name)).collect::<Vec<_>>());
            }
            prop_assert_eq!(&after[name]["value"], value);
            for (place, field) in tree.fields.iter().enumerate() {
                let (was, is) = (&before[&field.name], &after[&field.name]);
                // Nobody else is touched, and whoever looks different is told.
                prop_assert!(was == is || changed.contains(&place), "{}", field.name);
                prop_assert!(was == is || below.contains(&field.name.as_str()), "{}", field.name);
                prop_assert!(field.name == name || is["value"] == was["value"] || is["value"] == "", "{}", field.name);
                let is_child = field.dependency_of.as_deref() == Some(name) && before[name] != after[name];
                prop_assert!(!is_child || is["error"] != "not_an_option", "{}", field.name);
            }
        }
    }

    #[test]
    fn children_that_were_chosen_from_their_options_always_fit(
        steps in prop::collection::vec((names(), any::<prop::sample::Index>()), 0..30),
    ) {
        let table = table();
        let tree = service(&table["services"]["tree"]);
        let mut form = AccountForm::new(&tree).unwrap();
        for (name, choice) in steps {
            let view = form.fields().into_iter().find(|view| view.name == name).unwrap();
            let mut options: Vec<_> = view.options.iter().map(|option| option.value.to_owned()).collect();
            options.push(String::new());
            form.set(name, options[choice.index(options.len())].clone()).unwrap();
            for view in form.fields() {
                prop_assert!(view.error != Some(FieldErrorCode::NotAnOption), "{}", view.name);
            }
        }
    }

    #[test]
    fn a_form_without_errors_has_the_account_that_its_values_build(
        service_name in prop::sample::select(vec!["tree", "electricity", "texts", "typed", "counted", "patterned"]),
        drawn in prop::collection::vec("[ 0-9A-Za-z]{0,10}|26280|r[12]|uz|1", 8),
        chosen in prop::collection::vec(any::<Option<prop::sample::Index>>(), 8),
    ) {
        let table = table();
        let service = service(&table["services"][service_name]);
        let mut form = AccountForm::new(&service).unwrap();
        for (place, (value, choice)) in drawn.iter().zip(&chosen).enumerate().take(service.fields.len()) {
            let name = service.fields[place].name.as_str();
            let options: Vec<_> = form.fields()[place].options.iter().map(|option| option.value.to_owned()).collect();
            match choice.filter(|_| !options.is_empty()) {
                Some(choice) => form.set(name, choice.get(&options).clone()).unwrap(),
                None => form.set(name, value.as_str()).unwrap(),
            };
        }
        let shown: Vec<_> = form.fields().iter().filter_map(|view| Some((view.name.to_owned(), view.error?))).collect();
        let told: Vec<_> = form.errors().into_iter().map(|error| (error.name, error.code)).collect();
        prop_assert_eq!(&shown, &told);
        let values: Vec<_> = form.fields().iter().map(|view| (view.name.to_owned(), view.value.to_owned())).collect();
        let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let built = build_account(&service, &values);
        prop_assert_eq!(form.account().ok(), built.as_ref().ok().cloned());
        prop_assert_eq!(told.is_empty(), built.is_ok());
        if let Err(error) = built {
            prop_assert_eq!(error.field_errors(), form.errors());
        }
    }
}
