// Tells this tab and the others that something shared has changed.

export function makeNews(name) {
  const channel = new BroadcastChannel(name);
  const listeners = new Set();
  const hear = () => {
    for (const listener of listeners) listener();
  };
  channel.addEventListener("message", hear);

  return {
    tell() {
      channel.postMessage("changed");
      hear();
    },
    listen(listener) {
      listeners.add(listener);
    },
  };
}
