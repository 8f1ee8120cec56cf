// A bank's statement: a page read and validated, beside JSON.parse and zod; and all pages added up, beside JSON.parse alone.

import { isDeepStrictEqual } from "node:util";
import { interleaveWarm, timedInTurn } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { plainTotals } from "../peers/plain-totals.js";
import { zodStatement } from "../peers/zod-statement.js";
import { QUERY, wireRows } from "../statements.js";

const BASE_URL = "https://bank.example.uz/";
const AUTH = { username: "gray", password: "p@ssw0rd" };
const AUTHORIZATION = `Basic ${btoa(`${AUTH.username}:${AUTH.password}`)}`;
const ROWS_A_PAGE = 1000;
const GROWTH = 1.5;

await line(async ({ effort }) => {
  const { BankTransfers } = await importEntry("tiyin/server");
  const bankWith = (fetch) => new BankTransfers({ baseUrl: BASE_URL, auth: AUTH, fetch });
  await checkSameRefusals(bankWith);
  return [
    ...(await pages(bankWith, effort(51, 15))),
    ...(await grown(bankWith, effort(31, 9))),
    ...(await totals(bankWith, effort(15, 7))),
  ];
});

/** One page, as large as the answer of a call may be at most. */
async function pages(bankWith, pairs) {
  const rows = [];
  for (const [count, calls] of [
    [100, 20],
    [1000, 4],
    [10_000, 1],
  ]) {
    const { ours, peer } = sidesOf(bankWith, pageOf(wireRows(count)));
    checkSame(await ours(QUERY), await peer(QUERY));
    const figures = await interleaveWarm(pairs, {
      ours: timedInTurn(() => ours(QUERY), calls),
      peer: timedInTurn(() => peer(QUERY), calls),
    });
    rows.push(ratioRow(`${shown(count)} rows, read and validated`, "fetch, zod", figures, { target: 2 }));
  }
  return rows;
}

/** A row of a page that is ten and a hundred times as long. */
async function grown(bankWith, pairs) {
  const side = (count, calls) => {
    const { ours } = sidesOf(bankWith, pageOf(wireRows(count)));
    const timed = timedInTurn(() => ours(QUERY), calls);
    return async () => (await timed()) / count;
  };
  const figures = await interleaveWarm(pairs, {
    100: side(100, 50),
    1000: side(1000, 5),
    10000: side(10_000, 1),
  });
  return [1000, 10_000].map((count) =>
    ratioRow(`${shown(count)} rows of a page, each`, "of 100", figures, {
      ours: count,
      peer: 100,
      target: GROWTH,
    }),
  );
}

async function totals(bankWith, pairs) {
  const rows = [];
  const all = wireRows(100_000);
  const texts = Array.from({ length: all.length / ROWS_A_PAGE }, (_, page) =>
    pageOf(all.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE)),
  );
  const each = {};
  for (const count of [1000, 10_000, 100_000]) {
    const bank = pagesOf(texts.slice(0, count / ROWS_A_PAGE));
    const client = bankWith(bank);
    const ours = () => client.statementTotals(QUERY);
    const peer = () => plainTotals((lastId) => asked(bank, lastId));
    checkSame(await ours(), await peer());
    const times = 100_000 / count;
    const figures = await interleaveWarm(pairs, {
      ours: timedInTurn(ours, times),
      peer: timedInTurn(peer, times),
    });
    each[count] = figures.ours.map((time) => time / count);
    rows.push(ratioRow(`${shown(count)} rows added up`, "JSON.parse", figures, { target: 1 }));
  }
  for (const count of [10_000, 100_000]) {
    rows.push(
      ratioRow(`${shown(count)} rows added up, each`, "of 1,000", each, {
        ours: count,
        peer: 1000,
        target: GROWTH,
      }),
    );
  }
  return rows;
}

function sidesOf(bankWith, json) {
  const fetch = async () => new Response(json);
  const client = bankWith(fetch);
  return {
    ours: (query) => client.listStatement(query),
    peer: zodStatement(BASE_URL, AUTHORIZATION, fetch),
  };
}

/** A bank that has these pages. */
function pagesOf(texts) {
  const empty = pageOf([]);
  return async (request) => {
    const { lastId } = await request.json();
    return new Response(texts[lastId / ROWS_A_PAGE] ?? empty);
  };
}

async function asked(fetch, lastId) {
  const body = JSON.stringify({
    type: "0",
    lastId,
    fromDate: "01.01.2023",
    toDate: "28.01.2023",
    serviceId: 33,
  });
  const headers = { authorization: AUTHORIZATION, "content-type": "application/json" };
  const request = new Request(`${BASE_URL}api/v2/account/payments`, { method: "POST", headers, body });
  const response = await fetch(request);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
}

/** What is no page is none to both. */
async function checkSameRefusals(bankWith) {
  const [row] = wireRows(1);
  const withRow = (changes) => pageOf([{ ...row, ...changes }]);
  for (const json of [
    "",
    "{",
    "[]",
    "{}",
    '{"status":"success","code":0}',
    '{"status":"success","code":1013,"data":[]}',
    '{"status":"error","code":1013,"data":[]}',
    pageOf([{}]),
    pageOf([row, 5]),
    withRow({ id: -1 }),
    withRow({ id: 1.5 }),
    withRow({ amount: -1 }),
    withRow({ amount: null }),
    withRow({ amount: "1,5" }),
    withRow({ type: null }),
  ]) {
    for (const side of Object.values(sidesOf(bankWith, json))) {
      const isTaken = await side(QUERY).then(
        () => true,
        () => false,
      );
      if (isTaken) throw new Error(`${json} is taken`);
    }
  }
}

function checkSame(ours, peer) {
  if (!isDeepStrictEqual(ours, peer))
    throw new Error(`ours ${JSON.stringify(ours).slice(0, 600)}\npeer ${JSON.stringify(peer).slice(0, 600)}`);
}

function pageOf(rows) {
  return JSON.stringify({ status: "success", code: 0, data: rows });
}

function shown(count) {
  return count.toLocaleString("en");
}
