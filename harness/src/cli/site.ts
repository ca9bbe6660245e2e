import { howMany } from "@mobilenet-bench/results";
import { resolve } from "node:path";
import { Argument, Command, InvalidArgumentError } from "commander";
import type { BuiltSite } from "@mobilenet-bench/docs/build";
import { publishedFolder, siteCacheFolder, siteFolder } from "../folders.ts";
import { asUsage, UsageError } from "../usage-error.ts";
import { EXIT } from "./exit.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { onInterrupt } from "./interrupt.ts";
import { note, print, printJson } from "./output.ts";

const ACTIONS = ["build", "serve"] as const;
type Action = (typeof ACTIONS)[number];
const USUAL_PORT = 4173;

interface SiteCommandOptions extends FormatOptions {
  readonly runs?: string;
  readonly base?: string;
  readonly port?: number;
}

export function siteCommand(): Command {
  return addFormats(new Command("site"))
    .description(
      "The published figures as a static site: built for any host, or served here to be looked at.",
    )
    .addArgument(new Argument("<action>", "what to do").choices(ACTIONS))
    .argument("[folder]", "the site (.mnb/site without this)")
    .option("--runs <folder>", "build: of these runs, in place of those that are published")
    .option(
      "--base <path>",
      "build: where it will lie, such as /bench/; the page of missing pages needs it",
      basePath,
    )
    .option("--port <number>", `serve: on this port, 0 for any (${USUAL_PORT} without this)`, port)
    .action(async (action: Action, folder: string | undefined, options: SiteCommandOptions) => {
      const site = resolve(folder ?? siteFolder());
      if (action === "build") await build(site, options);
      else await serve(site, options);
    });
}

async function build(output: string, { runs, base, port: unused, json }: SiteCommandOptions): Promise<void> {
  if (unused !== undefined) throw new UsageError("--port is for mnb site serve. Leave it out.");
  const { buildSite, overBudget, SiteError } = await import("@mobilenet-bench/docs/build");
  const folder = resolve(runs ?? publishedFolder());
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  const built = await buildSite({
    runs: folder,
    output,
    cache: siteCacheFolder(),
    now: new Date(),
    signal: interrupt.signal,
    ...(base !== undefined && { base }),
  })
    .catch(unlessAborted(interrupt.signal))
    .catch(asUsage(SiteError))
    .finally(release);
  if (built === undefined) {
    note("Interrupted: what stood there before is as it was.");
    process.exitCode = EXIT.interrupted;
    return;
  }
  if (built.runs === 0) note(`There is no run in ${folder}: the site says so. Make one with mnb run.`);
  if (built.notRuns.length > 0)
    note(`Left out, for their names are none of run files: ${built.notRuns.join(", ")}.`);
  for (const line of overBudget(built.firstLoad)) note(line);
  if (json) printJson(built);
  else print(describe(built));
}

async function serve(folder: string, { runs, base, port: wanted }: SiteCommandOptions): Promise<void> {
  if (runs !== undefined || base !== undefined)
    throw new UsageError("--runs and --base are for mnb site build. Leave them out.");
  const { serveSite, SiteError } = await import("@mobilenet-bench/docs/build");
  const site = await serveSite({ folder, port: wanted ?? USUAL_PORT }).catch(asUsage(SiteError));
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const release = onInterrupt(end);
  print(`${site.url}\nCtrl-C ends it.`);
  await promise;
  release();
  await site.close();
}

/** Nothing where it was asked to end. */
function unlessAborted(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  };
}

function describe({ folder, files, machines, runs, cells, firstLoad }: BuiltSite): string {
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const { html, script, data, total, uncompressed } = firstLoad;
  return [
    `${folder}: ${howMany(cells, "cell")} of ${howMany(runs, "run")} on ${howMany(machines, "machine")}, ${files} files`,
    `first page: ${kB(total)} by gzip (HTML ${kB(html)}, scripts ${kB(script)}, data ${kB(data)}), ${kB(uncompressed)} without`,
    `Look at it with mnb site serve${folder === siteFolder() ? "" : ` ${folder}`}.`,
  ].join("\n");
}

function basePath(text: string): string {
  if (!/^\/(?:[^/?#\s]+\/)*$/.test(text))
    throw new InvalidArgumentError("Give a path with both slashes, such as /bench/.");
  return text;
}

function port(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("Give a whole number from 0 to 65535.");
  return value;
}
