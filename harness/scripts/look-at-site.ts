import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "puppeteer";
import { publishedFolder } from "../src/folders.ts";
import { BROWSER } from "../test/support/browser.ts";
import { openSite } from "../test/support/open-site.ts";

// Pictures of the site's pages as readers see them, to be reviewed, and how long the first page takes on a slow processor:
// node scripts/look-at-site.ts FOLDER [RUNS]

const PAGES = {
  overview: "",
  linear: "?scale=linear&target=node",
  empty: "?backend=nobody",
  failure: "?machine=nobody",
  table: "table/",
  choose: "choose/",
  "choose-none": "choose/?budget=0.01",
  cell: "cell/mobilenet_v1_1.0_224/wasm/node/",
  method: "method/",
  glossary: "glossary/",
  documents: "documents/",
} as const;
/** As fast as a processor of a phone in the middle of the market. */
const CPU_SLOWDOWN = 4;

const [given, runs = publishedFolder()] = process.argv.slice(2);
if (given === undefined || BROWSER === undefined) {
  process.stderr.write("node scripts/look-at-site.ts FOLDER [RUNS]; there must be a browser.\n");
  process.exitCode = 2;
} else await look(resolve(given), resolve(runs), BROWSER);

async function look(folder: string, runs: string, browser: string): Promise<void> {
  const site = await openSite(runs, browser);
  await mkdir(folder, { recursive: true });
  try {
    for (const [name, path] of Object.entries(PAGES))
      for (const width of [390, 1440])
        for (const scheme of ["light", "dark"] as const) {
          const { page } = await site.look(path, { width, scheme });
          const picture = await page.screenshot({ fullPage: true, type: "png" });
          await writeFile(join(folder, `${name}-${width}-${scheme}.png`), picture);
          await page.close();
        }
    const { page } = await site.look("", { script: true });
    await page.pdf({ path: join(folder, "overview-print.pdf") });
    const times = { firstLoad: site.built.firstLoad, ...(await timesOf(page)) };
    process.stdout.write(`${JSON.stringify(times, null, 2)}\n`);
  } finally {
    await site.close();
  }
}

/** In milliseconds, on a processor that is slowed down: to the first paint, which has the chart, and for one filter. */
async function timesOf(page: Page): Promise<{ firstPaintMs: number; redrawMs: number }> {
  const session = await page.createCDPSession();
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await page.reload({ waitUntil: "load" });
  await page.waitForSelector("#page[data-live]");
  const firstPaintMs = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
  );
  const redrawMs = await page.evaluate(async () => {
    const begun = performance.now();
    document.querySelector<HTMLElement>(".legend button")?.click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begun;
  });
  return { firstPaintMs, redrawMs };
}
