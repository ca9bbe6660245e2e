import type { Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER } from "./support/browser.ts";
import {
  dataShown,
  drawn,
  type LookedAt,
  openSite,
  type OpenSite,
  seeing,
  textOf,
} from "./support/open-site.ts";
import { copyQuick } from "./support/site-runs.ts";

describe.skipIf(BROWSER === undefined)("a reader with a keyboard alone", () => {
  let site: OpenSite;
  beforeAll(async () => void (site = await openSite(copyQuick, BROWSER ?? "")));
  afterAll(() => site.close());

  const looking = async (path: string, see: (looked: LookedAt) => Promise<void>) =>
    expect(await seeing(site, path, see)).toEqual([]);

  it("filters, isolates, points at a mark and opens its cell", async () => {
    await looking("", async ({ page }) => {
      await tabTo(page, "details.choice summary", "Target");
      await page.keyboard.press("Enter");
      await tabTo(page, "details.choice input", "chrome");
      await page.keyboard.press("Space");
      await drawn(page);
      expect(new URL(page.url()).search).toBe("?target=node");
      expect((await dataShown(page, "latency")).every((id) => /\/node(\?|$)/.test(id))).toBe(true);
      await page.keyboard.press("Escape");
      await tabTo(page, ".legend button", "wasm");
      await page.keyboard.press("Enter");
      await drawn(page);
      const shown = await dataShown(page, "latency");
      expect(shown.every((id) => id.includes("/wasm/node"))).toBe(true);
      await tabTo(page, "#latency .plot");
      await page.keyboard.press("ArrowRight");
      const pointed = await pointedAt(page);
      expect(shown).toContain(pointed);
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      expect(new URL(page.url()).pathname).toContain(`/cell/${pointed}/`);
      expect(await textOf(page, "h1")).toBe(pointed.replace("mobilenet_v1_", ""));
    });
  });

  it("sorts a table, and opens a row of it", async () => {
    await looking("table/", async ({ page }) => {
      await tabTo(page, "thead button", "median ms");
      await page.keyboard.press("Space");
      await drawn(page);
      expect(await page.$eval("th[aria-sort]", ({ textContent }) => textContent)).toContain("median ms");
      // What was pressed is where the next press goes.
      await page.keyboard.press("Space");
      await drawn(page);
      expect(await page.$eval("th[aria-sort]", (head) => head.getAttribute("aria-sort"))).toBe("descending");
      await tabTo(page, "table.cells tbody a");
      const href = await page.evaluate(() => document.activeElement?.getAttribute("href") ?? "");
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      expect(page.url().endsWith(href.replace(/^(\.\.\/)+/, ""))).toBe(true);
    });
  });

  it("skips what every page begins with", async () => {
    await looking("table/", async ({ page }) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    });
  });

  it("lets a keyboard reach every mark, hear it, and open it", async () => {
    await looking(`?model=mobilenet_v1_0.5_160&target=node&adapter=hardware`, async ({ page }) => {
      const shown = await dataShown(page, "latency");
      expect(shown.length).toBeGreaterThan(3);
      await page.focus("#latency .plot.wide");
      const reached = new Set<string>();
      for (const _ of shown) {
        await page.keyboard.press("ArrowUp");
        reached.add(await pointedAt(page));
      }
      expect(reached).toEqual(new Set(shown));
      expect(await textOf(page, ".tip")).toContain("median ms");
      const last = await pointedAt(page);
      await page.waitForFunction(() => document.getElementById("live")?.textContent?.includes("median ms"));
      await page.keyboard.press("Escape");
      expect(await page.$eval(".tip", (tip) => tip.hasAttribute("hidden"))).toBe(true);
      await page.keyboard.press("End");
      const end = await pointedAt(page);
      expect(shown).toContain(end);
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      expect(new URL(page.url()).pathname).toContain(`/cell/${end.split("?")[0]}/`);
      expect(last).not.toBe("");
    });
  });
});

/** Presses Tab until the element has the focus whose text, or that of its label, begins with the name. */
async function tabTo(page: Page, selector: string, name = ""): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press("Tab");
    const isThere = await page.evaluate(
      (wanted, text) => {
        const { activeElement } = document;
        const words = activeElement?.closest("label")?.textContent ?? activeElement?.textContent ?? "";
        return activeElement?.matches(wanted) === true && words.trim().startsWith(text);
      },
      selector,
      name,
    );
    if (isThere) return;
  }
  throw new Error(`Tab does not lead to ${selector} ${name}.`);
}

function pointedAt(page: Page): Promise<string> {
  return page.$eval(".pointed", (datum) => datum.getAttribute("data-datum") ?? "");
}
