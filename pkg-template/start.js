// Starts a module at the first call, calls it, and starts it anew after a trap.

import { TiyinError } from "./error.js";
import { pack, textOf, unpack } from "./pack.js";

/**
 * A function that calls one of the module's by its place. `bytes` is the module as text of so many bytes, or, without a
 * length, compiled already. `others` tells what of values of other kinds crosses (pack.js), and `extended` adds what crosses as
 * it is. Memory never shrinks, so an instance that took more than is `kept` is given back.
 */
export function starter(bytes, length, others, extended = (packed) => packed, kept = 1 << 24) {
  let compiled = length ? undefined : bytes;
  let wasm;

  function started() {
    const code = compiled ?? decoded(bytes, length);
    try {
      compiled ??= new WebAssembly.Module(code);
      return new WebAssembly.Instance(compiled).exports;
    } catch (cause) {
      const message = "no WebAssembly; a Content-Security-Policy needs 'wasm-unsafe-eval' in script-src";
      throw failure("wasm_unavailable", message, cause);
    }
  }

  return (place, ...values) => {
    const packed = extended(pack(values, others), values);
    let text;
    try {
      wasm ??= started();
      text = answer(wasm, place, packed);
      // Starting anew is cheap beside a call that needed 16 MiB.
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

/** The module itself, for those who start it several times. */
export const compile = (bytes, length) => (length ? new WebAssembly.Module(decoded(bytes, length)) : bytes);

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
  if (at !== text.length) throw failure("module_corrupted", "changed on the way; serve it as published");
  return bytes;
}

const failure = (code, message, cause) => new TiyinError({ code, message, cause });
