// Elements in one expression.

const SVG = "http://www.w3.org/2000/svg";

export const part = (id) => document.getElementById(id);

/** An element: functions listen, other members are properties where there are such, and attributes otherwise. */
export function make(name, members = {}, ...children) {
  const element = document.createElement(name);
  for (const [member, value] of Object.entries(members)) {
    if (value === undefined) continue;
    if (typeof value === "function") element.addEventListener(member, value);
    else if (member in element) element[member] = value;
    else element.setAttribute(member, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
}

function makeSvg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/** A drawing that says nothing to those who do not see it. */
export function drawing(width, height, className, ...children) {
  const attributes = { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", focusable: "false" };
  return makeSvg("svg", { ...attributes, class: className }, ...children);
}

export const shape = makeSvg;

const ICONS = {
  paid: "M8.5 16.5l5 5 10-11",
  cancelled: "M10 10l12 12M22 10L10 22",
  refused: "M16 8.5v9M16 22.4v.2",
  unknown: "M12 12.2c.3-2.4 2-3.7 4.1-3.7 2.3 0 4 1.4 4 3.6 0 2.9-4.1 3.2-4.1 6.4M16 22.6v.2",
  busy: "M16 3.5a12.5 12.5 0 0 1 12.5 12.5",
  ready: "M9 16h14M17 10l6 6-6 6",
};

/** What a state looks like, beside its words. */
export function stateIcon(state) {
  const path = makeSvg("path", { class: "stroke", d: ICONS[state] });
  const ring = makeSvg("circle", { class: "ring", cx: 16, cy: 16, r: 15 });
  return drawing(32, 32, `state-icon ${state}`, ring, path);
}
