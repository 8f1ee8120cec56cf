//! The account form for JavaScript.
//!
//! A form keeps its service as a text (src/account/schema.rs) and its values in JavaScript, and gives both to each call: nothing
//! of a form stays in the module.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::Reader;
use super::json::{self, Json};
use super::money::read_money;
use super::output::plain;
use crate::account::{AccountForm, Choice, Field, FieldErrorCode, Finding, Schema, SchemaWriter, above, write_choice};
use crate::error::{ErrorCode, Result};
use crate::money::Money;

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
/**
 * The form of a service's account: a value for each field, what can be chosen, and what is wrong.
 *
 * It shows nothing itself. A page draws `fields`, calls `set` with what the payer chooses and types, and gives
 * `account()` to `getInfo` and `createPayment`. What is typed stays as it was typed; spaces around it count for nothing.
 *
 * @example
 * const text = { type: "text", content: "number", required: true, values: [] };
 * const region = { ...text, type: "select", values: [{ id: 7, value: "1", title: "Toshkent" }] };
 * const fields = [
 *   { ...region, fieldId: "9", name: "region", title: "Region" },
 *   { ...text, fieldId: "11", name: "customer_code", title: "Customer code", length: 7 },
 * ];
 * const form = new AccountForm({ min: som(500), max: som(5_000_000), fields });
 * form.set("region", "1");
 * form.set("customer_code", "100000O");
 * form.fields[1].error; // "not_numeric"
 * form.set("customer_code", "1000000");
 * form.account(); // { region: "1", customer_code: "1000000" }
 */
export class AccountForm {
    /**
     * A form of what `getFields` answered, filled in where values are given; of those nothing is cleared.
     *
     * @throws {TiyinError} `unknown_dependency`, `cyclic_dependency`, `duplicate_field`, each with the field's name as `field`;
     * `unknown_field` for a value without a field, and for what no service has
     */
    constructor(service: FormService, values?: Readonly<Record<string, string>>);

    /**
     * The fields in the service's order. The list and each field in it stay the same objects until something about them
     * changes; nothing of them can be changed.
     */
    get fields(): readonly FieldView[];

    /**
     * Sets what was chosen or typed. What was chosen in fields that depend on it, and cannot be chosen any more or means
     * something else now, is cleared, and so on down. Nothing is chosen by itself.
     *
     * @throws {TiyinError} `unknown_field`
     */
    set(name: string, value: string): void;

    /**
     * Calls a function after each change, until what is returned is called. It can be handed on by itself.
     *
     * @example
     * const form = new AccountForm({ min: som(500), max: som(5000), fields: [] });
     * const { subscribe } = form;
     * // In React: const fields = useSyncExternalStore(form.subscribe, () => form.fields);
     * const unsubscribe = subscribe(() => console.log(form.fields));
     * typeof unsubscribe; // "function"
     */
    subscribe(listener: () => void): () => void;

    /**
     * What is wrong, in the fields' order; where nothing is, `account()` has an answer.
     */
    errors(): FieldError[];

    /**
     * What is wrong with an amount for this service, or nothing. Limits of zero are none.
     *
     * @throws {TiyinError} `currency_mismatch` for an amount that is not in som
     * @example
     * const form = new AccountForm({ min: som(500), max: som(5000), fields: [] });
     * form.checkAmount(som("750.50")); // { name: "amount", code: "fractional_som" }
     */
    checkAmount(money: Money): FieldError | undefined;

    /**
     * The account, in the fields' order. What is empty and not required is left out.
     *
     * @throws {TiyinError} `account_incomplete` with all `errors`
     */
    account(): Record<string, string>;
}

/**
 * The part of a service that a form needs: what `getFields` answers, all of it or this.
 */
export type FormService = Pick<ServiceFields, "min" | "max"> & Partial<Omit<ServiceFields, "fields">> & {
    fields: readonly FieldSpec[];
};

/**
 * The account of a service for these values, as a form would give it.
 *
 * @throws {TiyinError} `account_incomplete` with all `errors`, and as `new AccountForm`
 * @example
 * const field = { fieldId: "11", name: "phone", title: "Phone", type: "text", content: "number", required: true, values: [] };
 * buildAccount({ min: som(500), max: som(5000), fields: [field] }, { phone: " 901234567" }); // { phone: "901234567" }
 */
export function buildAccount(service: FormService, values: Readonly<Record<string, string>>): Record<string, string>;
"#;

/// A new form: its service as text, and its fields.
pub(super) fn form(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let mut form = AccountForm::of(read_service(arguments)?);
    if let Some(values) = arguments.whole("values").optional() {
        values.start_object();
        while let Some(name) = values.member() {
            let value = values.text();
            match form.place(name) {
                Some(place) => form.put(place, value),
                None => values.refuse(ErrorCode::UnknownField.into()),
            }
        }
    }
    let mut json = Json::default();
    json.raw("{");
    json.member("schema", Some(form.schema().as_text()));
    json.raw("\"fields\":[");
    write_views(&form, None, &mut json);
    json.close("]}");
    Ok(json.finished())
}

