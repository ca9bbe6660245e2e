/** An adapter and what it came through. */
export interface OpenedAdapter {
  readonly adapter: GPUAdapter;
  /** What implements WebGPU: "Dawn (webgpu 0.6.2)", "browser". */
  readonly implementation: string;
  /** `vulkan`, `metal`, `d3d12`; a browser does not tell. */
  readonly api?: string;
  /** The Vulkan driver of software that was looked up because there was no hardware: path of its manifest. */
  readonly softwareDriver?: string;
}

/** No adapter: a fact, and what a user can do, a sentence each. */
export interface NoAdapter {
  readonly reason: string;
  readonly remedy: string;
}

/** Finds the best adapter here. Never throws. */
export type OpenAdapter = () => Promise<OpenedAdapter | NoAdapter>;
