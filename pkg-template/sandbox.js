// `tiyin/sandbox`: the providers, simulated. Each sandbox is an instance of the module, which keeps its state.

import { compile, starter } from "./start.js";
import { bytes, length } from "./wasm/sandbox.bytes.js";

export { isTiyinError, TiyinError } from "./error.js";

// Places of functions in sandbox/src/js.rs.
const checkOptions = 0;
const checkClock = 1;
const begin = 2;
const handle = 3;
const readLedger = 4;
const replaceFaults = 5;
const readCards = 6;
const readStrikes = 7;

let module;
let check;

// An instance is a sandbox: it is kept whatever its memory.
function starting() {
  const started = (...code) => starter(...code, textOfInstance, undefined, Infinity);
  try {
    module ??= compile(bytes, length);
  } catch {
    // Its first call says why.
    return started(bytes, length);
  }
  return started(module, 0);
}

export function createSandbox(options) {
  check ??= starting();
  const config = check(checkOptions, options);
  const { now = () => Date.now() } = options ?? {};
  check(checkClock, typeof now);
  let instance;
  let lost;

  // After a trap another instance would be an empty sandbox, and none the wiser.
  function run(place, ...values) {
    if (lost) throw lost;
    try {
      if (!instance) {
        const begun = starting();
        begun(begin, config);
        instance = begun;
      }
      return instance(place, ...values);
    } catch (error) {
      if (error.code === "internal") lost = error;
      throw error;
    }
  }

  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const { method, url, headers, signal } = request;
      checkAborted(signal);
      const body = new Uint8Array(await request.arrayBuffer());
      checkAborted(signal);
      return delivered(run(handle, now(), method, url, Array.from(headers), body), signal);
    },
    ledger: () => run(readLedger, now()),
    setFaults: (faults) => {
      run(replaceFaults, faults);
    },
    cards: () => run(readCards, now()),
    strikes: () => run(readStrikes),
  };
}

/** What a `fetch` would give: the answer after its time, a lost connection, or nothing until somebody gives up. */
function delivered({ dropped, hangs, afterMs, body, ...head }, signal) {
  return new Promise((resolve, reject) => {
    let timer;
    const abort = () => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const answer = () => {
      signal?.removeEventListener("abort", abort);
      resolve(new Response(body, head));
    };
    if (dropped) reject(new TypeError("fetch failed: the connection was lost"));
    else if (afterMs === 0) answer();
    else {
      signal?.addEventListener("abort", abort);
      if (!hangs) timer = setTimeout(answer, afterMs);
    }
  });
}

function checkAborted(signal) {
  if (signal?.aborted) throw reasonOf(signal);
}

// The property is younger than the oldest browsers this package runs in.
function reasonOf(signal) {
  return signal.reason ?? new DOMException("the request was aborted", "AbortError");
}

// Arrays of bytes: a request's body.
function textOfInstance(value) {
  if (Object.prototype.toString.call(value) === "[object Uint8Array]") {
    return ["y", Array.from(new Uint8Array(value.buffer, value.byteOffset, value.length), digits).join("")];
  }
}

const digits = (byte) => byte.toString(16).padStart(2, "0");
