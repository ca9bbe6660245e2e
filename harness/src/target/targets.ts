import { chromeTarget } from "./chrome/chrome.ts";
import { browserOptionsOf, type BrowserOptions } from "./chrome/browser-options.ts";
import { node } from "./node.ts";
import type { Target } from "./target.ts";

/** Every target, by the name that cell ids use. @param browser what the command line says; the environment fills in */
export function createTargets(browser: BrowserOptions = {}): Readonly<Record<string, Target>> {
  return { node, chrome: chromeTarget({ ...browserOptionsOf(process.env), ...browser }) };
}

export const TARGETS = createTargets();
