// The package checks an order, and gives its hash, before it asks anybody. This client reaches nobody.

const NOWHERE = { baseUrl: "https://sandbox.example/bank", fetch: () => new Promise(() => {}) };

export function makeChecker({ BankTransfers }) {
  const client = new BankTransfers(NOWHERE);

  /** The order's hash. Rejects where the order is wrong, or is not the one that `orderHash` is of. */
  return async (order, orderHash) => {
    const settlement = await client.settle(order, {
      maxCreates: 0,
      deadlineMs: 1,
      ...(orderHash && { orderHash }),
    });
    return settlement.orderHash;
  };
}
