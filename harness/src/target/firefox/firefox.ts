import type { BrowserOptions } from "../browser/browser-options.ts";
import { browserTarget, type PageSetUp } from "../browser/browser-target.ts";
import type { Target } from "../target.ts";
import { findFirefox } from "./find-firefox.ts";
import { launchFirefox } from "./launch-firefox.ts";

/** Pages in Firefox. */
export function firefoxTarget(options: BrowserOptions = {}, setUp: PageSetUp = {}): Target {
  return browserTarget(
    {
      id: "firefox",
      summary: "pages in Firefox, driven by puppeteer through WebDriver BiDi",
      find: findFirefox,
      missing: {
        reason: "There is no Firefox.",
        remedy: "Install Firefox, or name its executable in MNB_FIREFOX.",
      },
      starter: (path, _, __, signal) =>
        Promise.resolve({ variant: "", start: () => launchFirefox(path, options, signal) }),
    },
    options,
    setUp,
  );
}
