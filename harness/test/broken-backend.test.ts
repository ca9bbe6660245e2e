import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { askBackends } from "../src/ask/ask-backends.ts";
import { broken, mnb } from "./support/mnb.ts";

const SMALL = "mobilenet_v1_0.25_32";

/** What a process of its own says of two backends, one of which misbehaves. */
async function ask(how: string, question: "facts" | "availability" = "availability") {
  for (const [name, value] of Object.entries(broken(how))) vi.stubEnv(name, value);
  const answers = await askBackends(question, ["ts", "wasm"], { deadlineMs: 3000 });
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
  ])("and would %s is told as %s, beside the others' answers", async (how, status, reason) => {
    expect(await ask(how)).toMatchObject({
      ok: false,
      failure: { status, reason: expect.stringMatching(reason), remedy: expect.stringContaining("!ts") },
    });
  });

  it.each(["loop at import", "hang at import", "loop at availability", "hang at availability"])(
    "and would %s is given up",
    async (how) => {
      expect(await ask(how)).toMatchObject({ ok: false, failure: { status: "hang" } });
    },
  );

  it("is not asked for more than is needed", async () => {
    expect(await ask("throw at availability", "facts")).toMatchObject({ ok: true });
  });
});

describe("the command line with a broken backend", () => {
  let output = "";
  beforeAll(async () => {
    output = await mkdtemp(join(tmpdir(), "mnb-broken-"));
  });
  afterAll(() => rm(output, { recursive: true, force: true }));

  it("tells it in a line of doctor", async () => {
    const { stdout, exitCode } = await mnb(["doctor"], broken("exit at import"));
    expect(stdout).toMatch(/✗ ts .*\n.*does not say whether it can run/);
    expect(stdout).toMatch(/✓ wasm/);
    expect(exitCode).toBe(1);
  });

  it("lists its cells like the others'", async () => {
    const { stdout, exitCode } = await mnb(
      ["list", "--model", SMALL, "--backend", "ts,wasm"],
      broken("exit at import"),
    );
    expect(stdout.split("\n")).toEqual([`${SMALL}/ts/node`, `${SMALL}/wasm/node`]);
    expect(exitCode).toBe(0);
  });

  it.each([
    ["exit at import", "crash", /exited with 0/],
    ["tell a circle", "crash", /\[ts\] its session's actual\.self refers back to itself/],
    ["use up the heap", "oom", /heap out of memory/],
  ])("measures the rest where one would %s, and tells it as %s", async (how, status, reason) => {
    const env = broken(how);
    if (how === "use up the heap") env["NODE_OPTIONS"] += " --max-old-space-size=60";
    const words = ["run", "--model", SMALL, "--backend", "ts,reference", "--protocol", "quick", "--json"];
    const { stdout, exitCode } = await mnb([...words, "--output", output], env);
    expect(exitCode).toBe(1);
    const { cells } = JSON.parse(stdout);
    expect(cells).toMatchObject([
      { id: `${SMALL}/reference/node`, status: "ok" },
      { id: `${SMALL}/ts/node`, status, reason: expect.stringMatching(reason) },
    ]);
  });

  it("tells a model that is too large for memory as one failed cell", async () => {
    const words = ["run", "--model", `mobilenet_v1_15000_32,${SMALL}`, "--backend", "reference", "--json"];
    const { stdout, exitCode } = await mnb([...words, "--protocol", "quick", "--output", output]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).cells.map(({ status }: { status: string }) => status)).toEqual(["oom", "ok"]);
  });
});
