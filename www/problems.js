import { hasText, text } from "./language.js";

/** What went wrong as plain data: `isTiyinError` errors keep their code and field, anything else is a defect. */
export function problemOf(error) {
  const code = typeof error?.code === "string" ? error.code : "internal";
  return { code, field: error?.field ?? "", message: String(error?.message ?? error) };
}

export function describe(problem) {
  return sentence("errors", problem);
}

export function describeWarning(warning) {
  return sentence("warnings", warning);
}

function sentence(group, { code, field, message }) {
  const key = `${group}.${code}`;
  if (!hasText(key)) return text(`${group}.unknown`, { code, message });
  return text(key, { field: field || "?" });
}
