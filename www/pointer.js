// An error that appears between pressing and releasing the button moves the page under the pointer, and the click is lost.

let pressed = false;
let waiting = [];

function release() {
  pressed = false;
  const actions = waiting;
  waiting = [];
  setTimeout(() => {
    for (const action of actions) action();
  }, 0);
}

export function watchPointer() {
  const press = () => {
    pressed = true;
  };
  document.addEventListener("pointerdown", press, true);
  // A release outside the window may never be told; the next key ends the waiting too.
  for (const end of ["pointerup", "pointercancel", "dragend", "keydown"]) {
    document.addEventListener(end, release, true);
  }
}

export function whenPointerIsUp(action) {
  if (pressed) waiting.push(action);
  else action();
}
