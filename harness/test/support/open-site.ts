import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSite, serveSite, type BuiltSite } from "@mobilenet-bench/docs/build";
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

/** Builds a site of runs, serves it under a path, and starts a browser. */
export async function openSite(runs: string, executable: string): Promise<OpenSite> {
  const folder = await mkdtemp(join(tmpdir(), "mnb-site-"));
  const built = await buildSite({ runs, output: join(folder, "site"), base: BASE, now: new Date() });
  const served = await serveSite({ folder: built.folder, port: 0, base: BASE });
  const launched = await launchChrome(executable, "none", {});
  return {
    built,
    url: served.url,
    look: async (path, look = {}) => {
      const page = await launched.browser.newPage();
      const faults = watch(page, served.url);
      const { width = 1440, scheme = "light", script = true } = look;
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setJavaScriptEnabled(script);
      await page.goto(served.url + path, { waitUntil: "load" });
      if (script && (await page.$("#page")) !== null)
        await page.waitForSelector("#page[data-live], #failure", { timeout: 20_000 });
      return { page, faults };
    },
    close: async () => {
      await launched.close();
      await served.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function watch(page: Page, url: string): string[] {
  const faults: string[] = [];
  const { origin } = new URL(url);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warn") faults.push(message.text());
  });
  page.on("pageerror", (error) => void faults.push(String(error)));
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(`${origin}/`) && !/^(data|blob):/.test(address))
      faults.push(`asked for ${address}`);
  });
  page.on("requestfailed", (request) => void faults.push(`${request.url()} failed`));
  return faults;
}

/** The text of the first element that fits. */
export function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => textContent ?? "");
}

/** The keys of the data in the drawing that is shown. */
export function dataShown(page: Page, figure: string): Promise<string[]> {
  return page.$$eval(`#${figure} .plot`, (plots) =>
    plots
      .filter((plot) => plot.getClientRects().length > 0)
      .flatMap((plot) => [...plot.querySelectorAll("g[data-datum]")])
      .map((datum) => datum.getAttribute("data-datum") ?? ""),
  );
}
