// How values cross to WebAssembly and back: as bytes, at once. This is a transport: what a value must be is decided on the
// other side (src/js/input.rs reads what is packed here, src/js/output.rs writes what is unpacked here).
//
//   s<length><UTF-8>     string       o(<key><value>)*e   object, own enumerable members
//   n<length><shortest>  number       a<value>*e          array
//   b<length><digits>    bigint       u                   undefined
//   ?         anything else: null, booleans, functions, class instances, objects deeper than any argument is
//   d<length><shortest>  a date's milliseconds, y<length><digits> bytes in hexadecimal, and c<length><word> a flag, a
//             function or a signal, where an entry knows them
//   x h ! r   text too long, not well-formed, a getter that threw, a bigint of more than 64 bits
//
// A length is that of the bytes, in three of them, the lowest first.

import { TiyinError } from "./error.js";

const DEEPEST = 4;
const LONGEST_LIST = 1000000;
const LONGEST_TEXT = 1 << 21;
const LONGEST_WHOLE = 1 << 27;
const LONE_SURROGATE = /\p{Surrogate}/u;

// Up to here a loop is faster than the encoder.
const SHORT = 42;
// A decoder of Safari's stops after two gigabytes.
const LONGEST_DECODED = 1 << 30;

let bytes;
let at = 0;
let left;
let textOfOther;
let encoder;
let decoder;
let decoded = LONGEST_DECODED;

/**
 * The arguments of a call, one after the other, until the next one is packed. `others` gives the tag and the text of
 * a value of another kind that the entry knows.
 */
export function pack(values, others) {
  // A getter may call the package itself; what it packs stands behind what is packed already.
  const [start, before, known] = [at, left, textOfOther];
  textOfOther = others;
  try {
    room(1);
    for (let index = 0; index < values.length; index++) {
      left = LONGEST_WHOLE;
      add(values, index, 0);
    }
    return bytes.subarray(start, at);
  } finally {
    [at, left, textOfOther] = [start, before, known];
    // A single very large call should not occupy a long-lived process.
    if (at === 0 && bytes.length > 1 << 20) bytes = undefined;
  }
}

export function textOf(answer) {
  decoded += answer.length;
  if (decoded > LONGEST_DECODED) {
    decoder = new TextDecoder();
    decoded = answer.length;
  }
  return decoder.decode(answer);
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

// Getters and proxies throw where they are read; the others are read all the same, so that the error names the member.
function add(holder, key, depth) {
  const start = at;
  try {
    addValue(holder[key], depth);
  } catch (error) {
    if (left < 0 && depth > 0) throw error;
    rewind(start);
    addTag(left < 0 ? "x" : "!");
  }
}

function addValue(value, depth) {
  switch (typeof value) {
    case "string":
      addText("s", value);
      break;
    case "number":
      addText("n", String(value));
      break;
    case "bigint":
      if (BigInt.asIntN(64, value) === value) addText("b", String(value));
      else addTag("r");
      break;
    case "undefined":
      addTag("u");
      break;
    default:
      if (typeof value !== "object" || value === null || depth === DEEPEST) addOther(value);
      else if (Array.isArray(value)) addList(value, depth + 1);
      else addMembers(value, depth + 1);
  }
}

function addMembers(value, depth) {
  // Maps, dates, boxed strings and instances of classes keep what matters elsewhere than in members of their own.
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    addOther(value);
    return;
  }
  addTag("o");
  for (const key of Object.keys(value)) {
    addText("s", key);
    add(value, key, depth);
  }
  addTag("e");
}

function addOther(value) {
  const known = textOfOther?.(value);
  if (known) addText(...known);
  else addTag("?");
}

function addList(values, depth) {
  if (values.length > LONGEST_LIST) {
    addTag("x");
    return;
  }
  addTag("a");
  for (let index = 0; index < values.length; index++) {
    spend(1);
    add(values, index, depth);
  }
  addTag("e");
}

function addTag(tag) {
  room(1);
  bytes[at++] = tag.charCodeAt(0);
}

function addText(tag, text) {
  const units = text.length;
  if (units > LONGEST_TEXT) {
    addTag("x");
    return;
  }
  spend(units);
  room(4 + 3 * units);
  const start = at;
  at += 4;
  let index = 0;
  if (units <= SHORT) {
    for (; index < units; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) break;
      bytes[at++] = code;
    }
  }
  if (index < units) {
    rewind(start);
    // UTF-8 has no lone surrogates.
    if (!isWellFormed(text)) {
      addTag("h");
      return;
    }
    encoder ??= new TextEncoder();
    at += 4 + encoder.encodeInto(text, bytes.subarray(at + 4)).written;
  }
  const length = at - start - 4;
  bytes[start] = tag.charCodeAt(0);
  bytes[start + 1] = length;
  bytes[start + 2] = length >> 8;
  bytes[start + 3] = length >> 16;
}

// What is packed may be secret: nothing of it stays where no later byte is written.
function rewind(start) {
  bytes.fill(0, start, at);
  at = start;
}

function room(size) {
  if (bytes === undefined || at + size > bytes.length) {
    const larger = new Uint8Array(2 * (at + size) + 4096);
    if (bytes) {
      larger.set(bytes);
      bytes.fill(0);
    }
    bytes = larger;
  }
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
