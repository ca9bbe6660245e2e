import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import type { Run } from "@mobilenet-bench/results";
import type { Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER } from "./support/browser.ts";
import { dataShown, drawn, openSite, press, textOf, type OpenSite } from "./support/open-site.ts";
import { servePlainly } from "./support/serve-plainly.ts";
import { writeSmallSweep } from "./support/site-runs.ts";

const PERMALINKS = new URL("../../docs/test/permalinks.txt", import.meta.url);

describe.skipIf(BROWSER === undefined).each(["/", "/a/b/"])(
  "a site that any host serves under %s",
  (base) => {
    let site: OpenSite;
    beforeAll(async () => {
      site = await openSite(writeSmallSweep, BROWSER ?? "", {
        serve: (folder) => servePlainly(folder, base),
      });
    });
    afterAll(() => site.close());

    it("is alive on every page that answers, and leads from each to all", async () => {
      for (const path of ["", "table/", "choose/"]) {
        const { page, faults } = await site.look(path);
        expect(await page.$("#page[data-live]")).not.toBeNull();
        const links = await page.$$eval("header a, main a", (all) => all.map(({ href }) => href));
        for (const link of new Set(links.map((one) => one.split("#")[0] ?? "")))
          expect({ link, status: (await fetch(link)).status }).toEqual({ link, status: 200 });
        expect(faults).toEqual([]);
        await page.close();
      }
    });

    it("opens a cell from its mark, and comes back to the same view", async () => {
      const { page, faults } = await site.look("?backend=wasm&target=node");
      await page.focus("#latency .plot.wide");
      await page.keyboard.press("End");
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      expect(new URL(page.url()).pathname).toMatch(new RegExp(`^${base}cell/mobilenet_v1_[^/]+/wasm/node/$`));
      await page.goBack();
      await page.waitForSelector("#page[data-live]");
      expect((await dataShown(page, "latency")).every((id) => id.includes("/wasm/node"))).toBe(true);
      expect(faults).toEqual([]);
      await page.close();
    });

    it("has all that is set in its address, and goes back and forth through it", async () => {
      const { page, faults } = await site.look("table/");
      const views: (readonly [search: string, rows: string[]])[] = [];
      const remember = async () => void views.push([new URL(page.url()).search, await rows(page)]);
      await remember();
      await selectIn(page, "Group by", "none");
      await remember();
      await press(page, "thead button", "median ms");
      await remember();
      await press(page, "thead button", "median ms ▴");
      await remember();
      await page.type("input[type=search]", "wasm node");
      await drawn(page);
      // What is typed is no step of its own: it changes the last one.
      views.pop();
      await remember();
      expect(views.map(([search]) => search)).toEqual([
        "",
        "?group=none",
        "?group=none&sort=ms",
        "?group=none&search=wasm+node&sort=-ms",
      ]);
      for (const view of views.toReversed().slice(1)) {
        await page.goBack();
        await drawn(page);
        expect([new URL(page.url()).search, await rows(page)]).toEqual(view);
      }
      for (const view of views.slice(1)) {
        await page.goForward();
        await drawn(page);
        expect([new URL(page.url()).search, await rows(page)]).toEqual(view);
      }
      const { page: other } = await site.look(`table/${views.at(-1)?.[0]}`);
      expect(await rows(other)).toEqual(views.at(-1)?.[1]);
      expect(faults).toEqual([]);
      await other.close();
      await page.close();
    });
  },
);

describe.skipIf(BROWSER === undefined)("a site of today", () => {
  let site: OpenSite;
  let sweep: Run;
  beforeAll(async () => {
    site = await openSite(async (runs) => void (sweep = await writeSmallSweep(runs)), BROWSER ?? "");
  });
  afterAll(() => site.close());

  it("still opens every address that was ever published", async () => {
    const lines = (await readFile(PERMALINKS, "utf8")).split("\n");
    const queries = lines.filter((line) => line.startsWith("?"));
    expect(queries.length).toBeGreaterThan(5);
    for (const query of queries) {
      const { page, faults } = await site.look(pageOf(query) + query);
      expect({ query, live: await page.$$("#page[data-live]").then(({ length }) => length) }).toEqual({
        query,
        live: 1,
      });
      expect({ query, notices: await page.$$(".notices, .error-state") }).toEqual({ query, notices: [] });
      expect(faults).toEqual([]);
      await page.close();
    }
    const cells = lines.filter((line) => line.startsWith("cell/")).map((line) => line.split(" "));
    const published = cells.filter(([, id]) => sweep.cells.some((cell) => cell.id === id));
    expect(published.length).toBeGreaterThan(0);
    for (const [path = "", id = ""] of published)
      expect(await (await fetch(site.url + path)).text()).toContain(id.replace("mobilenet_v1_", ""));
  });

  it("shows its figures without any server", async () => {
    const { page } = await site.look("", { script: false });
    await page.goto(pathToFileURL(join(site.built.folder, "index.html")).href);
    expect(await dataShown(page, "latency")).toHaveLength(site.built.cells);
    expect(await textOf(page, "h1")).toContain("is fastest");
    await page.close();
  });
});

/** The page that has what the query sets. */
function pageOf(query: string): string {
  if (/budget|size/.test(query)) return "choose/";
  return /sort|group|status|model/.test(query) ? "table/" : "";
}

function rows(page: Page): Promise<string[]> {
  return page.$$eval("table.cells [data-copy]", (all) =>
    all.map((one) => one.getAttribute("data-copy") ?? ""),
  );
}

async function selectIn(page: Page, label: string, value: string): Promise<void> {
  const handle = await page.evaluateHandle(
    (wanted) =>
      [...document.querySelectorAll("label")]
        .find((one) => one.textContent?.trim().startsWith(wanted))
        ?.querySelector("select"),
    label,
  );
  await handle.asElement()?.select(value);
  await drawn(page);
}
