import { expectLogits } from "@mobilenet-bench/backend";
import type { BlockState, Cell, Protocol } from "@mobilenet-bench/results";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import { measure, type MeasureOptions } from "../src/run/measure.ts";
import { type JobName, REPLY_VALUES, type Reply, RunnerDied } from "@mobilenet-bench/runner";
import { type Target } from "../src/target/target.ts";
import { healthyReplies, timedOutput } from "./support/healthy-replies.ts";
import { planned } from "./support/planned.ts";

const MODEL = parseModelName("mobilenet_v1_0.25_32");
const EXPECTED = expectLogits(MODEL, generateWeights(MODEL, 1), syntheticImage(32, 1));
const RIGHT = Float32Array.from(EXPECTED.values);
const WORST = timedOutput(RIGHT);
const REPLIES = healthyReplies(RIGHT);
const PROTOCOL: Protocol = {
  ...PROTOCOLS.quick,
  sets: 2,
  rounds: 3,
  maxSteal: 1,
  maxThrottled: 1,
  maxCpuPressure: 1,
  pauseMs: 0,
};

type Answer = (job: JobName, opened: number) => unknown;

/** A target whose runners answer by script; `opened` counts the processes of the run. */
function scripted(answer: Answer, asked: string[] = []): Target {
  let opened = 0;
  return {
    id: "node",
    summary: "answers by script",
    platform: "node",
    availability: () => Promise.resolve({ available: true }),
    open: () => {
      const which = ++opened;
      return Promise.resolve({
        kill: () => Promise.resolve(),
        request<N extends JobName>(job: N): Promise<Reply<N>> {
          asked.push(`${which}:${job}`);
          const value = answer(job, which);
          return value instanceof Error
            ? Promise.reject(value)
            : Promise.resolve({ ok: true, value: REPLY_VALUES[job].parse(value ?? REPLIES[job]) });
        },
      });
    },
  };
}

const CELL = `${MODEL.name}/reference/node`;

async function run(target: Target, changes: Partial<MeasureOptions> = {}): Promise<Cell[]> {
  const cells: Cell[] = [];
  await measure({
    cells: [planned(CELL, target)],
    protocol: PROTOCOL,
    seed: 1,
    keepSamples: false,
    profile: false,
    signal: new AbortController().signal,
    onCell: (cell) => Promise.resolve(void cells.push(cell)),
    onStep: () => {},
    expect: () => Promise.resolve([EXPECTED]),
    ...changes,
  });
  return cells;
}

