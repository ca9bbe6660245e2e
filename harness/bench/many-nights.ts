import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { planYear, simulatedRun, simulateNights, SIMULATED_CELLS } from "@mobilenet-bench/results/simulation";
import { writeRun } from "@mobilenet-bench/results/store";

// How long `mnb history` takes after years: as many simulated nights as are asked for (1800, five years) of 240 cells. Prints seconds when
// nothing is known, when all is, and with one night more, of all cells and of one:
// node bench/many-nights.ts [NIGHTS]

const MNB = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const ONE = "1.0_224/wasm/node";

const nights = Number(process.argv[2] ?? 1800);
const folder = await mkdtemp(join(tmpdir(), "mnb-many-nights-"));
try {
  const runs = simulateNights(planYear(1, nights + 1, SIMULATED_CELLS));
  for (const night of runs.slice(0, nights)) await writeRun(folder, simulatedRun(night));
  tell("nothing known, all cells");
  tell("all known, all cells");
  tell("all known, one cell", ONE);
  for (const night of runs.slice(nights)) await writeRun(folder, simulatedRun(night));
  tell("one night more, all cells");
  tell("all known, one cell, JSON", ONE, "--json");
} finally {
  await rm(folder, { recursive: true, force: true });
}

function tell(what: string, ...words: readonly string[]): void {
  const begun = performance.now();
  const text = execFileSync(process.execPath, [MNB, "history", "--runs", folder, ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(2);
  process.stdout.write(`${what}: ${seconds} s, ${text.length} characters\n`);
}
