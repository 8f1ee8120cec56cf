// One call of a client's method, in a world that does to it what the transcript says: the clock, the timers, the random bytes
// and `fetch` are the transcript's.

import { isDeepStrictEqual } from "node:util";

const PATIENCE = 5000;
const TOO_LARGE = new Uint8Array((1 << 23) + 1);
const REAL = { setTimeout, clearTimeout, fetch, getRandomValues: crypto.getRandomValues };

/** The answer or the error; nothing where the page was closed meanwhile. */
export async function replayCall(Client, call) {
  const world = new World(call);
  // Of what waits for nothing a process would end without a word.
  const patience = REAL.setTimeout(() => world.fail("nothing happens any more"), PATIENCE);
  const { method, client, arguments: given } = call;
  world.enter();
  try {
    const config = { ...client, now: () => world.now() };
    const made = new Client(
      world.hasFetch ? { ...config, fetch: (request) => world.fetch(request) } : config,
    );
    const options = { ...given[1], signal: world.controller.signal };
    const settled = made[method](given[0], options).then(
      (answer) => ({ answer }),
      (error) => ({ error }),
    );
    const result = await Promise.race([settled, world.closed]);
    world.leave();
    if (world.problem) throw world.problem;
    if (world.events.length > 0 && result)
      throw new Error(`it ended before ${JSON.stringify(world.events[0])}`);
    return result;
  } finally {
    world.leave();
    clearTimeout(patience);
  }
}

class World {
  constructor({ now, events, result }) {
    this.clock = now;
    this.events = [...events];
    this.isClosed = result === null;
    this.controller = new AbortController();
    // Where there is none at times it is the environment's.
    this.hasFetch = !events.some(({ hindrance }) => hindrance === "no_fetch");
    this.closed = new Promise((resolve) => {
      this.close = resolve;
    });
  }

  enter() {
    globalThis.setTimeout = (end, ms) => this.wait(end, ms);
    globalThis.clearTimeout = () => {};
    crypto.getRandomValues = (parts) => this.draw(parts);
    this.prepare();
  }

  leave() {
    const { getRandomValues, ...globals } = REAL;
    Object.assign(globalThis, globals);
    crypto.getRandomValues = getRandomValues;
  }

  /** The next event, which must be of this kind; nothing where the page is closed. */
  next(kind) {
    const event = this.events.shift();
    if (event?.do === kind) return event;
    if (event === undefined && this.isClosed) this.close();
    else this.fail(`${kind} where ${JSON.stringify(event)} was to come`);
    return undefined;
  }

  fail(message) {
    this.problem ??= new Error(message);
    this.close();
  }

  same(actual, expected, label) {
    const [got, wanted] = [actual, expected].map((value) => JSON.stringify(value));
    if (!isDeepStrictEqual(actual, expected)) this.fail(`${label}: expected ${wanted}, got ${got}`);
  }

  now() {
    if (this.events[0]?.do === "exchange") this.clock = this.events[0].now;
    return this.clock;
  }

  draw(parts) {
    // What is aborted already begins another question, which nobody sends.
    if (this.events.length === 0 && this.controller.signal.aborted) return parts;
    const digits = this.next("exchange")?.random.match(/.{8}/g) ?? [];
    for (const [index, part] of digits.entries()) parts[index] = Number.parseInt(part, 16);
    this.prepare();
    return parts;
  }

  wait(end, ms) {
    if (this.events[0]?.do === "send") {
      this.limit = { end, ms };
      return;
    }
    const event = this.next("sleep");
    if (!event) return;
    this.same(ms, event.ms, "a sleep");
    this.pass(event);
    queueMicrotask(event.aborted ? () => this.controller.abort() : end);
  }

  async fetch(request) {
    const event = this.next("send");
    if (!event) return forever();
    const { method, url, headers } = request;
    const sent = { method, url, headers: Object.fromEntries(headers) };
    if (event.request.body !== undefined && event.request.body !== null) sent.body = await request.text();
    const expected = { ...event.request, headers: Object.fromEntries(Object.entries(event.request.headers)) };
    if (expected.body === null) delete expected.body;
    this.same(sent, expected, "a request");
    this.same(this.limit.ms, event.withinMs, "how long to wait for the answer");
    if (!event.came) {
      this.close();
      return forever();
    }
    this.pass(event);
    return this.answer(event.came);
  }

  answer({ lost, status, retryAfter, body }) {
    switch (lost) {
      case undefined:
        return answerOf(status, retryAfter, body);
      case "aborted":
        this.controller.abort();
        return forever();
      case "timed_out":
        this.limit.end();
        return forever();
      case "disconnected":
        throw new TypeError("fetch failed");
      case "not_a_response":
        return "not a response";
      case "truncated":
        return new Response(streamOf((stream) => stream.error(new TypeError("terminated"))));
      case "too_large":
        return new Response(streamOf((stream) => stream.enqueue(TOO_LARGE)));
      default:
        return this.fail(`an answer lost as ${lost}`);
    }
  }

  pass({ now }) {
    this.clock = now;
    this.prepare();
  }

  /** What happened between two events has happened before the next begins. */
  prepare() {
    const [{ do: kind, hindrance } = {}] = this.events;
    if (hindrance === "aborted") this.controller.abort();
    if (kind === "exchange" && !this.hasFetch) {
      globalThis.fetch = hindrance === "no_fetch" ? undefined : (request) => this.fetch(request);
    }
  }
}

const forever = () => new Promise(() => {});

function streamOf(begin) {
  let begun = false;
  return new ReadableStream({
    pull(stream) {
      if (begun) return forever();
      begun = true;
      return begin(stream);
    },
  });
}

/** What no constructor makes, as a redirect that is not followed, is given as it looks. */
function answerOf(status, retryAfter, body) {
  const headers = new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter });
  const hasBody = status >= 200 && ![204, 205, 304].includes(status);
  return hasBody ? new Response(body, { status, headers }) : { status, headers, body: null };
}
