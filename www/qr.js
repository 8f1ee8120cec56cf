// The QR code of the shown link. Its module is fetched when there is a first link to draw, so that the link never waits
// for it.

import { setText, text } from "./language.js";
import { loadEntry } from "./package.js";
import { describe, problemOf } from "./problems.js";

/** The side of the box that waits for the code (qr.css). */
const SIDE = 256;

const part = (id) => document.getElementById(id);

/** Modules of whole pixels are equally wide. Below two pixels, which only the longest links need, phones fail. */
function sideOf(svg) {
  const modules = Number(/viewBox="0 0 (\d+)/.exec(svg)[1]);
  return modules * Math.max(2, Math.floor(SIDE / modules));
}

function showState(message) {
  const state = part("qr-state");
  delete state.dataset.text;
  state.textContent = message;
  state.hidden = false;
  part("qr-image").hidden = true;
  part("qr-image").removeAttribute("src");
  part("qr-download").removeAttribute("href");
}

function showCode(svg) {
  const address = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  const image = part("qr-image");
  image.width = sideOf(svg);
  image.height = image.width;
  image.src = address;
  image.hidden = false;
  part("qr-download").href = address;
  part("qr-state").hidden = true;
}

export function makeQr() {
  let started = false;
  let loaded = null;
  let link = null;

  async function load() {
    if (started) return;
    started = true;
    loaded = await loadEntry("qr", ({ qrSvg }) => qrSvg("1"));
    if (link !== null) draw();
  }

  function draw() {
    if (loaded === null) return setText(part("qr-state"), "qr.loading");
    if (loaded.problem) return showState(describe(loaded.problem));
    try {
      showCode(loaded.entry.qrSvg(link));
    } catch (error) {
      const problem = problemOf(error);
      showState(problem.code === "too_long" ? text("qr.tooLong") : describe(problem));
    }
  }

  return {
    show(shown, money) {
      part("qr-image").alt = text("qr.alt", { money });
      link = shown;
      load();
      draw();
    },
    clear() {
      link = null;
      showState("");
    },
  };
}
