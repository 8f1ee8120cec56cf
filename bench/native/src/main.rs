//! Measures one checkout link against a peer made of the crates one would otherwise take, in pairs that take turns, and
//! prints the times as JSON: `tiyin-bench-native PAIRS`.

mod order;
mod peer;

use std::hint::black_box;
use std::time::Instant;

use order::Order;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pairs = std::env::args().nth(1).ok_or("how many pairs?")?.parse()?;
    let subjects = [("a typical link", order::typical(1000)), ("a link in Cyrillic", order::cyrillic(1000))];
    let mut lines = Vec::new();
    for (name, orders) in &subjects {
        for order in orders {
            assert_eq!(order.tiyin_link(), peer::link(order), "both sides make the same links");
        }
        lines.push(measure(name, orders, pairs));
    }
    println!("[{}]", lines.join(","));
    Ok(())
}

fn measure(name: &str, orders: &[Order], pairs: usize) -> String {
    let [mut ours, mut peer] = [Vec::new(), Vec::new()];
    for pair in 0..pairs {
        if pair % 2 == 0 {
            ours.push(milliseconds(orders, Order::tiyin_link));
            peer.push(milliseconds(orders, peer::link));
        } else {
            peer.push(milliseconds(orders, peer::link));
            ours.push(milliseconds(orders, Order::tiyin_link));
        }
    }
    format!(r#"{{"name":"{name}","ours":{ours:?},"peer":{peer:?}}}"#)
}

/// The time of one link.
fn milliseconds(orders: &[Order], link: fn(&Order) -> String) -> f64 {
    let began = Instant::now();
    for order in orders {
        black_box(link(black_box(order)));
    }
    began.elapsed().as_secs_f64() * 1000.0 / orders.len() as f64
}
