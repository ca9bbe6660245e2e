import { cacheFolder } from "../browser/cache-folder.ts";
import { findExecutable, newestInCache, type Places } from "../browser/executables.ts";

/** The browser that users know best first. */
export const CHROME_PLACES: Places = {
  names: [
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge-stable",
    "microsoft-edge",
  ],
  applications: ["Google Chrome", "Chromium", "Microsoft Edge"].map(
    (name) => `${name}.app/Contents/MacOS/${name}`,
  ),
  programs: [
    String.raw`Google\Chrome\Application\chrome.exe`,
    String.raw`Chromium\Application\chrome.exe`,
    String.raw`Microsoft\Edge\Application\msedge.exe`,
  ],
};

/** The executable of an installed Chrome, Chromium or Edge, else of the newest Chrome in puppeteer's cache. */
export async function findChrome(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const installed = await findExecutable(CHROME_PLACES, env, platform);
  return installed ?? newestInCache("CHROME", cacheFolder(env));
}
