import {
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  type SymbolType,
} from "d3-shape";

/** What computes in a backend, which its shape tells. */
interface EngineMark {
  /** As legends say it. */
  readonly name: string;
  readonly shape: SymbolType;
}

/** In the order of legends. */
export const ENGINES = {
  javascript: { name: "JavaScript", shape: symbolSquare },
  wasm: { name: "WebAssembly", shape: symbolCircle },
  webgpu: { name: "WebGPU", shape: symbolTriangle },
  webnn: { name: "WebNN", shape: symbolStar },
  native: { name: "native", shape: symbolDiamond },
  unknown: { name: "unknown", shape: symbolCross },
} as const satisfies Readonly<Record<string, EngineMark>>;

/** The name of an engine. */
export type Engine = keyof typeof ENGINES;
