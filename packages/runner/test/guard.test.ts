import { describe, expect, it } from "vitest";
import { reference, type Backend, type Session } from "@mobilenet-bench/backend";
import { PROTOCOL_VERSION } from "../src/protocol-version.ts";
import { createRunner } from "../src/runner.ts";

const REQUEST = {
  protocol: PROTOCOL_VERSION,
  backend: "mine",
  options: {},
  model: { name: "mobilenet_v1_0.25_32" },
  source: { seed: 1 },
};

/** The reference with something in its session that TypeScript would not let pass. */
const wrong = (change: (session: Session) => object): Backend => ({
  ...reference,
  id: "mine",
  async load(model, weights) {
    const session = await reference.load(model, weights);
    const { actual } = session;
    const own = { actual, infer: session.infer.bind(session), dispose: session.dispose.bind(session) };
    return { ...own, ...change(session) };
  },
});

const answering = (change: (logits: Float32Array) => unknown) =>
  wrong((session) => ({ infer: async (input: Float32Array) => change(await session.infer(input)) }));

const telling = (more: (actual: Session["actual"]) => object) =>
  wrong(({ actual }) => ({ actual: { ...actual, ...more(actual) } }));

const CASES = [
  ["no threads", telling(() => ({ threads: 0 })), /actual\.threads is 0; it has one at least/],
  ["less than nothing executed", telling(() => ({ executedMultAdds: -1 })), /executedMultAdds is -1/],
  ["another precision", telling(() => ({ precision: "int8" })), /precision is int8 where fp32 was asked for/],
  ["a novel", telling(() => ({ story: "x".repeat(1e6) })), /text is \d+ characters long/],
  [
    "nothing for logits",
    answering(() => {}),
    /^\[backend-mine\] infer gave undefined in place of a Float32Array/,
  ],
  ["an array", answering((logits) => [...logits]), /infer gave an Array of 1000 values/],
  ["float64", answering((logits) => Float64Array.from(logits)), /infer gave a Float64Array of 1000 values/],
  ["a buffer", answering((logits) => logits.buffer), /infer gave an ArrayBuffer/],
  [
    "no session",
    { ...wrong(() => ({})), load: () => Promise.resolve(Object(null)) },
    /its session's infer is undefined/,
  ],
  ["a function", telling(() => ({ tell: () => 1 })), /actual\.tell is a function, and not plain data/],
  ["a map", telling(() => ({ kernels: new Map() })), /actual\.kernels is a Map/],
  ["NaN", telling(() => ({ deep: [{ ms: NaN }] })), /actual\.deep\.0\.ms is NaN/],
  ["a gap", telling(() => ({ api: undefined })), /actual\.api is undefined/],
  ["a circle", telling((actual) => ({ self: [actual], ...circle() })), /refers back to itself/],
] as const;

function circle(): object {
  const node: { next?: object } = {};
  node.next = node;
  return { node };
}

const HOST = { peakRssBytes: () => null, cpuMs: () => null, threadsCpuMs: () => new Map<string, number>() };

describe("a runner", () => {
  for (const job of ["open", "check"] as const)
    it.each(CASES)(`names the backend that gives %s (${job})`, async (_, backend, message) => {
      const run = createRunner({
        backends: { mine: () => Promise.resolve(backend) },
        ...HOST,
      });
      const reply = await run({ job, ...REQUEST });
      expect(reply).toMatchObject({
        ok: false,
        failure: { kind: "error", message: expect.stringMatching(message) },
      });
    });

  it.each([
    [new RangeError("Array buffer allocation failed"), "oom"],
    [new RangeError("Invalid typed array length: 1099511627776"), "oom"],
    [new RangeError("WebAssembly.Memory(): could not allocate memory"), "oom"],
    [new Error("Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc"), "oom"],
    [new Error("Aborted(OOM). Build with -sASSERTIONS for more info."), "oom"],
    [new RangeError("Invalid typed array length: -4"), "error"],
    [new Error("No such unit."), "error"],
    ["a text", "error"],
    [null, "error"],
    [Object.create(null), "error"],
  ])("tells %o as %s", async (thrown, kind) => {
    const backend = { ...wrong(() => ({})), load: () => Promise.reject(thrown) };
    const run = createRunner({
      backends: { mine: () => Promise.resolve(backend) },
      ...HOST,
    });
    expect(await run({ job: "open", ...REQUEST })).toMatchObject({ ok: false, failure: { kind } });
  });

  it("does nothing for a harness of another version", async () => {
    let imported = 0;
    const mine = () => {
      imported++;
      return Promise.resolve(wrong(() => ({})));
    };
    const run = createRunner({ backends: { mine }, ...HOST });
    const reply = await run({ ...REQUEST, job: "open", protocol: PROTOCOL_VERSION + 1 });
    expect(reply).toMatchObject({
      protocol: PROTOCOL_VERSION,
      ok: false,
      failure: {
        message: expect.stringContaining(
          `The harness speaks version ${PROTOCOL_VERSION + 1} of the job protocol, this runner version ${PROTOCOL_VERSION}.`,
        ),
      },
    });
    expect(imported).toBe(0);
  });
});
