import { checkLogits, expectLogits } from "@mobilenet-bench/backend";
import { generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelOf, type OpenRequest } from "@mobilenet-bench/runner";
import { BACKENDS } from "../src/registry/backends.ts";
import { NODE_BACKENDS } from "../src/registry/node-backends.ts";
import { PAGE_BACKENDS } from "../src/registry/page-backends.ts";
import { chromeTarget } from "../src/target/chrome/chrome.ts";
import type { Runner } from "../src/target/target.ts";
import { BROWSER } from "./support/browser.ts";
import { timedExpected, warmUpRequest } from "./support/warm-up-request.ts";
import { purpose } from "./support/purpose.ts";
import { expectOnGpu, PEERS } from "./support/webgpu-peers.ts";

const MODEL = { name: "mobilenet_v1_0.1_32_shallow" };
const model = modelOf(MODEL);
const EXPECTED = expectLogits(model, generateWeights(model, 1), syntheticImage(32, 1));
const DEADLINE_MS = 60_000;

/** What backends tell of their memory; of the others, only the page's is known. */
const TOLD_MEMORY: Readonly<Record<string, readonly string[]>> = {
  wasm: ["wasmBytes"],
  webgpu: ["gpuBytes"],
  "tfjs-wasm": ["wasmBytes"],
  "tfjs-webgpu": ["gpuBytes"],
  "ort-wasm": ["wasmBytes"],
  "ort-webgpu": ["wasmBytes"],
};

function openRequest(backend: string, options: OpenRequest["options"] = {}): OpenRequest {
  return { backend, options, model: MODEL, source: { seed: 1 } };
}

it("lists for pages exactly the backends that run in browsers", async () => {
  const backends = await Promise.all(Object.values(BACKENDS).map((row) => row.import()));
  const ids = backends.filter(({ platforms }) => platforms.includes("browser")).map(({ id }) => id);
  expect(ids).toEqual(Object.keys(PAGE_BACKENDS));
});

