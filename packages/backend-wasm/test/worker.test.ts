import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";

const dist = new URL("../dist/", import.meta.url);

/** The modules that a worker's entry loads, and what it answers to an order. */
async function modulesOf(entry: string) {
  const hooks = new URL("support/report-modules.mjs", import.meta.url);
  const worker = new Worker(new URL(entry, dist), { execArgv: ["--import", hooks.href] });
  const modules: string[] = [];
  worker.postMessage({ order: "release" });
  for (;;) {
    const [message]: unknown[] = await once(worker, "message");
    if (typeof message === "string") modules.push(message.replace(dist.href, ""));
    else {
      await worker.terminate();
      return { modules: modules.toSorted(), answer: message };
    }
  }
}

it("a worker loads what running needs, and nothing that generates code", async () => {
  const { modules, answer } = await modulesOf("run/worker.js");
  expect(modules).toEqual([
    "layout/layout.js",
    "layout/panels.js",
    "layout/split.js",
    "layout/units.js",
    "list.js",
    "platform/builtin.js",
    "run/control.js",
    "run/execute.js",
    "run/leader.js",
    "run/routine.js",
    "run/team.js",
    "run/worker.js",
  ]);
  expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(/before the job/) } });
});
