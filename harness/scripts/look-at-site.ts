import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "puppeteer";
import { publishedFolder } from "../src/folders.ts";
import { BROWSER } from "../test/support/browser.ts";
import { openSite, type OpenSite } from "../test/support/open-site.ts";

// Pictures of the site's pages as readers see them, to be reviewed, and how long the first page takes on a slow processor:
// node scripts/look-at-site.ts FOLDER [RUNS]

const PAGES = {
  overview: "",
  linear: "?scale=linear&target=node",
  empty: "?backend=nobody",
  failure: "?machine=nobody",
  table: "table/",
  "table-by-backend": "table/?group=backend",
  "table-empty": "table/?search=nothing",
  choose: "choose/",
  "choose-none": "choose/?budget=0.01",
  cell: "cell/mobilenet_v1_1.0_224/wasm/node/",
  "not-found": "404.html",
  method: "method/",
  glossary: "glossary/",
  documents: "documents/",
} as const;
/** Of phones, of tablets, of most desks, and of wide screens; in CSS pixels. */
const WIDTHS = [390, 768, 1440, 1920] as const;
/** On paper, in forced colours and without a script as well. */
const ON_PAPER = ["overview", "cell"] as const;
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
      for (const width of WIDTHS)
        for (const scheme of ["light", "dark"] as const) {
          const { page } = await site.look(path, { width, scheme });
          await picture(page, folder, `${name}-${width}-${scheme}`);
          await page.close();
        }
    for (const name of ON_PAPER) await lookOtherwise(site, folder, name);
    const { page } = await site.look("");
    const times = { firstLoad: site.built.firstLoad, ...(await timesOf(page)) };
    process.stdout.write(`${JSON.stringify(times, null, 2)}\n`);
  } finally {
    await site.close();
  }
}

async function lookOtherwise(site: OpenSite, folder: string, name: (typeof ON_PAPER)[number]): Promise<void> {
  const { page } = await site.look(PAGES[name]);
  await page.pdf({ path: join(folder, `${name}.pdf`), format: "a4" });
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", {
    features: [{ name: "forced-colors", value: "active" }],
  });
  await picture(page, folder, `${name}-forced-colours`);
  await page.close();
  const { page: still } = await site.look(PAGES[name], { script: false });
  await picture(still, folder, `${name}-without-script`);
  await still.close();
}

async function picture(page: Page, folder: string, name: string): Promise<void> {
  await writeFile(join(folder, `${name}.png`), await page.screenshot({ fullPage: true, type: "png" }));
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
