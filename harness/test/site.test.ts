import { readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { overBudget } from "@mobilenet-bench/docs/build";
import type { Run } from "@mobilenet-bench/results";
import type { Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsOf, MUST_HAVE_RUN } from "./support/axe.ts";
import { BROWSER } from "./support/browser.ts";
import {
  dataShown,
  type Look,
  type LookedAt,
  openSite,
  type OpenSite,
  press,
  seeing,
  textOf,
} from "./support/open-site.ts";
import { copySweepAndQuick, readSweep } from "./support/site-runs.ts";

const CELL = "cell/mobilenet_v1_1.0_224/wasm/node/";
const PAGES = [
  "",
  "table/",
  "choose/",
  "method/",
  "glossary/",
  "documents/",
  ...["architecture", "backends", "correctness", "pack"].map((name) => `documents/${name}/`),
  CELL,
  "404.html",
];

describe.skipIf(BROWSER === undefined)("the site", () => {
  let site: OpenSite;
  let sweep: Run;
  beforeAll(async () => {
    site = await openSite(copySweepAndQuick, BROWSER ?? "");
    sweep = await readSweep();
  });
  afterAll(() => site.close());

  const looking = (path: string, see: (looked: LookedAt) => Promise<void>, look?: Look) =>
    seeing(site, path, see, look);

  it("loads within its budget, in which all is counted that a browser asks for", async () => {
    expect(overBudget(site.built.firstLoad)).toEqual([]);
    await looking("", async ({ asked }) => {
      const files = await Promise.all(
        asked.map(async (path) => Buffer.from(await (await fetch(site.url + path)).arrayBuffer())),
      );
      const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
      const { total, uncompressed } = site.built.firstLoad;
      expect(sum(files.map((file) => gzipSync(file).length))).toBe(total);
      expect(sum(files.map(({ length }) => length))).toBe(uncompressed);
    });
  });

  it("asks for nothing but the figures that it shows, and on pages of cells for none", async () => {
    const data = (asked: readonly string[]) => asked.filter((path) => !/^(assets\/.*\.js)?$/.test(path));
    for (const path of ["", "table/", "choose/"])
      await looking(path, async ({ asked }) => {
        const others = data(asked).filter((one) => one !== path);
        expect(others).toEqual([`data/latest/${sweep.environment.machine}.json`]);
      });
    await looking(CELL, async ({ asked }) => expect(data(asked)).toEqual([CELL]));
  });

  describe.each(PAGES)("at /%s", (path) => {
    it.each([
      { width: 390, scheme: "light" },
      { width: 1440, scheme: "dark" },
    ] as const)("is in order at $width pixels, $scheme", async (look) => {
      await looking(
        path,
        async ({ page, faults }) => {
          expect(await page.$$("h1")).toHaveLength(1);
          const { serious } = await findingsOf(page);
          expect(serious).toEqual([]);
          // Nothing but what scrolls by itself is wider than the page.
          const [wide, seen] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.documentElement.clientWidth,
          ]);
          expect(wide).toBe(seen);
          expect(await page.$$("[style]:not(.tip)")).toHaveLength(0);
          expect(faults).toEqual([]);
        },
        look,
      );
    });
  });

  it("was looked at by the rules that matter", async () => {
    const passed: string[] = [];
    for (const path of ["", "table/"])
      await looking(path, async ({ page }) => void passed.push(...(await findingsOf(page)).passed));
    expect(passed).toEqual(expect.arrayContaining(MUST_HAVE_RUN));
  });

  it("is complete without a script", async () => {
    for (const path of PAGES)
      await looking(
        path,
        async ({ page }) => {
          const hidden = await page.$$eval(".scripted", (all) =>
            all.every((one) => one.getClientRects().length === 0),
          );
          expect(hidden).toBe(true);
          expect(await textOf(page, ".no-script")).toContain("need a script");
        },
        { script: false },
      );
    await looking(
      "",
      async ({ page, faults }) => {
        expect(await dataShown(page, "latency")).toHaveLength(site.built.cells);
        expect(
          await page.$$eval(
            ".filters, .copy",
            (all) => all.filter((one) => one.getClientRects().length > 0).length,
          ),
        ).toBe(0);
        expect(await textOf(page, "h1")).toMatch(
          /^ort-node is fastest on 1\.0_224 in its run: 1[12]\.\d ms; next is tfjs-node/,
        );
        expect(faults).toEqual([]);
      },
      { script: false },
    );
    await looking(
      "table/",
      async ({ page }) =>
        expect(await page.$$("table.cells tbody tr:not(.group)")).toHaveLength(site.built.cells),
      { script: false },
    );
  });

  it("leaves what was built as it is when its script comes", async () => {
    const inner = (page: Page) => page.$eval("#page", ({ innerHTML }) => innerHTML);
    let built = "";
    await looking("", async ({ page }) => void (built = await inner(page)), { script: false });
    await looking("", async ({ page }) => expect(await inner(page)).toBe(built));
  });

  it("shows what its address says, and says in its address what it shows", async () => {
    await looking("?backend=ort-*,wasm&target=node&scale=linear", async ({ page, faults }) => {
      const shown = await dataShown(page, "latency");
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.every((id) => /\/(ort-\w+|wasm)\/node/.test(id))).toBe(true);
      expect(await textOf(page, ".left-out")).toMatch(
        new RegExp(
          `^${shown.length} of ${site.built.cells} cells · left out by filters: ${site.built.cells - shown.length}`,
        ),
      );
      await press(page, ".legend button", "wasm");
      expect(new URL(page.url()).search).toBe("?backend=wasm&scale=linear&target=node");
      expect((await dataShown(page, "latency")).every((id) => id.includes("/wasm/node"))).toBe(true);
      await page.goBack();
      await page.waitForFunction(
        () => document.querySelectorAll("#latency .plot.wide g[data-datum]").length > 20,
      );
      expect(await dataShown(page, "latency")).toEqual(shown);
      expect(faults).toEqual([]);
    });
  });

  it("lets no string become a script", async () => {
    for (const path of ["", CELL])
      await looking(path, async ({ page }) => {
        const ran = await page.evaluate(async () => {
          const script = document.createElement("script");
          script.textContent = "document.documentElement.dataset.ran = 'inline'";
          document.body.append(script);
          document.body.insertAdjacentHTML(
            "beforeend",
            `<img src="x:" onerror="document.documentElement.dataset.ran = 'handler'">`,
          );
          const link = document.createElement("a");
          link.href = "javascript:document.documentElement.dataset.ran='link'";
          document.body.append(link);
          link.click();
          await new Promise((resolve) => setTimeout(resolve, 200));
          return document.documentElement.dataset["ran"];
        });
        expect(ran).toBeUndefined();
      });
  });

  it("tells what it does not understand of an address, and what gives cells back where none fits", async () => {
    await looking("?colour=red&backend=nobody", async ({ page }) => {
      expect(await textOf(page, ".notices")).toContain("“colour”");
      expect(await textOf(page, ".empty-state")).toContain("No cell fits");
      await press(page, ".empty-state button", `Backend: any (${site.built.cells} cells more)`);
      expect(await dataShown(page, "latency")).toHaveLength(site.built.cells);
    });
  });

  it("pins an address to a run", async () => {
    await looking(`?run=${sweep.id}`, async ({ page }) => {
      expect(await dataShown(page, "latency")).toHaveLength(sweep.cells.length);
      expect(await textOf(page, ".pinned")).toContain("2026-11-22, sweep");
    });
  });

  it("keeps the picture where figures cannot be loaded, and says which", async () => {
    await looking("?machine=nothing-such", async ({ page }) => {
      expect(await textOf(page, "#failure")).toContain(
        "data/latest/nothing-such.json could not be loaded (404)",
      );
      expect(await dataShown(page, "latency")).toHaveLength(site.built.cells);
    });
  });

  it("sorts, with what has nothing in the column last", async () => {
    await looking("table/?group=none&run=" + sweep.id, async ({ page }) => {
      await press(page, "thead button", "median ms");
      const texts = await page.$$eval("table.cells tbody tr", (rows) =>
        rows.map((row) => row.querySelectorAll("td.number")[1]?.textContent?.trim() ?? ""),
      );
      const figures = texts.map(Number);
      expect(figures).toEqual(figures.toSorted((a, b) => a - b));
      expect(figures).toHaveLength(sweep.cells.length);
      expect(await page.$eval("th[aria-sort]", (head) => head.getAttribute("aria-sort"))).toBe("ascending");
      expect(new URL(page.url()).search).toContain("sort=ms");
    });
  });

  it("shows of a cell where its time goes, or how to find out", async () => {
    await looking(CELL, async ({ page }) => {
      const text = await textOf(page, "main");
      expect(text).toContain("blocks count");
      expect(text).toMatch(/of its bound/);
      expect(text).toContain("./mnb run 1.0_224/wasm/node");
      for (const figure of ["blocks", "distribution", "cold-start"])
        expect((await dataShown(page, figure)).length).toBeGreaterThan(0);
    });
  });

  it("answers a budget as it is typed", async () => {
    await looking("choose/", async ({ page }) => {
      const before = await textOf(page, ".answer");
      await page.$eval("input[type=number]", (input) => {
        input.value = "1";
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
      await page.waitForFunction(() => location.search === "?budget=1");
      const after = await textOf(page, ".answer");
      expect(after).toMatch(/^Within 1 ms/);
      expect(after).not.toBe(before);
      expect(await textOf(page, ".command code")).toMatch(/^\.\/mnb choose --budget 1ms --machine \w+$/);
    });
  });

  it("has a page for every cell, and one for what is not there", async () => {
    const folders = (await readdir(join(site.built.folder, "cell"), { recursive: true })).filter((name) =>
      name.endsWith("index.html"),
    );
    expect(folders).toHaveLength(site.built.cells);
    await looking("cell/nothing/", async ({ page }) => {
      expect(await textOf(page, "h1")).toBe("There is no such page");
      const links = await page.$$eval("main a", (all) => all.map(({ href }) => href));
      for (const link of links) expect((await fetch(link)).status).toBe(200);
    });
  });

  it("leads nowhere that is not there", async () => {
    const broken: string[] = [];
    for (const path of PAGES)
      await looking(path, async ({ page }) => {
        const links = await page.$$eval("a[href]", (all) => all.map(({ href }) => href));
        for (const link of new Set(links.filter((one) => one.startsWith(site.url)))) {
          const { hash, pathname } = new URL(link);
          const answer = await fetch(new URL(pathname, link));
          const text = await answer.text();
          const target = decodeURIComponent(hash.slice(1));
          if (!answer.ok || (target !== "" && !text.includes(`id="${target}"`)))
            broken.push(`${path}: ${link}`);
        }
      });
    expect(broken).toEqual([]);
  });
});
