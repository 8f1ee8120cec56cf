//! Giving back plain data, and errors.

use alloc::string::String;

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::input::{Arguments, Input};
use crate::error::{Error, Result};

#[wasm_bindgen(raw_module = "./pkg-template/error.js")]
extern "C" {
    #[wasm_bindgen(js_name = createError)]
    fn create_error(code: &str, message: &str, field: Option<&str>) -> JsValue;
}

/// Calls what gives text.
pub(super) fn text(given: [&JsValue; 4], call: fn(&mut Arguments<'_>) -> Result<String>) -> Result<String, JsValue> {
    call(&mut Input::new(given).arguments()).map_err(|error| thrown(&error))
}

/// Calls what gives JSON text, and gives plain data. In text a whole number of minor units stays a whole number.
pub(super) fn data(given: [&JsValue; 4], call: fn(&mut Arguments<'_>) -> Result<String>) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(&text(given, call)?)
}

/// Calls what gives lines, each closed by a line feed, and gives them as an array; they cross as one text.
pub(super) fn lines(given: [&JsValue; 4], call: fn(&mut Arguments<'_>) -> Result<String>) -> Result<Array, JsValue> {
    let lines = text(given, call)?;
    Ok(lines.strip_suffix('\n').map_or_else(Array::new, |lines| JsString::from(lines).split("\n")))
}

fn thrown(error: &Error) -> JsValue {
    create_error(error.code().as_str(), &error.message(), error.field())
}
