import { onSoftwareAdapter, type Cell, type Run } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import type { Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER } from "./support/browser.ts";
import {
  dataShown,
  drawn,
  type LookedAt,
  openSite,
  type OpenSite,
  press,
  seeing,
  textOf,
} from "./support/open-site.ts";
import { writeVariedRuns } from "./support/site-runs.ts";

/** What each filter is about, read from the id of a cell by itself. */
const VALUE: Readonly<Record<string, (cell: Cell) => string>> = {
  Model: ({ id }) => id.split("/")[0] ?? "",
  Backend: ({ id }) => id.split("/")[1] ?? "",
  Target: ({ id }) => id.split("/")[2]?.split("?")[0] ?? "",
  Threads: ({ id }) => /threads=(\d+)/.exec(id)?.[1] ?? "1",
  Precision: ({ id }) => /precision=(\w+)/.exec(id)?.[1] ?? "fp32",
  Variant: ({ id }) => (id.includes("_conv/") ? "conv" : "separable"),
  Adapter: (cell) => (onSoftwareAdapter(cell) ? "software" : "hardware"),
  Status: ({ status }) => status,
};

describe.skipIf(BROWSER === undefined)("filters of the site", () => {
  let site: OpenSite;
  let newer: Run;
  let older: Run;
  beforeAll(async () => {
    site = await openSite(async (runs) => void ([newer, older] = await writeVariedRuns(runs)), BROWSER ?? "");
  });
  afterAll(() => site.close());

  const looking = async (path: string, see: (looked: LookedAt) => Promise<void>) =>
    expect(await seeing(site, path, see)).toEqual([]);

  describe.each(Object.entries(VALUE))("by %s", (title, valueOf) => {
    const parameter = title.toLowerCase();

    it("take away what was switched off, count it, and stand in the address", async () => {
      const off = valueOf(newer.cells.at(-1) ?? expect.fail("no cell"));
      const left = newer.cells.filter((cell) => valueOf(cell) !== off);
      expect(left.length).toBeGreaterThan(0);
      expect(left.length).toBeLessThan(newer.cells.length);
      await looking("table/", async ({ page }) => {
        await toggle(page, title, off);
        expect(await rowsShown(page)).toEqual(namesOf(left));
        const gone = newer.cells.length - left.length;
        expect(await textOf(page, ".left-out")).toContain(
          `${left.length} of ${newer.cells.length} cells · left out by filters: ${gone} (${parameter} ${gone})`,
        );
        expect(new URL(page.url()).searchParams.get(parameter)).not.toBeNull();
        await page.reload();
        await page.waitForSelector("#page[data-live]");
        expect(await rowsShown(page)).toEqual(namesOf(left));
        await toggle(page, title, off);
        expect(new URL(page.url()).search).toBe("");
        expect(await rowsShown(page)).toEqual(namesOf(newer.cells));
      });
    });
  });

  it("change the machine, and its figures with it", async () => {
    await looking("", async ({ page, asked }) => {
      expect(asked.filter((path) => path.startsWith("data/"))).toEqual([
        `data/latest/${newer.environment.machine}.json`,
      ]);
      await page.select(".filters select", older.environment.machine);
      await page.waitForFunction(() =>
        document.querySelector(".where")?.textContent?.includes("Another processor"),
      );
      expect(new Set(await dataShown(page, "latency"))).toEqual(new Set(older.cells.map(({ id }) => id)));
      expect(new URL(page.url()).search).toBe(`?machine=${older.environment.machine}`);
      await page.goBack();
      await page.waitForFunction(
        () => !document.querySelector(".where")?.textContent?.includes("Another processor"),
      );
    });
  });

  it("are no wider than a phone, whatever machines are called", async () => {
    const { page } = await site.look("", { width: 390 });
    const [wide, seen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wide).toBe(seen);
    await page.close();
  });

  it("isolate what is pressed in the legend, add with Shift, and give all back", async () => {
    await looking("", async ({ page }) => {
      const all = await dataShown(page, "latency");
      const of = (...names: readonly string[]) =>
        new Set(newer.cells.filter(({ backend }) => names.includes(backend)).map(({ id }) => id));
      await press(page, ".legend button", "wasm");
      expect(new Set(await dataShown(page, "latency"))).toEqual(of("wasm"));
      await page.keyboard.down("Shift");
      await clickKey(page, "ts");
      await page.keyboard.up("Shift");
      expect(new Set(await dataShown(page, "latency"))).toEqual(of("wasm", "ts"));
      expect(await page.$$eval(".legend [aria-pressed=true]", (keys) => keys.length)).toBe(2);
      await clickKey(page, "ts");
      await clickKey(page, "ts");
      expect(await dataShown(page, "latency")).toEqual(all);
    });
  });

  it("have the drawing that is shown at once, and soon those for other windows and for paper", async () => {
    await looking("", async ({ page }) => {
      const widths = await page.evaluate(async () => {
        const drawn = () =>
          [...document.querySelectorAll("#latency .plot")].map((plot) => ({
            name: plot.className,
            isShown: getComputedStyle(plot).display !== "none",
            marks: plot.querySelectorAll("g[data-datum]").length,
          }));
        const all = drawn();
        document.querySelector<HTMLButtonElement>(".legend button")?.click();
        while (drawn().length === all.length) await new Promise((done) => setTimeout(done));
        const first = drawn();
        while (drawn().length < all.length) await new Promise((done) => setTimeout(done));
        return { all, first, last: drawn() };
      });
      expect(widths.all.map(({ name }) => name)).toEqual(["plot wide", "plot medium", "plot narrow"]);
      expect(widths.first).toEqual(widths.last.filter(({ isShown }) => isShown));
      expect(widths.last.map(({ name }) => name)).toEqual(widths.all.map(({ name }) => name));
      expect(new Set(widths.last.map(({ marks }) => marks)).size).toBe(1);
      expect(widths.last[0]?.marks).toBeLessThan(widths.all[0]?.marks ?? 0);
    });
  });

  it("close when the reader goes elsewhere, and at Escape", async () => {
    await looking("table/", async ({ page }) => {
      const open = () =>
        page.$$eval("details.choice[open] summary", (all) => all.map((one) => one.textContent));
      await page.click("details.choice:nth-of-type(1) summary");
      expect(await open()).toHaveLength(1);
      await page.click("details.choice:nth-of-type(3) summary");
      expect(await open()).toHaveLength(1);
      await page.keyboard.press("Escape");
      expect(await open()).toHaveLength(0);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
    });
  });

  it("leave what is stale, failed, unsupported or software told in words", async () => {
    await looking("", async ({ page }) => {
      const count = (isSo: (cell: Cell) => boolean) => newer.cells.filter(isSo).length;
      const text = await textOf(page, ".left-out");
      expect(text).toContain(`${count(onSoftwareAdapter)} on a software adapter, not ranked`);
      expect(text).toContain(`${count(({ status }) => status === "crash")} failed`);
      expect(text).toContain(`${count(({ status }) => status === "unsupported")} unsupported`);
    });
  });
});

