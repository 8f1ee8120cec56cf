import { createServer } from "node:http"; import sirv from "sirv"; import { chromium } from "playwright-core"; import { once } from "node:events"; import { writeFileSync, readFileSync } from "node:fs";
writeFileSync("/tmp/lab/page.html", '<!doctype html><meta charset="utf-8">');
const boot = readFileSync("/tmp/lab/boot.wasm").toString("base64");
const server = createServer(sirv("/tmp/lab", { dev: true })).listen(0, "127.0.0.1"); await once(server, "listening");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: ["--no-sandbox","--disable-gpu","--disable-quic"] });
const med = (a) => a.toSorted((x,y)=>x-y)[a.length>>1];
const variants = {
  loop: `(text, length) => { const bytes = new Uint8Array(length); let at = 0; for (let index = 0; index < length; index++) { let code = text.charCodeAt(at++); if (code >> 2 === 26) code = text.charCodeAt(at++) ^ (code << 6); bytes[index] = (code & 128) | ((code - 54) & 127); } return bytes; }`,
  typed: `(text, length) => { const from = new TextEncoder().encode(text); const bytes = new Uint8Array(length); let at = 0; for (let index = 0; index < length; index++) { let code = from[at++]; if (code >> 2 === 26) code = from[at++] ^ (code << 6); bytes[index] = (code & 128) | ((code - 54) & 127); } return bytes; }`,
  chunks: `(text, length) => { const bytes = new Uint8Array(length); let at = 0; const part = (index, end) => { for (; index < end; index++) { let code = text.charCodeAt(at++); if (code >> 2 === 26) code = text.charCodeAt(at++) ^ (code << 6); bytes[index] = (code & 128) | ((code - 54) & 127); } }; for (let index = 0; index < length; index += 128) part(index, Math.min(length, index + 128)); return bytes; }`,
  boot: `(text, length) => { const m = new WebAssembly.Module(Uint8Array.from(atob("${boot}"), (c) => c.charCodeAt(0))); const { m: memory, d } = new WebAssembly.Instance(m).exports; memory.grow((text.length + length) >> 16); const all = new Uint8Array(memory.buffer); new TextEncoder().encodeInto(text, all); d(0, text.length, text.length); return all.subarray(text.length, text.length + length); }`,
};
const dir = process.argv[2];
const rows = {};
for (let k = 0; k < 15; k++) for (const [name, source] of Object.entries(variants)) {
    const context = await browser.newContext(); const page = await context.newPage();
    const s = await context.newCDPSession(page); await s.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(base());
    (rows[name] ??= []).push(await page.evaluate(async ([dir, source]) => {
      const { bytes, length } = await import(`/${dir}/wasm/checkout.bytes.js`); const glue = await import(`/${dir}/wasm/checkout.js`); const { pack, unpack } = await import(`/${dir}/pack.js`);
      const decode = (0, eval)(source);
      const t0 = performance.now();
      const packed = pack([undefined, { merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", amount: { minor: 100, currency: "UZS" }, account: { a: "1" }, returnUrl: "https://shop.example.uz/x" }]);
      const t1 = performance.now();
      const out = decode(bytes, length);
      const t2 = performance.now();
      const module = new WebAssembly.Module(out);
      const t3 = performance.now();
      glue.initSync({ module });
      const t4 = performance.now();
      const link = glue.checkoutLink(packed);
      const t5 = performance.now();
      if (!link.startsWith("=https")) throw new Error(link);
      return { pack: t1-t0, decode: t2-t1, compile: t3-t2, instantiate: t4-t3, first: t5-t4, total: t5-t0 };
    }, [dir, source]));
    await context.close();
}
function base() { return `http://127.0.0.1:${server.address().port}/page.html`; }
for (const [n, r] of Object.entries(rows)) console.log(dir, n.padEnd(8), Object.keys(r[0]).map((c) => `${c} ${med(r.map((x) => x[c])).toFixed(2)}`).join("  "));
await browser.close(); server.close();
