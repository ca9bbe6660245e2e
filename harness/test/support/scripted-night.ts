import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { comparisonSchema, type Comparison, type PairedComparison, type Run } from "@mobilenet-bench/results";
import { writeRun, writeValidated } from "@mobilenet-bench/results/store";
import { PROTOCOLS } from "../../src/protocol.ts";
import { okCell } from "../cells.ts";
import { runOf } from "../runs.ts";
import { startOf } from "./scripted-pairs.ts";

/** Milliseconds of a cell, by backend: what a machine would measure. */
export type Latencies = Readonly<Record<string, number>>;

/** A machine of which is known what it would measure, commit by commit. */
export class ScriptedMachine {
  readonly machine: string;
  /** By commit: a backend that is missing has no figure. */
  readonly #builds = new Map<string, Latencies>();
  #runs = 0;
  /** Every comparison that was asked for: base, candidate and cells. */
  readonly asked: string[][] = [];

  constructor(machine: string) {
    this.machine = machine;
  }

  build(commit: string, latencies: Latencies): void {
    this.#builds.set(commit, latencies);
  }

  /** Stores what a run of the commit would: one model, a cell for each backend. */
  async run(commit: string, at: Date, output: string): Promise<void> {
    const jitter = 1 + 0.002 * Math.sin(++this.#runs);
    const cells = Object.entries(this.#latencies(commit)).map(([backend, ms]) =>
      okCell("mobilenet_v1_0.25_128", backend, ms * jitter),
    );
    const run: Run = runOf(cells, {
      id: `run-${this.#runs}`,
      startedAt: at.toISOString(),
      finishedAt: new Date(at.getTime() + 60_000).toISOString(),
      suite: null,
      protocol: PROTOCOLS.quick,
    });
    const { peak: _, ...environment } = run.environment;
    await writeRun(output, {
      ...run,
      environment: { ...environment, machine: this.machine, commit, dirty: false },
    });
  }

  /** Stores what `mnb compare BASE CANDIDATE CELL… --output FILE` would. */
  async compare(words: readonly string[], at: Date): Promise<number> {
    const [, base = "", candidate = "", ...rest] = words;
    const end = rest.indexOf("--format");
    const cells = rest.slice(0, end);
    this.asked.push([base, candidate, ...cells]);
    const backendOf = (cell: string) => cell.split("/")[1] ?? "";
    const compared = cells.map((id) => {
      const msOf = (commit: string) => this.#latencies(commit)[backendOf(id)] ?? Number.NaN;
      const job = jobOf(msOf(candidate) / msOf(base));
      const changed = job.verdict === "slower" || job.verdict === "faster";
      return {
        id,
        status: "compared",
        outcome: job.verdict,
        first: job,
        ...(changed && { second: job }),
        q: 0.01,
      };
    });
    const start = startOf([]);
    const build = (commit: string) => ({
      ...start.base,
      word: commit,
      commit,
      dirty: false,
      identity: commit,
    });
    const comparison: Comparison = comparisonSchema.parse({
      schema: 1,
      kind: "builds",
      id: `${at.toISOString().slice(0, 19).replaceAll(":", "-")}-${this.asked.length}`,
      startedAt: at.toISOString(),
      finishedAt: at.toISOString(),
      complete: true,
      seed: 1,
      protocol: start.protocol,
      environment: { ...start.environment, machine: this.machine },
      base: build(base),
      candidate: build(candidate),
      cells: compared,
    });
    await writeValidated(rest.at(-1) ?? "", comparisonSchema, comparison);
    return comparison.cells.some((cell) => cell.status === "compared" && cell.outcome === "slower") ? 1 : 0;
  }

  #latencies(commit: string): Latencies {
    const found = this.#builds.get(commit);
    if (!found) throw new Error(`There is no build of ${commit}.`);
    return found;
  }
}

function jobOf(ratio: number): PairedComparison {
  const verdict = ratio > 1.015 ? "slower" : ratio < 0.985 ? "faster" : "same";
  return {
    verdict,
    ratio,
    interval: [ratio * 0.995, ratio * 1.005],
    level: 0.99,
    margin: 0.015,
    pairs: 12,
    p: 2 / 4096,
    final: true,
    rounds: 24,
    seconds: 12,
  };
}

/** The names of files in a folder, none where it is not there. */
export async function namesIn(...path: string[]): Promise<string[]> {
  const names = await readdir(join(...path)).catch(() => []);
  return names.toSorted();
}