function namesOf(cells: readonly Cell[]): string[] {
  return cells.map(({ id }) => shortModelName(id)).toSorted();
}

/** By their commands. */
async function rowsShown(page: Page): Promise<string[]> {
  const commands = await page.$$eval("table.cells [data-copy]", (all) =>
    all.map((one) => one.getAttribute("data-copy") ?? ""),
  );
  return commands.map((command) => command.replace("./mnb run ", "").replaceAll("'", "")).toSorted();
}

async function toggle(page: Page, title: string, value: string): Promise<void> {
  await page.evaluate(
    (wanted, name) => {
      const choice = [...document.querySelectorAll("details.choice")].find(
        (one) => one.querySelector("legend")?.textContent === wanted,
      );
      const label = [...(choice?.querySelectorAll("label") ?? [])].find(
        (one) => one.textContent?.trim() === name,
      );
      if (label === undefined) throw new Error(`There is no ${wanted} ${name}.`);
      label.click();
    },
    title,
    value,
  );
  await drawn(page);
}

async function clickKey(page: Page, name: string): Promise<void> {
  const [key] = (
    await Promise.all(
      (await page.$$(".legend button")).map(async (button) =>
        (await button.evaluate((one) => one.textContent?.trim())) === name ? [button] : [],
      ),
    )
  ).flat();
  await key?.click();
  await drawn(page);
}
