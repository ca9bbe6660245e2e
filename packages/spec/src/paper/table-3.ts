import type { Layer, Shape } from "../graph/index.ts";
import { thin } from "../networks/index.ts";
import { convolutionLayer } from "../ops/index.ts";
import type { PaperRow } from "./figure.ts";

const SIDE = 14;
const CHANNELS = 512;

function layer(type: "convolution" | "depthwise" | "pointwise", side: number, channels: number): Layer {
  const input: Shape = [side, side, channels];
  const kernel = type === "pointwise" ? 1 : 3;
  return convolutionLayer({ name: type, type, kernel, stride: 1, input, channels });
}

function separable(side: number, alpha: number): readonly Layer[] {
  const channels = thin(CHANNELS, alpha);
  return [layer("depthwise", side, channels), layer("pointwise", side, channels)];
}

function row(row: string, layers: readonly Layer[], multAdds: string, params: string): PaperRow {
  return { table: 3, row, subject: { kind: "layers", layers }, printed: { "mult-adds": multAdds, params } };
}

/**
 * Table 3: one inner layer, 14×14×512 → 14×14×512 with 3×3 kernels, changed step by step. ρ = 0.714 is 5/7
 * (160 / 224), which makes the plane 10×10.
 */
export const TABLE_3: readonly PaperRow[] = [
  row("Convolution", [layer("convolution", SIDE, CHANNELS)], "462", "2.36"),
  row("Depthwise Separable Conv", separable(SIDE, 1), "52.3", "0.27"),
  row("α = 0.75", separable(SIDE, 0.75), "29.6", "0.15"),
  row("ρ = 0.714", separable((SIDE * 5) / 7, 0.75), "15.1", "0.15"),
];
