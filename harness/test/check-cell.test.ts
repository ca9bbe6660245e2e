import { reference } from "@mobilenet-bench/backend";
import { describe, expect, it } from "vitest";
import { digest } from "@mobilenet-bench/runner";
import { isChecked, checkCell, type CheckCellOptions } from "../src/check/check-cell.ts";
import { shifted, targetOf, wrongBackend, type Change } from "./support/wrong-backends.ts";
import { planned } from "./support/planned.ts";

const CELL = "mobilenet_v1_0.1_32_shallow/ts/node";
/** Too small for any bound, and yet other bits. */
const LAST_BITS = 1e-6;

async function checked(change: Change, options: CheckCellOptions = {}) {
  const verdict = await checkCell(
    planned(CELL, targetOf(wrongBackend(change))),
    { seed: 1 },
    { batch: 3, otherProcess: true, ...options },
  );
  if (!isChecked(verdict)) throw new Error(verdict.reason);
  return verdict;
}

describe("checkCell", () => {
  it("finds nothing wrong with the reference, and checks its batch", async () => {
    const verdict = await checked(() => ({}));
    expect(verdict).toMatchObject({
      status: "ok",
      batch: 3,
      logits: { ok: true, top1: { same: true }, top5: { same: true } },
      layers: { ok: true },
      bits: { differ: [] },
    });
    expect(new Set(verdict.bits.digests).size).toBe(2);
    expect(verdict.expected.values).toHaveLength(1000);
  });

  it("finds a session that remembers answers by the array", async () => {
    const verdict = await checked((session) => {
      const answers = new WeakMap<Float32Array, Promise<Float32Array>>();
      return {
        async infer(input) {
          const answer = answers.get(input) ?? session.infer(input);
          answers.set(input, answer);
          return (await answer).slice();
        },
      };
    });
    expect(verdict).toMatchObject({
      status: "mismatch",
      logits: { reason: expect.stringContaining("The logits of another input: Element") },
    });
  });

  it("does not ask for a batch where none is wanted, or a session takes none", async () => {
    const refuse = () => Promise.reject(new Error("Not asked for."));
    expect(await checked(() => ({ inferBatch: refuse }), { batch: 1 })).not.toHaveProperty("batch");
    const without: Change = () => Object.fromEntries([["inferBatch", undefined]]);
    expect(await checked(without)).not.toHaveProperty("batch");
  });

  it.each<[string, string[], Change]>([
    [
      "repeated",
      ["repeat", "order"],
      (session) => {
        let calls = 0;
        return { infer: (input) => shifted(session.infer(input), 0, calls++ < 2 ? 0 : LAST_BITS) };
      },
    ],
    [
      "in the other order",
      ["order"],
      (session) => {
        let calls = 0;
        return { infer: (input) => shifted(session.infer(input), 0, calls++ < 3 ? 0 : LAST_BITS) };
      },
    ],
    [
      "of another session",
      ["reload"],
      (session, _, loads) => ({
        infer: (input) => shifted(session.infer(input), 0, loads === 1 ? LAST_BITS : 0),
      }),
    ],
    [
      "of another process",
      ["process"],
      (session, _, loads) => ({
        infer: (input) => shifted(session.infer(input), 0, loads === 2 ? LAST_BITS : 0),
      }),
    ],
    [
      "in a batch",
      ["batch"],
      (session) => ({
        inferBatch: (input, batch) => shifted(session.inferBatch!(input, batch), 0, LAST_BITS),
      }),
    ],
  ])("names other bits %s, which are no mistake by themselves", async (_, differ, change) => {
    expect(await checked(change)).toMatchObject({ status: "ok", bits: { differ } });
  });

  it.each<[string, RegExp, Change]>([
    [
      "a later inference",
      /^The logits of the first input, after others: Element 7 is /,
      (session) => {
        let calls = 0;
        return { infer: (input) => shifted(session.infer(input), 7, calls++ < 3 ? 0 : 1) };
      },
    ],
    [
      "another session",
      /^The logits of another session: Element 7 is /,
      (session, _, loads) => ({ infer: (input) => shifted(session.infer(input), 7, loads === 1 ? 1 : 0) }),
    ],
    [
      "another process",
      /^The logits of another process: Element 7 is /,
      (session, _, loads) => ({ infer: (input) => shifted(session.infer(input), 7, loads === 2 ? 1 : 0) }),
    ],
    [
      "one image of a batch",
      /^The logits of image 2 in a batch of 3: Element 7 is /,
      (session, { classes }) => ({
        inferBatch: (input, batch) => shifted(session.inferBatch!(input, batch), classes + 7, 1),
      }),
    ],
    [
      "a batch that is too short",
      /^The logits of image 3 in a batch of 3: There are 999 values instead of 1000/,
      (session) => ({
        inferBatch: async (input, batch) => (await session.inferBatch!(input, batch)).slice(0, -1),
      }),
    ],
    [
      "an array that is used again",
      /^The logits of another input: They changed after they were returned/,
      (session) => {
        const own = new Float32Array(1000);
        return {
          infer: async (input) => {
            own.set(await session.infer(input));
            return own;
          },
        };
      },
    ],
    ["NaN", /Element 3 is NaN/, (session) => ({ infer: (input) => shifted(session.infer(input), 3, NaN) })],
  ])("calls logits wrong in %s", async (_, reason, change) => {
    const verdict = await checked(change);
    expect(verdict).toMatchObject({ status: "mismatch", layers: { ok: true }, logits: { ok: false } });
    expect(verdict.logits.reason).toMatch(reason);
  });

  it("shows the worst logit among its neighbours", async () => {
    const { worstLogit } = await checked((session) => ({
      infer: (input) => shifted(session.infer(input), 999, 1),
    }));
    expect(worstLogit).toMatchObject({ position: [0, 0, 999], neighbourhood: { channels: [997, 998, 999] } });
  });

  it("ends with the signal", async () => {
    const abort = new AbortController();
    const target = targetOf(reference);
    const cell = planned(CELL, {
      ...target,
      open: async (purpose) => {
        const { promise, reject } = Promise.withResolvers<never>();
        const runner = await target.open(purpose);
        setTimeout(() => abort.abort());
        const kill = async () => reject(new Error("Killed."));
        return { ...runner, request: () => promise, kill };
      },
    });
    const opened = checkCell(cell, { seed: 1 }, { signal: abort.signal });
    expect(await opened).toMatchObject({ status: "infra", reason: "Killed." });
  });
});

describe("digest", () => {
  /** Of the authors' list: http://www.isthe.com/chongo/tech/comp/fnv/ */
  it.each([
    ["", "cbf29ce484222325"],
    ["foob", "dd120e790c2512af"],
    ["foobar", "85944171f73967e8"],
  ])("is FNV-1a of %j", (text, expected) => {
    const bytes = new TextEncoder().encode(text);
    // Digests are of floats: six bytes are not a whole number of them.
    if (bytes.length % 4 === 0) expect(digest(new Float32Array(bytes.buffer))).toBe(expected);
    else
      expect(digest({ buffer: bytes.buffer, byteOffset: 0, byteLength: 6 } as Float32Array)).toBe(expected);
  });

  it("tells apart what compares as equal, and is of the view alone", () => {
    expect(digest(Float32Array.of(0))).not.toBe(digest(Float32Array.of(-0)));
    const values = Float32Array.of(1, 2, 3);
    expect(digest(values.subarray(1, 2))).toBe(digest(Float32Array.of(2)));
  });
});
