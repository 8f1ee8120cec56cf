// Functions that run in the page and measure what a reader sees.

/** Texts whose contrast with what lies behind them is below `least`. */
export function weakTexts(least) {
  const clear = { red: 0, green: 0, blue: 0, alpha: 0 };

  function parsed(colour) {
    const numbers = colour.match(/[\d.]+/g)?.map(Number);
    if (!numbers) return clear;
    const [red, green, blue, alpha = 1] = numbers;
    return { red, green, blue, alpha };
  }

  function over(front, back) {
    const mix = (name) => front[name] * front.alpha + back[name] * (1 - front.alpha);
    return { red: mix("red"), green: mix("green"), blue: mix("blue"), alpha: 1 };
  }

  function behind(element) {
    if (element === null) return { red: 255, green: 255, blue: 255, alpha: 1 };
    const own = parsed(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own : over(own, behind(element.parentElement));
  }

  function luminance({ red, green, blue }) {
    const linear = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  function ratio(element) {
    const back = behind(element);
    const front = over(parsed(getComputedStyle(element).color), back);
    const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function hasText(element) {
    if (element.matches("input:not([type=radio]), textarea, select")) return element.value !== "";
    return [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "",
    );
  }

  function isSeen(element) {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
  }

  return [...document.body.querySelectorAll("*")]
    .filter((element) => !element.closest("svg, noscript, script") && hasText(element) && isSeen(element))
    .map((element) => ({ element, ratio: ratio(element) }))
    .filter((found) => !(found.ratio >= least))
    .map(
      (found) =>
        `${found.element.localName}#${found.element.id} "${found.element.textContent.slice(0, 30)}" ${found.ratio.toFixed(2)}`,
    );
}

/** Controls that a finger misses: smaller than `least` in either direction. */
export function smallTargets(least) {
  const targetOf = (element) =>
    ["radio", "checkbox"].includes(element.type) ? element.closest("label") : element;
  return [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.matches(".skip"))
    .map((element) => ({ element, box: targetOf(element).getBoundingClientRect() }))
    .filter(({ box }) => box.width < least - 0.01 || box.height < least - 0.01)
    .map(
      ({ element, box }) =>
        `${element.localName}#${element.id} ${element.value ?? ""} ${box.width}×${box.height}`,
    );
}

/** What sticks out of the window sideways. */
export function sidewaysOverflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5)
    .map((element) => `${element.localName}#${element.id}.${element.className}`);
}

/** Whether the focused control shows that it is focused. */
export function focusIsShown() {
  const focused = document.activeElement;
  const shown = focused.type === "radio" ? focused.nextElementSibling : focused;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const { width, height } = shown.getBoundingClientRect();
  return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 && width > 1 && height > 1;
}
