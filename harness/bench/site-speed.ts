import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { PredefinedNetworkConditions, type Page } from "puppeteer";
import { siteFolder } from "../src/folders.ts";
import { findChrome } from "../src/target/chrome/find-chrome.ts";
import { launchChrome } from "../src/target/chrome/launch-chrome.ts";

// How soon a built site shows its first chart, and how soon it answers, as a phone of the middle range has it: a processor four
// times as slow as this one, the network throttled, files compressed as hosts do it, an empty cache.
// node bench/site-speed.ts [FOLDER] [TIMES]

const SLOWER = 4;
const NETWORKS = ["not throttled", "Fast 4G", "Slow 4G"] as const;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
};

const [folder = siteFolder(), times = "5"] = process.argv.slice(2);
const executable = process.env["MNB_BROWSER"] ?? (await findChrome());
if (executable === undefined)
  throw new Error("There is no Chrome. Run npm test, which installs one where it can.");
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? "", "http://host").pathname);
  const file = path.endsWith("/") ? `${path}index.html` : path;
  const type = TYPES[extname(file)] ?? "text/plain";
  void readFile(join(resolve(folder), file)).then(
    (content) =>
      response.writeHead(200, { "Content-Type": type, "Content-Encoding": "gzip" }).end(gzipSync(content)),
    () => response.writeHead(404).end(),
  );
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const address = server.address();
if (address === null || typeof address === "string") throw new Error("The server has no address.");
const url = `http://127.0.0.1:${address.port}/`;
const { browser, close } = await launchChrome(executable, "none", {});
try {
  for (const network of NETWORKS)
    for (const slower of [1, SLOWER]) {
      const loads: Awaited<ReturnType<typeof load>>[] = [];
      for (let i = 0; i < Number(times); i++) loads.push(await load(network, slower));
      const medians = Object.keys(loads[0] ?? {}).map((key) => [
        key,
        Math.round(
          median(loads.map((one) => Object.entries(one).find(([name]) => name === key)?.[1] ?? NaN)),
        ),
      ]);
      const told = { network, processor: `${slower} times as slow`, ...Object.fromEntries(medians) };
      process.stdout.write(`${JSON.stringify(told)}\n`);
    }
} finally {
  await close();
  server.closeAllConnections();
  server.close();
}

async function load(network: (typeof NETWORKS)[number], slower: number) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  try {
    await page.setViewport({ width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
    await page.emulateCPUThrottling(slower);
    await page.emulateNetworkConditions(
      network === "not throttled" ? null : PredefinedNetworkConditions[network],
    );
    await page.evaluateOnNewDocument(markWhatIsShown);
    await page.goto(url);
    await page.waitForFunction(() => performance.getEntriesByName("alive").length > 0);
    const loaded = await page.evaluate(() => {
      const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? NaN;
      const transferred = [
        ...performance.getEntriesByType("navigation"),
        ...performance.getEntriesByType("resource"),
      ].map((entry) => (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0));
      return {
        firstPaintMs: at("first-contentful-paint"),
        firstChartMs: at("first-chart"),
        aliveMs: at("alive"),
        transferredBytes: transferred.reduce((total, bytes) => total + bytes, 0),
      };
    });
    return { ...loaded, redrawMs: median(await redraws(page)) };
  } finally {
    await context.close();
  }
}

/** Marks the frame after the one in which the chart's marks stand in the page, and that in which the page is alive. */
function markWhatIsShown(): void {
  const marked = new Set<string>();
  const mark = (name: string, selector: string) => {
    if (marked.has(name) || document.querySelector(selector) === null) return;
    marked.add(name);
    requestAnimationFrame(() => performance.mark(name));
  };
  const look = () => {
    mark("first-chart", "#latency .plot.narrow g[data-datum]");
    mark("alive", "#page[data-live]");
    if (marked.size < 2) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Of presses in the legend, the milliseconds to the frame that shows what came of it. */
function redraws(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const took: number[] = [];
    for (const key of [...document.querySelectorAll<HTMLButtonElement>(".legend button")].slice(0, 6)) {
      await new Promise((done) => requestAnimationFrame(done));
      const begun = performance.now();
      key.click();
      // The first frame draws it; the second one begins when that is done.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      took.push(performance.now() - begun);
    }
    return took;
  });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}
