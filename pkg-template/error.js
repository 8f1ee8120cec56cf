// The one error class of the package. It is a file of its own so that every entry throws the same class, and it knows
// its kind by a registered symbol so that copies of the package know each other's errors.

const KIND = Symbol.for("tiyin.error");

export class TiyinError extends Error {
  constructor({ message, cause, ...facts }) {
    super(message, cause === undefined ? undefined : { cause });
    for (const [name, value] of Object.entries(facts)) {
      if (value !== undefined) this[name] = value;
    }
  }

  get [KIND]() {
    return true;
  }

  get name() {
    return "TiyinError";
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }

  static [Symbol.hasInstance](value) {
    return this === TiyinError ? isTiyinError(value) : Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

export function isTiyinError(value) {
  try {
    return value[KIND] === true;
  } catch {
    return false;
  }
}
