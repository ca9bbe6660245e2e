import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PROTOCOL_VERSION } from "@mobilenet-bench/runner";
import { describe, expect, it } from "vitest";
import { countOomKills } from "../src/child/oom-kills.ts";
import { nodeTarget } from "../src/target/node.ts";
import { purpose } from "./support/purpose.ts";

const MODEL = { name: "mobilenet_v1_0.25_32" };
const misbehaving = nodeTarget(fileURLToPath(new URL("fixtures/runner.mjs", import.meta.url)));

async function ask(backend: string, deadlineMs = 10_000) {
  const runner = await misbehaving.open(purpose(backend));
  try {
    return await runner.request(
      "open",
      { backend, options: {}, model: MODEL, source: { seed: 1 } },
      deadlineMs,
    );
  } finally {
    await runner.kill();
  }
}

describe("node target", () => {
  it.each([
    ["exit", "crash", /exited with 3/],
    ["abort", "crash", /SIGABRT/],
    ["memory", "oom", /heap out of memory/],
    ["killed", countOomKills() === undefined ? "oom" : "crash", /SIGKILL/],
    ["throw", "crash", /exited with 1\. Its last words: TypeError: No such unit\./],
  ])("tells %s as %s", async (behaviour, status, message) => {
    await expect(ask(behaviour)).rejects.toMatchObject({ status, message: expect.stringMatching(message) });
  });

  it.each([
    ["foreign", `version ${PROTOCOL_VERSION + 1} of the job protocol`],
    ["versionless", "no version of the job protocol that could be told"],
  ])("refuses a runner that is %s, and says what to do", async (behaviour, theirs) => {
    await expect(ask(behaviour)).rejects.toMatchObject({
      name: "ForeignProtocolError",
      reason: `The runner speaks ${theirs}, this harness version ${PROTOCOL_VERSION}.`,
      remedy: expect.stringContaining("from one commit"),
    });
  });

  it("tells what ended a runner that nothing was asked of", async () => {
    const runner = await misbehaving.open(purpose("later"));
    const request = { backend: "later", options: {}, model: MODEL, source: { seed: 1 } };
    expect(await runner.request("open", request, 10_000)).toMatchObject({ ok: false });
    await setTimeout(1500);
    await expect(runner.request("recheck", {}, 10_000)).rejects.toMatchObject({
      name: "RunnerDied",
      status: "crash",
      message: "The process exited with 3. Its last words: Error: the unit is gone",
    });
  });

  it.each(["hang", "spin"])("ends a runner that does nothing but %s", async (behaviour) => {
    await expect(ask(behaviour, 800)).rejects.toMatchObject({ status: "hang" });
  });

  it("does not believe a reply of another form", async () => {
    await expect(ask("nonsense")).rejects.toMatchObject({
      status: "crash",
      message: expect.stringMatching(/no reply to open: .*actual/),
    });
  });

  it.each([
    ["chat", /^What came back is no reply to open: \{"hello":"\\u001b\[2Jworld","at":"x{1,100}…\.$/],
    ["word", /^What came back is no reply to open: "ready"\.$/],
    ["circle", /^What came back is no reply to open: \[object Object\]\.$/],
  ])("takes what a backend itself sends for no reply, and tells it: %s", async (behaviour, message) => {
    await expect(ask(behaviour)).rejects.toMatchObject({
      name: "RunnerDied",
      status: "crash",
      message: expect.stringMatching(message),
    });
  });

  it("passes on what a runner refuses", async () => {
    expect(await ask("refuse")).toEqual({
      ok: false,
      failure: { kind: "unsupported", message: "No such unit.", remedy: "Buy one." },
    });
  });
});
