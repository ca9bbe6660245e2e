import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { globals } from "webgpu";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DeviceLostError, UnsupportedError } from "@mobilenet-bench/backend";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { webgpu } from "@mobilenet-bench/backend-webgpu";

// As the package says to use it; the names of the classes are global in browsers.
Object.assign(globalThis, globals);

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);

const availability = await webgpu.availability();
if (!availability.available)
  process.stderr.write(`skipped: sessions of webgpu: ${availability.reason} ${availability.remedy}\n`);

/** Loads the model and gives the device that the session computes on. */
async function loadWithDevice() {
  const request = vi.spyOn(GPUAdapter.prototype, "requestDevice");
  const session = await webgpu.load(model, weights);
  const device: GPUDevice = await request.mock.results[0]!.value;
  return { session, device };
}

afterEach(() => vi.restoreAllMocks());

describe.skipIf(!availability.available)("a session", () => {
  it("computes a separable model in at most 16 dispatches and says which", async () => {
    const session = await webgpu.load(model, weights);
    const { dispatches, kernels, adapter } = session.actual;
    expect(dispatches).toBeLessThanOrEqual(16);
    expect(Object.keys(kernels ?? {})).toHaveLength(15);
    expect(adapter).toMatchObject({ class: expect.stringMatching(/software|integrated|discrete|unknown/) });
    await session.dispose();
  });

  it("submits once per inference, with one pass", async () => {
    const { session } = await loadWithDevice();
    const submit = vi.spyOn(GPUQueue.prototype, "submit");
    const pass = vi.spyOn(GPUCommandEncoder.prototype, "beginComputePass");
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, "dispatchWorkgroups");
    const build = [
      vi.spyOn(GPUDevice.prototype, "createBuffer"),
      vi.spyOn(GPUDevice.prototype, "createBindGroup"),
      vi.spyOn(GPUDevice.prototype, "createComputePipelineAsync"),
    ];
    await session.infer(image);
    expect(submit).toHaveBeenCalledTimes(1);
    expect(pass).toHaveBeenCalledTimes(1);
    expect(dispatch).toHaveBeenCalledTimes(Number(session.actual["dispatches"]));
    for (const made of build) expect(made).not.toHaveBeenCalled();
    await session.dispose();
  });

  it("tells the most bytes of buffers that there were at one time", async () => {
    const live = new Map<GPUBuffer, number>();
    let most = 0;
    const { createBuffer } = GPUDevice.prototype;
    const { destroy } = GPUBuffer.prototype;
    vi.spyOn(GPUDevice.prototype, "createBuffer").mockImplementation(function (this: GPUDevice, descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      live.set(buffer, buffer.size);
      most = Math.max(
        most,
        [...live.values()].reduce((sum, bytes) => sum + bytes, 0),
      );
      return buffer;
    });
    vi.spyOn(GPUBuffer.prototype, "destroy").mockImplementation(function (this: GPUBuffer) {
      live.delete(this);
      return destroy.call(this);
    });
    const session = await webgpu.load(model, weights);
    expect(await session.memory!()).toEqual({ gpuBytes: most });
    const loaded = most;
    await session.infer(image);
    expect(await session.memory!()).toEqual({ gpuBytes: loaded });
    for (let i = 0; i < 2; i++) await session.layerOutputs!(image);
    const batch = Float32Array.from({ length: 3 * image.length }, (_, i) => image[i % image.length]!);
    for (let i = 0; i < 2; i++) await session.inferBatch!(batch, 3);
    expect(most).toBeGreaterThan(loaded);
    expect(await session.memory!()).toEqual({ gpuBytes: most });
    await session.dispose();
  });

  it("rejects with DeviceLostError where the device goes away, before or during an inference", async () => {
    const { session, device } = await loadWithDevice();
    const running = session.infer(image);
    device.destroy();
    await expect(running).rejects.toBeInstanceOf(DeviceLostError);
    await expect(session.infer(image)).rejects.toBeInstanceOf(DeviceLostError);
    await expect(session.inferLayer?.("Logits", new Float32Array(1))).rejects.toBeInstanceOf(DeviceLostError);
    await session.dispose();
  });

  it("fails where the device reports an error that nobody asked for", async () => {
    const { session, device } = await loadWithDevice();
    device.createBuffer({ size: 4, usage: 0x7fff_ffff });
    await device.queue.onSubmittedWorkDone();
    await expect(session.infer(image)).rejects.toThrow(/device reports an error/);
    await session.dispose();
  });

  it("fails where its own commands are invalid, instead of returning what was there before", async () => {
    const buffers = vi.spyOn(GPUDevice.prototype, "createBuffer");
    const { session } = await loadWithDevice();
    await session.infer(image);
    for (const { value } of buffers.mock.results)
      if (value.mapState === "unmapped" && value.size > 12) value.destroy();
    await expect(session.infer(image)).rejects.toThrow(/device reports an error/);
    await session.dispose();
  });

  it("fails to load where a shader does not compile", async () => {
    const create = GPUDevice.prototype.createShaderModule;
    vi.spyOn(GPUDevice.prototype, "createShaderModule").mockImplementation(function (
      this: GPUDevice,
      descriptor: GPUShaderModuleDescriptor,
    ) {
      return create.call(this, { ...descriptor, code: descriptor.code.replace("fn main", "fn other") });
    });
    await expect(webgpu.load(model, weights)).rejects.toThrow(/main/);
  });

  it("refuses fp16 where the adapter has no shader-f16", async () => {
    const session = webgpu.load(model, weights, { precision: "fp16" });
    const { features } = await adapterOf();
    if (features.has("shader-f16")) await (await session).dispose();
    else await expect(session).rejects.toBeInstanceOf(UnsupportedError);
  });
});

