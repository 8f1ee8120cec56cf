//! What both sides make links of: an order as a program has it.

use tiyin::{CheckoutOrder, Currency, Money};

pub struct Order {
    pub merchant_id: String,
    /// Tiyin.
    pub minor: i64,
    pub account: Vec<(String, String)>,
    pub return_url: String,
}

impl Order {
    fn new(number: i64, minor: i64, account: Vec<(String, String)>) -> Self {
        let return_url = format!("https://shop.example.uz/orders/{number}/paid");
        Self { merchant_id: "571c06fb-6c61-4ef7-8567-5511abaf12b5".into(), minor, account, return_url }
    }

    pub fn tiyin_link(&self) -> String {
        let amount = Money::new(self.minor, Currency::Uzs).expect("an amount in range");
        let mut order = CheckoutOrder::new(&*self.merchant_id, amount).return_url(&*self.return_url);
        for (name, value) in &self.account {
            order = order.account(&**name, &**value);
        }
        order.link().expect("an order without fault")
    }
}

/// Whole som, an order number, a return URL.
pub fn typical(count: i64) -> Vec<Order> {
    let order =
        |number: i64| Order::new(number, number % 5000 * 100 + 100_000, vec![("order_id".into(), number.to_string())]);
    (100_001..).take(count as usize).map(order).collect()
}

/// Names and values in Cyrillic, where most bytes are percent-encoded, and an amount with tiyin.
pub fn cyrillic(count: i64) -> Vec<Order> {
    let order = |number: i64| {
        let account = vec![
            ("договор".into(), format!("ТУ-{number}")),
            ("плательщик".into(), "Каримова Гулнора Шухратовна".into()),
        ];
        Order::new(number, number * 700 + 1, account)
    };
    (100_001..).take(count as usize).map(order).collect()
}
