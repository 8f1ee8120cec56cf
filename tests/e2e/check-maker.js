// Making a link: what each field does to it, and what is said where a field is wrong.

import assert from "node:assert/strict";

import { openPage } from "./browser.js";
import { check } from "./report.js";

export const VENDOR_LINK =
  "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg==";
const MERCHANT = "merchant_id=571c06fb-6c61-4ef7-8567-5511abaf12b5";
const SCRIPT = `"><img src=x onerror="window.attacked=1"></script><script>window.attacked=1</script>\${1}\u202E\u2028'\\`;

/** Chooses as a keyboard user does: scripted choosing would not prove that the control works. */
export async function choose(page, select, index) {
  await page.locator(select).focus();
  await page.keyboard.press("Home");
  for (let step = 0; step < index; step += 1) await page.keyboard.press("ArrowDown");
}

export const linkOn = (page) => page.locator("#link").textContent();

export async function queryOn(page) {
  const link = await linkOn(page);
  assert.match(link, /^https:\/\/my\.paylov\.uz\/checkout\/create\/[A-Za-z0-9=]+$/);
  return Buffer.from(link.slice(link.lastIndexOf("/") + 1), "base64").toString();
}

/** No link is shown, nothing can be copied or opened. */
export async function assertNoLink(page) {
  assert.equal(await linkOn(page), "");
  assert.equal(await page.locator("#snippet").textContent(), "");
  assert.equal(await page.locator("#query").textContent(), "");
  assert.equal(await page.locator("#copy-link").isVisible(), false);
  assert.equal(await page.locator("#copy-code").isVisible(), false);
  assert.equal(await page.locator("#open-link").isVisible(), false);
  assert.equal(await page.locator("#open-link").getAttribute("href"), null);
}

/** The error stands beside its field, belongs to it for screen readers too, and no link is shown. */
export async function assertError(page, field, pattern) {
  const input = page.locator(field);
  await page.locator(`${field}[aria-invalid="true"]`).waitFor();
  const described = await input.evaluate((element) =>
    element
      .getAttribute("aria-describedby")
      .split(" ")
      .map((id) => document.getElementById(id))
      .filter((text) => text.matches(".error") && text.checkVisibility())
      .map((text) => text.textContent)
      .join(" "),
  );
  assert.match(described, pattern);
  await assertNoLink(page);
}

async function assertNoError(page, field) {
  assert.equal(await page.locator(field).getAttribute("aria-invalid"), null);
}

const spaced = (text) => text.replace(/\u00a0/g, " ");
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const key = (page, row) => page.locator(".account-row").nth(row).locator('[data-part="key"]');
const value = (page, row) => page.locator(".account-row").nth(row).locator('[data-part="value"]');
const removal = (page, row) => page.locator(".account-row").nth(row).locator("button");

/** Runs the shown lines against the package beside the page. */
async function linkOfSnippet(page) {
  const code = await page.locator("#snippet").textContent();
  assert.equal(code.split("\n").length, 3);
  const name = `snippet-${Math.random().toString(36).slice(2)}.js`;
  const body = `${code.replace('from "tiyin/checkout"', 'from "./tiyin/checkout.js"')}\nexport { link };`;
  await page.route(`**/${name}`, (route) =>
    route.fulfill({ contentType: "text/javascript; charset=utf-8", body }),
  );
  return page.evaluate(async (file) => (await import(new URL(file, document.baseURI).href)).link, name);
}

