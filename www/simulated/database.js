// A store that all tabs of the browser share. Its transactions come one after the other whatever tab they are of, and that
// is what the page's promises rest on: the order of the sandbox's requests, and who may send a payment.

const STORE = "rows";

const answerOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Rows of plain data under `id`, counted from one. Rejects where the browser stores nothing. `lost` is called when it does
 * so no longer; who asks the store then is never answered, so that nobody goes on as if something had been stored.
 */
export async function openStore(name, lost) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
  const database = await answerOf(opening);
  database.addEventListener("close", lost);

  async function transact(mode, work) {
    try {
      return await complete(mode, work);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      lost();
      return new Promise(() => {});
    }
  }

  async function complete(mode, work) {
    const transaction = database.transaction(STORE, mode);
    const over = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    });
    const [result] = await Promise.all([work(methodsOf(transaction.objectStore(STORE))), over]);
    return result;
  }

  // `work` may wait for these methods and for nothing else: a transaction ends when nothing is asked of it.
  return {
    read: (work) => transact("readonly", work),
    write: (work) => transact("readwrite", work),
  };
}

function methodsOf(store) {
  return {
    get: (id) => answerOf(store.get(id)),
    after: (id) => answerOf(store.getAll(IDBKeyRange.lowerBound(id, true))),
    all: () => answerOf(store.getAll()),
    add: (row) => answerOf(store.add(row)),
    put: (row) => answerOf(store.put(row)),
    clear: () => answerOf(store.clear()),
  };
}
