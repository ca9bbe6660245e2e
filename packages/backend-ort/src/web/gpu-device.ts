import type { Losable } from "@mobilenet-bench/backend";
import type { WebLibrary } from "./library.ts";

/**
 * The `GPUDevice` that onnxruntime-web made for the session that was created last.
 * @throws Error where there is none: then nothing ran on one
 */
export async function deviceOf({ env }: WebLibrary): Promise<Losable> {
  const device: unknown = await env.webgpu.device;
  if (isDevice(device)) return device;
  throw new Error("[backend-ort] onnxruntime-web shows no device that it computes on. Please report it.");
}

function isDevice(value: unknown): value is Losable {
  return typeof value === "object" && value !== null && "lost" in value;
}
