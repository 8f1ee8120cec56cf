// Starts a module at the first call of one of its functions, and starts it anew after a trap.

import { TiyinError } from "./error.js";
import { pack, unpack } from "./pack.js";

const CSP = "a Content-Security-Policy needs 'wasm-unsafe-eval' in its script-src";
const CHARSET = 'serve scripts as UTF-8, or put <meta charset="utf-8"> first in the page';

/** A function that calls one of the module's; `bytes` holds one byte a character. */
export function starter({ initSync, __wbg_reset_state }, bytes, length) {
  let compiledOnce = false;
  let running = false;
  return (call, ...values) => {
    const packed = values.map(pack);
    if (!compiledOnce) {
      const module = compiled(bytes, length);
      initSync({ module });
      compiledOnce = running = true;
    }
    let answer;
    try {
      if (!running) __wbg_reset_state();
      running = true;
      answer = call(...packed);
    } catch (cause) {
      // A trap leaves the instance in an unknown state: the next call gets a new one.
      running = false;
      throw failure("internal", "a defect of tiyin; please report it with the cause", cause);
    }
    return unpack(answer);
  };
}

function compiled(text, length) {
  if (text.length !== length) {
    throw failure("module_corrupted", `the script was decoded with another charset than UTF-8; ${CHARSET}`);
  }
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = text.charCodeAt(index);
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw failure("wasm_unavailable", `WebAssembly cannot start here; ${CSP}`, cause);
  }
}

const failure = (code, message, cause) => new TiyinError({ code, message, cause });
