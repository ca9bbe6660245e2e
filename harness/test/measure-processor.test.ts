import { fileURLToPath } from "node:url";
import type { Block, OkCell, Protocol } from "@mobilenet-bench/results";
import { parseModelName } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { doubtsOf, processorUse } from "../src/run/doubts.ts";
import { PROTOCOLS } from "../src/protocol.ts";
import { measure } from "../src/run/measure.ts";
import { nodeTarget } from "../src/target/node.ts";
import { timedExpected } from "./support/warm-up-request.ts";
import type { Target } from "../src/target/target.ts";
import { planned } from "./support/planned.ts";

const cheating = nodeTarget(fileURLToPath(new URL("fixtures/cheating-runner.mjs", import.meta.url)));
const MODEL = parseModelName("mobilenet_v1_0.25_32");
const EXPECTED = timedExpected(MODEL);
const PROTOCOL: Protocol = {
  ...PROTOCOLS.quick,
  sets: 1,
  rounds: 5,
  maxSteal: 1,
  maxThrottled: 1,
  maxCpuPressure: 1,
  warmUp: { tolerance: 0.5, capMs: 300 },
};

/** Measured in a process of its own, whose one backend behaves in this way. */
async function measured(behaviour: string): Promise<OkCell> {
  const cells: unknown[] = [];
  const target: Target = { ...cheating, open: (purpose) => openAs(behaviour, purpose) };
  await measure({
    cells: [planned(`${MODEL.name}/reference/node`, target)],
    protocol: PROTOCOL,
    seed: 1,
    keepSamples: false,
    profile: false,
    signal: new AbortController().signal,
    onCell: (cell) => Promise.resolve(void cells.push(cell)),
    onStep: () => {},
    expect: () => Promise.resolve(EXPECTED),
  });
  expect(cells).toMatchObject([{ status: "ok" }]);
  return cells[0] as OkCell;
}

async function openAs(backend: string, purpose: Parameters<typeof cheating.open>[0]) {
  const runner = await cheating.open(purpose);
  const request: typeof runner.request = (job, details, deadlineMs) =>
    runner.request(job, job === "open" ? { ...details, backend } : details, deadlineMs);
  return { ...runner, request };
}

describe("a backend's use of the processor", () => {
  it("is what an honest one says", async () => {
    const { doubts, processor } = await measured("honest");
    expect(doubts).toBeUndefined();
    expect(processor?.cores).toBeGreaterThan(0);
    expect(processor?.restCpuMs).toBeLessThan(5);
  });

  it("is seen where one thread says that it is 64", async () => {
    const { doubts, processor } = await measured("says 64 threads");
    expect(doubts).toMatchObject([
      {
        kind: "threads",
        reason: expect.stringMatching(/^It says that 64 threads compute; one alone has \d+ %/),
      },
    ]);
    expect(processor?.busiestShare).toBeGreaterThan(0.9);
  });

  it.runIf(process.platform === "linux")(
    "is believed where two threads are two (elsewhere only the first can be told apart)",
    async () => {
      const { doubts, processor } = await measured("two threads");
      expect(doubts).toBeUndefined();
      expect(processor?.busiestShare).toBeLessThan(0.9);
    },
  );

  it.each(["works on", "works on elsewhere"])("is told where it %s after the answer", async (behaviour) => {
    const { doubts, processor } = await measured(behaviour);
    expect(doubts).toContainEqual({
      kind: "rest",
      reason: expect.stringMatching(/^It works on for \d+ ms of processor time/),
    });
    expect(processor?.restCpuMs).toBeGreaterThan(10);
  });
});

describe("doubts", () => {
  const use = { cores: 1, busiestShare: 0.98, restCpuMs: 0.6 };
  const actual = { threads: 1, precision: "fp32" } as const;
  const kinds = (...args: Parameters<typeof doubtsOf>) => doubtsOf(...args).map(({ kind }) => kind);

  it("are raised by figures far from any honest backend's alone", () => {
    expect(kinds(actual, use)).toEqual([]);
    expect(kinds(actual, { ...use, cores: 0.2 })).toEqual([]);
    expect(kinds(actual, { ...use, cores: 1.3 })).toEqual([]);
    expect(kinds(actual, { ...use, cores: 1.9 })).toEqual(["threads"]);
    expect(kinds({ ...actual, threads: 2 }, { ...use, cores: 1.9, busiestShare: 0.52 })).toEqual([]);
    // As on a machine on which others take their turns.
    expect(kinds({ ...actual, threads: 2 }, { ...use, cores: 0.4, busiestShare: 0.8 })).toEqual([]);
    expect(kinds({ ...actual, threads: 2 }, use)).toEqual(["threads"]);
    expect(kinds(actual, { ...use, restCpuMs: 4 })).toEqual([]);
    expect(kinds(actual, { ...use, restCpuMs: 30 })).toEqual(["rest"]);
  });

  it("are not raised where a device computes, or nothing can be told", () => {
    expect(kinds({ ...actual, adapter: { class: "software" } }, { ...use, cores: 2 })).toEqual([]);
    expect(kinds({ ...actual, threads: 2, provider: "CUDAExecutionProvider" }, use)).toEqual([]);
    expect(kinds({ ...actual, threads: 2, provider: "CPUExecutionProvider" }, use)).toEqual(["threads"]);
    expect(kinds({ ...actual, threads: 2 }, { cores: 1, restCpuMs: 0 })).toEqual([]);
    expect(kinds({ ...actual, threads: 64 }, undefined)).toEqual([]);
  });

  it("rest on what blocks have in common", () => {
    const block = (cpuMs: number | undefined, busiestShare: number): Block & { samplesMs: number[] } => ({
      set: 0,
      round: 0,
      startedAt: "2026-01-01T00:00:00Z",
      inferences: 2,
      medianMs: 1,
      minMs: 1,
      steal: null,
      samplesMs: [1, 1],
      busiestShare,
      ...(cpuMs !== undefined && { cpuMs }),
    });
    expect(processorUse([block(2, 1), block(9, 0.2), block(2.2, 0.96)], [20, 0.5, 40, 0.4])).toEqual({
      cores: 1.1,
      busiestShare: 0.96,
      restCpuMs: 0.475,
    });
    // As seen of a backend that leaves much to the garbage collector.
    const collected = [20.45, 0.45, 37.07, 1.69, 0.7, 21.05, 0.39, 25.04];
    expect(processorUse([block(2, 1)], collected)?.restCpuMs).toBeLessThan(1);
    expect(processorUse([block(undefined, 1)], [])).toBeUndefined();
  });
});
