import { cacheFolder } from "../browser/cache-folder.ts";
import { findExecutable, newestInCache, type Places } from "../browser/executables.ts";

const FIREFOX_PLACES: Places = {
  names: ["firefox", "firefox-esr"],
  applications: ["Firefox.app/Contents/MacOS/firefox"],
  programs: [String.raw`Mozilla Firefox\firefox.exe`],
};

/** The executable of an installed Firefox, else of the newest one in puppeteer's cache. */
export async function findFirefox(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const installed = await findExecutable(FIREFOX_PLACES, env, platform);
  return installed ?? newestInCache("FIREFOX", cacheFolder(env));
}
