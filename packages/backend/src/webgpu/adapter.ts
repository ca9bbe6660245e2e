/** What kind of device computes. `unknown` where its names do not tell. */
export type AdapterClass = "software" | "integrated" | "discrete" | "unknown";

/** An adapter, as far as WebGPU tells: stored beside every figure. */
export interface AdapterDescription {
  readonly [name: string]: string;
  readonly class: AdapterClass;
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
}

/** WebGPU's `GPUAdapterInfo`, of which older browsers have a part. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

export function describeAdapter(info: AdapterInfo): AdapterDescription {
  const { vendor, architecture, device, description } = info;
  return { class: classOf(info), vendor, architecture, device, description };
}

/** The adapter of a `GPUDevice`, which older browsers do not tell: all empty then. */
export function describeDevice(device: object): AdapterDescription {
  const info: Partial<AdapterInfo> = Reflect.get(device, "adapterInfo") ?? {};
  const { vendor = "", architecture = "", description = "", isFallbackAdapter = false } = info;
  return describeAdapter({ vendor, architecture, device: info.device ?? "", description, isFallbackAdapter });
}

/** "software: SwiftShader driver 5.0.0 (google, swiftshader)" */
export function adapterLine(adapter: AdapterDescription): string {
  const { vendor, architecture, device, description } = adapter;
  const origin = [vendor, architecture].filter((part) => part !== "").join(", ");
  const name = description || device;
  return `${adapter.class}: ${name === "" ? origin : origin === "" ? name : `${name} (${origin})`}`;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/;
/** Vendors (Khronos or PCI names as WebGPU normalizes them) that make one kind only. */
const INTEGRATED_VENDORS: ReadonlySet<string> = new Set([
  "apple",
  "arm",
  "qualcomm",
  "img-tec",
  "broadcom",
  "samsung",
]);

/** WebGPU does not say what kind a device is: its names do. */
function classOf(info: AdapterInfo): AdapterClass {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const names = `${architecture} ${device} ${description}`.toLowerCase();
  if (isFallbackAdapter || SOFTWARE.test(names)) return "software";
  if (INTEGRATED_VENDORS.has(vendor)) return "integrated";
  if (vendor === "nvidia") return /tegra|orin|xavier/.test(names) ? "integrated" : "discrete";
  if (vendor === "intel")
    return /\barc\b|xe-2?-?hpg|\bdg[12]\b|data center/.test(names) ? "discrete" : "integrated";
  if (vendor === "amd") {
    if (/radeon (rx|pro|vii)|instinct|firepro/.test(names)) return "discrete";
    if (/radeon(\(tm\))?( \d+m| vega \d+)? graphics|radeon(\(tm\))? \d{3}m/.test(names)) return "integrated";
  }
  return "unknown";
}
