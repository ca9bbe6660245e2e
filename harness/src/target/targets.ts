import { browserOptionsOf, type BrowserOptions } from "./browser/browser-options.ts";
import { chromeTarget } from "./chrome/chrome.ts";
import { firefoxTarget } from "./firefox/firefox.ts";
import { node } from "./node.ts";
import type { Target } from "./target.ts";

/** Every target, by the name that cell ids use. @param chrome what the command line says; the environment fills in */
export function createTargets(chrome: BrowserOptions = {}): Readonly<Record<string, Target>> {
  const { path, ...firefox } = { ...browserOptionsOf(process.env), ...chrome };
  const firefoxPath = process.env["MNB_FIREFOX"];
  return {
    node,
    chrome: chromeTarget({ ...(path && { path }), ...firefox }),
    firefox: firefoxTarget({
      ...(firefox.headed && { headed: true }),
      ...(firefoxPath && { path: firefoxPath }),
    }),
  };
}
