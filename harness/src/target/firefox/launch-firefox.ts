import type { BrowserOptions } from "../browser/browser-options.ts";
import { launchBrowser, type LaunchedBrowser } from "../browser/launched-browser.ts";

/** A proxy that nothing listens behind: whatever asks for another host fails at once. */
const PREFERENCES = {
  "network.proxy.type": 1,
  "network.proxy.socks": "127.0.0.1",
  "network.proxy.socks_port": 9,
  "network.proxy.no_proxies_on": "127.0.0.1",
};

/** Through WebDriver BiDi, over a socket of loopback: Firefox has no pipe to end with. @throws where it does not start */
export function launchFirefox(
  executablePath: string,
  { headed = false, args = [] }: BrowserOptions,
  signal?: AbortSignal,
): Promise<LaunchedBrowser> {
  return launchBrowser(
    {
      browser: "firefox",
      executablePath,
      headless: !headed,
      args: [...args],
      extraPrefsFirefox: PREFERENCES,
      ...(signal && { signal }),
    },
    () => [
      ...(headed ? [] : ["--headless"]),
      ...args,
      ...Object.entries(PREFERENCES).map(([name, value]) => `${name}=${value}`),
    ],
  );
}
