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
  const member = quad ? ", @builtin(subgroup_invocation_id) member: u32" : "";
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
  const declarations = [
    ...stage.declarations,
    { operand: "kernel", element: "Stored", length: depth * VECTOR * width },
    { operand: "bias", element: "vec4f", length: width },
    { operand: "scratch", element: "vec4f", length: rows * depth },
    { operand: "output", element: outputElement(layer), length: pixels * width },
  ] as const;
  const wgsl = `${declare(storage, declarations, { subgroups: quad })}

${stage.wgsl}

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32${member}) {
  let tile = ${tileIndex(workgroups)};
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
${range(tile.columns, (q) => `  let column${q} = min(${target.columnAt(q)}, ${width - 1}u);`)}
${declareSums(tile)}
    for (var c = 0u; c < ${depth}u; c++) {
${range(tile.rows, (r) => `      let x${r} = scratch[(${target.pixelAt(r)}) * ${depth}u + c];`)}
      let at = c * ${VECTOR * width}u;
${multiplyStep(tile, width, quad)}
    }
${storeSums(tile, target)}
  }
}
`;
  return {
    name: `${op}-${storage}-${tileName(tile)}`,
    wgsl,
    operands: declarations.map(({ operand }) => operand),
    workgroups,
    scratchBytes: rows * depth * VECTOR * Float32Array.BYTES_PER_ELEMENT,
  };
}