describe("measure", () => {
  it("fails a model that no memory holds as oom, before anything is computed", async () => {
    const asked: string[] = [];
    const target = scripted(() => undefined, asked);
    const [cell] = await run(target, {
      cells: [planned("mobilenet_v1_2000_224/reference/node", target)],
      expect: () => Promise.reject(new Error("The reference was asked for.")),
    });
    expect(cell).toMatchObject({
      status: "oom",
      reason: expect.stringMatching(
        /^mobilenet_v1_2000\.0_224 is too large for memory: it needs at least \d+ GB/,
      ),
    });
    expect(asked).toEqual([]);
  });

  it("opens a fresh process per set, takes one block per round and checks before and after", async () => {
    const asked: string[] = [];
    const [cell] = await run(scripted(() => undefined, asked));
    const perProcess = ["open", "warmUp", "block", "block", "block", "recheck"];
    expect(asked).toEqual([
      // Only the first set tells cold starts.
      ...["prepare", ...perProcess, "close"].map((job) => `1:${job}`),
      ...[...perProcess, "unseen", "close"].map((job) => `2:${job}`),
    ]);
    expect(cell).toMatchObject({
      status: "ok",
      latency: { median: 2.1, min: 2, blocks: 6, inferences: 18, p90: null },
      coldStart: { importMs: 1, loadMs: 2, firstInferenceMs: 3 },
      memory: { peakRssBytes: 1000 },
      processor: { cores: 1, busiestShare: 0.98, restCpuMs: 0.5 },
    });
    expect(cell).not.toHaveProperty("doubts");
    expect(cell?.status === "ok" && cell.gmacs).toBeCloseTo(MODEL.multAdds / 2.1e6, 9);
  });

  it("leaves cells alone whose GPU is a processor, where the suite wants none", async () => {
    const asked: string[] = [];
    const availability = () =>
      Promise.resolve({ available: true, software: true, detail: "SwiftShader" } as const);
    const target = { ...scripted(() => undefined, asked), availability };
    const [cell] = await run(target, { softwareGpus: false });
    expect(cell).toMatchObject({
      status: "unsupported",
      reason: expect.stringContaining("(SwiftShader)"),
      remedy: expect.stringContaining("--backend reference"),
    });
    expect(asked).toEqual([]);
    expect(await run(target)).toMatchObject([{ status: "ok" }]);
  });

  it("stores no latency for a cell whose first logits are wrong", async () => {
    const wrong = RIGHT.map((value, i) => (i === 3 ? value + 1 : value));
    const [cell] = await run(
      scripted((job) => (job === "open" ? { ...Object(REPLIES[job]), logits: wrong } : undefined)),
    );
    expect(cell).toMatchObject({ status: "mismatch", reason: expect.stringContaining("Element 3") });
    expect(cell).not.toHaveProperty("latency");
  });

  it("nor for one whose logits go wrong only later, in any process", async () => {
    const [cell] = await run(
      scripted((job, opened) =>
        job === "recheck" && opened === 2
          ? { ...Object(REPLIES[job]), logits: RIGHT.with(0, NaN) }
          : undefined,
      ),
    );
    expect(cell).toMatchObject({ status: "mismatch", reason: expect.stringContaining("NaN") });
  });

  it.each(["warmUp", "block"] as const)("nor for one with a wrong output in a %s", async (wrong) => {
    const worst = { ...WORST, inference: 17, logits: RIGHT.with(2, 100) };
    const [cell] = await run(
      scripted((job) => (job === wrong ? { ...Object(REPLIES[job]), worst } : undefined)),
    );
    expect(cell).toMatchObject({
      status: "mismatch",
      reason: expect.stringMatching(/^Inference 17 of the process: Element 2 is 100/),
    });
  });

  it("opens a process that died once more, and marks the cell", async () => {
    const [cell] = await run(
      scripted((job, opened) =>
        job === "open" && opened === 1 ? new RunnerDied("crash", "Gone.") : undefined,
      ),
    );
    expect(cell).toMatchObject({ status: "ok", retries: 1 });
  });

  it.each(["crash", "hang", "oom"] as const)(
    "tells a %s that comes back, and goes on with other cells",
    async (status) => {
      const broken = scripted((job) => (job === "warmUp" ? new RunnerDied(status, "Gone.") : undefined));
      const healthyTarget = scripted(() => undefined);
      const cells = await run(broken, {
        cells: [planned(CELL, broken), planned(`${MODEL.name}/reference/other`, healthyTarget)],
      });
      expect(cells.map((cell) => cell.status)).toEqual([status, "ok"]);
      expect(cells[0]).toMatchObject({ reason: "Gone.", retries: 1 });
    },
  );

  it("tells a model that is too large for the reference, and measures the others", async () => {
    const target = scripted(() => undefined);
    const [large, small] = ["mobilenet_v1_1.0_224", MODEL.name].map((model) =>
      planned(`${model}/reference/node`, target),
    );
    const cells = await run(target, {
      cells: [large!, small!],
      expect: ({ name }) =>
        name === MODEL.name
          ? Promise.resolve([EXPECTED])
          : Promise.reject(new RunnerDied("oom", "The process was ended by SIGKILL.")),
    });
    expect(cells).toMatchObject([
      { model: "mobilenet_v1_1.0_224", status: "oom", reason: expect.stringContaining("reference") },
      { model: MODEL.name, status: "ok" },
    ]);
  });

  it("tries nothing again once it is interrupted", async () => {
    const interrupt = new AbortController();
    const asked: string[] = [];
    const target = scripted((job) => {
      if (job !== "open") return undefined;
      interrupt.abort();
      return new RunnerDied("crash", "Killed.");
    }, asked);
    expect(await run(target, { signal: interrupt.signal })).toEqual([]);
    expect(asked).toEqual(["1:prepare", "1:open"]);
  });

  /** Of the blocks, in order; all others are undisturbed. */
  const watching = (states: readonly Partial<BlockState>[]) => {
    let block = 0;
    return () => () => ({ steal: 0, ...states[block++] });
  };
  const strict = { ...PROTOCOL, maxSteal: 0.05, maxThrottled: 0.05, maxCpuPressure: 0.25 };

  it("keeps blocks that the machine disturbed, with the rule, and counts the others", async () => {
    const states = [{ steal: 0.06 }, { cpuPressure: 1 }, { throttled: 0.5, thermalThrottles: 1 }];
    const [cell] = await run(
      scripted(() => undefined),
      { protocol: strict, watch: watching(states) },
    );
    expect(cell).toMatchObject({ status: "ok", latency: { blocks: 3 } });
    const blocks = cell?.status === "ok" ? cell.blocks : [];
    expect(blocks.map(({ excluded }) => excluded)).toEqual([
      "steal above 5 %",
      expect.stringMatching(/^CPU pressure above (25|50) %$/),
      "throttling by quota above 5 %",
      undefined,
      undefined,
      undefined,
    ]);
    expect(blocks[2]).toMatchObject(states[2]!);
  });

  it("has no figure where all are left out, and names the rules", async () => {
    const stolen = Array.from({ length: 6 }, (_, i) => (i < 4 ? { steal: 1 } : { throttled: 1 }));
    const [cell] = await run(
      scripted(() => undefined),
      { protocol: strict, watch: watching(stolen) },
    );
    expect(cell).toMatchObject({
      status: "infra",
      reason:
        "The machine was not its own: of 6 blocks, 4 were left out by steal above 5 %, 2 by throttling by quota above 5 %.",
      remedy: expect.stringContaining("mnb doctor"),
    });
  });

  it("stops where it is when it is told to, without an unfinished cell", async () => {
    const interrupt = new AbortController();
    const target = scripted((job) => {
      if (job === "block") interrupt.abort();
      return undefined;
    });
    expect(await run(target, { signal: interrupt.signal })).toEqual([]);
  });
});
