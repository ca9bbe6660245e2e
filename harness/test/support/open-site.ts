import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSite, serveSite, type BuiltSite, type ServedSite } from "@mobilenet-bench/docs/build";
import type { Page } from "puppeteer";
import { launchChrome } from "../../src/target/chrome/launch-chrome.ts";

/** Under a path, as hosts of projects serve them. */
const BASE = "/some/where/";

/** How a reader looks. */
export interface Look {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly script?: boolean;
}

/** A page, and what it did that it should not have. */
export interface LookedAt {
  readonly page: Page;
  /** Paths that it asked the site for, from its root, in their order. */
  readonly asked: readonly string[];
  /** Errors of the console, breaches of the policy, requests that failed or left the origin. */
  readonly faults: readonly string[];
}

/** A site that was built and is looked at in one browser. */
export interface OpenSite {
  readonly built: BuiltSite;
  readonly url: string;
  /** A page of the site, alive where it can be. */
  look(path: string, look?: Look): Promise<LookedAt>;
  close(): Promise<void>;
}

/** Serves a folder at a URL. */
type Serve = (folder: string) => Promise<ServedSite>;

const underPath: Serve = (folder) => serveSite({ folder, port: 0, base: BASE });

/** How a site is served and when it says that it was built, where it matters. */
interface SiteSetting {
  readonly serve?: Serve;
  readonly now?: Date;
}

/**
 * Builds a site of runs, serves it, under a path where nothing else is said, and starts a browser.
 * @param runs a folder of run files, or what writes them into one
 */
export async function openSite(
  runs: string | ((folder: string) => Promise<unknown>),
  executable: string,
  { serve = underPath, now = new Date() }: SiteSetting = {},
): Promise<OpenSite> {
  const folder = await mkdtemp(join(tmpdir(), "mnb-site-"));
  const written = join(folder, "runs");
  await mkdir(written);
  if (typeof runs !== "string") await runs(written);
  const built = await buildSite({
    runs: typeof runs === "string" ? runs : written,
    output: join(folder, "site"),
    base: BASE,
    now,
  });
  const served = await serve(built.folder);
  const launched = await launchChrome(executable, "none", {});
  return {
    built,
    url: served.url,
    look: async (path, look = {}) => {
      const page = await launched.browser.newPage();
      const { faults, asked } = watch(page, served.url);
      const { width = 1440, scheme = "light", script = true } = look;
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setJavaScriptEnabled(script);
      await page.goto(served.url + path, { waitUntil: "load" });
      if (script && (await page.$("#page")) !== null)
        await page.waitForSelector("#page[data-live], #failure", { timeout: 20_000 });
      return { page, faults, asked };
    },
    close: async () => {
      await launched.close();
      await served.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function watch(page: Page, url: string): Pick<LookedAt, "faults" | "asked"> {
  const faults: string[] = [];
  const asked: string[] = [];
  const { origin } = new URL(url);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warn") faults.push(message.text());
  });
  page.on("pageerror", (error) => void faults.push(String(error)));
  page.on("request", (request) => {
    const address = request.url();
    if (address.startsWith(url)) asked.push(address.slice(url.length));
    if (!address.startsWith(`${origin}/`) && !/^(data|blob):/.test(address))
      faults.push(`asked for ${address}`);
  });
  page.on("requestfailed", (request) => void faults.push(`${request.url()} failed`));
  return { faults, asked };
}

/** The text of the first element that fits. */
export function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => textContent ?? "");
}

/** The keys of the data in the drawing that is shown. */
export function dataShown(page: Page, figure: string): Promise<string[]> {
  // In one step: between two, all may be drawn again.
  return page.evaluate(
    (id) =>
      [...document.querySelectorAll(`#${id} .plot`)]
        .filter((plot) => plot.getClientRects().length > 0)
        .flatMap((plot) => [...plot.querySelectorAll("g[data-datum]")])
        .map((datum) => datum.getAttribute("data-datum") ?? ""),
    figure,
  );
}

/** Presses the button of that name, and waits for what is drawn then. */
export async function press(page: Page, selector: string, name: string): Promise<void> {
  const isThere = await page.$$eval(
    selector,
    (buttons, wanted) => {
      const button = buttons.find(({ textContent }) => textContent?.trim() === wanted);
      if (!(button instanceof HTMLElement)) return false;
      button.click();
      return true;
    },
    name,
  );
  if (!isThere) throw new Error(`There is no ${selector} of the name ${name}.`);
  await drawn(page);
}

/**
 * Looks at a page, sees to it, and closes it.
 * @returns the page's faults
 */
export async function seeing(
  site: OpenSite,
  path: string,
  see: (looked: LookedAt) => Promise<void>,
  look: Look = {},
): Promise<readonly string[]> {
  const looked = await site.look(path, look);
  try {
    await see(looked);
    return looked.faults;
  } finally {
    await looked.page.close();
  }
}

/** What is drawn again is drawn with the next frame, and for other widths when nothing else is left to do. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(resolve))),
      ),
  );
}
