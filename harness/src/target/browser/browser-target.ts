import { UnsupportedError, type Availability } from "@mobilenet-bench/backend";
import type { Purpose } from "@mobilenet-bench/runner";
import { createPageRunner } from "../page/page-runner.ts";
import { HEARTBEAT, type Heartbeat } from "../page/page-socket.ts";
import { SharedPageServer } from "../page/shared-page-server.ts";
import type { Target } from "../target.ts";
import type { BrowserOptions } from "./browser-options.ts";
import { BrowserPool } from "./browser-pool.ts";
import { isExecutable } from "./executables.ts";
import type { LaunchedBrowser } from "./launched-browser.ts";
import { openPage } from "./open-page.ts";

/** A browser as a target: all that differs from one to another. */
export interface BrowserKind extends Pick<Target, "id" | "summary"> {
  find(): Promise<string | undefined>;
  /** What to say where it is not found. */
  readonly missing: { readonly reason: string; readonly remedy: string };
  /**
   * How to start it for a purpose; pages whose `variant` is the same can share a browser.
   * @param origin of the server of pages
   * @param signal ends what is being started
   */
  starter(path: string, purpose: Purpose, origin: string, signal?: AbortSignal): Promise<Starter>;
}

interface Starter {
  readonly variant: string;
  readonly start: () => Promise<LaunchedBrowser>;
}

/** What tests change. */
export interface PageSetUp {
  /** The files to serve instead of the runner's. */
  readonly folder?: string;
  readonly heartbeat?: Heartbeat;
  readonly startDeadlineMs?: number;
}

/** A page per cell, a browser per family of backends, all driven by puppeteer. */
export function browserTarget(
  kind: BrowserKind,
  options: BrowserOptions,
  { folder, heartbeat = HEARTBEAT, startDeadlineMs = 60_000 }: PageSetUp,
): Target {
  const pool = new BrowserPool();
  const servers = new SharedPageServer(folder);
  let executable: Promise<Executable> | undefined;
  const find = () => (executable ??= choose(kind, options));

  return {
    id: kind.id,
    summary: kind.summary,
    platform: "browser",
    async availability(): Promise<Availability> {
      const found = await find();
      return "path" in found ? { available: true, detail: found.path } : { available: false, ...found };
    },
    async open(purpose, signal) {
      const found = await find();
      if (!("path" in found)) throw new UnsupportedError(`target ${kind.id}`, found.reason, found.remedy);
      const server = await servers.share();
      try {
        const { variant, start } = await kind.starter(found.path, purpose, server.origin, signal);
        const browser = await pool.share(`${purpose.family} ${variant}`, start);
        const limits = { deadlineMs: startDeadlineMs, heartbeat, ...(signal && { signal }) };
        const page = await openPage(browser, server, limits);
        return await createPageRunner(page, purpose, limits);
      } catch (error) {
        await server.release();
        throw error;
      }
    },
  };
}

type Executable = { readonly path: string } | BrowserKind["missing"];

/** An executable that was named is taken or refused; no other one takes its place. */
async function choose(kind: BrowserKind, { path }: BrowserOptions): Promise<Executable> {
  if (path === undefined) {
    const found = await kind.find();
    return found === undefined ? kind.missing : { path: found };
  }
  if (await isExecutable(path)) return { path };
  return {
    reason: `The browser ${path} cannot be executed.`,
    remedy: "Correct --browser-path or MNB_BROWSER, or leave it out.",
  };
}
