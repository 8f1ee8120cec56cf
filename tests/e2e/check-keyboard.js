// The page without a mouse, and its names for those who do not see it.

import assert from "node:assert/strict";

import { focusIsShown } from "./appearance.js";
import { openPage } from "./browser.js";
import { queryOn } from "./check-maker.js";
import { check } from "./report.js";

const NAMED = [
  "button",
  "link",
  "textbox",
  "radio",
  "combobox",
  "DisclosureTriangle",
  "region",
  "navigation",
];

async function tabTo(page, id) {
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(focusIsShown), true, `no focus ring on ${await focused(page)}`);
    if ((await focused(page)) === id) return;
  }
  assert.fail(`Tab never reached ${id}`);
}

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);

async function type(page, text) {
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

export async function checkKeyboard(browser, url) {
  const page = await openPage(browser, url);

  await check("the first Tab reaches the skip link, which leads to the main part", async () => {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "skip");
    await page.waitForFunction(() => document.querySelector(".skip").getBoundingClientRect().top >= 0);
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "main");
  });
  await check("a link is made by keyboard alone, from the first Tab to the clipboard", async () => {
    await page.reload();
    await page.waitForFunction(() => !document.getElementById("result-ready").hidden);
    await tabTo(page, "merchant-id");
    await type(page, "2ef4a896-8da2-48a4-9af3-2607e69210ec");
    await tabTo(page, "amount");
    await type(page, "250 000,50");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Tab");
    await type(page, "invoice");
    await page.keyboard.press("Tab");
    await type(page, "77");
    await tabTo(page, "add-row");
    await page.keyboard.press("Enter");
    await page.keyboard.type("shop");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Chorsu");
    await tabTo(page, "return-url");
    await page.keyboard.type("https://shop.uz/paid");
    await tabTo(page, "copy-link");
    await page.keyboard.press("Enter");
    await page.locator("#copy-link.done").waitFor();
    assert.equal(
      await queryOn(page),
      "merchant_id=2ef4a896-8da2-48a4-9af3-2607e69210ec&amount=25000050&return_url=https%3A%2F%2Fshop.uz%2Fpaid&amount_in_tiyin=True&account.invoice=77&account.shop=Chorsu",
    );
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator("#link").textContent());
  });
  await check(
    "typing in a field and pressing Enter neither leaves the page nor changes the link",
    async () => {
      const before = await page.locator("#link").textContent();
      await page.locator("#amount").press("Enter");
      await page.locator("#return-url").press("Enter");
      assert.equal(page.url().replace(/#.*$/, ""), url);
      assert.equal(await page.locator("#link").textContent(), before);
    },
  );
  await check("Tab goes through every visible control and shows the focus on each", async () => {
    await page.reload();
    await page.locator("#qr-image").waitFor();
    // A real click would move the place from which Tab starts.
    await page.locator("#sign-order").evaluate((button) => button.click());
    await page.locator("#try-out").waitFor();
    const reached = new Set();
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement === document.body)) break;
      assert.equal(await page.evaluate(focusIsShown), true, `no focus ring on ${await focused(page)}`);
      reached.add(await page.evaluate(() => document.activeElement.outerHTML));
    }
    const missed = await page.evaluate(
      (found) => {
        const all = [
          ...document.querySelectorAll(
            "a, button, input:not([type=radio]), input:checked, select, textarea, summary",
          ),
        ];
        return all
          .filter((element) => element.checkVisibility() && !found.includes(element.outerHTML))
          .map((element) => element.outerHTML);
      },
      [...reached],
    );
    assert.deepEqual(missed, []);
  });
  await check("every control and region has a name in the accessibility tree", async () => {
    await page.locator("#add-row").click();
    await page.locator("#more summary").click();
    await page.locator('[data-example="unencoded"]').click();
    await page.fill("#amount", "1,000");
    await page.locator("#amount-choices button").first().waitFor();
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const named = nodes.filter(({ ignored, role }) => !ignored && NAMED.includes(role?.value));
    const nameless = named
      .filter(({ name }) => (name?.value ?? "").trim() === "")
      .map(({ role }) => role.value);
    assert.ok(named.length > 30, `only ${named.length} named nodes`);
    assert.deepEqual(nameless, []);
    const roles = new Set(nodes.map(({ role }) => role?.value));
    for (const role of ["banner", "navigation", "main", "complementary", "status"])
      assert.ok(roles.has(role), `no ${role}`);
  });
  await check("ids are unique and every reference to an id has its element", async () => {
    const wrong = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
      const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
      const references = ["aria-describedby", "aria-labelledby", "for"].flatMap((name) =>
        [...document.querySelectorAll(`[${name}]`)].flatMap((element) =>
          element.getAttribute(name).split(" "),
        ),
      );
      return [...repeated, ...references.filter((id) => !ids.includes(id))];
    });
    assert.deepEqual(wrong, []);
  });
  await page.context().close();
}
