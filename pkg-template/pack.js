// How values cross to WebAssembly and back: as text, at once. This is a transport: what a value must be is decided on the
// other side (src/js/input.rs reads what is packed here, src/js/output.rs writes what is unpacked here).
//
//   <units>s<text>       string       o(<key><value>)*e   object, own enumerable members
//   <units>n<shortest>   number       a<value>*e          array
//   <units>b<digits>     bigint       u                   undefined
//   ?         anything else: null, booleans, functions, class instances, objects deeper than any argument is
//   x h ! r   text too long, not well-formed, a getter that threw, a bigint of more than 64 bits

import { TiyinError } from "./error.js";

const DEEPEST = 4;
const LONGEST_LIST = 1000000;
const LONGEST_TEXT = 2097152;
const LONGEST_WHOLE = 134217728;
const LONE_SURROGATE = /\p{Surrogate}/u;

let left;
let careful;

/** The arguments of a call, one after the other. */
export function pack(values) {
  // UTF-8 has no lone surrogates. Looking for them in the whole costs little; only where there are any, each text is
  // looked at.
  const packed = packedWith(false, values);
  return isWellFormed(packed) ? packed : packedWith(true, values);
}

export function unpack(text) {
  switch (text[0]) {
    case "=":
      return text.slice(1);
    case "/":
      return text.slice(1).split("\n").slice(0, -1);
    case "!":
      throw new TiyinError(JSON.parse(text.slice(1)));
  }
  return JSON.parse(text);
}

function packedWith(isCareful, values) {
  // A getter may call the package itself, so what was under way is put back.
  const outer = [left, careful];
  careful = isCareful;
  try {
    return values.map(argument).join("");
  } finally {
    [left, careful] = outer;
  }
}

function argument(value) {
  left = LONGEST_WHOLE;
  try {
    return written(value, 0);
  } catch {
    return left < 0 ? "x" : "!";
  }
}

function written(value, depth) {
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return tagged("n", String(value));
    case "bigint":
      return BigInt.asIntN(64, value) === value ? tagged("b", String(value)) : "r";
    case "undefined":
      return "u";
    case "object":
      if (value !== null && depth < DEEPEST) return members(value, depth + 1);
  }
  return "?";
}

function members(value, depth) {
  if (Array.isArray(value)) return list(value, depth);
  // Maps, dates, boxed strings and instances of classes keep what matters elsewhere than in members of their own.
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return "?";
  let entries = "o";
  for (const key of Object.keys(value)) entries += text(key) + member(value, key, depth);
  return `${entries}e`;
}

function list(values, depth) {
  if (values.length > LONGEST_LIST) return "x";
  let items = "a";
  for (let index = 0; index < values.length; index++) {
    spend(1);
    items += member(values, index, depth);
  }
  return `${items}e`;
}

// Getters and proxies throw where they are read; the others are read all the same, so that the error names the member.
function member(value, key, depth) {
  try {
    return written(value[key], depth);
  } catch (error) {
    if (left < 0) throw error;
    return "!";
  }
}

function text(value) {
  const units = value.length;
  if (units > LONGEST_TEXT) return "x";
  spend(units);
  return careful && !isWellFormed(value) ? "h" : tagged("s", value);
}

function tagged(tag, value) {
  return value.length + tag + value;
}

// Cyclic and shared objects would otherwise grow without end.
function spend(units) {
  left -= units + 8;
  if (left < 0) throw left;
}

// The method is younger than the oldest browsers this package runs in.
function isWellFormed(value) {
  return value.isWellFormed ? value.isWellFormed() : !LONE_SURROGATE.test(value);
}
