// Thousands of random orders against the links that Python's urlencode and b64encode made of them, and back.

import { checkoutLink, checkoutLinks, parseCheckoutLink } from "tiyin/checkout";
import { oracle } from "./data.js";
import { equal, fail, holds, show, test } from "./harness.js";
import { BASE_URL } from "./orders.js";

function forEveryPair(check) {
  holds(oracle.length >= 1000, "the oracle gave at least 1,000 orders");
  for (const { order, link } of oracle) {
    try {
      check(order, link);
    } catch (error) {
      fail(`${error.message}\norder: ${show(order)}\nlink: ${show(link)}`);
    }
  }
}

/** The order that its link tells: a wire unit that is the default leaves no trace. */
function toldBy(order) {
  const { wireUnit, ...rest } = order;
  const wholeSom = order.amount.currency === "UZS" && order.amount.minor % 100 === 0;
  const standard = wholeSom ? "major" : "minor";
  return wireUnit && wireUnit !== standard ? order : rest;
}

test("every random order gives the link that Python makes of it", () => {
  forEveryPair((order, link) => {
    const built = checkoutLink(order);
    if (built !== link) fail(`expected another link, got ${show(built)}`);
  });
});

test("all random orders in one call give the same links", () => {
  const links = checkoutLinks(oracle.map(({ order }) => order));
  equal(links.length, oracle.length);
  oracle.forEach(({ link }, index) => {
    if (links[index] !== link) fail(`order ${index}: expected ${show(link)}, got ${show(links[index])}`);
  });
});

test("every random order comes back from its link, without a warning", () => {
  forEveryPair((order, link) => {
    equal(parseCheckoutLink(link), { order: toldBy(order), warnings: [] }, "parsed");
  });
});

test("an account comes back in the object's own order", () => {
  forEveryPair((order, link) => {
    equal(Object.keys(parseCheckoutLink(link).order.account), Object.keys(order.account));
  });
});

test("the part after the base URL is standard base64 with padding and never holds + or /", () => {
  forEveryPair((order) => {
    const link = checkoutLink(order);
    holds(link.startsWith(BASE_URL), "starts with the base URL");
    const payload = link.slice(BASE_URL.length);
    holds(/^[A-Za-z0-9]+={0,2}$/.test(payload) && payload.length % 4 === 0, "is base64 without + and /");
  });
});

test("another base URL changes nothing but what stands before the query", () => {
  const baseUrl = "https://pay.example.uz/create/";
  for (const { order, link } of oracle.slice(0, 200)) {
    const moved = baseUrl + link.slice(BASE_URL.length);
    equal(checkoutLink(order, { baseUrl }), moved);
    const { order: found, warnings } = parseCheckoutLink(moved);
    equal(found, toldBy(order));
    equal(
      warnings.map(({ code }) => code),
      ["foreign_base_url"],
    );
  }
});
