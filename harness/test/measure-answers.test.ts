import type { Cell, Protocol } from "@mobilenet-bench/results";
import { parseModelName } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { PROTOCOLS } from "../src/protocol.ts";
import { measure } from "../src/run/measure.ts";
import { timedExpected } from "./support/warm-up-request.ts";
import { shifted, targetOf, wrongBackend, type Change } from "./support/wrong-backends.ts";
import { planned } from "./support/planned.ts";

const MODEL = parseModelName("mobilenet_v1_0.25_32");
const EXPECTED = timedExpected(MODEL);
/** Long enough for some forty inferences. */
const PROTOCOL: Protocol = {
  ...PROTOCOLS.quick,
  sets: 1,
  rounds: 4,
  maxSteal: 1,
  maxThrottled: 1,
  maxCpuPressure: 1,
  pauseMs: 0,
  blockMs: 40,
  warmUp: { tolerance: 0.5, capMs: 300 },
};

/** Long enough for as many where an inference takes four times as long as it should. */
const LONG: Protocol = { ...PROTOCOL, rounds: 16 };

async function measured(change: Change, protocol = PROTOCOL): Promise<Cell> {
  const cells: Cell[] = [];
  await measure({
    cells: [planned(`${MODEL.name}/reference/node`, targetOf(wrongBackend(change)))],
    protocol,
    seed: 1,
    keepSamples: false,
    profile: false,
    signal: new AbortController().signal,
    onCell: (cell) => Promise.resolve(void cells.push(cell)),
    onStep: () => {},
    expect: () => Promise.resolve(EXPECTED),
  });
  return cells[0]!;
}

/** Remembers answers by some key of the input, and counts how often that helps. */
function remembering(keyOf: (input: Float32Array) => unknown, seen = { hits: 0 }): Change {
  const answers = new Map<unknown, Float32Array>();
  return (session) => ({
    async infer(input) {
      const key = keyOf(input);
      const known = answers.get(key);
      if (known) seen.hits++;
      const answer = known ?? (await session.infer(input));
      answers.set(key, answer);
      return answer.slice();
    },
  });
}

/** Wrong in some inferences of a session, the first being 1. */
function wrongIn(first: number, last: number): Change {
  return (session) => {
    let inferences = 0;
    return {
      infer(input) {
        inferences++;
        const answer = session.infer(input);
        return inferences >= first && inferences <= last ? shifted(answer, 7, 0.01) : answer;
      },
    };
  };
}

describe("a backend that remembers answers", () => {
  it("is found where it returns its first one", async () => {
    const cell = await measured(remembering(() => "the first"));
    expect(cell).toMatchObject({ status: "mismatch", reason: expect.stringContaining("of the process: ") });
    expect(cell).not.toHaveProperty("latency");
  });

  it("is found where it goes by the array", async () => {
    expect(await measured(remembering((input) => input))).toMatchObject({ status: "mismatch" });
  });

  it("is found where it returns the answer of the inference before", async () => {
    let previous: Float32Array | undefined;
    const late: Change = (session) => ({
      async infer(input) {
        const answer = await session.infer(input);
        const returned = previous ?? answer;
        previous = answer;
        return returned;
      },
    });
    expect(await measured(late)).toMatchObject({ status: "mismatch" });
  });

  it.each<[string, (input: Float32Array) => string]>([
    [
      "all values",
      (input) => Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString("latin1"),
    ],
    ["each fiftieth value", (input) => input.filter((_, index) => index % 50 === 7).join()],
    ["their sum", (input) => String(input.reduce((sum, value) => sum + value, 0))],
  ])("gains nothing where it goes by %s: no input comes twice", async (_, keyOf) => {
    const seen = { hits: 0 };
    const cell = await measured(remembering(keyOf, seen));
    expect(cell).not.toHaveProperty("reason");
    expect(cell.status).toBe("ok");
    // The input itself is inferred once more at the end, when nothing is timed.
    expect(seen.hits).toBe(1);
  });

  it("is told from one that does not, in several processes", async () => {
    const cell = await measured((session) => session, { ...PROTOCOL, sets: 2 });
    expect(cell).not.toHaveProperty("reason");
    expect(cell.status).toBe("ok");
  });

  it("is found where it goes by likeness: other images take longer", async () => {
    const rounded = (input: Float32Array) => input.map((value) => Math.round(value * 50)).join();
    expect(await measured(remembering(rounded), { ...PROTOCOL, sets: 2 })).toMatchObject({
      status: "mismatch",
      reason: expect.stringMatching(/answers are remembered by likeness/),
    });
  });
});

it.each<[string, Change]>([
  [
    "used again",
    (session) => {
      const array = new Float32Array(1000);
      return {
        async infer(input) {
          array.set(await session.infer(input));
          return array;
        },
      };
    },
  ],
  [
    "changed later",
    (session) => {
      let previous = new Float32Array();
      return {
        async infer(input) {
          previous.fill(0);
          return (previous = (await session.infer(input)).slice());
        },
      };
    },
  ],
  [
    "taken away later",
    (session) => {
      let previous = new Float32Array();
      return {
        async infer(input) {
          structuredClone(previous, { transfer: [previous.buffer] });
          return (previous = (await session.infer(input)).slice());
        },
      };
    },
  ],
])("finds an array of logits that is %s", async (_, change) => {
  expect(await measured(change)).toMatchObject({
    status: "mismatch",
    reason: expect.stringContaining("changed after it was returned"),
  });
});

describe("wrong answers", () => {
  it.each([
    [2, 3],
    [13, 21],
    [30, 30],
  ])("in inferences %i to %i alone are found", async (first, last) => {
    expect(await measured(wrongIn(first, last), LONG)).toMatchObject({
      status: "mismatch",
      reason: expect.stringMatching(/^Inference \d+ of the process: Element 7 is/),
    });
  });

  it("of another length or type are found", async () => {
    expect(
      await measured((session) => ({ infer: async (input) => (await session.infer(input)).slice(1) })),
    ).toMatchObject({ status: "mismatch", reason: expect.stringContaining("999 values instead of 1000") });
  });
});

it("believes the reference itself", async () => {
  const cell = await measured(() => ({}));
  expect(cell).toMatchObject({ status: "ok", correctness: { top1Agrees: true } });
});
