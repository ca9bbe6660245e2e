import type { Browser } from "puppeteer";
import type { BrowserOptions } from "../browser/browser-options.ts";
import { launchBrowser, type LaunchedBrowser } from "../browser/launched-browser.ts";
import { flags, type WebGpu } from "./flags.ts";

/** @throws Error where it does not start */
export function launchChrome(
  executablePath: string,
  webGpu: WebGpu,
  { headed = false, args }: BrowserOptions,
  signal?: AbortSignal,
): Promise<LaunchedBrowser> {
  return launchBrowser(
    {
      executablePath,
      headless: !headed,
      args: flags(webGpu, args),
      // The browser ends itself when the pipe closes: also where this process is killed.
      pipe: true,
      ...(signal && { signal }),
    },
    readCommandLine,
  );
}

/** The profile's folder is a fresh one each time and explains nothing. */
const PER_LAUNCH = /^--(user-data-dir|remote-debugging-pipe|flag-switches-begin|flag-switches-end)\b/;

/** From the browser itself, so that flags of the wrapper scripts of distributions are among them. */
async function readCommandLine(browser: Browser): Promise<string[]> {
  const session = await browser.target().createCDPSession();
  try {
    const { arguments: words } = await session.send("Browser.getBrowserCommandLine");
    return [...new Set(words)].filter((word) => word.startsWith("--") && !PER_LAUNCH.test(word));
  } finally {
    await session.detach();
  }
}
