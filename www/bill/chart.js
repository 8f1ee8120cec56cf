// Sums by category as a table whose rows have bars: whoever does not see the bars has the figures.

import { drawing, make, part, shape } from "../simulated/dom.js";
import { money } from "../simulated/say.js";

const WIDTH = 200;
const HEIGHT = 12;

function bar(share) {
  const width = Math.max(2, Math.round(share * WIDTH));
  const track = shape("rect", { class: "track", width: WIDTH, height: HEIGHT, rx: 3 });
  const length = shape("rect", { class: "length", width, height: HEIGHT, rx: 3 });
  const chart = drawing(WIDTH, HEIGHT, "bar-chart", track, length);
  chart.setAttribute("preserveAspectRatio", "none");
  return chart;
}

function row({ name, sum }, largest) {
  return make(
    "tr",
    {},
    make("th", { scope: "row", lang: "ru", textContent: name }),
    make("td", { className: "number amount-cell", textContent: money(sum) }),
    make("td", { className: "bar-cell" }, bar(sum.minor / largest)),
  );
}

/** `sums` has the largest first. */
export function showChart(sums) {
  part("chart-rows").replaceChildren(...sums.map((one) => row(one, sums[0].sum.minor)));
}
