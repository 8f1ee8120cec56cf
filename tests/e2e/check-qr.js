// The QR code: what a scanner reads in it is the link, wherever and however the page is shown.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { holdBack, openPage } from "./browser.js";
import { linkOn } from "./check-maker.js";
import { pictureOf, textIn } from "./qr-reader.js";
import { check } from "./report.js";

const MARGIN = 4;
const shown = (page) => page.locator("#qr-image").waitFor();
const accountValue = (page) => page.locator('.account-row [data-part="value"]');
const scanned = async (page) => textIn(await pictureOf(page, "#qr-image"));

async function checkScanning(browser, url) {
  for (const [width, scheme] of [
    [1440, "light"],
    [1440, "dark"],
    [360, "light"],
    [360, "dark"],
    [320, "dark"],
  ]) {
    await check(`${width} px, ${scheme}: a scanner reads the link in the QR code`, async () => {
      const page = await openPage(browser, url, { width, scheme });
      await shown(page);
      assert.equal(await scanned(page), await linkOn(page));
      await page.context().close();
    });
  }
  await check("in the dark too a white margin of four modules surrounds the code", async () => {
    const page = await openPage(browser, url, { scheme: "dark" });
    await shown(page);
    const { data, width } = await pictureOf(page, "#qr-image");
    const modules = Number(
      /viewBox="0 0 (\d+)/.exec(decodeURIComponent(await page.locator("#qr-image").getAttribute("src")))[1],
    );
    const colourAt = (column, row) => {
      const [x, y] = [column, row].map((module) => Math.floor(((module + 0.5) * width) / modules));
      return [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3)];
    };
    for (let module = 0; module < modules; module += 1) {
      for (let depth = 0; depth < MARGIN; depth += 1) {
        for (const [x, y] of [
          [module, depth],
          [module, modules - 1 - depth],
          [depth, module],
          [modules - 1 - depth, module],
        ]) {
          assert.deepEqual(colourAt(x, y), [255, 255, 255], `${x} ${y}`);
        }
      }
    }
    assert.deepEqual(colourAt(MARGIN, MARGIN), [0, 0, 0]);
    await page.context().close();
  });
}

async function checkFollowing(browser, url) {
  const page = await openPage(browser, url);
  await shown(page);

  for (const [kind, value] of [
    ["another", "Gʻulom-77"],
    ["a long", "x".repeat(500)],
    ["a very long", "7".repeat(1400)],
  ]) {
    await check(`the QR code follows ${kind} order`, async () => {
      await accountValue(page).fill(value);
      const link = await linkOn(page);
      assert.ok(link.length > value.length);
      assert.equal(await scanned(page), link);
    });
  }
  await check(
    "a link that no QR code holds is explained in three languages, and nothing is shown",
    async () => {
      await accountValue(page).fill("x".repeat(2000));
      for (const [language, pattern] of [
        ["ru", /не помещается в QR-код/],
        ["en", /does not fit into a QR code/],
        ["uz", /QR-kodga sigʻmaydi/],
      ]) {
        await page.locator(`input[name="language"][value="${language}"]`).check();
        assert.match(await page.locator("#qr-state").textContent(), pattern);
      }
      assert.equal(await page.locator("#qr-image").isVisible(), false);
      assert.equal(await page.locator("#qr-download").isVisible(), false);
      assert.match(await linkOn(page), /^https:/);
    },
  );
  await check("without a link there is no QR code, and it comes back with the link", async () => {
    await page.fill("#amount", "");
    assert.equal(await page.locator("#qr-image").getAttribute("src"), null);
    await page.fill("#amount", "500");
    await accountValue(page).fill("12");
    assert.equal(await scanned(page), await linkOn(page));
  });
  await check("the QR code has a name with the amount, in three languages", async () => {
    for (const [language, name] of [
      ["ru", /QR-код платёжной ссылки: 500\sсум/],
      ["en", /QR code of the payment link: UZS\s500/],
      ["uz", /Toʻlov havolasining QR-kodi: 500\ssoʻm/],
    ]) {
      await page.locator(`input[name="language"][value="${language}"]`).check();
      assert.equal(await page.getByRole("img", { name }).count(), 1, language);
    }
  });
  await check("the downloaded file is the shown code", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#qr-download").click(),
    ]);
    assert.equal(download.suggestedFilename(), "paylov-qr.svg");
    const file = await readFile(await download.path(), "utf8");
    assert.match(file, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<\/svg>$/s);
    const source = await page.locator("#qr-image").getAttribute("src");
    assert.equal(source, `data:image/svg+xml,${encodeURIComponent(file)}`);
  });
  await page.context().close();
}

async function checkLoading(browser, url) {
  await check("the link does not wait for a slow QR code, whose place is kept", async () => {
    let release;
    const prepare = async (page) => {
      release = await holdBack(page, "**/tiyin/qr.js");
    };
    const page = await openPage(browser, url, { width: 360, prepare });
    const height = () => page.locator("#result").evaluate((slip) => slip.offsetHeight);
    assert.match(await linkOn(page), /^https:/);
    assert.match(await page.locator("#qr-state").textContent(), /yuklanmoqda/);
    assert.equal(await page.locator("#qr-download").isVisible(), false);
    const before = await height();
    await page.fill("#amount", "700");
    release();
    await shown(page);
    assert.equal(await height(), before);
    assert.equal(await scanned(page), await linkOn(page));
    await page.context().close();
  });
  await check(
    "without the QR code's file the link is there all the same, and the file is named",
    async () => {
      const page = await openPage(browser, url, {
        expected: (text) => /tiyin\/qr\.js|404/.test(text),
        prepare: (opened) =>
          opened.route("**/tiyin/qr.js", (route) => route.fulfill({ status: 404, body: "" })),
      });
      await page.getByText("tiyin/qr.js").waitFor();
      assert.match(await linkOn(page), /^https:/);
      assert.equal(await page.locator("#qr-download").isVisible(), false);
      await page.context().close();
    },
  );
}

export async function checkQr(browser, url) {
  await checkScanning(browser, url);
  await checkFollowing(browser, url);
  await checkLoading(browser, url);
}
