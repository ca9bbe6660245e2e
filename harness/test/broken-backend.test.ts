import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Cell } from "@mobilenet-bench/results";
import { askBackends } from "../src/ask/ask-backends.ts";
import { createAsker } from "../src/ask/known.ts";
import { PROTOCOLS } from "../src/protocol.ts";
import { measure } from "../src/run/measure.ts";
import { nodeTarget } from "../src/target/node.ts";
import { broken, mnb, SHORT } from "./support/mnb.ts";
import { planned } from "./support/planned.ts";
import { SHORT_QUICK } from "./support/short-quick.mjs";

const PATIENT = { timeout: 240_000 };
const DIST = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
const SMALL = "mobilenet_v1_0.25_32";
const ENDLESS = ["loop at import", "hang at availability"];
if (process.env["MNB_NIGHTLY"]) ENDLESS.push("hang at import", "loop at availability");

/** What a process of its own says of two backends, one of which misbehaves. */
async function ask(
  how: string,
  {
    question = "availability",
    deadlineMs = 60_000,
  }: { question?: "facts" | "availability"; deadlineMs?: number } = {},
) {
  for (const [name, value] of Object.entries(broken(how))) vi.stubEnv(name, value);
  const answers = await askBackends(question, [{ id: "ts" }, { id: "wasm" }], { deadlineMs });
  expect(answers.get("wasm")).toMatchObject({ ok: true });
  return answers.get("ts");
}

afterEach(() => vi.unstubAllEnvs());

describe("a backend that is asked whether it can run", () => {
  it.each([
    ["throw at import", "crash", /out of luck/],
    ["throw at availability", "crash", /out of luck/],
    ["exit at import", "crash", /exited with 0/],
    ["exit at availability", "crash", /exited with 0/],
    ["die at availability", "crash", /SIGKILL/],
    ["answer nonsense", "crash", /answer is none/],
    ["send at import", "crash", /no answer: \{"hello":"world"\}\./],
    ["send at availability", "crash", /no answer: \{"hello":"world"\}\./],
  ])("and would %s is told as %s, beside the others' answers", async (how, status, reason) => {
    expect(await ask(how)).toMatchObject({
      ok: false,
      failure: { status, reason: expect.stringMatching(reason), remedy: expect.stringContaining("!ts") },
    });
  });

  it.each(ENDLESS)("and would %s is given up", async (how) => {
    expect(await ask(how, { deadlineMs: 2500 })).toMatchObject({ ok: false, failure: { status: "hang" } });
  });

  it("is asked again where an interruption ended the asking", async () => {
    const { factsOf } = createAsker();
    const asked = [{ id: "wasm" }];
    expect((await factsOf(asked, AbortSignal.abort())).get("wasm")).toMatchObject({ ok: false });
    expect((await factsOf(asked)).get("wasm")).toMatchObject({ ok: true });
  });

  it("is not asked for more than is needed", async () => {
    expect(await ask("throw at availability", { question: "facts" })).toMatchObject({ ok: true });
  });
});

describe("the command line with a broken backend", () => {
  let output = "";
  beforeAll(async () => {
    output = await mkdtemp(join(tmpdir(), "mnb-broken-"));
  });
  afterAll(() => rm(output, { recursive: true, force: true }));

  it("tells it in a line of doctor", PATIENT, async () => {
    const { stdout, exitCode } = await mnb(["doctor"], broken("exit at import"));
    expect(stdout).toMatch(/✗ ts .*\n.*does not say whether it can run/);
    expect(stdout).toMatch(/✓ wasm/);
    expect(exitCode).toBe(1);
  });

  it("lists its cells like the others'", PATIENT, async () => {
    const { stdout, exitCode } = await mnb(
      ["list", "--model", SMALL, "--backend", "ts,wasm"],
      broken("exit at import"),
    );
    expect(stdout.split("\n")).toEqual([`${SMALL}/ts/node`, `${SMALL}/wasm/node`]);
    expect(exitCode).toBe(0);
  });

  it("measures the rest", PATIENT, async () => {
    const words = [
      "run",
      "--model",
      SMALL,
      "--backend",
      "ts,reference",
      "--protocol",
      "quick",
      "--no-peaks",
      "--json",
    ];
    const { stdout, exitCode } = await mnb([...words, "--output", output], broken("exit at import"), SHORT);
    expect(exitCode).toBe(1);
    const statuses = JSON.parse(stdout).cells.map(({ backend, status }: Cell) => `${backend} ${status}`);
    expect(statuses).toEqual(["reference ok", "ts crash"]);
  });
});

describe("a broken backend in a run", () => {
  it.each([
    ["throw at load", "crash", /out of luck/],
    ["tell a circle", "crash", /\[backend-ts\] its session's actual\.self refers back to itself/],
    ["use up the heap", "oom", /heap out of memory/],
  ])("that would %s is told as %s, and the rest is measured", PATIENT, async (how, status, reason) => {
    const env = broken(how);
    if (how === "use up the heap") env["NODE_OPTIONS"] += " --max-old-space-size=60";
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const cells: Cell[] = [];
    await measure({
      cells: ["ts", "reference"].map((backend) =>
        planned(`${SMALL}/${backend}/node`, nodeTarget(DIST("target/node-main.js"))),
      ),
      protocol: {
        ...PROTOCOLS.quick,
        ...SHORT_QUICK,
        sets: 1,
        rounds: 1,
        maxSteal: 1,
        maxThrottled: 1,
        maxCpuPressure: 1,
      },
      seed: 1,
      keepSamples: false,
      profile: false,
      signal: new AbortController().signal,
      onCell: (cell) => Promise.resolve(void cells.push(cell)),
      onStep: () => {},
    });
    expect(cells).toMatchObject([
      { backend: "ts", status, reason: expect.stringMatching(reason) },
      { backend: "reference", status: "ok" },
    ]);
  });
});
