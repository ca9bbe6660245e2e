import { expectLogits } from "@mobilenet-bench/backend";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import type { Entry } from "../src/run/entries.ts";
import { Ledger } from "../src/run/ledger.ts";
import { measure, type MeasureOptions } from "../src/run/measure.ts";
import { healthyReplies } from "./support/healthy-replies.ts";
import { planned } from "./support/planned.ts";
import { scriptedNode, type Script } from "./support/scripted-node.ts";

const MODELS = ["mobilenet_v1_0.25_32", "mobilenet_v1_0.5_32"];
const BACKENDS = ["reference", "ts", "wasm"];
const MODEL = parseModelName(MODELS[0] ?? "");
const EXPECTED = expectLogits(MODEL, generateWeights(MODEL, 1), syntheticImage(32, 1));
const REPLIES = healthyReplies(Float32Array.from(EXPECTED.values));
const PROTOCOL = {
  ...PROTOCOLS.standard,
  sets: 3,
  coldStarts: 1,
  rounds: 3,
  pauseMs: 0,
  maxSteal: 1,
  maxThrottled: 1,
  maxCpuPressure: 1,
};

/** Measures what the ledger does not have; what was kept of it, and which runners were open when. */
async function measured(changes: Partial<MeasureOptions> = {}, before?: Script["before"]) {
  const target = scriptedNode({ replies: REPLIES, ...(before && { before }) });
  const kept: Entry[] = [];
  await measure({
    cells: MODELS.flatMap((model) => BACKENDS.map((backend) => planned(`${model}/${backend}/node`, target))),
    protocol: PROTOCOL,
    seed: 7,
    keepSamples: false,
    profile: false,
    signal: new AbortController().signal,
    onCell: () => Promise.resolve(),
    onStep: () => {},
    expect: () => Promise.resolve([EXPECTED]),
    ...changes,
    keep: async (entry) => {
      await changes.keep?.(entry);
      kept.push(entry);
    },
  });
  return kept;
}

/** Which cell was measured after which, set by set. */
function order(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) =>
    entry.kind === "block" ? `${entry.block.set} ${entry.block.round} ${entry.cell}` : [],
  );
}

function setOf(entry: string): string {
  return `${entry.split(" ")[0]} ${entry.split(" ")[2]?.split("/")[0]}`;
}

describe("measure", () => {
  it("measures all groups in each set, and all cells in each round", async () => {
    const blocks = order(await measured());
    const sets = blocks.map(setOf);
    expect(sets.filter((set, i) => set !== sets[i - 1])).toEqual(
      [0, 1, 2].flatMap((set) => MODELS.map((model) => `${set} ${model}`)),
    );
    expect(new Set(blocks).size).toBe(PROTOCOL.sets * PROTOCOL.rounds * MODELS.length * BACKENDS.length);
    const orders = Map.groupBy(blocks, (block) => block.split("/")[0]);
    const distinct = new Set(
      [...orders.values()].map((cells) => cells.map((cell) => cell.split("/")[1]).join()),
    );
    expect(distinct.size).toBeGreaterThan(3);
  });

  it("does in a set what the seed tells, whatever was done before", async () => {
    const whole = await measured();
    const blocks = order(whole);
    for (const cut of [3, 40, 71]) {
      const ledger = new Ledger();
      for (const entry of whole.slice(0, cut)) ledger.add(1, entry);
      const rest = order(await measured({ ledger, part: 2 }));
      expect(rest).toEqual(blocks.slice(blocks.indexOf(rest[0] ?? "")));
      const missing = blocks.filter(
        (block) => !ledger.isWhole(setOf(block).split(" ")[1] ?? "", Number(block[0])),
      );
      const before = missing.filter((block) => !rest.includes(block));
      expect(before).toEqual([]);
    }
  });

  it("starts one process at a time where that tells the cold start, and several at once afterwards", async () => {
    let loading = 0;
    const atOnce = new Map<string, number>();
    const jobs: string[] = [];
    const kept = await measured({}, async (job, { cell }) => {
      if (job === "block" && loading > 0) throw new Error("A block is timed while something loads.");
      if (job !== "open") return;
      const [model = ""] = cell.split("/");
      const set = jobs.filter((one) => one === cell).length;
      jobs.push(cell);
      loading++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      atOnce.set(`${set} ${model}`, Math.max(loading, atOnce.get(`${set} ${model}`) ?? 0));
      loading--;
    });
    for (const model of MODELS) {
      expect(atOnce.get(`0 ${model}`)).toBe(1);
      expect(atOnce.get(`1 ${model}`)).toBeGreaterThan(1);
    }
    const cold = kept.flatMap((entry) =>
      entry.kind === "process" && entry.process.coldStart ? entry.set : [],
    );
    expect(new Set(cold)).toEqual(new Set([0]));
  });

  it("has runners of one group open at a time", async () => {
    const open = new Set<string>();
    await measured({}, (job, { cell }) => {
      const [model = ""] = cell.split("/");
      if (job === "open") open.add(cell);
      if (job === "close") open.delete(cell);
      expect([...open].every((one) => one.startsWith(`${model}/`))).toBe(true);
    });
  });

  it("times nothing until what was measured before is kept", async () => {
    let keeping = 0;
    await measured(
      {
        keep: async () => {
          keeping++;
          await new Promise((resolve) => setTimeout(resolve, 1));
          keeping--;
        },
      },
      (job) => {
        if (job === "block") expect(keeping).toBe(0);
      },
    );
    expect(keeping).toBe(0);
  });

  it("keeps no failure of what a user's interruption ended", async () => {
    const interrupt = new AbortController();
    let asked = 0;
    const kept = await measured({ signal: interrupt.signal }, (job) => {
      if (job !== "block" || ++asked < 5) return;
      interrupt.abort();
      throw new Error("killed");
    });
    expect(kept.map(({ kind }) => kind)).not.toContain("failed");
  });
});
