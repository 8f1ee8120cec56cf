//! The catalogue: believable, and with everything in it that the document lets a service be.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::merchant::{Merchant, UCELL, code_of, id_of};

fn listed(query: &str) -> Vec<Value> {
    let mut answer = Merchant::new().get(&format!("servicePayment/list/{query}"));
    answer["result"]["services"].as_array_mut().unwrap().drain(..).collect()
}

fn has(predicate: impl Fn(&Value) -> bool) -> bool {
    listed("").iter().any(predicate)
}

fn fields_of_all() -> Vec<Vec<Value>> {
    let mut merchant = Merchant::new();
    let described = listed("").into_iter().map(|service| {
        let mut fields = merchant.fields(service["service_id"].as_str().unwrap());
        let service = if fields.is_array() { fields[0].take() } else { fields };
        service["fields"].as_array().unwrap().clone()
    });
    described.collect()
}

#[test]
fn services_are_of_many_kinds() {
    for member in ["is_active", "has_info_method", "can_cancel", "payment_available"] {
        for value in [true, false] {
            assert!(has(|service| service[member] == value), "{member}: {value}");
        }
    }
    assert!(has(|service| service.get("logo").is_none()) && has(|service| service["logo"].is_string()));
    let categories: BTreeSet<_> = listed("").iter().map(|service| service["category"].to_string()).collect();
    assert!(categories.len() >= 5);
}

#[test]
fn ids_of_services_fields_and_values_are_their_own() {
    let services = listed("");
    let ids: BTreeSet<_> = services.iter().map(|service| service["service_id"].to_string()).collect();
    assert_eq!(ids.len(), services.len());
    for fields in fields_of_all() {
        for id in ["name", "field_id"] {
            let ids: BTreeSet<_> = fields.iter().map(|field| field[id].to_string()).collect();
            assert_eq!(ids.len(), fields.len(), "{fields:?}");
        }
        for field in fields {
            let values = field["values"].as_array().unwrap();
            let ids: BTreeSet<_> = values.iter().map(|value| value["id"].as_u64()).collect();
            assert_eq!(ids.len(), values.len(), "{field}");
            assert_eq!(field["type"] == "select", !values.is_empty(), "{field}");
        }
    }
}

/// An account as the document explains it: the first value of a choice that fits, and some text.
fn account_of(fields: &[Value]) -> Value {
    let mut account = json!({});
    for field in fields {
        let parent = field.get("dependency_of").and_then(Value::as_str).map(|name| account[name].clone());
        let fits = |value: &&Value| value["filter"].is_null() || Some(&value["filter"]) == parent.as_ref();
        let text = match field["validation"].as_str() {
            Some("^(88|97)[0-9]{7}$") => "971234567",
            Some("^[0-9]{12}$") => "123456789012",
            _ => "123456789",
        };
        let chosen = field["values"].as_array().unwrap().iter().find(fits);
        account[field["name"].as_str().unwrap()] = chosen.map_or(json!(text), |value| value["value"].clone());
    }
    account
}

#[test]
fn what_can_be_sold_can_be_paid_with_an_account_made_of_its_fields() {
    for service in listed("?available_for_me=true") {
        if service["is_active"] == false || service["payment_available"] == false {
            continue;
        }
        let mut merchant = Merchant::new();
        let fields = merchant.fields(service["service_id"].as_str().unwrap());
        let described = if fields.is_array() { &fields[0] } else { &fields };
        let account = account_of(described["fields"].as_array().unwrap());
        for amount in [&service["amount"]["min"], &service["amount"]["max"]] {
            let request = json!({ "service_id": service["service_id"], "account": account, "amount": amount });
            let id = id_of(&merchant.post("create", &request));
            merchant.pay(&id);
            assert_eq!(merchant.status(&id), "paid", "{service}");
        }
        if service["has_info_method"] == true {
            let info = merchant.post("info", &json!({ "service_id": service["service_id"], "account": account }));
            let rows = info["result"]["data"].as_array().unwrap();
            assert!(rows.len() > account.as_object().unwrap().len(), "{service}");
            let told = |field: &Value| rows.iter().any(|row| row["name"] == field["name"]);
            assert!(described["response_fields"].as_array().unwrap().iter().any(told), "{service}");
        }
    }
}

