import { join } from "node:path";
import { parseHTML } from "linkedom";
import { archiveOf } from "../src/data/archive-of.ts";
import type { RunFacts } from "../src/data/facts.ts";
import type { Latest } from "../src/data/latest.ts";
import { cellData, cellPage, pathOfCell } from "./cell-pages.tsx";
import { readClientBundle, type ClientBundle } from "./client-bundle.ts";
import { documentPages } from "./documents.tsx";
import { encodeLatest } from "./encode-latest.ts";
import { firstLoadOf, type FirstLoad } from "./first-load.ts";
import { latestOf } from "./latest-of.ts";
import { livePages } from "./live-pages.tsx";
import { newestOfDigests, type Newest } from "./newest-figures.ts";
import { notFoundPage } from "./not-found.tsx";
import { renderPage, type PageFrame, type SitePage } from "./page-renderer.tsx";
import type { RunDigest, RunSummary } from "./run-digest.ts";
import { SiteFolder } from "./site-folder.ts";
import { openRun, runFilesIn, runSummaries } from "./stored-runs.ts";
import { NO_CACHE, summaryCache } from "./summary-cache.ts";
import { choiceOf, widestFirst } from "./widest-first.ts";

/** From what a site is made, and to where. */
export interface SiteOptions {
  /** The folder of published runs. */
  readonly runs: string;
  /** The folder that the site is in: its old content is replaced when the new one is whole. */
  readonly output: string;
  /** Where the site lies on its host, with both slashes; only the page for missing pages needs it. */
  readonly base?: string;
  /** A folder for what is known of runs from the last time: where it is given, only new runs are read. */
  readonly cache?: string;
  readonly now: Date;
  /** Aborted: nothing is left of what was built so far, and the old site is as it was. */
  readonly signal?: AbortSignal;
}

/** What was built. */
export interface BuiltSite {
  readonly folder: string;
  readonly files: number;
  readonly machines: number;
  readonly runs: number;
  readonly cells: number;
  readonly firstLoad: FirstLoad;
  /** JSON files among the runs that are none by their names; they are left out. */
  readonly notRuns: readonly string[];
}

/**
 * Builds the whole site: static files that any host serves under any path, and that ask nothing of any other. Of no runs
 * it is one that says so.
 * @throws SiteError where there is no folder of runs, two runs have one id, the script is not built, or the output holds
 * something else
 * @throws StoreError where a run is torn, foreign or changed
 */
export async function buildSite(options: SiteOptions): Promise<BuiltSite> {
  const bundle = await readClientBundle();
  const site = await SiteFolder.begin(options.output);
  try {
    return await writeSite(site, bundle, options);
  } catch (error) {
    await site.discard();
    throw error;
  }
}

async function writeSite(site: SiteFolder, bundle: ClientBundle, options: SiteOptions): Promise<BuiltSite> {
  const { runs: folder, base, cache, now, signal } = options;
  const summaries = cache === undefined ? NO_CACHE : await summaryCache(cache);
  const { files, notRuns } = await runFilesIn(folder);
  const digests = await writeRuns(site, runSummaries(folder, files, summaries), signal);
  const newest = await newestOfDigests(digests, ({ file }) => openRun(folder, file));
  const latest = widestFirst(newest.machines.map(latestOf));
  const [first] = latest;
  for (const file of bundle.files) await site.copy(join(bundle.folder, file), file);
  for (const one of latest) await site.write(`data/latest/${one.machine.id}.json`, latestText(one));
  await site.write("data/runs.json", runsText(newest.runs));

  const frame = { bundle, document: emptyDocument(), builtAt: now.toISOString() };
  const live = livePages(first, latest.map(choiceOf));
  for (const page of [...live, ...(await documentPages()), notFoundPage(base)])
    await writePage(site, page, frame);
  const cells = await writeCells(site, newest, frame, signal);

  const [overview] = live;
  const html = overview === undefined ? "" : renderPage(overview, frame);
  const firstLoad = await firstLoadOf(bundle, html, first && { page: "overview", data: latestText(first) });
  const counts = { machines: latest.length, runs: newest.runs.length, cells };
  await site.finish({ schema: 1, builtAt: frame.builtAt, ...counts });
  return { folder: site.path, files: site.files, ...counts, firstLoad, notRuns };
}

/** Every run: its file, compressed, and its figures alone, which links that are pinned to it show for as long as it is published. */
async function writeRuns(
  site: SiteFolder,
  summaries: AsyncIterable<RunSummary>,
  signal: AbortSignal | undefined,
): Promise<RunDigest[]> {
  const digests: RunDigest[] = [];
  for await (const { digest, figures, archive } of summaries) {
    signal?.throwIfAborted();
    const { id, file } = digest.facts;
    await site.write(`data/run/${id}.json`, figures);
    await site.write(`runs/${archiveOf(file)}`, Buffer.from(archive, "base64"));
    digests.push(digest);
  }
  return digests;
}

async function writeCells(
  site: SiteFolder,
  { machines }: Newest,
  frame: PageFrame,
  signal: AbortSignal | undefined,
): Promise<number> {
  let cells = 0;
  for (const data of cellData(machines)) {
    signal?.throwIfAborted();
    await writePage(site, cellPage(data), frame);
    await site.write(`${pathOfCell(data)}cell.json`, `${JSON.stringify(data, undefined, 1)}\n`);
    cells++;
  }
  return cells;
}

async function writePage(site: SiteFolder, page: SitePage, frame: PageFrame): Promise<void> {
  const { path } = page;
  await site.write(path === "" || path.endsWith("/") ? `${path}index.html` : path, renderPage(page, frame));
}

function latestText(latest: Latest): string {
  return JSON.stringify(encodeLatest(latest));
}

function runsText(runs: readonly RunFacts[]): string {
  return JSON.stringify({ schema: 1, runs });
}

function emptyDocument(): Document {
  return parseHTML("<!doctype html><html><head></head><body></body></html>").document;
}
