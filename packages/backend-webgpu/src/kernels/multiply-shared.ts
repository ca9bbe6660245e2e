import type { Layer } from "@mobilenet-bench/spec";
import {
  declareColumns,
  declareSums,
  each,
  multiplicationOperands,
  multiplyStep,
  storeSums,
  type Target,
} from "./block.ts";
import { frame } from "./frame.ts";
import { tileIndex, vectors, workgroupsFor, type Kernel, type Storage } from "./kernel.ts";
import type { Stage } from "./stage.ts";
import { SHARED_VECTORS, threadsOf, tileName, type SharedTile } from "./tile.ts";

/**
 * Staged matrix × kernel + bias, then the activation of `layer`, whose output it is.
 *
 * The threads of a workgroup compute a chunk of the stage into shared memory together; then each multiplies its
 * rows with its columns of the kernel, which come straight from memory: neighbours read neighbouring columns, and
 * each value serves all rows of the thread. So what a depthwise layer or the pool puts out never leaves the
 * workgroup, at the price of computing it once per `tile.vectors` of output channels.
 */
export function multiplyShared(
  op: string,
  layer: Layer,
  stage: Stage,
  tile: SharedTile,
  storage: Storage,
): Kernel {
  const width = vectors(layer.output[2]);
  const { pixels, depth } = stage;
  const threads = threadsOf(tile);
  const lanes = tile.vectors / tile.columns;
  const chunk = Math.min(depth, Math.floor(SHARED_VECTORS / tile.pixels));
  const parts = tile.split > 1 ? threads * tile.rows * tile.columns : 0;
  const workgroups = workgroupsFor(Math.ceil(pixels / tile.pixels), Math.ceil(width / tile.vectors));
  const target: Target = {
    layer,
    pixels,
    width,
    pixelAt: (r) => `firstPixel + row + ${r}u`,
    columnAt: (q) => `group.y * ${tile.vectors}u + ${q * lanes}u + lane`,
    // Along z there may be a few workgroups too many.
    fitsPixels: pixels % tile.pixels === 0 && workgroups[2] === 1,
    fitsWidth: width % tile.vectors === 0,
  };
  return frame({
    op,
    tile: tileName(tile),
    storage,
    stage,
    declarations: multiplicationOperands(layer, stage),
    threads: threads,
    workgroups,
    thread: "thread",
    sharedVectors: Math.max(tile.pixels * chunk, parts),
    body: `  let firstPixel = ${tileIndex(workgroups)} * ${tile.pixels}u;
  let lane = thread % ${lanes}u;
  let row = thread / ${lanes}u % ${tile.pixels / tile.rows}u * ${tile.rows}u;
  let part = thread / ${threads / tile.split}u;
${declareColumns(tile, target)}
${declareSums(tile, tile.split > 1 ? "part == 0u" : undefined)}
  for (var first = 0u; first < ${depth}u; first += ${chunk}u) {
    let count = min(${chunk}u, ${depth}u - first);
    for (var i = thread; i < ${tile.pixels * chunk}u; i += ${threads}u) {
      let c = i % ${chunk}u;
      if (c < count) {
        chunk[i] = staged(min(firstPixel + i / ${chunk}u, ${pixels - 1}u), first + c);
      }
    }
    workgroupBarrier();
    for (var c = part; c < count; c += ${tile.split}u) {
${multiplyStep(tile, { row: (r) => `chunk[(row + ${r}u) * ${chunk}u + c]`, step: "(first + c)", width })}
    }
    workgroupBarrier();
  }
${tile.split > 1 ? addParts(tile, threads) : ""}
${storeSums(tile, target)}`,
  });
}

/** The threads of the first part add up what the others have, and go on alone. */
function addParts(tile: SharedTile, threads: number): string {
  const stride = threads / tile.split;
  const slot = (r: number, q: number) => `${(r * tile.columns + q) * threads}u`;
  return `${each(tile, (r, q) => `  chunk[${slot(r, q)} + thread] = sum${r}_${q};`)}
  workgroupBarrier();
  if (part > 0u) {
    return;
  }
  for (var other = thread + ${stride}u; other < ${threads}u; other += ${stride}u) {
${each(tile, (r, q) => `    sum${r}_${q} += chunk[${slot(r, q)} + other];`)}
  }`;
}