describe.skipIf(BROWSER === undefined)("chrome target", () => {
  const target = chromeTarget();
  /** As of one family, whose pages share a browser: each in a context of its own. */
  const open = (backend: string) => target.open({ ...purpose(backend, 2), family: "any" });

  /** Keep the two browsers open, the one with WebGPU and the one without. */
  let beside: readonly Runner[] = [];
  beforeAll(async () => void (beside = [await open("reference"), await open("webgpu")]));
  afterAll(async () => {
    for (const runner of beside) await runner.kill();
  });

  it("says what it found", async () => {
    expect(await target.availability()).toMatchObject({ available: true, detail: BROWSER });
  });

  it.each(Object.keys(PAGE_BACKENDS))("runs %s in a worker of an isolated page", async (backend) => {
    const runner = await open(backend);
    try {
      const refused = await runner.request("open", openRequest(backend, { speed: 9 }), DEADLINE_MS);
      expect(refused).toMatchObject({ ok: false, failure: { kind: "unsupported" } });
      const reply = await runner.request("open", openRequest(backend), DEADLINE_MS);
      if (!reply.ok) return expect.fail(reply.failure.message);
      const { actual, coldStart, logits } = reply.value;
      if (PEERS.some(([peer]) => peer === backend)) expectOnGpu(backend, actual);
      expect(checkLogits(logits, EXPECTED)).toMatchObject({ ok: true, top1: { agrees: true } });
      expect(coldStart.loadMs).toBeGreaterThan(0);
      expect(actual).toMatchObject({
        threads: 1,
        browser: {
          version: expect.stringMatching(/\/\d+/),
          crossOriginIsolated: true,
          hidden: false,
          flags: expect.arrayContaining(["--disable-background-networking", "--no-first-run"]),
        },
      });
      const warmed = await runner.request("warmUp", warmUpRequest(MODEL), DEADLINE_MS);
      expect(warmed).toMatchObject({ ok: true, value: { worst: { repeated: false } } });
      const block = await runner.request("block", { inferences: 3, settle: 1 }, DEADLINE_MS);
      expect(block).toMatchObject({
        ok: true,
        // A page is not told what the processor does.
        value: {
          samplesMs: expect.objectContaining({ length: 3 }),
          hidden: false,
          cpuMs: null,
          restCpuMs: null,
        },
      });
      if (block.ok) {
        const { image, logits, inference } = block.value.worst;
        expect(checkLogits(logits, timedExpected(MODEL)[image]!)).toMatchObject({ ok: true });
        expect(inference).toBeGreaterThan(1);
      }
      const rechecked = await runner.request("recheck", {}, DEADLINE_MS);
      if (!rechecked.ok) return expect.fail(rechecked.failure.message);
      expect(rechecked.value.logits).toEqual(logits);
      const { pageBytes, ...told } = rechecked.value.memory;
      expect(pageBytes).toBeGreaterThan(1e6);
      expect(Object.keys(told)).toEqual(TOLD_MEMORY[backend] ?? []);
      expect(await runner.request("unseen", {}, DEADLINE_MS)).toMatchObject({
        ok: true,
        value: {
          seen: expect.objectContaining({ length: 6 }),
          unseen: expect.objectContaining({ length: 6 }),
        },
      });
      expect(await runner.request("close", {}, DEADLINE_MS)).toMatchObject({ ok: true });
    } finally {
      await runner.kill();
    }
  });

  it("has the fine timer of isolated pages", async () => {
    const runner = await open("reference");
    try {
      const reply = await runner.request("open", openRequest("reference"), DEADLINE_MS);
      const browser = reply.ok ? Object(reply.value.actual["browser"]) : {};
      // 5 µs, against 100 µs in other pages.
      expect(browser.timerResolutionUs).toBeGreaterThan(0);
      expect(browser.timerResolutionUs).toBeLessThan(100);
    } finally {
      await runner.kill();
    }
  });

  it.each(["ts", "wasm", "ort-wasm"])("gives %s threads over shared memory", async (backend) => {
    const runner = await open(backend);
    try {
      const reply = await runner.request("open", openRequest(backend, { threads: 2 }), DEADLINE_MS);
      if (!reply.ok) return expect.fail(reply.failure.message);
      expect(reply.value.actual.threads).toBe(2);
      expect(checkLogits(reply.value.logits, EXPECTED).ok).toBe(true);
    } finally {
      await runner.kill();
    }
  });

  it("finds an adapter for backends on WebGPU, in software where there is no other", async () => {
    const runner = await open("webgpu");
    try {
      const reply = await runner.request("open", openRequest("ts"), DEADLINE_MS);
      if (!reply.ok) return expect.fail(reply.failure.message);
      const { adapter, flags } = Object(reply.value.actual["browser"]);
      expect(adapter).toMatchObject({
        available: true,
        vendor: expect.any(String),
        fallback: expect.any(Boolean),
      });
      expect(flags.includes("--use-webgpu-adapter=swiftshader")).toBe(adapter.fallback);
    } finally {
      await runner.kill();
    }
  });

  it("checks every layer", async () => {
    const runner = await open("wasm");
    try {
      const reply = await runner.request("check", openRequest("wasm"), DEADLINE_MS);
      expect(reply).toMatchObject({ ok: true, value: { logits: { ok: true }, layers: { ok: true } } });
    } finally {
      await runner.kill();
    }
  });

  it("passes on what a backend refuses", async () => {
    const runner = await open("tfjs-cpu");
    try {
      const reply = await runner.request("open", openRequest("tfjs-cpu", { threads: 2 }), DEADLINE_MS);
      expect(reply).toMatchObject({ ok: false, failure: { kind: "unsupported" } });
    } finally {
      await runner.kill();
    }
  });

  it("knows no backend that only Node can run", async () => {
    const [nodeOnly] = Object.keys(NODE_BACKENDS);
    const runner = await open("ts");
    try {
      const reply = await runner.request("open", openRequest(nodeOnly ?? ""), DEADLINE_MS);
      expect(reply).toMatchObject({ ok: false, failure: { message: expect.stringContaining("no backend") } });
    } finally {
      await runner.kill();
    }
  });
});

describe("chrome target without a browser", () => {
  it("refuses an executable that is none, and takes no other", async () => {
    const target = chromeTarget({ path: "/nowhere/chrome" });
    expect(await target.availability()).toMatchObject({
      available: false,
      reason: expect.stringContaining("/nowhere/chrome"),
      remedy: expect.stringContaining("--browser-path"),
    });
    await expect(target.open(purpose("ts"))).rejects.toMatchObject({
      name: "UnsupportedError",
    });
  });

  it("tells why an executable does not start as a browser", async () => {
    const target = chromeTarget({ path: process.execPath });
    await expect(target.open(purpose("ts"))).rejects.toThrow(
      `the browser ${process.execPath} does not start`,
    );
  });
});
