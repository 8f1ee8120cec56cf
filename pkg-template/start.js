// Starts a module at the first call of one of its functions, and starts it anew after a trap.

import { TiyinError } from "./error.js";
import { pack, unpack } from "./pack.js";

const CSP = "a Content-Security-Policy needs 'wasm-unsafe-eval' in its script-src";

/** A function that calls one of the module's, which `bytes` holds as text. */
export function starter(initSync, resetState, bytes, length) {
  let compiledOnce = false;
  let running = false;
  return (call, ...values) => {
    const packed = pack(values);
    if (!compiledOnce) {
      start(initSync, decoded(bytes, length));
      compiledOnce = running = true;
    }
    let answer;
    try {
      if (!running) resetState();
      running = true;
      answer = call(packed);
    } catch (cause) {
      // A trap leaves the instance in an unknown state: the next call gets a new one.
      running = false;
      throw failure("internal", "a defect of tiyin; please report it with the cause", cause);
    }
    return unpack(answer);
  };
}

function start(initSync, bytes) {
  try {
    initSync({ module: new WebAssembly.Module(bytes) });
  } catch (cause) {
    throw failure("wasm_unavailable", `WebAssembly cannot start here; ${CSP}`, cause);
  }
}

// One printable character stands for a byte, or two of which the first is h, i, j or k (xtask/src/package/bytes.rs).
function decoded(text, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let index = 0; index < length; index++) {
    let code = text.charCodeAt(at++);
    if (code >> 2 === 26) code = text.charCodeAt(at++) ^ (code << 6);
    bytes[index] = (code & 128) | ((code - 54) & 127);
  }
  if (at !== text.length)
    throw failure("module_corrupted", "something between the package and here changed its text");
  return bytes;
}

const failure = (code, message, cause) => new TiyinError({ code, message, cause });
