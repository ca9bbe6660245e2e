import { homedir } from "node:os";
import { join } from "node:path";

/** Where puppeteer keeps downloaded browsers, so that one download serves every project of a user. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return env["PUPPETEER_CACHE_DIR"] || join(homedir(), ".cache", "puppeteer");
}
