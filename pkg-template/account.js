// The form of an account. What it shows is decided in src/account/, what the arguments are is in the declarations; the places
// are those in src/js.rs.

/** The class, over the functions of an entry's module. */
export function accountForm(run) {
  // What each form has: its service as a text, its fields, and who wants to be called.
  const stateOf = new WeakMap();

  // Without a form to ask, the function of the last place says so.
  const state = (form) => stateOf.get(form) ?? run(132);

  return class AccountForm {
    constructor(service, values) {
      const { schema, fields } = run(128, service, fieldsOf(service), values);
      stateOf.set(this, { schema, fields: frozen(fields), listeners: new Set() });
      // React takes the method without its form.
      this.subscribe = this.subscribe.bind(this);
    }

    // Bundlers rename classes.
    static get name() {
      return "AccountForm";
    }

    // Vue would put a proxy of its own in the place of anything that is a plain object by this.
    get [Symbol.toStringTag]() {
      return "AccountForm";
    }

    get fields() {
      return state(this).fields;
    }

    set(name, value) {
      const form = state(this);
      const changed = run(129, form.schema, valuesOf(form), name, value);
      if (Object.keys(changed).length === 0) return;
      form.fields = frozen(Object.assign([...form.fields], changed));
      notify(form.listeners);
    }

    errors() {
      const wrong = state(this).fields.filter(({ error }) => error);
      return wrong.map(({ name, error }) => ({ name, code: error }));
    }

    checkAmount(money) {
      const code = run(130, state(this).schema, money);
      return code ? { name: "amount", code } : undefined;
    }

    account() {
      const form = state(this);
      return run(131, form.schema, valuesOf(form));
    }

    subscribe(listener) {
      const { schema, listeners } = state(this);
      run(132, schema, listener);
      // The same function may be given twice.
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    }
  };
}

// They cross by themselves: a service is deeper than any argument (pack.js). What cannot be read is told of the service.
function fieldsOf(service) {
  try {
    return service.fields;
  } catch {
    return undefined;
  }
}

const valuesOf = ({ fields }) => fields.map(({ value }) => value);

// A change of it would change nothing of the form.
function frozen(fields) {
  for (const field of fields) Object.freeze(field);
  return Object.freeze(fields);
}

// One that throws keeps no other from being called; one that was removed meanwhile is not called any more.
function notify(listeners) {
  const thrown = [];
  for (const entry of [...listeners]) {
    try {
      if (listeners.has(entry)) entry.listener();
    } catch (error) {
      thrown.push(error);
    }
  }
  if (thrown.length > 0) throw thrown[0];
}
