// Performs what an exchange asks for: sends, waits, aborts. It decides nothing: each step is told what happened, and says
// what comes next (src/js/clients.rs). Nothing of a call stays in the module between two steps, so calls under way live on
// when the module traps in another one.

import { isTiyinError, TiyinError } from "./error.js";

// Places in src/js.rs.
const STEP = 97;

// More than this is not read of an answer (src/exchange.rs).
const LONGEST_ANSWER = 8388608;

/** One call of an endpoint, by its place, to its answer. */
export async function perform(run, place, settings, input, options) {
  const { fetch: send = globalThis.fetch, now = Date.now } = settings;
  let lost;
  try {
    const signal = options?.signal;
    const hindrance = signal?.aborted ? "aborted" : typeof send === "function" ? undefined : "nofetch";
    let step = run(place, settings, input, options, now(), randomDigits(), hindrance);
    const { request } = step;
    lost = step.lost;
    while (!("done" in step)) {
      const came =
        "sleepMs" in step
          ? await within(step.sleepMs, signal, undefined, SLEPT)
          : await within(step.withinMs, signal, (aborted) => answerOf(send, request, aborted), TIMED_OUT);
      step = run(STEP, step.state, now(), came.event, came.status, came.retryAfter, came.body);
    }
    return step.done;
  } catch (cause) {
    // Of what fails here itself nobody knows more than that it was sent.
    if (lost && !(isTiyinError(cause) && cause.code !== "internal")) throw new TiyinError({ ...lost, cause });
    throw cause;
  }
}

const SLEPT = { status: -1 };
const TIMED_OUT = { event: "timeout" };

/** Waits, or until the caller gives up. */
export const sleep = (ms, signal) => within(ms, signal, undefined, SLEPT);

/** What the work comes to, or what happens before: the time is over, or the caller gives up. It holds where the work never ends. */
function within(ms, signal, work, over) {
  const controller = new AbortController();
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(over, true), ms);
    const abort = () => end({ event: "aborted" }, true);
    function end(came, early) {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      if (early) controller.abort();
      // Only the first counts. What a fetch gives later that ignores its signal is dropped.
      resolve(came);
    }
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    else work?.(controller.signal).then(end, () => end({ event: "network" }));
  });
}

async function answerOf(send, { url, ...init }, signal) {
  // What fetch rejects with is not looked at: it can be anything, and may hold what was sent. Called as a function of its own,
  // as a page's fetch has to be.
  const answer = await send(new Request(url, { ...init, redirect: "manual", signal }));
  // Not told by its class: other libraries' fetch functions have their own.
  if (!Number.isInteger(answer?.status) || typeof answer.headers?.get !== "function")
    return { event: "other" };
  const retryAfter = answer.headers.get("retry-after");
  return {
    status: answer.status,
    retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
    ...(await bodyOf(answer, signal)),
  };
}

async function bodyOf(answer, signal) {
  const reader = answer.body?.getReader?.();
  // Some that are no browser's have no streams.
  if (!reader) return whole(answer);
  // Nobody waits for it, and of a stream that has ended it does nothing.
  const cancel = () => void reader.cancel()?.catch?.(() => {});
  signal.addEventListener("abort", cancel);
  const chunks = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { body: joined(chunks, length) };
      length += value.length;
      if (length > LONGEST_ANSWER) return { event: "large" };
      chunks.push(value);
    }
  } catch {
    return { event: "cut" };
  } finally {
    cancel();
  }
}

async function whole(answer) {
  if (answer.body === null || typeof answer.arrayBuffer !== "function") return { body: new Uint8Array() };
  try {
    const body = new Uint8Array(await answer.arrayBuffer());
    return body.length > LONGEST_ANSWER ? { event: "large" } : { body };
  } catch {
    return { event: "cut" };
  }
}

function joined(chunks, length) {
  if (chunks.length === 1) return chunks[0];
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function randomDigits() {
  let digits = "";
  for (const part of crypto.getRandomValues(new Uint32Array(4))) digits += part.toString(16).padStart(8, "0");
  return digits;
}

/** Flags, functions and signals, which only clients take (pack.js). */
export function textOfOther(value) {
  switch (typeof value) {
    case "boolean":
      return ["c", String(value)];
    case "function":
      return ["c", "function"];
  }
  // Not told by its class: other libraries' signals have their own.
  if (typeof value?.aborted === "boolean" && typeof value.addEventListener === "function")
    return ["c", "signal"];
}

/** A body stands behind the packed arguments, as it came. */
export function withBody(packed, values) {
  const body = values[5];
  if (!(body instanceof Uint8Array)) return packed;
  const whole = new Uint8Array(packed.length + body.length);
  whole.set(packed);
  whole.set(body, packed.length);
  packed.fill(0);
  return whole;
}
