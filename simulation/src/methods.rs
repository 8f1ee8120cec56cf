//! The library's endpoints as methods of the JavaScript client.

use serde_json::{Map, Value, json};
use tiyin::endpoint::{self, Endpoint, Fields};
use tiyin::paylov::{CreatePayment, GetFields, GetInfo, GetStatus, ListPaid, ListServices, Pay};
use tiyin_sandbox::Route;

/// An endpoint with the step of a payment that it is.
pub(crate) trait Method<'a>: Endpoint<'a> {
    /// The sandbox's name of it.
    const STEP: Route;
    /// Its own description, to tell by.
    const TOLD: &'static endpoint::Route;

    /// The method's arguments as JavaScript gives them.
    fn arguments(&self) -> Vec<Value>;
}

macro_rules! method {
    ($endpoint:ty, $step:ident, $arguments:expr) => {
        impl<'a> Method<'a> for $endpoint {
            const STEP: Route = Route::$step;
            const TOLD: &'static endpoint::Route = &<Self as Endpoint<'a>>::ROUTE;

            fn arguments(&self) -> Vec<Value> {
                let arguments: fn(&Self) -> Value = $arguments;
                vec![arguments(self)]
            }
        }
    };
}

method!(ListServices, List, |asked| json!({ "availableForMe": asked.available_for_me }));
method!(GetFields<'a>, Fields, |asked| Value::from(&*asked.service_id));
method!(GetInfo<'a>, Info, |asked| json!({ "serviceId": asked.service_id, "account": object(&asked.account) }));
method!(GetStatus<'a>, Status, |asked| Value::from(&*asked.transaction_id));
method!(CreatePayment<'a>, Create, |asked| {
    given([
        ("serviceId", Some(Value::from(&*asked.service_id))),
        ("account", Some(object(&asked.account))),
        ("amount", serde_json::to_value(asked.amount).ok()),
        ("userId", asked.user_id.as_deref().map(Value::from)),
        ("cardId", asked.card_id.as_deref().map(Value::from)),
        ("phoneNumber", asked.phone_number.as_deref().map(Value::from)),
    ])
});
method!(Pay<'a>, Pay, |asked| {
    given([
        ("transactionId", Some(Value::from(&*asked.transaction_id))),
        ("cardId", Some(Value::from(&*asked.card_id))),
        ("userId", asked.user_id.as_deref().map(Value::from)),
        ("otp", asked.otp.as_deref().map(Value::from)),
    ])
});
method!(ListPaid<'a>, All, |asked| {
    given([
        ("serviceId", asked.service_id.as_deref().map(Value::from)),
        ("userId", asked.user_id.as_deref().map(Value::from)),
    ])
});

fn object(fields: &Fields<'_>) -> Value {
    fields.iter().map(|(name, value)| (name.to_string(), Value::from(&**value))).collect::<Map<_, _>>().into()
}

/// The members that are there.
fn given<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let given = members.into_iter().filter_map(|(name, value)| Some((String::from(name), value?)));
    given.collect::<Map<_, _>>().into()
}
