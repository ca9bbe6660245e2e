import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { Browser, getInstalledBrowsers } from "@puppeteer/browsers";
import { cacheFolder } from "./cache-folder.ts";

/** Names on the search path, the browser that users know best first. */
const NAMES = [
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge-stable",
  "microsoft-edge",
];
const APPLICATIONS = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
  (name) => `${name}.app/Contents/MacOS/${name}`,
);
const PROGRAMS = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
];

/** The executable of an installed Chrome, Chromium or Edge, else of the newest one in puppeteer's cache. */
export async function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  for (const path of candidates(env, platform)) if (await isExecutable(path)) return path;
  return newestInCache(cacheFolder(env));
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Where installers of each platform put browsers. */
export function candidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === "darwin")
    return ["/Applications", join(env["HOME"] ?? "/", "Applications")].flatMap((folder) =>
      APPLICATIONS.map((application) => `${folder}/${application}`),
    );
  if (platform === "win32") {
    const folders = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]];
    return PROGRAMS.flatMap((program) =>
      folders.flatMap((folder) => (folder ? `${folder}\\${program}` : [])),
    );
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function newestInCache(cacheDir: string): Promise<string | undefined> {
  const installed = (await getInstalledBrowsers({ cacheDir })).filter(
    ({ browser }) => browser === Browser.CHROME,
  );
  const newest = installed.toSorted((a, b) => b.buildId.localeCompare(a.buildId, "en", { numeric: true }))[0];
  return newest && (await isExecutable(newest.executablePath)) ? newest.executablePath : undefined;
}
