// The instances of WebAssembly that a program starts, and how much memory they have.

/** The instances that are started from now on. */
export function watchInstances() {
  const instances = [];
  WebAssembly.Instance = class extends WebAssembly.Instance {
    constructor(...args) {
      super(...args);
      instances.push(this);
    }
  };
  return instances;
}

/** The build may rename what a module exports. */
export function bytesOf({ exports }) {
  return Object.values(exports).find((value) => value instanceof WebAssembly.Memory).buffer.byteLength;
}