async function checkSampleLink(browser, url) {
  const page = await openPage(browser, url);

  await check("the default form makes the vendor's first link, byte for byte", async () => {
    assert.equal(await linkOn(page), VENDOR_LINK);
    assert.equal(await page.locator("#open-link").getAttribute("href"), VENDOR_LINK);
  });
  await check("the link's query is shown with its amount and unit made explicit", async () => {
    assert.equal(await page.locator("#query").textContent(), `${MERCHANT}&amount=500&account.order_id=12`);
    assert.equal(spaced(await page.locator("#equation").textContent()), "500 soʻm = amount=500");
    assert.match(await page.locator("#unit").textContent(), /soʻmda/);
  });
  await check("the three lines of code make exactly the shown link", async () => {
    assert.equal(await linkOfSnippet(page), VENDOR_LINK);
  });
  await check("the link opens in a new tab that knows nothing of the page", async () => {
    assert.equal(await page.locator("#open-link").getAttribute("rel"), "noopener noreferrer");
    const [tab] = await Promise.all([
      page.context().waitForEvent("page"),
      page.locator("#open-link").click(),
    ]);
    await tab.waitForLoadState();
    assert.equal(tab.url(), VENDOR_LINK);
    assert.equal(await tab.evaluate(() => window.opener), null);
    await tab.close();
  });
  await check("copying the link puts it on the clipboard and says so, a double click included", async () => {
    await page.locator("#copy-link").dblclick();
    await page.locator("#copy-link.done").waitFor();
    assert.equal(await clipboard(page), VENDOR_LINK);
    assert.equal(await page.locator("#copy-link").textContent(), "Nusxa olindi");
    await page.waitForFunction(() => document.getElementById("announcer").textContent === "Nusxa olindi");
  });
  await check("a changed link takes back that it was copied", async () => {
    await page.fill("#amount", "501");
    assert.equal(await page.locator("#copy-link").textContent(), "Havoladan nusxa olish");
    await page.fill("#amount", "500");
  });
  await check("copying the code puts the three lines on the clipboard", async () => {
    await page.locator("#copy-code").click();
    await page.locator("#copy-code.done").waitFor();
    assert.equal(await clipboard(page), await page.locator("#snippet").textContent());
  });
  await page.context().close();
}

async function checkCopyWithoutPermission(browser, url) {
  for (const [name, execCommand] of [
    ["without clipboard permission the older way of copying is used", true],
    ["where nothing can copy, the link is selected and the reader told what to press", false],
  ]) {
    await check(name, async () => {
      const prepare = (page) =>
        page.addInitScript((works) => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
          document.execCommand = (command) => {
            window.copiedOldWay = command === "copy" && works ? String(getSelection()) : undefined;
            return works;
          };
        }, execCommand);
      const page = await openPage(browser, url, { clipboard: false, prepare });
      await page.locator("#copy-link").click();
      if (execCommand) {
        await page.locator("#copy-link.done").waitFor();
        assert.equal(await page.evaluate(() => window.copiedOldWay), VENDOR_LINK);
      } else {
        await page.locator("#copy-link-by-hand").waitFor();
        assert.equal(await page.evaluate(() => String(getSelection())), VENDOR_LINK);
        await page.locator("#copy-code").click();
        await page.locator("#copy-code-by-hand").waitFor();
      }
      await page.context().close();
    });
  }
}

