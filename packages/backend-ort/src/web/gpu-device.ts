import type { WebLibrary } from "./library.ts";

/**
 * The device that onnxruntime-web made for the session that was created last.
 * @throws Error where there is none: then nothing ran on one
 */
export async function deviceOf({ env }: WebLibrary): Promise<GPUDevice> {
  const device: unknown = await env.webgpu.device;
  if (device instanceof GPUDevice) return device;
  throw new Error("[backend-ort] onnxruntime-web shows no device that it computes on. Please report it.");
}
