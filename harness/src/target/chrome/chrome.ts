import type { BrowserOptions } from "../browser/browser-options.ts";
import { browserTarget, type PageSetUp } from "../browser/browser-target.ts";
import type { Target } from "../target.ts";
import { findChrome } from "./find-chrome.ts";
import type { WebGpu } from "./flags.ts";
import { launchChrome } from "./launch-chrome.ts";
import { probeWebGpu } from "./probe-webgpu.ts";

/** Pages in Chrome, Chromium or Edge. */
export function chromeTarget(options: BrowserOptions = {}, setUp: PageSetUp = {}): Target {
  let probed: Promise<WebGpu> | undefined;
  return browserTarget(
    {
      id: "chrome",
      summary: "pages in Chrome, Chromium or Edge, driven by puppeteer",
      find: findChrome,
      missing: {
        reason: "There is no Chrome, Chromium or Edge.",
        remedy:
          "Run ./mnb doctor --fix, install one, or name its executable in --browser-path or MNB_BROWSER.",
      },
      async starter(path, purpose, origin, signal) {
        const launch = (webGpu: WebGpu) => launchChrome(path, webGpu, options, signal);
        const webGpu = purpose.webGpu
          ? await (probed ??= probeWebGpu(() => launch("hardware"), origin))
          : "none";
        return { variant: webGpu, start: () => launch(webGpu) };
      },
    },
    options,
    setUp,
  );
}
