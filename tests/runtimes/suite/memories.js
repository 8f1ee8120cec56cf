// What stays in memory.

/** Runs `body` and returns all memory that it made: of instances, and of arrays of bytes. */
export async function memoriesOf(body) {
  const { Instance } = WebAssembly;
  const Bytes = globalThis.Uint8Array;
  const buffers = new Set();
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args) {
      const instance = Reflect.construct(target, args);
      buffers.add(() => instance.exports.memory.buffer);
      return instance;
    },
  });
  globalThis.Uint8Array = new Proxy(Bytes, {
    construct(target, args) {
      const array = Reflect.construct(target, args);
      buffers.add(() => array.buffer);
      return array;
    },
  });
  try {
    await body();
  } finally {
    WebAssembly.Instance = Instance;
    globalThis.Uint8Array = Bytes;
  }
  return [...new Set([...buffers].map((buffer) => buffer()))].filter(({ byteLength }) => byteLength > 0);
}