/// Sets a value: the fields that look different now, by their places.
pub(super) fn set(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let mut form = read_form(arguments);
    let name = arguments.whole("name").text();
    let value = arguments.whole("value").text();
    arguments.whole("");
    let changed = form.set(name, value)?;
    let mut json = Json::default();
    json.raw("{");
    write_views(&form, Some(&changed), &mut json);
    json.close("}");
    Ok(json.finished())
}

/// What is wrong with an amount: a code, or nothing.
pub(super) fn check_amount(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let schema = read_schema(arguments);
    let amount = read_money(arguments.argument("money"));
    // The error names the argument itself.
    arguments.whole("");
    Ok(plain(schema.check_amount(amount)?.map_or("", FieldErrorCode::as_str)))
}

pub(super) fn account(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let form = read_form(arguments);
    arguments.whole("");
    form.account().map(|account| json::fields(&account))
}

/// Checks what is to be called after a change.
pub(super) fn listener(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    read_schema(arguments);
    arguments.whole("listener").function();
    Ok(Vec::from(b"null"))
}

/// Reads a service, and its fields, which are an argument of their own: no argument is so deep.
fn read_service(arguments: &mut Reader<'_>) -> Result<Schema<'static>> {
    const NAMES: &str = "min max fields serviceId name category active hasInfo canCancel payable logo responseFields";
    let (mut min, mut max) = (Money::ZERO, Money::ZERO);
    let service = arguments.whole("service");
    service.start_object();
    let mut found = 0;
    while let Some(member) = service.known_member(NAMES, 3, &mut found) {
        match member {
            0 => min = read_money(service),
            1 => max = read_money(service),
            _ => service.skip(),
        }
    }
    let mut schema = SchemaWriter::new(min, max)?;
    let fields = arguments.whole("service.fields");
    fields.start_list();
    while fields.has_item() {
        read_field(fields, &mut schema);
    }
    arguments.whole("service");
    schema.finished()
}

fn read_field(value: &mut Reader<'_>, schema: &mut SchemaWriter) {
    const NAMES: &str = "name title type content required values fieldId validation length dependencyOf";
    let mut field = Field::default();
    let mut choices = Vec::new();
    value.start_object();
    let mut found = 0;
    while let Some(member) = value.known_member(NAMES, 6, &mut found) {
        match member {
            0 => field.name = value.text(),
            1 => field.title = value.text(),
            2 => field.is_select = value.word("select text") == 0,
            3 => field.is_numeric = value.word("text number") == 1,
            4 => field.is_required = value.flag(),
            5 => read_choices(value, &mut choices),
            7 => field.validation = value.text(),
            8 => field.length = value.number_between(0, Money::MAX_MINOR),
            9 => field.dependency_of = value.text(),
            _ => value.skip(),
        }
    }
    schema.add(&field, &choices);
}

fn read_choices(values: &mut Reader<'_>, choices: &mut Vec<u8>) {
    values.start_list();
    while values.has_inner_item() {
        let mut choice = Choice::default();
        values.start_object();
        let mut found = 0;
        while let Some(member) = values.known_member("id value title filter", 3, &mut found) {
            match member {
                0 => choice.id = values.number_between(0, Money::MAX_MINOR),
                1 => choice.value = values.text(),
                2 => choice.title = values.text(),
                _ => choice.filter = values.text(),
            }
        }
        write_choice(choice, choices);
    }
}

/// What `schema` of a new form was. Only a form has it.
fn read_schema<'a>(arguments: &mut Reader<'a>) -> Schema<'a> {
    Schema::of_text(arguments.whole("this").text())
}

fn read_form<'a>(arguments: &mut Reader<'a>) -> AccountForm<'a> {
    let mut form = AccountForm::of(read_schema(arguments));
    arguments.start_list();
    let mut place = 0;
    while arguments.has_item() {
        form.put(place, arguments.text());
        place = place.wrapping_add(1);
    }
    form
}

/// Writes all fields, or those at these places behind their places, as [`AccountForm::fields`] shows them.
fn write_views(form: &AccountForm<'_>, places: Option<&[usize]>, json: &mut Json) {
    let fields = form.schema().fields();
    for (place, (field, value)) in fields.iter().zip(form.values()).enumerate() {
        if let Some(places) = places {
            if !places.contains(&place) {
                continue;
            }
            json.place(place);
        }
        let above = above(&fields, form.values(), field);
        let Finding { error, is_unchecked } = field.examined(value, above);
        json.raw("{");
        json.member("name", Some(field.name));
        json.member("title", Some(field.title));
        json.member("kind", Some(if field.is_select { "select" } else { "text" }));
        json.flag("numeric", field.is_numeric);
        json.flag("required", field.is_required);
        json.member("value", Some(value));
        json.member("error", error.map(FieldErrorCode::as_str));
        json.raw("\"options\":[");
        for choice in field.choices {
            if field.is_select && choice.fits(above) {
                json.raw("{");
                json.number("id", choice.id);
                json.member("value", Some(choice.value));
                json.member("title", Some(choice.title));
                json.close("},");
            }
        }
        json.close("],\"notes\":[");
        json.raw(if is_unchecked { "\"pattern_not_checked\"]}," } else { "]}," });
    }
}
