// Before anything is measured: all sides make the same links, and the validating ones refuse the same orders.

import { refusedOrders, variedOrders } from "../orders.js";

export function checkSameLinks(ours, peer) {
  for (const order of variedOrders()) {
    const [our, other] = [ours(order), peer(order)];
    if (our !== other) {
      throw new Error(
        `${peer.name} makes another link of ${JSON.stringify(order)}\nours ${our}\npeer ${other}`,
      );
    }
  }
}

export function checkSameRefusals(...sides) {
  for (const order of refusedOrders()) {
    for (const side of sides) {
      if (!refuses(side, order)) throw new Error(`${side.name} takes ${JSON.stringify(order)}`);
    }
  }
}

function refuses(side, order) {
  try {
    side(order);
    return false;
  } catch {
    return true;
  }
}
