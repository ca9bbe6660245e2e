import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Cell, Run } from "@mobilenet-bench/results";
import type { Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { BROWSER } from "./support/browser.ts";
import { openSite, press, type LookedAt, type OpenSite } from "./support/open-site.ts";
import { writeSmallSweep } from "./support/site-runs.ts";

const FORMS = [
  ["CSV", ".csv"],
  ["JSON", ".json"],
  ["Markdown", ".md"],
] as const;

const jsonSchema = z.object({
  filters: z.array(z.string()),
  leftOut: z.number(),
  cells: z.array(z.looseObject({ id: z.string(), ms: z.number(), ci95: z.tuple([z.number(), z.number()]) })),
});

describe.skipIf(BROWSER === undefined)("what is taken away from the site", () => {
  let site: OpenSite;
  let sweep: Run;
  let file: string;
  let source: string;
  let wasm: Cell[];
  let downloads: string;
  const texts = new Map<string, string>();
  const names = new Map<string, string>();

  beforeAll(async () => {
    site = await openSite(async (runs) => {
      sweep = await writeSmallSweep(runs);
      [file = ""] = await readdir(runs);
      source = await readFile(join(runs, file), "utf8");
    }, BROWSER ?? "");
    wasm = sweep.cells.filter(({ backend }) => backend === "wasm");
    downloads = await mkdtemp(join(tmpdir(), "mnb-downloads-"));
    const { page, faults }: LookedAt = await site.look(`table/?run=${sweep.id}&backend=wasm`);
    const session = await page.browser().target().createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });
    for (const [title, ending] of FORMS) {
      await press(page, ".downloads [aria-label^=Download] button", title);
      const name = await waitForFile(downloads, ending);
      names.set(title, name);
      texts.set(title, await readFile(join(downloads, name), "utf8"));
    }
    if (faults.length > 0) throw new Error(faults.join("\n"));
    await page.close();
  });
  afterAll(async () => {
    await site.close();
    await rm(downloads, { recursive: true, force: true });
  });

  /** By id, the median and the ends of its interval, to the last digit. */
  const figures = () =>
    new Map(
      wasm.map((cell) => [
        cell.id,
        cell.status === "ok" ? [cell.latency.median, ...cell.latency.ci95] : undefined,
      ]),
    );

  it("is named after the filters that chose it", () => {
    for (const name of names.values()) expect(name).toMatch(/^mobilenet-bench_backend=wasm/);
  });

  it("has as JSON the figures of the run file, and says what it leaves out", () => {
    const { cells, leftOut, filters } = jsonSchema.parse(JSON.parse(texts.get("JSON") ?? ""));
    expect(leftOut).toBe(sweep.cells.length - wasm.length);
    expect(filters).toContain("backend=wasm");
    expect(new Map(cells.map(({ id, ms, ci95 }) => [id, [ms, ...ci95]]))).toEqual(figures());
  });

  it("has as CSV the figures of the run file, a line for each cell", () => {
    const [head = "", ...lines] = (texts.get("CSV") ?? "").trimEnd().split(/\r?\n/);
    const titles = head.split(",");
    const column = (line: string, title: string) => line.split(",")[titles.indexOf(title)] ?? "";
    const told = lines.map((line): [string, number[]] => [
      column(line, "id"),
      ["median_ms", "median_within_run_ci95_low_ms", "median_within_run_ci95_high_ms"].map((title) =>
        Number(column(line, title)),
      ),
    ]);
    expect(new Map(told)).toEqual(figures());
  });

  it("has as Markdown a row for each cell, and the filters above", () => {
    const text = texts.get("Markdown") ?? "";
    expect(text).toContain(`${wasm.length} of ${sweep.cells.length} cells`);
    const rows = text.split("\n").filter((line) => line.startsWith("| mobilenet_v1_"));
    expect(rows).toHaveLength(wasm.length);
    for (const cell of wasm)
      if (cell.status === "ok") expect(text).toContain(cell.latency.median.toPrecision(3));
  });

  it("is copied as it is downloaded", async () => {
    const { page, faults } = await site.look(`table/?run=${sweep.id}&backend=wasm`);
    await allowClipboard(page);
    for (const [title] of FORMS) {
      await press(page, ".downloads [aria-label^=Copy] button", title);
      await page.waitForFunction(() => document.querySelector(".downloads .copied") !== null);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(texts.get(title));
    }
    expect(await page.$eval("#live", ({ textContent }) => textContent)).toBe("Copied.");
    expect(faults).toEqual([]);
    await page.close();
  });

  it("copies links to what is shown, of today and of whatever comes, and the command of a row", async () => {
    const { page, faults } = await site.look("table/?backend=wasm&sort=-ms");
    await allowClipboard(page);
    const copied = async (selector: string, name: string) => {
      await press(page, selector, name);
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied(".buttons button", "Copy link")).toBe(page.url());
    const pinned = await copied(".buttons button", "Copy link pinned to its run");
    expect(new URL(pinned).searchParams.get("run")).toBe(sweep.id);
    await page.goto(pinned);
    await page.waitForSelector("#page[data-live] .pinned");
    const command = await copied("table.cells tbody button", "Copy command");
    expect(command).toMatch(/^\.\/mnb run \S+\/wasm\/node$/);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("is shown to be copied by hand where there is no right to", async () => {
    const { page } = await site.look("choose/");
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    });
    const asked = new Promise<string>((resolve) => {
      page.once("dialog", (dialog) => {
        resolve(dialog.defaultValue());
        void dialog.dismiss();
      });
    });
    await page.click("button.copy");
    expect(await asked).toMatch(/^\.\/mnb choose/);
    await page.close();
  });

  it("is the whole run, too, to the letter", async () => {
    const { page } = await site.look(`table/?run=${sweep.id}`);
    const [link = ""] = await page.$$eval(".downloads a[download]", (all) => all.map(({ href }) => href));
    expect(link.endsWith(`/runs/${file}.gz`)).toBe(true);
    const archive = await (await fetch(link)).arrayBuffer();
    expect(gunzipSync(archive).toString()).toBe(source);
    await page.close();
  });
});

async function allowClipboard(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  await page.browserContext().overridePermissions(origin, ["clipboard-read", "clipboard-sanitized-write"]);
  await page.bringToFront();
}

async function waitForFile(folder: string, ending: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const name = (await readdir(folder)).find((one) => one.endsWith(ending));
    if (name !== undefined) return name;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No ${ending} came into ${folder}.`);
}
