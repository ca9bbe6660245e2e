import type { PaperRow } from "./figure.ts";

/** Type, stride, filter shape and input size, each in the paper's notation. */
type PrintedLayer = readonly [type: string, stride: string, filter: string, input: string];

/** The table prints this pair once, as "5×". */
const REPEATED: readonly PrintedLayer[] = [
  ["Conv dw", "s1", "3×3×512 dw", "14×14×512"],
  ["Conv", "s1", "1×1×512×512", "14×14×512"],
];

const LAYERS: readonly PrintedLayer[] = [
  ["Conv", "s2", "3×3×3×32", "224×224×3"],
  ["Conv dw", "s1", "3×3×32 dw", "112×112×32"],
  ["Conv", "s1", "1×1×32×64", "112×112×32"],
  ["Conv dw", "s2", "3×3×64 dw", "112×112×64"],
  ["Conv", "s1", "1×1×64×128", "56×56×64"],
  ["Conv dw", "s1", "3×3×128 dw", "56×56×128"],
  ["Conv", "s1", "1×1×128×128", "56×56×128"],
  ["Conv dw", "s2", "3×3×128 dw", "56×56×128"],
  ["Conv", "s1", "1×1×128×256", "28×28×128"],
  ["Conv dw", "s1", "3×3×256 dw", "28×28×256"],
  ["Conv", "s1", "1×1×256×256", "28×28×256"],
  ["Conv dw", "s2", "3×3×256 dw", "28×28×256"],
  ["Conv", "s1", "1×1×256×512", "14×14×256"],
  ...REPEATED,
  ...REPEATED,
  ...REPEATED,
  ...REPEATED,
  ...REPEATED,
  ["Conv dw", "s2", "3×3×512 dw", "14×14×512"],
  ["Conv", "s1", "1×1×512×1024", "7×7×512"],
  ["Conv dw", "s2", "3×3×1024 dw", "7×7×1024"],
  ["Conv", "s1", "1×1×1024×1024", "7×7×1024"],
  ["Avg Pool", "s1", "Pool 7×7", "7×7×1024"],
  ["FC", "s1", "1024×1000", "1×1×1024"],
  ["Softmax", "s1", "Classifier", "1×1×1000"],
];

/** Table 1: MobileNet body architecture, first row to last; the repeated pair is written out. */
export const TABLE_1: readonly PaperRow[] = LAYERS.map((layer, index) => ({
  table: 1,
  row: `row ${index + 1}`,
  subject: { kind: "layer", config: { alpha: 1, resolution: 224 }, index },
  printed: { layer: layer.join(" · ") },
}));
