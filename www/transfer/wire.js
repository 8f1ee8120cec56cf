// What went over the wire for each order, for its timeline. It decides nothing: what is certain is `settle`'s to say.

const ASKED = /\/payment\/([^/]+)$/;
const SENT = /\/payment(?:Budget)?$/;
const NOTHING = 1008;

const WORDS = { Введен: "accepted", Проведен: "settled", Удален: "deleted" };

/** What an answer says, as far as it can be read. */
async function saidBy(response) {
  const { status, code, data } = await response
    .clone()
    .json()
    .catch(() => ({}));
  if (status === "success") return WORDS[data?.payment_status] ?? "unclear";
  if (status === "error" && code === NOTHING) return "nothing";
  return status === "error" ? "refusal" : "unclear";
}

export function makeWire(fetch, note) {
  async function heard(request, kind, orderId) {
    try {
      const response = await fetch(request);
      await note(orderId, { kind, at: Date.now(), said: await saidBy(response) });
      return response;
    } catch (error) {
      await note(orderId, { kind, at: Date.now(), said: "lost" });
      throw error;
    }
  }

  async function sending(request) {
    const { orderId } = await request.clone().json();
    await note(orderId, { kind: "sending", at: Date.now() });
    return heard(request, "create", orderId);
  }

  /** Stands in for `fetch`. */
  return (request) => {
    const { pathname } = new URL(request.url);
    const asked = ASKED.exec(pathname);
    if (asked && request.method === "GET") return heard(request, "ask", decodeURIComponent(asked[1]));
    return SENT.test(pathname) ? sending(request) : fetch(request);
  };
}
