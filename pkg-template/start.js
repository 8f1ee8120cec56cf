// Starts a module at the first call, calls it, and starts it anew after a trap.

import { TiyinError } from "./error.js";
import { pack, textOf, unpack } from "./pack.js";

// Starting anew is cheap beside a call that needed more memory than this.
const KEPT = 16777216;
const BLOCKED = "no WebAssembly; a Content-Security-Policy needs 'wasm-unsafe-eval' in script-src";

/**
 * A function that calls one of the module's by its place. `bytes` is the module as text of so many bytes, or, without a
 * length, compiled already. `instances` tells what of classes' instances crosses (pack.js).
 */
export const starter = (bytes, length, instances) => starters(bytes, length, instances, KEPT)();

/** As many of them as are asked for: each has an instance of its own, which is kept up to so many bytes of memory. */
export function starters(bytes, length, instances, kept) {
  let compiled = length ? undefined : bytes;

  function started() {
    const code = compiled ?? decoded(bytes, length);
    try {
      compiled ??= new WebAssembly.Module(code);
      return new WebAssembly.Instance(compiled).exports;
    } catch (cause) {
      throw failure("wasm_unavailable", BLOCKED, cause);
    }
  }

  return (wasm) =>
    (place, ...values) => {
      const packed = pack(values, instances);
      let text;
      try {
        wasm ??= started();
        text = answer(wasm, place, packed);
        // Memory never shrinks, so what a very large call took is given back with the instance.
        if (wasm.memory.buffer.byteLength > kept) wasm = undefined;
      } catch (cause) {
        if (!wasm) throw cause;
        // A trap leaves the instance in an unknown state: the next call gets a new one.
        new Uint8Array(wasm.memory.buffer).fill(0);
        wasm = undefined;
        throw failure("internal", "please report it with its cause", cause);
      } finally {
        // Arguments may be secrets.
        packed.fill(0);
      }
      return unpack(text);
    };
}

// What wasm-bindgen's JavaScript does for a function that takes bytes and gives bytes, in a third of its size; the build
// compares (xtask/src/package/glue.rs). Addresses are unsigned, but come as JavaScript's signed numbers.
function answer(wasm, place, packed) {
  const at = wasm.__wbindgen_malloc(packed.length, 1) >>> 0;
  new Uint8Array(wasm.memory.buffer, at).set(packed);
  const [from, length] = wasm.call(place, at, packed.length);
  const text = textOf(new Uint8Array(wasm.memory.buffer, from >>> 0, length));
  wasm.__wbindgen_free(from, length, 1);
  return text;
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
    throw failure("module_corrupted", "its text was changed on the way; serve it as published");
  return bytes;
}

const failure = (code, message, cause) => new TiyinError({ code, message, cause });
