// Performs what an exchange asks for: sends, waits, aborts. It decides nothing: each step is told what happened, and says
// what comes next (src/js/clients.rs). Nothing of a call stays in the module between two steps, so calls under way live on
// when the module traps in another one.

import { isTiyinError, TiyinError } from "./error.js";

// Places in src/js.rs.
const STEP = 97;

// More than this is not read of an answer (src/exchange.rs), and not more pieces: a stream of empty ones has no end.
const LONGEST_ANSWER = 1 << 23;
const MOST_PIECES = 1 << 16;

/** One call of an endpoint, by its place, to its answer. `unsent` is what its error says besides, where nothing was sent. */
export async function perform(run, place, settings, input, options, unsent) {
  let lost;
  let reason;
  let request;
  try {
    const { fetch: send = globalThis.fetch, now = Date.now } = settings;
    const signal = signalOf(options);
    const hindrance = signal?.aborted ? "aborted" : typeof send === "function" ? undefined : "nofetch";
    let step = run(place, settings, input, options, timeOf(now), randomNumbers(), hindrance);
    ({ request, lost } = step);
    while (!("done" in step)) {
      const came =
        "sleepMs" in step
          ? await sleep(step.sleepMs, signal)
          : await within(step.withinMs, signal, TIMED_OUT, (sent) => answerOf(send, request, sent));
      reason = came.thrown && reasonOf(came.thrown, request);
      step = run(STEP, step.state, timeOf(now), came.event, came.status, came.retryAfter, came.body);
    }
    return step.done;
  } catch (cause) {
    throw withoutSent(told(cause, lost, unsent, reason), request, settings);
  }
}

const UNBEGUN = { code: "internal", message: "it failed before anything was sent" };
const DEFECT = { code: "internal", message: "a defect of tiyin; please report it" };

/** What to throw: what the module says of a call, with its reason; and what failed besides, with whether it was sent. */
export function told(cause, lost, unsent, reason) {
  const known = isTiyinError(cause);
  if (known && (cause.outcome ?? cause.provider)) {
    if (!reason || reason === cause) return cause;
    return new TiyinError({ ...cause, message: cause.message, cause: reason });
  }
  const facts = known
    ? { ...cause, message: cause.message, cause: cause.cause }
    : { ...(lost ? DEFECT : UNBEGUN), cause: reasonOf(cause) };
  return new TiyinError({ ...facts, ...(lost ?? unsent), code: facts.code, message: facts.message });
}

/** The error without what was sent: a key, a session, a code or a card's number that the provider or the proxy repeats. */
function withoutSent(error, request, settings) {
  const { headers } = request ?? {};
  const { otp, cardNumber } = bodyOf(request);
  const { "content-type": _, "idempotency-key": __, ...credentials } = headers ?? {};
  const sent = Object.values(credentials).join(" ").split(" ").concat(otp, settings.auth?.password);
  const secrets = sent.filter((part) => part?.length > 3 && !/^(Bearer|Basic)$/.test(part));
  const facts = { ...error, message: error.message, cause: error.cause };
  let isSame = true;
  for (const name of ["message", "providerCode", "providerMessage", "requestId"]) {
    for (const secret of secrets.flatMap((part) => [part, encodeURIComponent(part)])) {
      if (!facts[name]?.includes(secret)) continue;
      isSame = false;
      facts[name] = facts[name].replaceAll(secret, "****");
    }
    if (repeats(facts[name], cardNumber)) {
      isSame = false;
      facts[name] = "****";
    }
  }
  return isSame ? error : new TiyinError(facts);
}

const bodyOf = (request) => (request?.body ? JSON.parse(request.body) : {});

/** Whether a text has a card's number that was sent, as others may write it: in groups, escaped, in hexadecimal or in base64. */
function repeats(text, number) {
  if (!text || !number) return false;
  const digits = text.replace(/%20|\\u00|\D/gi, "");
  const codes = number.replace(/\d/g, "3$&");
  // What of base64 is the same whatever stands before and behind.
  const encoded = (before) => btoa("0".repeat(before) + number).slice(before && before + 1, -3);
  return (
    digits.includes(number) ||
    digits.includes(codes) ||
    [0, 1, 2].some((before) => text.includes(encoded(before)))
  );
}

/** The time. A clock is the caller's, and can do anything. */
export function timeOf(now) {
  try {
    return now();
  } catch (thrown) {
    const message = "now: it threw; give what Date.now gives";
    const cause = reasonOf(thrown);
    throw new TiyinError({ code: "unreadable", field: "now", message, nextAction: "fix_input", cause });
  }
}

// As engines and libraries name errors: UND_ERR_SOCKET, ConnectionRefused, Http2Error.
const WORD = /^(?!(?:.*\d){5})[a-z](?:[a-z_]|\d{1,2}(?!\d)){2,39}$/i;
const LONGEST_CHAIN = 4;

/**
 * What an error may tell of what somebody else threw. That can hold all that was sent, in its text and in members of its own, so
 * nothing is kept but names and codes, of it and of its causes; and of those none that has to do with what was sent.
 */
export function reasonOf(thrown, request) {
  const { url, body, headers } = request ?? {};
  const { cardNumber } = bodyOf(request);
  const sent = [url, body, ...Object.values(headers ?? {})].join(" ").toLowerCase();
  const given = sent.match(/\w{4,}/g) ?? [];
  const isShown = (word) =>
    typeof word === "string" &&
    WORD.test(word) &&
    !repeats(word, cardNumber) &&
    !given.some((part) => part.includes(word.toLowerCase()) || word.toLowerCase().includes(part));
  const names = [];
  const codes = [];
  try {
    for (let link = thrown; link && names.length < LONGEST_CHAIN; link = link.cause) {
      names.push(link.name);
      codes.push(link.code);
    }
  } catch {}
  const [code] = codes.filter(isShown);
  const words = [...names, ...codes].filter(isShown);
  return words.length > 0 ? Object.assign(new Error(words.join(": ")), code && { code }) : undefined;
}

