// Registers and runs the tests, and holds the assertions. It uses nothing but the language.

import { isTiyinError, TiyinError } from "tiyin";

const CARD_LIKE = /(?<!\d)\d{13,19}(?!\d)/;
const LONGEST_MESSAGE = 1000;
// What waits for ever is to be named; no test waits a tenth as long. Tests may replace the timers.
const LONGEST_WAIT = 60_000;
const { setTimeout, clearTimeout } = globalThis;
const tests = new Map();
const notes = [];

/** Registers a test. Tests run in the order of registration, one after the other. */
export function test(name, body) {
  if (tests.has(name)) throw new Error(`two tests are called "${name}"`);
  tests.set(name, body);
}

/** Registers one test of many rows, each given to `check`; it fails with every row that fails. */
export function each(name, rows, check) {
  test(name, async () => {
    const failures = [];
    for (const row of rows) {
      try {
        await check(...row);
      } catch (error) {
        failures.push(`${row.map(show).join(", ")}: ${error?.message ?? error}`);
      }
    }
    if (failures.length > 0) fail(`${failures.length} of ${rows.length} rows:\n${failures.join("\n")}`);
  });
}

/** The same, with all rows checked at once: for what waits. */
export function eachAtOnce(name, rows, check) {
  test(name, async () => {
    const failures = [];
    await Promise.all(
      rows.map(async (row) => {
        try {
          await check(...row);
        } catch (error) {
          failures.push(`${row.map(show).join(", ")}: ${error?.message ?? error}`);
        }
      }),
    );
    if (failures.length > 0) fail(`${failures.length} of ${rows.length} rows:\n${failures.join("\n")}`);
  });
}

/** A line that the runner prints, such as a measured time. */
export function note(text) {
  notes.push(text);
}

/** Runs all tests; an error is text, so that the results can leave the runtime. */
export async function run() {
  const results = [];
  for (const [name, body] of tests) {
    try {
      await withinTime(body());
      results.push({ name });
    } catch (error) {
      // Only some engines' stacks begin with the message.
      const stack = error?.stack ?? "";
      results.push({ name, error: stack.includes(error?.message) ? stack : `${error}\n${stack}` });
    }
  }
  return { results, notes };
}

async function withinTime(done) {
  if (!(done instanceof Promise)) return;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it has not ended in ${LONGEST_WAIT} ms`)), LONGEST_WAIT);
  });
  try {
    await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function fail(message) {
  throw new Error(message);
}

export function holds(condition, label) {
  if (condition !== true) fail(`${label}: expected true, got ${show(condition)}`);
}

/** Equal as data: the same own members, in any order; numbers and text exactly (0 is not -0). */
export function equal(actual, expected, label = "value") {
  const difference = compare(actual, expected, label);
  if (difference) fail(difference);
}

/**
 * The call throws a well-formed TiyinError of one of the codes, with exactly the field where one is given.
 * Returns the error.
 */
export function refused(call, codes, field) {
  return checkRefusal(thrownBy(call), codes, field);
}

/** The same of a promise, or of a call that throws: both are refusals. */
export async function rejected(call, codes, field) {
  return checkRefusal(await failureOf(call), codes, field);
}

function checkRefusal(error, codes, field) {
  checkError(error);
  const expected = [codes].flat();
  if (!expected.includes(error.code)) {
    fail(`expected ${expected.join(" or ")}, got ${error.code} (field ${error.field}): ${error.message}`);
  }
  if (field !== undefined && error.field !== field) {
    fail(`expected field ${field}, got ${error.field} (${error.code}): ${error.message}`);
  }
  return error;
}

/** The call returns the value or is refused with one of the codes: for what the contract leaves open. */
export function equalOrRefused(call, expected, codes) {
  let actual;
  try {
    actual = call();
  } catch {
    refused(call, codes);
    return;
  }
  equal(actual, expected);
}

/** What holds for every error of the package, whatever went wrong. */
export function checkError(error) {
  if (!isTiyinError(error) || !(error instanceof TiyinError) || !(error instanceof Error)) {
    fail(`not a TiyinError: ${show(error)} ${error?.stack ?? ""}`);
  }
  equal(error.name, "TiyinError", "error.name");
  holds(/^[a-z][a-z0-9_]*$/.test(error.code), `error.code ${show(error.code)} is a code`);
  holds(typeof error.message === "string" && error.message.length > 0, "error.message says something");
  holds(
    error.message.length <= LONGEST_MESSAGE,
    `error.message is not ${error.message.length} characters long`,
  );
  holds(error.field === undefined || typeof error.field === "string", "error.field is text or absent");
  // Milliseconds since 1970 have thirteen digits as well.
  const json = JSON.stringify({ ...error.toJSON(), sentAt: undefined });
  for (const text of [error.message, error.field ?? "", json, String(error.stack)]) {
    holds(!CARD_LIKE.test(text), `runs of 13 to 19 digits are masked in ${show(text)}`);
  }
}

/** Plain objects and arrays of text, finite numbers and booleans, all the way down. */
export function isPlain(value) {
  if (typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  const members = Object.values(Object.getOwnPropertyDescriptors(value));
  const open = members.every((member) => "value" in member && member.enumerable);
  return (
    (prototype === Object.prototype || prototype === null) && open && Object.values(value).every(isPlain)
  );
}

/** What the call throws; not to throw is a failure. */
export function thrownBy(call) {
  let result;
  try {
    result = call();
  } catch (error) {
    return error;
  }
  return fail(`expected an error, got ${show(result)}`);
}

/** What the call throws or its promise rejects with; to be answered is a failure. */
export async function failureOf(call) {
  let result;
  try {
    result = await call();
  } catch (error) {
    return error;
  }
  return fail(`expected an error, got ${show(result)}`);
}

function compare(actual, expected, path) {
  if (Object.is(actual, expected)) return undefined;
  const bothObjects = isObject(actual) && isObject(expected);
  if (!bothObjects || Array.isArray(actual) !== Array.isArray(expected)) {
    return `${path}: expected ${show(expected)}, got ${show(actual)}`;
  }
  const keys = Reflect.ownKeys(expected);
  for (const key of Reflect.ownKeys(actual)) {
    if (!Object.hasOwn(expected, key))
      return `${path}: unexpected member ${String(key)} ${show(actual[key])}`;
  }
  for (const key of keys) {
    if (!Object.hasOwn(actual, key)) return `${path}: member ${String(key)} is missing`;
    const difference = compare(actual[key], expected[key], `${path}.${String(key)}`);
    if (difference) return difference;
  }
  return undefined;
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** A short, safe rendering: it calls nothing of the value's own but getters of plain data. */
export function show(value) {
  if (typeof value === "string") return shorten(JSON.stringify(value));
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return "a function";
  if (!isObject(value)) return String(value);
  try {
    return shorten(JSON.stringify(value) ?? "an object");
  } catch {
    return "an object that JSON cannot hold";
  }
}

function shorten(text) {
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
}
