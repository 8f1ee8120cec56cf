// Signs links, over the functions of an entry's module.

/** The class. */
export function linkSigner(run) {
  // Each signer's keys as text (src/js/sign.rs): the module keeps nothing of them. Private fields are younger than the oldest
  // browsers that this package runs in.
  const keysOf = new WeakMap();

  return class LinkSigner {
    constructor(keys) {
      keysOf.set(this, run(32, keys));
    }

    sign(order, options) {
      return run(33, keysOf.get(this), order, options);
    }

    verify(token, options) {
      return run(34, keysOf.get(this), token, options, Date.now());
    }

    signReturnUrl(url, claims, options) {
      return run(35, keysOf.get(this), url, claims, options);
    }

    verifyReturnUrl(url, options) {
      return run(36, keysOf.get(this), url, options, Date.now());
    }
  };
}

// Dates and arrays of bytes, also those of another window.
export function textOfInstance(value) {
  switch (Object.prototype.toString.call(value)) {
    case "[object Date]":
      return ["d", String(Date.prototype.getTime.call(value))];
    case "[object Uint8Array]":
      return ["y", Array.from(new Uint8Array(value.buffer, value.byteOffset, value.length), digits).join("")];
  }
}

const digits = (byte) => byte.toString(16).padStart(2, "0");
