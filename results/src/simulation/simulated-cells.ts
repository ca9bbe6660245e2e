import { parseModelName } from "@mobilenet-bench/spec";
import { formatCellId, parseCellId } from "../cell-id.ts";

const ALPHAS = ["0.25", "0.5", "0.75", "1.0"] as const;
const RESOLUTIONS = [128, 160, 192, 224] as const;

/** What a row of cells takes, in ms per 1e9 mult-adds and per inference: about what one machine showed. */
const ROWS: Readonly<Record<string, { readonly slope: number; readonly intercept: number }>> = {
  "ts/node": { slope: 213, intercept: 3.7 },
  "wasm/node": { slope: 38, intercept: 0.2 },
  "wasm/node?threads=2": { slope: 21, intercept: 0.3 },
  "tfjs-cpu/node": { slope: 1300, intercept: 16 },
  "tfjs-wasm/node": { slope: 69, intercept: 0.9 },
  "tfjs-node/node": { slope: 29, intercept: 4.3 },
  "ort-node/node": { slope: 21, intercept: 0.3 },
  "ort-node/node?threads=2": { slope: 12, intercept: 0.4 },
  "ort-wasm/node": { slope: 87, intercept: 1.7 },
  "ts/chrome": { slope: 220, intercept: 4 },
  "wasm/chrome": { slope: 40, intercept: 0.3 },
  "tfjs-cpu/chrome": { slope: 1350, intercept: 17 },
  "tfjs-wasm/chrome": { slope: 70, intercept: 1 },
  "ort-wasm/chrome": { slope: 88, intercept: 1.8 },
  "ort-wasm/chrome?threads=2": { slope: 48, intercept: 2 },
};

/** The sixteen models of the paper's grid on fifteen rows of backends: 240 ids. */
export const SIMULATED_CELLS: readonly string[] = ALPHAS.flatMap((alpha) =>
  RESOLUTIONS.flatMap((resolution) =>
    Object.keys(ROWS).map((row) => formatCellId(parseCellId(`mobilenet_v1_${alpha}_${resolution}/${row}`))),
  ),
);

/** Milliseconds before anything happens. */
export function usualMs(cell: string): number {
  const { multAdds } = parseModelName(parseCellId(cell).model);
  const { slope, intercept } = ROWS[cell.slice(cell.indexOf("/") + 1)] ?? { slope: 100, intercept: 1 };
  return (slope * multAdds) / 1e9 + intercept;
}
