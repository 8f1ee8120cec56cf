// What went over the wire for each payment, for those who wait: whether the payment's answer came, how often it was asked for.

const NOTHING = { answer: undefined, asked: 0, askedAt: undefined, said: undefined };

export function makeWire(fetch) {
  const traces = new Map();
  const listeners = new Set();

  function note(id, changes) {
    traces.set(id, { ...NOTHING, ...traces.get(id), ...changes });
    for (const listener of listeners) listener(id);
  }

  async function paying(request) {
    const { transactionId } = await request.clone().json();
    note(transactionId, { answer: "awaited" });
    try {
      const response = await fetch(request);
      note(transactionId, { answer: response.ok ? "came" : "failed" });
      return response;
    } catch (error) {
      note(transactionId, { answer: "lost" });
      throw error;
    }
  }

  async function asking(request, id) {
    note(id, { asked: (traces.get(id)?.asked ?? 0) + 1, askedAt: Date.now() });
    const response = await fetch(request);
    const { result } = await response
      .clone()
      .json()
      .catch(() => ({}));
    note(id, { said: result?.status });
    return response;
  }

  return {
    fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.endsWith("/pay/")) return paying(request);
      if (pathname.endsWith("/transaction/status/"))
        return asking(request, searchParams.get("transactionId"));
      return fetch(request);
    },
    of: (transactionId) => traces.get(transactionId) ?? NOTHING,
    listen(listener) {
      listeners.add(listener);
    },
  };
}
