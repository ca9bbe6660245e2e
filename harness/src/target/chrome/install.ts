import { userInfo } from "node:os";
import { setTimeout } from "node:timers/promises";
import { Browser, Cache, detectBrowserPlatform, install } from "@puppeteer/browsers";
import { execa } from "execa";
import { executablePath } from "puppeteer";
import { cacheFolder } from "../browser/cache-folder.ts";
import { findChrome } from "./find-chrome.ts";

/** Tells what is done, line by line. */
export type Say = (line: string) => void;

const STALL_MS = 30_000;
const LOCK_TRIES = 30;
const LOCK_PAUSE_MS = 10_000;
const LOCKED = /Could not get lock|Unable to acquire|is another process using it/;

/**
 * A browser for the target `chrome`: the one that is there, else puppeteer's download, else Debian's package.
 * Calling it again is cheap.
 * @returns what there is now: "Chromium 156.0.8078.79 (/usr/bin/chromium)"
 * @throws Error where none of these ways works, with the reason of each
 */
export async function installBrowser(say: Say): Promise<string> {
  const found = await findChrome();
  if (found !== undefined) return describe(found);
  const reasons: string[] = [];
  for (const [name, way] of [
    ["puppeteer's download", download],
    ["the package chromium", installPackage],
  ] as const) {
    say(`Trying ${name}.`);
    try {
      await way(say);
      const path = await findChrome();
      if (path === undefined) throw new Error("it left no browser");
      // One that was installed and does not start is none: a download lacks libraries on a bare system.
      return await describe(path);
    } catch (error) {
      const reason = `${name}: ${oneLine(error)}`;
      say(reason);
      reasons.push(reason);
    }
  }
  throw new Error(`No browser could be installed (${reasons.join("; ")}).`);
}

/** Puppeteer's own browser, which its install script would download, but with a word now and then and no endless wait. */
async function download(say: Say): Promise<void> {
  const platform = detectBrowserPlatform();
  if (platform === undefined) throw new Error(`there is none for ${process.platform}/${process.arch}`);
  const cacheDir = cacheFolder(process.env);
  const buildId = await wantedBuild(platform);
  let heardAt = performance.now();
  let tenths = 0;
  const over = new AbortController();
  const stalled = async () => {
    while (performance.now() - heardAt < STALL_MS)
      await setTimeout(STALL_MS / 10, undefined, { signal: over.signal, ref: false });
    throw new Error(`nothing came for ${STALL_MS / 1000} s`);
  };
  const installing = install({
    browser: Browser.CHROME,
    buildId,
    cacheDir,
    downloadProgressCallback(bytes, total) {
      heardAt = performance.now();
      const done = Math.floor((bytes / total) * 10);
      if (done > tenths) say(`Chrome ${buildId}: ${(tenths = done) * 10} %`);
    },
  });
  try {
    const { executablePath } = await Promise.race([installing, stalled()]);
    await describe(executablePath);
  } catch (error) {
    // What does not start must not be found the next time.
    new Cache(cacheDir).uninstall(Browser.CHROME, platform, buildId);
    throw error;
  } finally {
    over.abort();
  }
}

/**
 * The build that this version of puppeteer is tested with, or that its configuration names. It tells no more than where
 * the executable would be: `…/chrome/linux-156.0.8078.79/…`.
 */
async function wantedBuild(platform: string): Promise<string> {
  const path = await executablePath();
  const [, build] = new RegExp(`[/\\\\]${platform}-([\\d.]+)[/\\\\]`).exec(path) ?? [];
  if (build === undefined) throw new Error(`puppeteer is configured to use ${path}`);
  return build;
}

async function installPackage(say: Say): Promise<void> {
  if (process.platform !== "linux") throw new Error("there is none for this system");
  if (userInfo().uid !== 0) throw new Error("only root may install packages");
  await apt(say, "update");
  await apt(say, "install", "--yes", "--no-install-recommends", "chromium");
}

/** Another process may hold the lock of the package system: it is waited for. */
async function apt(say: Say, ...words: readonly string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  for (let attempt = 1; ; attempt++) {
    const child = execa("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", ...words], {
      env,
      stdin: "ignore",
      all: true,
      reject: false,
    });
    child.all.setEncoding("utf8").on("data", (text: string) => say(text.trimEnd()));
    const { exitCode, all, failed, shortMessage } = await child;
    if (!failed) return;
    if (exitCode === undefined) throw new Error(shortMessage);
    const last = all.trim().split("\n").at(-1) ?? "";
    if (!LOCKED.test(all) || attempt === LOCK_TRIES) throw new Error(`apt-get ${words[0]} failed: ${last}`);
    await setTimeout(LOCK_PAUSE_MS);
  }
}

/** Asks the browser itself, so that it is known to start. */
async function describe(path: string): Promise<string> {
  // On Windows it would open a window instead.
  if (process.platform === "win32") return path;
  const { stdout } = await execa(path, ["--version"], { timeout: STALL_MS });
  return `${stdout.trim().replace(/ built on .*/, "")} (${path})`;
}

function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").trim();
}