async function checkAmount(browser, url) {
  const page = await openPage(browser, url);
  const typed = (text) => page.fill("#amount", text);

  for (const [text, reading, parameter] of [
    ["1 000 000,50", "1 000 000,50 soʻm", "amount=100000050&amount_in_tiyin=True"],
    ["1.000.000,50", "1 000 000,50 soʻm", "amount=100000050&amount_in_tiyin=True"],
    ["500 so'm", "500 soʻm", "amount=500"],
    ["500сум", "500 soʻm", "amount=500"],
    ["19.99", "19,99 soʻm", "amount=1999&amount_in_tiyin=True"],
    ["1 000", "1 000 soʻm", "amount=1000"],
  ]) {
    await check(`the amount "${text}" is read and previewed as ${reading}`, async () => {
      await typed(text);
      assert.equal(spaced(await page.locator("#amount-reading").textContent()), reading);
      assert.equal(spaced(await page.locator("#equation").textContent()), `${reading} = ${parameter}`);
      await assertNoError(page, "#amount");
    });
  }

  await check("an ambiguous 1,000 is explained, both readings are offered and none is taken", async () => {
    await typed("1,000");
    await assertNoLink(page);
    await assertError(page, "#amount", /minglikni ham, kasrni ham/);
    const choices = await page.locator("#amount-choices button").allTextContents();
    assert.deepEqual(choices.map(spaced), ["1 000 soʻm", "1 soʻm"]);
    assert.equal(await page.inputValue("#amount"), "1,000");
  });
  await check(
    "choosing a reading of the ambiguous amount makes its link, a double click included",
    async () => {
      await page.locator("#amount-choices button").first().dblclick();
      assert.equal(await queryOn(page), `${MERCHANT}&amount=1000&account.order_id=12`);
      assert.equal(await page.locator("#amount-choices button").count(), 0);
    },
  );
  await check("an ambiguous 1.234 is not rounded into a second reading", async () => {
    await typed("1.234");
    await assertError(page, "#amount", /minglikni ham/);
    assert.deepEqual((await page.locator("#amount-choices button").allTextContents()).map(spaced), [
      "1 234 soʻm",
    ]);
  });

  for (const [text, pattern] of [
    ["abc", /Bu summaga oʻxshamaydi/],
    ["1,5,0", /Bu summaga oʻxshamaydi/],
    ["0", /noldan katta/],
    ["-5", /noldan katta/],
    ["1.2345", /koʻpi bilan ikkita raqam/],
    ["90071992547410", /juda katta/],
  ]) {
    await check(`the amount "${text}" is refused beside its field`, async () => {
      await typed(text);
      await assertNoLink(page);
      await assertError(page, "#amount", pattern);
    });
  }

  await check(
    "dollars typed into a soʻm amount are pointed out and one press changes the currency",
    async () => {
      await typed("19,99 $");
      await assertError(page, "#amount", /boshqa valyuta/);
      await page.locator("#amount-choices button").click();
      assert.equal(await page.locator('input[name="currency"][value="USD"]').isChecked(), true);
      assert.equal(
        await queryOn(page),
        `${MERCHANT}&amount=1999&amount_in_tiyin=True&currency_id=840&account.order_id=12`,
      );
      assert.equal(spaced(await page.locator("#result-sum").textContent()), "19,99 $");
    },
  );
  await check("the currency switch changes the unit of the link", async () => {
    await page.locator('input[name="currency"][value="UZS"]').check();
    assert.equal(await queryOn(page), `${MERCHANT}&amount=1999&amount_in_tiyin=True&account.order_id=12`);
    await page.locator('input[name="currency"][value="USD"]').check();
    assert.match(await page.locator("#unit").textContent(), /sentda/);
    assert.equal(await linkOfSnippet(page), await linkOn(page));
  });
  await page.context().close();
}