#[test]
fn services_have_names_categories_and_limits() {
    for service in listed("") {
        for text in [&service["name"], &service["category"]["name"]] {
            assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{service}");
        }
        let [min, max] = ["min", "max"].map(|limit| service["amount"][limit].as_u64().unwrap());
        assert!(min > 0 && min < max, "{service}");
    }
}

#[test]
fn a_field_depends_on_one_before_it() {
    for fields in fields_of_all() {
        for (place, field) in fields.iter().enumerate() {
            if let Some(parent) = field.get("dependency_of").and_then(Value::as_str) {
                let parents = &fields[..place];
                let parent = parents.iter().find(|field| field["name"] == parent).expect("a parent");
                let values: Vec<_> = parent["values"].as_array().unwrap().iter().map(|value| &value["value"]).collect();
                for value in field["values"].as_array().unwrap() {
                    assert!(value["filter"].is_null() || values.contains(&&value["filter"]), "{value}");
                }
            }
        }
    }
}

#[test]
fn one_service_has_three_levels_and_a_parent_of_two() {
    let parent_of = |field: &Value| field.get("dependency_of").and_then(Value::as_str).map(String::from);
    let has_both = |fields: &Vec<Value>| {
        let grandparent = |field: &Value| {
            let parent = parent_of(field)?;
            fields.iter().find(|field| field["name"] == parent.as_str()).and_then(parent_of)
        };
        let parents: Vec<_> = fields.iter().filter_map(parent_of).collect();
        fields.iter().any(|field| grandparent(field).is_some())
            && parents.iter().collect::<BTreeSet<_>>().len() < parents.len()
    };
    assert!(fields_of_all().iter().any(has_both));
}

#[test]
fn texts_have_lengths_patterns_and_may_be_optional() {
    let all = fields_of_all();
    let any = |predicate: &dyn Fn(&Value) -> bool| all.iter().flatten().any(predicate);
    assert!(any(&|field| field["length"].is_u64()) && any(&|field| field["length"].is_null()));
    assert!(any(&|field| field["validation"].is_string()) && any(&|field| field["validation"].is_null()));
    assert!(any(&|field| field["required"] == false));
    assert!(any(&|field| field["type"] == "text" && field["content"] == "text"));
    assert!(all.iter().any(Vec::is_empty));
}

#[test]
fn fields_of_one_service_answer_as_the_sample_code_reads_them() {
    let mut merchant = Merchant::new();
    let answers = listed("").into_iter().map(|service| merchant.fields(service["service_id"].as_str().unwrap()));
    let (lists, objects): (Vec<_>, Vec<_>) = answers.partition(Value::is_array);
    assert!(!lists.is_empty() && lists.iter().all(|list| list.as_array().unwrap().len() == 1));
    assert_eq!(objects.len(), 1);
    assert!(objects[0]["fields"].is_array());
}

#[test]
fn a_merchant_may_ask_for_what_it_can_sell() {
    let own = listed("?available_for_me=true");
    assert!(own.len() < listed("").len());
    assert!(own.iter().all(|service| listed("").contains(service)));
    assert_eq!(listed("?available_for_me=false"), listed(""));
}

#[test]
fn what_cannot_be_sold_cannot_be_paid() {
    let own = listed("?available_for_me=true");
    let unsold = |service: &&Value| {
        service["is_active"] == false || service["payment_available"] == false || !own.contains(service)
    };
    let all = listed("");
    let unsold: Vec<_> = all.iter().filter(unsold).collect();
    assert_eq!(unsold.len(), 3);
    for service in unsold {
        for method in ["create", "info"] {
            let request = json!({ "service_id": service["service_id"], "account": {}, "amount": 5000 });
            let answer = Merchant::new().post(method, &request);
            assert_eq!(code_of(&answer), "merchant_not_available", "{service}");
        }
    }
}

#[test]
fn fields_of_an_unknown_service_are_refused() {
    let answer = Merchant::new().get("servicePayment/fields/9f877739-0000-4000-8000-000000000000/");
    assert_eq!(code_of(&answer), "validation_error");
}

#[test]
fn a_service_without_the_method_has_no_info() {
    let request = json!({ "service_id": UCELL, "account": { "phone": "901234567" } });
    assert_eq!(code_of(&Merchant::new().post("info", &request)), "validation_error");
}
