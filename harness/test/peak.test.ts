import { fileURLToPath } from "node:url";
import type { PeakKernel } from "@mobilenet-bench/backend";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePeaks, ratesOf } from "../src/peak/agree.ts";
import { systemClock } from "../src/peak/clock.ts";
import { contenders, measurePeaks, type Peak } from "../src/peak/peak.ts";
import { RateMeter } from "../src/peak/rate-meter.ts";
import { scalarJavaScript } from "../src/peak/scalar-javascript.ts";
import { openStyleProcess, type Outcome } from "../src/peak/style-process.ts";
import { PEAK_STYLES, type PeakStyle } from "../src/peak/styles.ts";

const MULT_ADDS = 1000;

/** A clock that shows only whole steps, and a kernel that each run takes so many milliseconds of it. */
function timed(millisecondsOf: (run: number) => number, stepMs: number) {
  let time = 0;
  let runs = 0;
  const kernel: PeakKernel = {
    name: "timed",
    multAdds: MULT_ADDS,
    run: () => void (time += millisecondsOf(runs++)),
    verify: () => true,
  };
  return { kernel, clock: { now: () => Math.floor(time / stepMs) * stepMs, stepMs } };
}

describe("RateMeter", () => {
  it("counts the work that it timed, for any speed of the kernel and any step of the clock", async () => {
    const exponent = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((x) => 10 ** x);
    await fc.assert(
      fc.asyncProperty(exponent(-3.5, 1), exponent(-6, 1), async (milliseconds, stepsPerRun) => {
        const stepMs = milliseconds * stepsPerRun;
        const { kernel, clock } = timed(() => milliseconds, stepMs);
        const meter = new RateMeter(kernel, clock);
        await meter.measure(1);
        const share = meter.best / (MULT_ADDS / milliseconds / 1e6);
        expect(share).toBeGreaterThan(0.989);
        expect(share).toBeLessThan(1.011);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the best of samples, over several calls", async () => {
    // Every second millisecond something else takes three quarters of the processor.
    const { kernel, clock } = timed((run) => (Math.floor(run / 100) % 2 === 0 ? 0.04 : 0.01), 1e-6);
    const meter = new RateMeter(kernel, clock);
    expect(meter.best).toBe(0);
    for (let i = 0; i < 3; i++) await meter.measure(4);
    expect(meter.best).toBeCloseTo(MULT_ADDS / 0.01 / 1e6, 6);
  });

  it("refuses a kernel that computes wrongly", async () => {
    const { kernel, clock } = timed(() => 1, 1e-6);
    const meter = new RateMeter({ ...kernel, verify: () => false }, clock);
    await expect(meter.measure(1)).rejects.toThrow(/peak kernel timed computed wrongly/);
  });
});

it("finds the step of a clock, whatever it is", () => {
  let readings = 0;
  const { now, stepMs } = systemClock(() => Math.floor(readings++ / 7) * 0.1);
  expect(stepMs).toBeCloseTo(0.1, 12);
  expect(now()).toBeGreaterThan(0);
});

it.each(scalarJavaScript().map((kernel) => [kernel.name, kernel] as const))(
  "%s counts every multiply–add, and notices a run that did nothing",
  async (name, kernel) => {
    expect(kernel.verify()).toBe(false);
    await kernel.run();
    expect(kernel.verify()).toBe(true);
    expect(kernel.verify()).toBe(false);
    const chains = Number(name.split("-")[2]);
    expect(kernel.multAdds / chains).toBe(20_000);
  },
);

describe("measurePeaks", () => {
  const STYLES = Object.keys(PEAK_STYLES) as PeakStyle[];

  /** Processes that answer by script, and what was asked of them. @param rate of a style, the `turn`th time */
  function scripted(
    answers: Partial<Record<PeakStyle, Outcome>>,
    rate: (style: PeakStyle, turn: number) => number = () => 1,
  ) {
    const asked: string[] = [];
    const open = (style: PeakStyle) => ({
      opened: () => {
        asked.push(`open ${style}`);
        return Promise.resolve(answers[style] ?? { state: "ready" as const });
      },
      measure: () => {
        asked.push(`measure ${style}`);
        const turn = asked.filter((words) => words === `measure ${style}`).length;
        return Promise.resolve({ state: "measured" as const, gmacs: rate(style, turn), kernel: style });
      },
      kill: () => {
        asked.push(`kill ${style}`);
        return Promise.resolve();
      },
    });
    return { open, asked };
  }

  it("measures in turns once all are ready, and leaves no process behind", async () => {
    const { open, asked } = scripted({});
    const peaks = await measurePeaks(STYLES, open);
    expect(asked.slice(0, STYLES.length)).toEqual(STYLES.map((style) => `open ${style}`));
    expect(asked.slice(-STYLES.length)).toEqual(STYLES.map((style) => `kill ${style}`));
    const turns = asked.slice(STYLES.length, -STYLES.length);
    expect(turns.length / STYLES.length).toBeGreaterThan(3);
    for (const [i, turn] of turns.entries()) expect(turn).toBe(`measure ${STYLES[i % STYLES.length]}`);
    expect(peaks.map(({ style, available }) => [style, available])).toEqual(
      STYLES.map((style) => [style, true]),
    );
  });

  it("goes on with the fastest styles while the best of all still gains, and not for ever", async () => {
    const turnsOf = async (rate: (style: PeakStyle, turn: number) => number) => {
      const { open, asked } = scripted({}, rate);
      const peaks = new Map((await measurePeaks(STYLES, open)).map((peak) => [peak.style, peak]));
      return { peaks, turns: (style: PeakStyle) => asked.filter((x) => x === `measure ${style}`).length };
    };
    const isNative = (style: PeakStyle) => style.startsWith("native-");
    const slow = await turnsOf((style, turn) => (isNative(style) ? 30 + Math.min(12, turn) : 20));
    expect(slow.peaks.get("native-tensorflow")).toMatchObject({ gmacs: 42 });
    expect(slow.turns("wasm-wide")).toBe(6);
    const endless = await turnsOf((style, turn) => (isNative(style) ? turn : 1));
    expect(endless.turns("native-onnxruntime")).toBe(24);
    const steady = await turnsOf((style) => (isNative(style) ? 40 : 50));
    expect(steady.turns("native-onnxruntime")).toBe(6);
  });

  it("measures again what may be the fastest, and asks again for what was not there", async () => {
    const rates = {
      "scalar-js": 6,
      "wasm-baseline": 24.9,
      "wasm-relaxed": 25,
      "wasm-wide": 50,
      "native-onnxruntime": 38,
    };
    const styles = contenders(rates);
    expect(styles).toEqual(["wasm-relaxed", "wasm-wide", "native-onnxruntime", "native-tensorflow"]);
    expect(contenders({})).toEqual(STYLES);
    const { open, asked } = scripted({});
    const peaks = await measurePeaks(styles, open);
    expect(peaks.map(({ style }) => style)).toEqual(styles);
    expect(asked.some((words) => words.includes("scalar-js"))).toBe(false);
  });

  it("tells what cannot be had from what failed, and asks neither again", async () => {
    const { open, asked } = scripted({
      "wasm-wide": { state: "unsupported", reason: "Only on x64." },
      "native-onnxruntime": { state: "failed", reason: "It crashed." },
    });
    const peaks = new Map((await measurePeaks(STYLES, open)).map((peak) => [peak.style, peak]));
    expect(peaks.get("wasm-wide")).toMatchObject({ available: false, reason: "Only on x64.", fault: false });
    expect(peaks.get("native-onnxruntime")).toMatchObject({
      available: false,
      reason: "It crashed.",
      fault: true,
    });
    expect(asked).not.toContain("measure wasm-wide");
    expect(asked).not.toContain("measure native-onnxruntime");
  });

  it("tells how a process ended, in its own words", async () => {
    const main = fileURLToPath(new URL("support/style-that-crashes.mjs", import.meta.url));
    const process = openStyleProcess("wasm-wide", main);
    expect(await process.opened()).toEqual({
      state: "failed",
      reason: expect.stringContaining("no such luck"),
    });
    await process.kill();
  });

  it(
    "measures or explains every style on this machine, and WebAssembly beats scalar code",
    { timeout: 180_000 },
    async () => {
      const peaks = await measurePeaks();
      expect(peaks.map(({ style }) => style)).toEqual(STYLES);
      expect(peaks.filter((peak) => !peak.available && peak.fault)).toEqual([]);
      const rates = ratesOf(peaks);
      expect(rates["wasm-baseline"]).toBeGreaterThan(rates["scalar-js"] ?? Infinity);
      expect(rates["native-onnxruntime"]).toBeGreaterThan(rates["scalar-js"] ?? Infinity);
    },
  );
});

describe("comparePeaks", () => {
  const taken = (rates: Partial<Record<PeakStyle, number>>): Peak[] => [
    ...(Object.entries(rates) as [PeakStyle, number][]).map(
      ([style, gmacs]) => ({ style, available: true, gmacs, kernel: "any" }) as const,
    ),
    { style: "scalar-js", available: false, reason: "Out of luck.", fault: true },
  ];

  it("takes the best of both, and the fastest style as the denominator where its takes agree", () => {
    const { peak, peakCheck } = comparePeaks(
      { "wasm-wide": 65, "native-onnxruntime": 120 },
      taken({ "wasm-wide": 20, "native-onnxruntime": 110 }),
    );
    expect(peak).toEqual({ "wasm-wide": 65, "native-onnxruntime": 120 });
    expect(peakCheck).toEqual({
      before: { "wasm-wide": 65, "native-onnxruntime": 120 },
      after: { "wasm-wide": 20, "native-onnxruntime": 110 },
      missing: { "scalar-js": "Out of luck." },
      denominator: { style: "native-onnxruntime" },
    });
  });

  it.each([
    [
      "the machine was busy before",
      { "wasm-wide": 40 },
      taken({ "wasm-wide": 65 }),
      /40\.0 .* before .* 65\.0 after .*10 % apart/,
    ],
    [
      "the machine was busy after",
      { "wasm-wide": 65 },
      taken({ "wasm-wide": 40 }),
      /65\.0 .* before .* 40\.0 after/,
    ],
    [
      "the fastest style failed after",
      { "wasm-wide": 65, "native-onnxruntime": 120 },
      taken({ "wasm-wide": 65 }),
      /native-onnxruntime .* only before/,
    ],
    [
      "the fastest style failed before",
      { "wasm-wide": 65 },
      taken({ "wasm-wide": 65, "native-onnxruntime": 120 }),
      /native-onnxruntime .* only after/,
    ],
    ["nothing could be measured", {}, taken({}), /No peak/],
    ["the run was interrupted", { "wasm-wide": 65 }, undefined, /interrupted/],
  ] as const)("refuses where %s", (_, before, after, reason) => {
    const { denominator } = comparePeaks(before, after).peakCheck;
    expect(denominator).toEqual({ refused: expect.stringMatching(reason) });
  });
});