async function adapterOf(): Promise<GPUAdapter> {
  const { openAdapter } = await import("#platform");
  const opened = await openAdapter();
  if (!("adapter" in opened)) throw new Error(opened.reason);
  return opened.adapter;
}

describe("a process", () => {
  const run = (script: string, env: Record<string, string> = {}) =>
    promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: import.meta.dirname,
      env: { ...process.env, ...env },
      timeout: 60_000,
    });
  const inference = `
    import { webgpu } from "@mobilenet-bench/backend-webgpu";
    import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
    const model = createModel({ alpha: 0.05, resolution: 32, classes: 2 });
    const session = await webgpu.load(model, generateWeights(model));
    console.log((await session.infer(syntheticImage(32))).length);`;

  it.skipIf(!availability.available)(
    "ends by itself, with and without dispose",
    { timeout: 120_000 },
    async () => {
      for (const end of ["await session.dispose();", "", "globalThis.kept = session;"])
        expect((await run(`${inference}${end}`)).stdout).toBe("2\n");
    },
  );

  it.skipIf(!availability.available)("outlives the garbage that it makes", { timeout: 60_000 }, async () => {
    const garbage = `
      for (let i = 0; i < 20; i++) {
        await webgpu.availability();
        globalThis.gc();
        await session.infer(syntheticImage(32));
      }
      await session.dispose();
      globalThis.gc();`;
    expect((await run(`${inference}${garbage}`, { NODE_OPTIONS: "--expose-gc" })).stdout).toBe("2\n");
  });

  it.runIf(process.platform === "linux")("says why there is no adapter", { timeout: 60_000 }, async () => {
    const script = `
      import { webgpu } from "@mobilenet-bench/backend-webgpu";
      console.log(JSON.stringify(await webgpu.availability()));`;
    const { stdout } = await run(script, {
      VK_DRIVER_FILES: "/nowhere.json",
      VK_ICD_FILENAMES: "/nowhere.json",
    });
    expect(JSON.parse(stdout)).toEqual({
      available: false,
      reason: expect.stringMatching(/VK_DRIVER_FILES/),
      remedy: expect.stringMatching(/unset/),
    });
  });
});
