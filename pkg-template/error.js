// The one error class of the package. It is a file of its own so that every entry throws the same class, and it knows
// its kind by a registered symbol so that copies of the package know each other's errors.
//
// Whoever reports a failure should not meet another one: what the constructor cannot read is left out.

const KIND = Symbol.for("tiyin.error");

export class TiyinError extends Error {
  constructor(given) {
    const { name, message, cause, ...facts } = read(given);
    super(message, cause === undefined ? undefined : { cause });
    for (const fact in facts) {
      if (facts[fact] !== undefined) this[fact] = masked(facts[fact]);
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
    return this === TiyinError ? isTiyinError(value) : super[Symbol.hasInstance](value);
  }
}

export function isTiyinError(value) {
  try {
    return value[KIND] === true;
  } catch {
    return false;
  }
}

function read(given) {
  try {
    return { ...given, message: masked(`${given.message ?? ""}`) };
  } catch {
    return {};
  }
}

// Card numbers have 13 to 19 digits; whoever wrote the text, none of that length is passed on.
function masked(value) {
  if (typeof value !== "string") return value;
  return value.replace(/\d+/g, (digits) => (digits.length < 13 || digits.length > 19 ? digits : "****"));
}
