// Values that no caller should pass and some caller will.

const BIG = "9".repeat(10_000_000);
const manyKeys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, "1"]));

export function revokedProxy(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An object whose every trap throws. */
export function throwingProxy(target = {}) {
  const refuse = () => {
    throw new RangeError("a trap");
  };
  const traps = [
    "get",
    "has",
    "ownKeys",
    "getOwnPropertyDescriptor",
    "getPrototypeOf",
    "isExtensible",
    "set",
  ];
  return new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, refuse])));
}

/** The object, with this member a getter that throws. */
export function withThrowingGetter(object, member, thrown = new RangeError("a getter")) {
  return Object.defineProperty(object, member, {
    enumerable: true,
    configurable: true,
    get() {
      throw thrown;
    },
  });
}

export function cyclic() {
  const object = { minor: 5, currency: "UZS" };
  object.self = object;
  return object;
}

export function deep(levels = 100_000) {
  let object = {};
  for (let level = 0; level < levels; level += 1) object = { amount: object };
  return object;
}

/** An object that counts whether anybody asks it to become a primitive. */
export function coercible(value) {
  const counter = { asked: 0 };
  const answer = () => {
    counter.asked += 1;
    return value;
  };
  const object = { toString: answer, valueOf: answer, toJSON: answer, [Symbol.toPrimitive]: answer };
  return { object, counter };
}

function throwing() {
  throw new RangeError("a conversion");
}

class Order {
  #secret = 1;
  reveal() {
    return this.#secret;
  }
}

// Keyed by what to call them; each is neither text nor a number that any function takes.
export const OBJECTS = {
  null: null,
  true: true,
  bigint: 5n,
  symbol: Symbol("500"),
  "a function": () => 500,
  "an async function": async () => 500,
  "a class": Order,
  "a class instance": new Order(),
  "an empty object": {},
  "an object without prototype": Object.create(null),
  "an array": ["500"],
  "a sparse array": new Array(5),
  "a map": new Map([["minor", 5]]),
  "a set": new Set(["500"]),
  "a weak map": new WeakMap(),
  "a date": new Date(0),
  "an invalid date": new Date(Number.NaN),
  "a regular expression": /500/,
  "a typed array": new Uint8Array(8),
  "an array buffer": new ArrayBuffer(8),
  "a promise": Promise.resolve("500"),
  "an error": new Error("500"),
  "boxed text": Object("500"),
  "a boxed number": Object(500),
  "a boxed symbol": Object(Symbol.iterator),
  "the global object": globalThis,
  "a revoked proxy": revokedProxy(),
  "a revoked function": revokedProxy(() => {}),
  "a revoked array": revokedProxy([]),
  "a throwing proxy": throwingProxy(),
  "a throwing array": throwingProxy([]),
  "a throwing getter": withThrowingGetter({}, "minor"),
  "a cyclic object": cyclic(),
  "a deep object": deep(),
  "an object of 100,000 keys": manyKeys,
  "hostile conversions": {
    toString: throwing,
    valueOf: throwing,
    toJSON: throwing,
    [Symbol.toPrimitive]: throwing,
  },
  "lenient conversions": coercible("500").object,
};

export const TEXTS = {
  "10 MB of digits": BIG,
  "10 MB of Cyrillic": "ў".repeat(5_000_000),
  "a lone high surrogate": "5\ud800",
  "a lone low surrogate": "\udc005",
  "swapped surrogates": "\udc00\ud800",
  "a NUL": "\u0000",
  "nothing visible": "\u200b\u2060\ufeff",
  "an inherited name": "__proto__",
};

export const NUMBERS = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "1e21": 1e21,
  "0.1 + 0.2": 0.1 + 0.2,
  "2 ** 51 and a half": 2 ** 51 + 0.5,
  "2 ** 53": 2 ** 53,
};

export const EVERYTHING = { ...OBJECTS, ...TEXTS, ...NUMBERS };
