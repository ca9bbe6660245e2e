import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSite, overBudget } from "@mobilenet-bench/docs/build";
import { formatCellId, type Cell, type Run } from "@mobilenet-bench/results";
import { readRun, writeRun } from "@mobilenet-bench/results/store";

// What the site costs after years: as many nights as are asked for (1800), each with eleven backends on sixteen models, made
// of a published run. Prints what was built and how long it took, at first and when every run is known from the last time; the
// site stays where a folder is given for it:
// node bench/many-runs.ts [NIGHTS] [FOLDER]

const DAY_MS = 86_400_000;
const PUBLISHED = new URL("../../results/data/2026-11-22-1206c8248664.json", import.meta.url);
/** Rows that stand in for backends which the published run has not. */
const ALSO_IN_PAGES = new Set(["ts", "wasm", "tfjs-wasm", "ort-wasm"]);

/** The run of another night: the same blocks, all a little slower or faster. */
function nightOf(run: Run, night: number): Run {
  const startedAt = new Date(Date.parse(run.startedAt) + night * DAY_MS).toISOString();
  const cells = run.cells.flatMap((cell) =>
    ALSO_IN_PAGES.has(cell.backend) ? [cell, inPage(cell)] : [cell],
  );
  const drift = 1 + 0.02 * Math.sin(night);
  return { ...run, id: `simulated-${night}`, startedAt, cells: cells.map((cell) => slowed(cell, drift)) };
}

function inPage(cell: Cell): Cell {
  const moved = { ...cell, target: "chrome" };
  return { ...moved, id: formatCellId(moved) };
}

function slowed(cell: Cell, times: number): Cell {
  if (cell.status !== "ok") return cell;
  const { latency, blocks } = cell;
  const [low, high] = latency.ci95;
  return {
    ...cell,
    latency: { ...latency, median: latency.median * times, ci95: [low * times, high * times] },
    blocks: blocks.map((block) => ({ ...block, medianMs: block.medianMs * times })),
  };
}

async function sizeOf(site: string): Promise<number> {
  const entries = await readdir(site, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const entry of entries)
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}

const [count = "1800", kept] = process.argv.slice(2);
const nights = Number(count);
const folder = await mkdtemp(join(tmpdir(), "mnb-many-runs-"));
try {
  const run = await readRun(fileURLToPath(PUBLISHED));
  const runs = join(folder, "runs");
  for (let night = 0; night < nights; night++) await writeRun(runs, nightOf(run, night));
  const options = {
    runs,
    output: kept ?? join(folder, "site"),
    cache: join(folder, "cache"),
    now: new Date(),
  };
  for (const known of ["nothing", "every run"]) {
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    const built = await buildSite(options);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const cpuSeconds = (user + system) / 1e6;
    const bytes = await sizeOf(built.folder);
    const { rss } = process.memoryUsage();
    const told = {
      known,
      seconds,
      cpuSeconds,
      bytes,
      rss,
      ...built,
      overBudget: overBudget(built.firstLoad),
    };
    process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
