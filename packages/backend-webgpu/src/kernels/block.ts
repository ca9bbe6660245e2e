import type { Layer } from "@mobilenet-bench/spec";
import { activated } from "./activated.ts";
import { outputElement, VECTOR } from "./kernel.ts";
import type { Tile } from "./tile.ts";

type Block = Pick<Tile, "rows" | "columns">;

/** WGSL for each of `count` things, a line each. */
export function range(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("\n");
}

/** WGSL for each sum of a thread. */
export function each({ rows, columns }: Block, line: (row: number, column: number) => string): string {
  return range(rows * columns, (i) => line(Math.floor(i / columns), i % columns));
}

/**
 * WGSL: the sums of a thread, all zero. Said in words, since on SwiftShader a variable without initializer keeps its
 * value from one round of a loop to the next.
 */
export function declareSums(block: Block): string {
  return each(block, (r, q) => `  var sum${r}_${q} = vec4f(0);`);
}

/**
 * WGSL: one step of depth. Adds the products of the vectors `x0`, `x1`, … (a row each, four of depth) with four
 * rows of the kernel, from vector `at` on, in the columns `column0`, `column1`, …. One statement per sum: software
 * adapters keep sums in memory and store them once per statement.
 */
export function multiplyStep(block: Block, width: number): string {
  const loads = range(VECTOR, (j) =>
    range(block.columns, (q) => `      let w${j}_${q} = vec4f(kernel[at + ${j * width}u + column${q}]);`),
  );
  const terms = (r: number, q: number) =>
    Array.from({ length: VECTOR }, (_, j) => `x${r}[${j}] * w${j}_${q}`).join(" + ");
  return `${loads}\n${each(block, (r, q) => `      sum${r}_${q} += ${terms(r, q)};`)}`;
}

/** WGSL: stores what lies within the output, after bias and activation; `columnAt` and `pixelAt` are unclamped. */
export function storeSums(
  block: Block,
  layer: Layer,
  pixels: number,
  width: number,
  pixelAt: (row: number) => string,
  columnAt: (column: number) => string,
): string {
  return each(
    block,
    (r, q) => `  if (${pixelAt(r)} < ${pixels}u && ${columnAt(q)} < ${width}u) {
    output[(${pixelAt(r)}) * ${width}u + column${q}] = ${outputElement(layer)}(${activated(layer, `sum${r}_${q} + bias[column${q}]`)});
  }`,
  );
}
