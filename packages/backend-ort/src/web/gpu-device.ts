import {
  describeAdapter,
  type AdapterDescription,
  type AdapterInfo,
  type Losable,
} from "@mobilenet-bench/backend";
import type { WebLibrary } from "./library.ts";

/** The `GPUDevice` that onnxruntime-web made for itself, as far as it is used here. */
export interface GpuDevice extends Losable {
  readonly features: ReadonlySet<string>;
  /** Older browsers do not tell. */
  readonly adapterInfo?: AdapterInfo;
}

/** The device of the session that was created last. @throws Error where there is none: then nothing ran on one */
export async function deviceOf({ env }: WebLibrary): Promise<GpuDevice> {
  const device: unknown = await env.webgpu.device;
  if (isDevice(device)) return device;
  throw new Error(
    "[backend-ort] onnxruntime-web does not show the device that it computes on. Please report it.",
  );
}

export function adapterOf({ adapterInfo }: GpuDevice): AdapterDescription {
  const {
    vendor = "",
    architecture = "",
    device = "",
    description = "",
    isFallbackAdapter = false,
  } = adapterInfo ?? {};
  return describeAdapter({ vendor, architecture, device, description, isFallbackAdapter });
}

function isDevice(value: unknown): value is GpuDevice {
  return typeof value === "object" && value !== null && "lost" in value && "features" in value;
}
