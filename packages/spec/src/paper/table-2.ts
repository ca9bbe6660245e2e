import type { LayerType } from "../graph/index.ts";
import type { PaperRow } from "./figure.ts";

function row(row: string, type: LayerType, multAdds: string, params: string): PaperRow {
  return {
    table: 2,
    row,
    subject: { kind: "share", config: { alpha: 1, resolution: 224 }, type },
    printed: { "share of mult-adds": multAdds, "share of params": params },
  };
}

/** Table 2: resource per layer type, in per cent of 1.0 MobileNet-224. */
export const TABLE_2: readonly PaperRow[] = [
  row("Conv 1×1", "pointwise", "94.86", "74.59"),
  row("Conv DW 3×3", "depthwise", "3.06", "1.06"),
  row("Conv 3×3", "convolution", "1.19", "0.02"),
  row("Fully Connected", "dense", "0.18", "24.33"),
];