async function checkFields(browser, url) {
  const page = await openPage(browser, url);

  await check("an untouched empty field is not scolded, a left one is", async () => {
    await page.locator("#add-row").click();
    assert.equal(await page.locator('[aria-invalid="true"]').count(), 0);
    assert.equal(await linkOn(page), VENDOR_LINK);
    await page.fill("#amount", "");
    await assertNoLink(page);
    await assertNoError(page, "#amount");
    await page.locator("#merchant-id").focus();
    await assertError(page, "#amount", /Summani kiriting/);
    await page.fill("#amount", "500");
    assert.equal(await linkOn(page), VENDOR_LINK);
  });
  await check(
    "a wrong merchant id is refused beside its field, and not while it is being typed",
    async () => {
      await page.fill("#merchant-id", "571c06fb");
      await assertNoLink(page);
      await assertNoError(page, "#merchant-id");
      await assertError(page, "#merchant-id", /UUID/);
      await page.fill("#merchant-id", "");
      await page.locator("#amount").focus();
      await assertError(page, "#merchant-id", /kiriting/);
      await page.fill("#merchant-id", "  571c06fb-6c61-4ef7-8567-5511abaf12b5 ");
      assert.equal(await linkOn(page), VENDOR_LINK);
    },
  );
  await check(
    "an error that falls due while the mouse button is down does not take the click away",
    async () => {
      await page.fill("#amount", "abc");
      await page.locator("#more summary").hover();
      await page.mouse.down();
      await page.waitForTimeout(700);
      await assertNoError(page, "#amount");
      await page.mouse.up();
      await assertError(page, "#amount", /summaga oʻxshamaydi/);
      assert.equal(await page.locator("#more").evaluate((details) => details.open), true);
      await page.locator("#more summary").click();
      await page.fill("#amount", "500");
    },
  );
  for (const [address, pattern] of [
    ["http://shop.uz/paid", /localhost/],
    ["javascript:alert(1)", /Faqat https/],
    ["shop.uz", /Toʻliq manzil/],
    ["https://shop.uz/a b", /Toʻliq manzil/],
    ["https://user@shop.uz/", /Toʻliq manzil/],
  ]) {
    await check(`the return address ${address} is refused beside its field`, async () => {
      await page.fill("#return-url", address);
      await assertNoLink(page);
      await assertError(page, "#return-url", pattern);
    });
  }
  await check("a right return address stands in the query, before the account", async () => {
    await page.fill("#return-url", "https://returnurl");
    assert.equal(
      await queryOn(page),
      `${MERCHANT}&amount=500&return_url=https%3A%2F%2Freturnurl&account.order_id=12`,
    );
    await page.fill("#return-url", "http://localhost:3000/paid");
    assert.match(await queryOn(page), /return_url=http%3A%2F%2Flocalhost%3A3000%2Fpaid/);
    await page.fill("#return-url", "");
  });
  await check("conversion and unit of the amount change the link", async () => {
    await page.locator("#more summary").click();
    await choose(page, "#convert-to", 2);
    await choose(page, "#wire-unit", 2);
    assert.equal(
      await queryOn(page),
      `${MERCHANT}&amount=50000&amount_in_tiyin=True&convert_to=840&account.order_id=12`,
    );
    assert.equal(
      spaced(await page.locator("#equation").textContent()),
      "500 soʻm = amount=50000&amount_in_tiyin=True",
    );
    assert.equal(await linkOfSnippet(page), await linkOn(page));
  });
  await check("tiyin that whole soʻm cannot express are refused beside the unit", async () => {
    await page.fill("#amount", "500,50");
    await choose(page, "#wire-unit", 1);
    await assertError(page, "#wire-unit", /butun soʻmda yozib boʻlmaydi/);
    await choose(page, "#wire-unit", 0);
    assert.match(await queryOn(page), /amount=50050&amount_in_tiyin=True/);
    await choose(page, "#convert-to", 0);
    await page.fill("#amount", "500");
    assert.equal(await linkOn(page), VENDOR_LINK);
  });
  await page.context().close();
}

