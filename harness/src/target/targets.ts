import { browserOptionsOf, type BrowserOptions } from "./browser/browser-options.ts";
import { chromeTarget } from "./chrome/chrome.ts";
import { firefoxTarget } from "./firefox/firefox.ts";
import { node, nodeTarget } from "./node.ts";
import type { Target } from "./target.ts";

/** The runner that targets open, where it is not this program's own. */
export interface RunnerFiles {
  /** The script that answers jobs in a child process. */
  readonly main: string;
  /** The folder of the page that does so in a browser. */
  readonly page: string;
}

/**
 * Every target, by the name that cell ids use.
 * @param chrome what the command line says; the environment fills in
 */
export function createTargets(
  chrome: BrowserOptions = {},
  runner?: RunnerFiles,
): Readonly<Record<string, Target>> {
  const { path, ...firefox } = { ...browserOptionsOf(process.env), ...chrome };
  const firefoxPath = process.env["MNB_FIREFOX"];
  const setUp = runner ? { folder: runner.page } : {};
  return {
    node: runner ? nodeTarget(runner.main) : node,
    chrome: chromeTarget({ ...(path && { path }), ...firefox }, setUp),
    firefox: firefoxTarget(
      {
        ...(firefox.headed && { headed: true }),
        ...(firefoxPath && { path: firefoxPath }),
      },
      setUp,
    ),
  };
}
