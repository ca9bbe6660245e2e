import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Block, Run } from "../src/schema.ts";
import { queryRollUps, rollUp } from "../src/roll-up/index.ts";
import { mergeResults, readRun, writeRun } from "../src/store/index.ts";

// What it takes to bring many machines' runs together: twenty shards are merged, then as many blocks as are asked for (a million)
// are rolled up and asked. The runs are a published one under other dates. Prints sizes and seconds as JSON:
// node bench/million-measurements.ts [BLOCKS]

const PUBLISHED = fileURLToPath(new URL("../data/2026-11-22-1206c8248664.json", import.meta.url));
const SHARDS = 20;
const DAY_MS = 86_400_000;
/** What a history asks, and what only blocks can answer. */
const QUESTIONS = {
  "medians of a cell over all runs":
    "SELECT started_at, median_ms FROM cells WHERE cell = 'mobilenet_v1_0.5_160/wasm/node' ORDER BY 1",
  "fastest backend of each model":
    "SELECT model, arg_min(backend, median_ms) AS fastest, min(median_ms) AS ms FROM cells WHERE status = 'ok' GROUP BY 1 ORDER BY 1",
  "spread of blocks within runs":
    "SELECT cell, median(s) AS spread FROM (SELECT run, cell, stddev(ln(median_ms)) AS s FROM blocks GROUP BY 1, 2) GROUP BY 1 ORDER BY 1",
} as const;

const blocks = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), "mnb-million-"));
try {
  const run = await readRun(PUBLISHED);
  const perRun = run.cells.reduce((sum, cell) => sum + (cell.status === "ok" ? cell.blocks.length : 0), 0);
  const nights = Math.ceil(blocks / perRun);
  const runs = join(folder, "runs");

  for (let number = 1; number <= SHARDS; number++)
    await writeRun(join(folder, "shards", String(number)), shardOf(run, number));
  const merging = await timed(() => mergeResults([join(folder, "shards")], join(folder, "merged")));

  for (let night = 0; night < nights; night++) await writeRun(runs, nightOf(run, night));
  const output = join(folder, "roll-ups");
  const options = {
    runs,
    output,
    onUnreadable: (error: Error) => process.stderr.write(`${error.message}\n`),
  };
  const rolling = await timed(() => rollUp(options));
  const again = await timed(() => rollUp(options));
  const asked = [];
  for (const [question, sql] of Object.entries(QUESTIONS)) {
    const { seconds, value } = await timed(() => queryRollUps(output, sql));
    asked.push({ question, seconds, rows: value.rows.length });
  }
  const told = {
    merged: { shards: SHARDS, added: merging.value.added.length, seconds: merging.seconds },
    runs: nights,
    blocks: rolling.value.reduce((sum, month) => sum + month.blocks, 0),
    months: rolling.value.length,
    jsonBytes: await bytesIn(runs),
    parquetBytes: rolling.value.reduce((sum, month) => sum + month.bytes, 0),
    rollUpSeconds: rolling.seconds,
    rollUpAgainSeconds: again.seconds,
    asked,
  };
  process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function nightOf(run: Run, night: number): Run {
  const startedAt = new Date(Date.parse(run.startedAt) - night * DAY_MS).toISOString();
  // Equal numbers would be packed into next to nothing.
  const cells = run.cells.map((cell) =>
    cell.status === "ok"
      ? { ...cell, blocks: cell.blocks.map((block, i) => noisy(block, night * 7919 + i)) }
      : cell,
  );
  return { ...run, id: `night-${night}`, startedAt, simulated: "a published run under other dates", cells };
}

function noisy(block: Block, seed: number): Block {
  const times = 1 + 0.02 * Math.sin(seed);
  return { ...block, medianMs: block.medianMs * times, minMs: block.minMs * times };
}

function shardOf(run: Run, number: number): Run {
  const models = [...new Set(run.cells.map(({ model }) => model))];
  const night = nightOf(run, 0);
  const cells = night.cells.filter(({ model }) => models.indexOf(model) % SHARDS === number - 1);
  return { ...night, id: `shard-${number}`, shard: { number, of: SHARDS }, cells };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
  const begun = performance.now();
  const value = await work();
  return { seconds: (performance.now() - begun) / 1000, value };
}

async function bytesIn(place: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(place)) bytes += (await stat(join(place, name))).size;
  return bytes;
}
