// A trap takes an instance with it and nothing else: the call that trapped throws `internal`, the next one is answered.

import fc from "fast-check";
import { callables, exportsOf, plainName } from "./callables.js";
import { CALLS, INSTANCES } from "./calls.js";
import { entries, trapping } from "./entries.js";
import { equal, holds, refused, test } from "./harness.js";
import { property } from "./properties.js";

const RUNS = 100;
const LONGEST_SEQUENCE = 20;

// What refuses nothing does not reach a module, where alone something can trap.
const NAMES = Object.keys(callables(exportsOf(entries), INSTANCES)).filter((name) => callsOf(name)?.refused);

// How the next call of a module is made to trap.
const TRAPS = {
  "reading beyond the memory": { export: "call", change: ([place, _, length]) => [place, -16, length] },
  "asking for more memory than there can be": { export: "__wbindgen_malloc", change: () => [-65536, 1] },
};

function callsOf(name) {
  return CALLS[plainName(name)];
}

let armed;
let started = 0;

/** Runs `body` with a copy of the package whose instances trap where they are told to, and with the package itself. */
function withTraps(body) {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function TrappingInstance(...given) {
    started += 1;
    return { exports: trappable(new Instance(...given).exports) };
  };
  try {
    body(callables(exportsOf(trapping), INSTANCES), callables(exportsOf(entries), INSTANCES));
  } finally {
    WebAssembly.Instance = Instance;
  }
}

function trappable(exports) {
  const changed = { ...exports };
  for (const trap of Object.values(TRAPS)) {
    const original = exports[trap.export];
    changed[trap.export] = (...values) => {
      if (armed !== trap) return original(...values);
      armed = undefined;
      return original(...trap.change(values));
    };
  }
  return changed;
}

function checkTrapped(call, values, trap) {
  armed = TRAPS[trap];
  const error = refused(() => call(...values), "internal");
  equal(armed, undefined, "a trap that is still to come");
  holds(error.cause instanceof WebAssembly.RuntimeError, `${error.cause} is the engine's own`);
}

for (const name of NAMES) {
  test(`${name} is answered after each kind of trap, by a new instance`, () => {
    withTraps((functions, untouched) => {
      const { answered, told = (answer) => answer } = callsOf(name);
      const expected = told(untouched[name](...answered));
      equal(told(functions[name](...answered)), expected);
      for (const trap of Object.keys(TRAPS)) {
        checkTrapped(functions[name], answered, trap);
        const before = started;
        equal(told(functions[name](...answered)), expected, `after ${trap}`);
        equal(started, before + 1, "instances");
      }
    });
  });
}

const step = fc.record({
  name: fc.constantFrom(...NAMES),
  trap: fc.option(fc.constantFrom(...Object.keys(TRAPS)), { nil: undefined, freq: 2 }),
});

property(
  "between traps in any order every call is answered rightly",
  [fc.array(step, { minLength: 2, maxLength: LONGEST_SEQUENCE })],
  (steps) => {
    withTraps((functions, untouched) => {
      for (const { name, trap } of steps) {
        const { answered, told = (answer) => answer } = callsOf(name);
        if (trap) checkTrapped(functions[name], answered, trap);
        else equal(told(functions[name](...answered)), told(untouched[name](...answered)), name);
      }
    });
  },
  { runs: RUNS },
);
