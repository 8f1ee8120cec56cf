// Turns an example as documentation shows it into a program that checks what its comments say.
//
//   som(500); // { minor: 50000, currency: "UZS" }: why   the value, as JavaScript
//   checkoutLink(order); // "https://my.paylov.uz/…"      text that begins so
//   som(NaN); // throws not_a_number: why                 the code of the error
//
// Any other comment is prose, and its statement only has to run.

import { parse, parseExpressionAt } from "acorn";

/**
 * The example with each expression statement that promises something wrapped in a call of `promise`, or of `promised` where it
 * waits; and what it imports.
 */
export function instrumented(source) {
  const comments = [];
  const program = parse(source, { ecmaVersion: "latest", sourceType: "module", onComment: comments });
  const edits = [];
  for (const statement of expressionStatements(program)) {
    const claim = claimAfter(source, statement, comments);
    if (claim) {
      const expression = source.slice(statement.expression.start, statement.expression.end);
      const replacement = waits(statement.expression)
        ? `await promised(async () => (${expression}), ${JSON.stringify(claim)});`
        : `promise(() => (${expression}), ${JSON.stringify(claim)});`;
      edits.push({ start: statement.start, end: statement.end, replacement });
    }
  }
  const imports = [];
  for (const node of program.body.filter(({ type }) => type === "ImportDeclaration")) {
    edits.push({ start: node.start, end: node.end, replacement: "" });
    for (const { imported } of node.specifiers)
      imports.push({ entry: node.source.value, name: imported.name });
  }
  edits.sort((a, b) => b.start - a.start);
  let text = source;
  for (const { start, end, replacement } of edits)
    text = text.slice(0, start) + replacement + text.slice(end);
  return { text, imports };
}

/** What a comment promises, or nothing where it is prose. */
export function readClaim(comment) {
  const code = /^throws ([a-z_]+)/.exec(comment);
  if (code) return { throws: code[1] };
  const text = /^"(.*)…"$/.exec(comment);
  if (text) return { startsWith: text[1] };
  if (!/^([[{"\d]|true\b|false\b)/.test(comment)) return undefined;
  const value = parseExpressionAt(comment, 0, { ecmaVersion: "latest" });
  return { equals: new Function(`return (${comment.slice(0, value.end)})`)() };
}

function* expressionStatements(node) {
  if (!node || typeof node.type !== "string") return;
  if (node.type === "ExpressionStatement") yield node;
  for (const child of childrenOf(node)) yield* expressionStatements(child);
}

/** Whether there is an `await` in it, of its own and not of a function's. */
function waits(node) {
  if (!node || typeof node.type !== "string" || /Function/.test(node.type)) return false;
  return node.type === "AwaitExpression" || childrenOf(node).some(waits);
}

function childrenOf(node) {
  return Object.values(node).flat();
}

/** The comment on the statement's line, or the one that stands alone on the next. */
function claimAfter(source, statement, comments) {
  const comment = comments.find(({ start }) => start >= statement.end);
  if (!comment) return undefined;
  const between = source.slice(statement.end, comment.start);
  return /^[ \t]*(\n)?[ \t]*$/.test(between) ? readClaim(comment.value.trim()) : undefined;
}
