import type { BrowserOptions } from "../target/browser/browser-options.ts";
import { findChrome } from "../target/chrome/find-chrome.ts";
import { launchChrome } from "../target/chrome/launch-chrome.ts";
import { UsageError } from "../usage-error.ts";

/** A drawing of SVG that fetches nothing. */
export interface Drawing {
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Sharp on the screens and in the print of today. */
const SHARPNESS = 2;

/**
 * A drawing as PNG, as a browser paints it: two pixels for each of CSS.
 * @throws UsageError where there is no browser
 */
export async function pictureOf(
  { svg, width, height }: Drawing,
  options: BrowserOptions,
): Promise<Uint8Array> {
  const executable = options.path ?? (await findChrome());
  if (executable === undefined)
    throw new UsageError(
      "A PNG is painted by Chrome, Chromium or Edge, and there is none. Run ./mnb doctor --fix, name one in --browser-path, or take --svg.",
    );
  const { browser, close } = await launchChrome(executable, "none", options);
  try {
    const page = await browser.newPage();
    await page.setViewport({ width, height, deviceScaleFactor: SHARPNESS });
    await page.setContent(`<!doctype html><style>body { margin: 0 } svg { display: block }</style>${svg}`);
    return await page.screenshot({ type: "png", clip: { x: 0, y: 0, width, height } });
  } finally {
    await close();
  }
}