async function checkAccount(browser, url) {
  const page = await openPage(browser, url);
  const count = () => page.locator(".account-row").count();

  await check(
    "adding a row puts the cursor into it, and a second press adds no second empty row",
    async () => {
      await page.locator("#add-row").click();
      assert.equal(await key(page, 1).evaluate((input) => input === document.activeElement), true);
      await page.locator("#add-row").dblclick();
      assert.equal(await count(), 2);
      await removal(page, 1).click();
      await page.locator("#add-row").dblclick();
      assert.equal(await count(), 2);
      assert.equal(await linkOn(page), VENDOR_LINK);
    },
  );
  await check("a second account field stands in the query as Python's urlencode writes it", async () => {
    await key(page, 1).fill("kimga");
    await value(page, 1).fill("Gʻulom ака ~*");
    assert.equal(
      await queryOn(page),
      `${MERCHANT}&amount=500&account.order_id=12&account.kimga=G%CA%BBulom+%D0%B0%D0%BA%D0%B0+%7E%2A`,
    );
    assert.equal(await linkOfSnippet(page), await linkOn(page));
  });
  await check("a repeated name and a missing name are refused beside their row", async () => {
    await key(page, 1).fill("order_id");
    await assertError(page, `#${await key(page, 1).getAttribute("id")}`, /yuqorida bor/);
    await key(page, 1).fill("");
    await value(page, 1).focus();
    await page.locator("#amount").focus();
    await assertError(page, `#${await key(page, 1).getAttribute("id")}`, /Maydon nomini kiriting/);
  });
  await check("an empty value is pointed out without taking the link away", async () => {
    await key(page, 1).fill("phone");
    await value(page, 1).fill("");
    await page.locator("#amount").focus();
    await page.locator(".account-row .error.mild").waitFor();
    assert.match(await queryOn(page), /&account\.phone=$/);
  });
  await check(
    "script in account names and values stays text, in the link, the page and the code",
    async () => {
      await key(page, 1).fill("__proto__");
      await value(page, 1).fill(SCRIPT);
      const account = new URLSearchParams(await queryOn(page));
      assert.equal(account.get("account.__proto__"), SCRIPT);
      assert.equal(await linkOfSnippet(page), await linkOn(page));
      assert.doesNotMatch(await page.locator("#snippet").textContent(), /<\/script|\u202E/);
      await key(page, 1).fill(SCRIPT);
      assert.equal(new URLSearchParams(await queryOn(page)).get(`account.${SCRIPT}`), SCRIPT);
      assert.equal(await linkOfSnippet(page), await linkOn(page));
      assert.equal(await page.locator("main img:not(#qr-image), main script").count(), 0);
      assert.equal(await page.evaluate(() => window.attacked), undefined);
    },
  );
  await check("a double click on removing removes one row only", async () => {
    await page.locator("#add-row").click();
    await key(page, 2).fill("third");
    await removal(page, 1).dblclick();
    assert.equal(await count(), 2);
    assert.equal(await key(page, 1).inputValue(), "third");
  });
  await check("the only row cannot be removed, and without a word it is asked for", async () => {
    await page.waitForTimeout(600); // Two removals in quick succession count as one.
    await removal(page, 1).click();
    assert.equal(await count(), 1);
    assert.equal(await removal(page, 0).isVisible(), false);
    await key(page, 0).fill("");
    await value(page, 0).fill("");
    await page.locator("#amount").focus();
    await assertError(page, `#${await key(page, 0).getAttribute("id")}`, /Kamida bitta maydon/);
  });
  await check(
    "a huge value is refused beside its field, a large one makes a link that can be scrolled",
    async () => {
      await key(page, 0).fill("order_id");
      await value(page, 0).fill("x".repeat(200_000));
      await assertError(page, `#${await value(page, 0).getAttribute("id")}`, /Juda uzun/);
      await value(page, 0).fill("\n<b>x</b> ".repeat(2000));
      for (const block of ["#link", "#query", "#snippet"]) {
        await page.locator(block).focus();
        assert.equal(await page.evaluate(() => document.activeElement.id), block.slice(1));
      }
    },
  );
  await check(
    "going back to the sample can be undone, and a double click does not lose what there was",
    async () => {
      const before = await value(page, 0).inputValue();
      await page.locator("#reset").dblclick();
      assert.equal(await linkOn(page), VENDOR_LINK);
      await page.locator("#amount").focus();
      await page.locator("#undo").click();
      assert.equal(await value(page, 0).inputValue(), before);
      await page.locator("#reset").click();
      assert.equal(await linkOn(page), VENDOR_LINK);
    },
  );
  await page.context().close();
}

export async function checkMaker(browser, url) {
  await checkSampleLink(browser, url);
  await checkCopyWithoutPermission(browser, url);
  await checkAmount(browser, url);
  await checkFields(browser, url);
  await checkAccount(browser, url);
}
