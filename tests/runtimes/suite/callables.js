// What users of the package can call. It is found in the entries themselves, so that nothing new goes untested.

/** The exports of all entries. What an entry has by another's name, but in a module of its own, is `som of tiyin/sign`. */
export function exportsOf(entries) {
  const exports = {};
  for (const [entry, module] of Object.entries(entries)) {
    for (const [name, value] of Object.entries(module)) {
      exports[name] ??= value;
      if (exports[name] !== value) exports[`${name} of ${entry}`] = value;
    }
  }
  return exports;
}

/** The name in whatever entry it is: `LinkSigner.sign` of `LinkSigner of tiyin/sign.sign`. */
export function plainName(name) {
  return name.replace(/ of tiyin(\/\w+)?/, "");
}

/**
 * A function for everything that can be called: `som`, `new Class`, `Class.method`.
 *
 * Methods are called on an instance, which `instances` makes of the class by its name.
 */
export function callables(exports, instances) {
  const found = {};
  for (const [name, value] of Object.entries(exports)) {
    if (isClass(value)) Object.assign(found, callablesOfClass(name, value, makerOf(name, instances)));
    else found[name] = value;
  }
  return found;
}

/** A class differs from a function in that nobody may replace its prototype. */
export function isClass(value) {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}

function makerOf(name, instances) {
  const makeInstance = instances[name] ?? instances[plainName(name)];
  if (!makeInstance) throw new Error(`calls.js does not say how an instance of ${name} is made`);
  return makeInstance;
}

function callablesOfClass(name, Class, makeInstance) {
  const instance = makeInstance(Class);
  const found = { [`new ${name}`]: (...values) => new Class(...values) };
  for (const [self, owner] of [
    [Class, Class],
    [instance, Class.prototype],
  ]) {
    for (const [member, { value }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      if (typeof value !== "function" || value === Class) continue;
      found[`${name}.${member}`] = (...values) => whole(Reflect.apply(value, self, values));
    }
  }
  return found;
}

/** What is iterated is called when it is read: all of it, as a list. */
function whole(given) {
  return given?.[Symbol.asyncIterator] ? allOf(given) : given;
}

async function allOf(iterable) {
  const items = [];
  for await (const item of iterable) items.push(item);
  return items;
}
