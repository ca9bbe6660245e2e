import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Where installers put a browser, by the way in which each system names programs. */
export interface Places {
  /** On the search path, the preferred one first. */
  readonly names: readonly string[];
  /** In the folders of macOS for applications. */
  readonly applications: readonly string[];
  /** In the folders of Windows for programs. */
  readonly programs: readonly string[];
}

/** The first of the places where there is an executable. */
export async function findExecutable(
  places: Places,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  for (const path of candidates(places, env, platform)) if (await isExecutable(path)) return path;
  return undefined;
}

/** Where a browser may be installed on a platform, in the order of preference; nothing is looked up. */
export function candidates(
  { names, applications, programs }: Places,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string[] {
  if (platform === "darwin")
    return ["/Applications", join(env["HOME"] ?? "/", "Applications")].flatMap((folder) =>
      applications.map((application) => `${folder}/${application}`),
    );
  if (platform === "win32") {
    const folders = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]];
    return programs.flatMap((program) =>
      folders.flatMap((folder) => (folder ? `${folder}\\${program}` : [])),
    );
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The newest build of a browser in puppeteer's cache. */
export async function newestInCache(
  name: "CHROME" | "FIREFOX",
  cacheDir: string,
): Promise<string | undefined> {
  // Large: what looks into no cache should not wait for it.
  const { Browser, getInstalledBrowsers } = await import("@puppeteer/browsers");
  const builds = (await getInstalledBrowsers({ cacheDir })).filter(
    ({ browser }) => browser === Browser[name],
  );
  const newest = builds.toSorted((a, b) => b.buildId.localeCompare(a.buildId, "en", { numeric: true }))[0];
  return newest && (await isExecutable(newest.executablePath)) ? newest.executablePath : undefined;
}

/** Whether the file is there and this user may run it. */
export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
