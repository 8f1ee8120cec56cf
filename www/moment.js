// Moments as a reader's clock and calendar write them.

import { language } from "./language.js";

// Not every browser has Uzbek dates. Numbers are written in Uzbek as in Russian.
const FORMATS = { uz: ["ru-RU", "short"], ru: ["ru-RU", "short"], en: ["en-GB", "medium"] };

export function localTime(moment) {
  const [locale, dateStyle] = FORMATS[language()];
  return new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: "medium" }).format(moment);
}

const twoDigits = (number) => String(number).padStart(2, "0");

/** Hours, minutes and seconds as a clock counts them down: 0:59, 59:59, 23:59:59. */
export function clock(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const shown = hours === 0 ? [minutes] : [hours, twoDigits(minutes % 60)];
  return [...shown, twoDigits(seconds % 60)].join(":");
}
