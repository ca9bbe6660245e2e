import { decode as decodePng } from "fast-png";
import type { Page } from "puppeteer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BrowserPool } from "../src/target/browser/browser-pool.ts";
import { launchChrome } from "../src/target/chrome/launch-chrome.ts";
import { openPage } from "../src/target/browser/open-page.ts";
import { createPageRunner } from "../src/target/page/page-runner.ts";
import { SharedPageServer } from "../src/target/page/shared-page-server.ts";
import type { Runner } from "../src/target/target.ts";
import { BROWSER } from "./support/browser.ts";
import { warmUpRequest } from "./support/warm-up-request.ts";
import { purpose } from "./support/purpose.ts";

const CELL = "mobilenet_v1_0.25_32/ts/chrome";
const BLOCKS = 4;
const DEADLINE_MS = 20_000;

const BLACK: Pixel = [0, 0, 0];

type Pixel = readonly [red: number, green: number, blue: number];

describe.skipIf(BROWSER === undefined)("the runner's page", () => {
  let page: Page;
  let runner: Runner;
  beforeAll(async () => {
    const share = await new BrowserPool().share("any", () => launchChrome(BROWSER ?? "", "none", {}));
    const opened = await openPage(share, await new SharedPageServer().share(), {
      deadlineMs: DEADLINE_MS,
    });
    ({ page } = opened);
    await page.setViewport({ width: 800, height: 500 });
    runner = await createPageRunner(
      opened,
      { ...purpose("ts", BLOCKS), cell: CELL },
      { deadlineMs: DEADLINE_MS },
    );
  });
  afterAll(() => runner.kill());

  const text = () => page.$eval("main", (main) => main.innerText);
  const block = () => runner.request("block", { inferences: 1, settle: 0 }, DEADLINE_MS);

  it("says what is measured, on what, and how far it is", async () => {
    expect(await text()).toContain(CELL);
    const model = { name: "mobilenet_v1_0.25_32" };
    await runner.request("open", { backend: "ts", options: {}, model, source: { seed: 1 } }, DEADLINE_MS);
    expect(await text()).toContain("Loading the model");
    await runner.request("warmUp", warmUpRequest(model), DEADLINE_MS);
    expect(await text()).toContain("Warming up");
    await block();
    await block();
    expect(await text()).toContain(`Round 2 of ${BLOCKS}`);
    expect(await text()).toMatch(/backend\s+ts/);
    expect(await text()).toMatch(/timer\s+[\d.]+ µs/);
  });

  it.each(["light", "dark"])("shows it in a %s screenshot", async (scheme) => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const shot = await screenshot(page);
    const bar = await boxOf(page, "progress");
    const along = Array.from({ length: bar.width - 8 }, (_, i) =>
      shot(bar.x + 4 + i, bar.y + bar.height / 2),
    );
    const filled = along[0] ?? BLACK;
    const track = along.at(-1) ?? BLACK;
    // One of four rounds is finished while the second one is under way.
    const share = along.filter((pixel) => same(pixel, filled)).length / along.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    const surface = shot(4, 4);
    if (scheme === "dark") expect(luminance(surface)).toBeLessThan(0.1);
    else expect(luminance(surface)).toBeGreaterThan(0.9);
    // As WCAG asks of graphics and of text.
    expect(contrast(filled, track)).toBeGreaterThan(3);
    const letters = await boxOf(page, "#cell");
    const inks = Array.from({ length: letters.width * letters.height }, (_, i) =>
      shot(letters.x + (i % letters.width), letters.y + Math.floor(i / letters.width)),
    );
    expect(Math.max(...inks.map((ink) => contrast(ink, surface)))).toBeGreaterThan(7);
  });

  it("marks a block during which the page could not be seen", async () => {
    const session = await page.createCDPSession();
    const { windowId } = await session.send("Browser.getWindowForTarget");
    const setState = (windowState: "minimized" | "normal") =>
      session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
    await setState("minimized");
    expect(await block()).toMatchObject({ ok: true, value: { hidden: true } });
    await setState("normal");
    await page.waitForFunction(() => !document.hidden);
    expect(await block()).toMatchObject({ ok: true, value: { hidden: false } });
  });

  it("is full at the end", async () => {
    await runner.request("close", {}, DEADLINE_MS);
    expect(await text()).toContain("Done");
    expect(await page.$eval("progress", ({ value, max }) => value / max)).toBe(1);
  });
});

async function screenshot(page: Page): Promise<(x: number, y: number) => Pixel> {
  const { data, width, channels } = decodePng(await page.screenshot());
  return (x, y) => {
    const at = (Math.round(y) * width + Math.round(x)) * channels;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  };
}

async function boxOf(page: Page, selector: string) {
  const box = await (await page.$(selector))?.boundingBox();
  if (!box) return expect.fail(`${selector} cannot be seen`);
  const { x, y, width, height } = box;
  return { x: Math.ceil(x), y: Math.ceil(y), width: Math.floor(width), height: Math.floor(height) };
}

function same(a: Pixel, b: Pixel): boolean {
  return a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < 8);
}

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(pixel: Pixel): number {
  const [red = 0, green = 0, blue = 0] = pixel.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Pixel, b: Pixel): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}
