// Starts a module at the first call of one of its functions, and starts it anew after a trap.

import { isTiyinError, TiyinError } from "./error.js";

const CSP = "a Content-Security-Policy needs 'wasm-unsafe-eval' in its script-src";
const CHARSET = 'serve scripts as UTF-8, or put <meta charset="utf-8"> first in the page';

/** A function that runs one call into the module; `bytes` holds one byte a character. */
export function starter(module, bytes, length) {
  let instantiate = () => {
    module.initSync({ module: compiled(bytes, length) });
    // From here on the compiled module is at hand.
    instantiate = module.__wbg_reset_state;
  };
  let running = false;
  return (call) => {
    try {
      if (!running) {
        instantiate();
        running = true;
      }
      return call();
    } catch (error) {
      if (isTiyinError(error)) throw error;
      // A trap leaves the instance in an unknown state: the next call gets a new one.
      running = false;
      throw failure("internal", "a defect of tiyin; please report it with the cause", error);
    }
  };
}

function compiled(text, length) {
  if (text.length !== length) {
    throw failure("module_corrupted", `the script was decoded with another charset than UTF-8; ${CHARSET}`);
  }
  try {
    return new WebAssembly.Module(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  } catch (cause) {
    throw failure("wasm_unavailable", `WebAssembly cannot start here; ${CSP}`, cause);
  }
}

const failure = (code, message, cause) => new TiyinError({ code, message, cause });
