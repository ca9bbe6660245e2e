import type { Layer } from "@mobilenet-bench/spec";
import {
  declareColumns,
  declareSums,
  multiplicationOperands,
  multiplyStep,
  storeSums,
  type Target,
} from "./block.ts";
import { frame } from "./frame.ts";
import { tileIndex, VECTOR, vectors, workgroupsFor, type Kernel, type Storage } from "./kernel.ts";
import type { Stage } from "./stage.ts";
import { tileName, type ScratchTile } from "./tile.ts";

/** One SIMD group of software adapters, and a quad: more would leave cores idle where planes are small. */
const THREADS = 4;

/**
 * Staged matrix × kernel + bias, then the activation of `layer`. Each thread stages its rows into `scratch`, which
 * nobody else reads, so that no barrier is needed, and then multiplies them with one group of columns after the
 * other. All threads go through the same steps at the same time, also those beyond the last row: quads need it.
 */
export function multiplyScratch(
  op: string,
  layer: Layer,
  stage: Stage,
  tile: ScratchTile,
  storage: Storage,
): Kernel {
  const width = vectors(layer.output[2]);
  const { pixels, depth } = stage;
  const quad = tile.kind === "quad";
  const groups = Math.ceil(pixels / (tile.rows * THREADS));
  const workgroups = workgroupsFor(groups);
  const rows = groups * THREADS * tile.rows;
  const target: Target = {
    layer,
    pixels,
    width,
    pixelAt: (r) => `row + ${r}u`,
    columnAt: (q) => `first + ${q}u`,
    fitsPixels: pixels === rows,
    fitsWidth: width % tile.columns === 0,
  };
  return frame({
    op,
    tile: tileName(tile),
    storage,
    stage,
    declarations: multiplicationOperands(layer, stage, [
      { operand: "scratch", element: "vec4f", length: rows * depth },
    ]),
    threads: THREADS,
    workgroups,
    thread: "index",
    quads: quad,
    scratchBytes: rows * depth * VECTOR * Float32Array.BYTES_PER_ELEMENT,
    body: `  let tile = ${tileIndex(workgroups)};
  if (tile >= ${groups}u) {
    return;
  }
  let row = (tile * ${THREADS}u + index) * ${tile.rows}u;
  for (var r = 0u; r < ${tile.rows}u; r++) {
    for (var c = 0u; c < ${depth}u; c++) {
      scratch[(row + r) * ${depth}u + c] = staged(min(row + r, ${pixels - 1}u), c);
    }
  }
  for (var first = 0u; first < ${width}u; first += ${tile.columns}u) {
${declareColumns(tile, target)}
${declareSums(tile)}
    for (var c = 0u; c < ${depth}u; c++) {
${multiplyStep(tile, { row: (r) => `scratch[(${target.pixelAt(r)}) * ${depth}u + c]`, step: "c", width, shared: quad })}
    }
${storeSums(tile, target)}
  }`,
  });
}
