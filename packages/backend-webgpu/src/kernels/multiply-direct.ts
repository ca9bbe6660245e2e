import type { Layer } from "@mobilenet-bench/spec";
import { declareSums, multiplyStep, range, storeSums, type Target } from "./block.ts";
import {
  declare,
  outputElement,
  tileIndex,
  VECTOR,
  vectors,
  workgroupsFor,
  type Kernel,
  type Storage,
} from "./kernel.ts";
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
  const declarations = [
    ...stage.declarations,
    { operand: "kernel", element: "Stored", length: depth * VECTOR * width },
    { operand: "bias", element: "vec4f", length: width },
    { operand: "output", element: outputElement(layer), length: pixels * width },
  ] as const;
  const wgsl = `${declare(storage, declarations)}

${stage.wgsl}

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let thread = ${tileIndex(workgroups)} * ${THREADS}u + index;
  let row = thread / ${lanes}u * ${tile.rows}u;
  if (row >= ${pixels}u) {
    return;
  }
  let lane = thread % ${lanes}u;
${range(tile.columns, (q) => `  let column${q} = min(${target.columnAt(q)}, ${width - 1}u);`)}
${range(tile.rows, (r) => `  let pixel${r} = min(${target.pixelAt(r)}, ${pixels - 1}u);`)}
${declareSums(tile)}
  for (var c = 0u; c < ${depth}u; c++) {
${range(tile.rows, (r) => `      let x${r} = staged(pixel${r}, c);`)}
      let at = c * ${VECTOR * width}u;
${multiplyStep(tile, width)}
  }
${storeSums(tile, target)}
}
`;
  return {
    name: `${op}-${storage}-${tileName(tile)}`,
    wgsl,
    operands: declarations.map(({ operand }) => operand),
    workgroups,
  };
}
