import type { Layer } from "@mobilenet-bench/spec";
import {
  declareColumns,
  declareSums,
  multiplicationOperands,
  multiplyStep,
  range,
  storeSums,
  type Target,
} from "./block.ts";
import { frame } from "./frame.ts";
import { tileIndex, vectors, workgroupsFor, type Kernel, type Storage } from "./kernel.ts";
import type { Stage } from "./stage.ts";
import { tileName, type DirectTile } from "./tile.ts";

const THREADS = 64;

/**
 * Staged matrix × kernel + bias, then the activation of `layer`, without shared memory: each thread reads the
 * stage where it needs it. Neighbouring threads have neighbouring columns of the same rows.
 */
export function multiplyDirect(
  op: string,
  layer: Layer,
  stage: Stage,
  tile: DirectTile,
  storage: Storage,
): Kernel {
  const width = vectors(layer.output[2]);
  const { pixels, depth } = stage;
  const lanes = Math.ceil(width / tile.columns);
  const workgroups = workgroupsFor(Math.ceil((Math.ceil(pixels / tile.rows) * lanes) / THREADS));
  const target: Target = {
    layer,
    pixels,
    width,
    pixelAt: (r) => `row + ${r}u`,
    columnAt: (q) => `lane + ${q * lanes}u`,
    fitsPixels: pixels % tile.rows === 0,
    fitsWidth: width % tile.columns === 0,
  };
  return frame({
    op,
    tile: tileName(tile),
    storage,
    stage,
    declarations: multiplicationOperands(layer, stage),
    threads: THREADS,
    workgroups,
    thread: "index",
    body: `  let thread = ${tileIndex(workgroups)} * ${THREADS}u + index;
  let row = thread / ${lanes}u * ${tile.rows}u;
  if (row >= ${pixels}u) {
    return;
  }
  let lane = thread % ${lanes}u;
${declareColumns(tile, target)}
${range(tile.rows, (r) => `  let pixel${r} = min(${target.pixelAt(r)}, ${pixels - 1}u);`)}
${declareSums(tile)}
  for (var c = 0u; c < ${depth}u; c++) {
${multiplyStep(tile, { row: (r) => `staged(pixel${r}, c)`, step: "c", width })}
  }
${storeSums(tile, target)}`,
  });
}