/** The caller's signal. Where it cannot be read, the module says so. */
function signalOf(options) {
  try {
    const signal = options?.signal;
    return textOfOther(signal)?.[1] === "signal" ? signal : undefined;
  } catch {}
}

const SLEPT = { event: "woke" };
const TIMED_OUT = { event: "timeout" };

/** Waits, or until the caller gives up. */
export const sleep = (ms, signal) => within(ms, signal, SLEPT);

/** What the work comes to, or what happens before: the time is over, or the caller gives up. It holds where the work never ends. */
export function within(ms, signal, over, work) {
  const sent = work && { controller: new AbortController() };
  return new Promise((resolve) => {
    let isOver = false;
    const timer = setTimeout(() => end(over, true), ms);
    const abort = () => end({ event: "aborted" }, true);
    function end(came, early) {
      clearTimeout(timer);
      if (signal) quietly(() => signal.removeEventListener("abort", abort));
      if (early) {
        isOver = true;
        sent?.controller.abort();
        leave(sent?.reader);
      }
      // Only the first counts. What a fetch gives later that ignores its signal is dropped.
      resolve(came);
    }
    if (signal)
      quietly(() => {
        signal.addEventListener("abort", abort);
        if (signal.aborted) abort();
      });
    if (!isOver) work?.(sent).then(end);
  });
}

/** Nobody waits for it. */
const leave = (reader) => quietly(() => reader?.cancel());

/** Signals and streams can be anybody's: what they throw at being left changes nothing. */
function quietly(leave) {
  try {
    leave()?.catch?.(() => {});
  } catch {}
}

async function answerOf(send, given, sent) {
  let request;
  try {
    request = requestOf({ redirect: "manual", ...given, signal: sent.controller.signal });
  } catch (thrown) {
    // The only failure after which it is certain that nothing was sent: fetch was not called.
    return { event: "norequest", thrown };
  }
  let answer;
  try {
    // Called as a function of its own, as a page's fetch has to be.
    answer = await send(request);
  } catch (thrown) {
    return { event: "network", thrown };
  }
  if (sent.controller.signal.aborted) {
    // It comes too late, and nobody reads it.
    quietly(() => answer.body.cancel());
    return TIMED_OUT;
  }
  try {
    // Not told by its class: other libraries' fetch functions have their own.
    const { status, headers, body } = answer;
    if (!Number.isInteger(status)) return { event: "other" };
    const retryAfter = headers.get("retry-after");
    return {
      status,
      retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
      // Some that are no browser's have no streams.
      ...(await (body?.getReader ? streamed(body.getReader(), sent) : whole(answer, body))),
    };
  } catch {
    return { event: "other" };
  }
}

function requestOf(init) {
  try {
    return new Request(init.url, init);
  } catch {
    // Where a document is simulated, AbortController can be another library's than Request. It ends in time all the same.
    return new Request(init.url, { ...init, signal: undefined });
  }
}

async function streamed(reader, sent) {
  sent.reader = reader;
  const pieces = [];
  let length = 0;
  while (length <= LONGEST_ANSWER && pieces.length < MOST_PIECES) {
    let piece;
    try {
      piece = await reader.read();
    } catch (thrown) {
      return { event: "cut", thrown };
    }
    if (piece.done) return { body: new Body(pieces, length) };
    if (!ArrayBuffer.isView(piece.value)) {
      leave(reader);
      return { event: "other" };
    }
    length += piece.value.byteLength;
    pieces.push(piece.value);
  }
  leave(reader);
  return { event: "large" };
}

async function whole(answer, body) {
  if (body === null) return { body: new Body([], 0) };
  if (typeof answer.arrayBuffer !== "function") return { event: "other" };
  try {
    const piece = new Uint8Array(await answer.arrayBuffer());
    return piece.length > LONGEST_ANSWER ? { event: "large" } : { body: new Body([piece], piece.length) };
  } catch (thrown) {
    return { event: "cut", thrown };
  }
}

/** What was read of an answer. pack.js leaves instances out; `withBody` puts it behind the arguments. */
class Body {
  constructor(pieces, length) {
    this.pieces = pieces;
    this.length = length;
  }
}

/** Four numbers of 32 bits, each with a space after it. */
const randomNumbers = () => `${crypto.getRandomValues(new Uint32Array(4)).join(" ")} `;

/** Flags, functions and signals, which only clients take (pack.js). */
export function textOfOther(value) {
  switch (typeof value) {
    case "boolean":
      return ["c", String(value)];
    case "function":
      return ["c", "function"];
  }
  // Not told by its class: other libraries' signals have their own.
  if (
    typeof value?.aborted === "boolean" &&
    typeof value.addEventListener === "function" &&
    typeof value.removeEventListener === "function"
  )
    return ["c", "signal"];
}

/** A body stands behind the packed arguments, as it came. */
export function withBody(packed, values) {
  const body = values[5];
  if (!(body instanceof Body)) return packed;
  const whole = new Uint8Array(packed.length + body.length);
  whole.set(packed);
  let at = packed.length;
  for (const { buffer, byteOffset, byteLength } of body.pieces) {
    whole.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  packed.fill(0);
  return whole;
}
