import type { Layer } from "@mobilenet-bench/spec";
import { activated } from "./activated.ts";
import { outputElement, VECTOR, vectors, type Declaration } from "./kernel.ts";
import type { Stage } from "./stage.ts";
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
 * WGSL: the sums of a thread, which begin with the bias, or with zero where `condition` does not hold. Every one is
 * said in words, since on SwiftShader a variable without initializer keeps its value from one round of a loop to the
 * next.
 */
export function declareSums(block: Block, condition?: string): string {
  const begin = (q: number) =>
    condition === undefined ? `bias[column${q}]` : `select(vec4f(0), bias[column${q}], ${condition})`;
  return `${range(block.columns, (q) => `  let bias${q} = ${begin(q)};`)}
${each(block, (r, q) => `  var sum${r}_${q} = bias${q};`)}`;
}

/** Where the factors of one step of depth come from. */
export interface Factors {
  /** WGSL: the vector of a row, four of depth. */
  readonly row: (row: number) => string;
  /** WGSL: the number of the step. */
  readonly step: string;
  /** Vectors per row of the kernel. */
  readonly width: number;
  /** Whether the four threads of a quad, whose numbers are `member`, read one of four rows of the kernel each. */
  readonly shared?: boolean;
}

/**
 * WGSL: one step of depth. Adds the products of a vector of each row with four rows of the kernel, in the columns
 * `column0`, `column1`, …. One statement per sum: software adapters keep sums in memory and store them once per
 * statement.
 */
export function multiplyStep(block: Block, { row, step, width, shared = false }: Factors): string {
  const own = (q: number) => `      let own${q} = vec4f(kernel[at + member * ${width}u + column${q}]);`;
  const weights = (j: number, q: number) =>
    shared ? `quadBroadcast(own${q}, ${j}u)` : `vec4f(kernel[at + ${j * width}u + column${q}])`;
  const loads = [
    ...(shared ? [range(block.columns, own)] : []),
    range(VECTOR, (j) => range(block.columns, (q) => `      let w${j}_${q} = ${weights(j, q)};`)),
  ].join("\n");
  const terms = (r: number, q: number) =>
    Array.from({ length: VECTOR }, (_, j) => `x${r}[${j}] * w${j}_${q}`).join(" + ");
  return `${range(block.rows, (r) => `      let x${r} = ${row(r)};`)}
      let at = ${step} * ${VECTOR * width}u;
${loads}
${each(block, (r, q) => `      sum${r}_${q} += ${terms(r, q)};`)}`;
}

/** The operands of a multiplication beside its stage's: the kernel, the bias, perhaps others, and the output. */
export function multiplicationOperands(
  layer: Layer,
  { pixels, depth }: Stage,
  others: readonly Declaration[] = [],
): readonly Declaration[] {
  const width = vectors(layer.output[2]);
  return [
    { operand: "kernel", element: "Stored", length: depth * VECTOR * width },
    { operand: "bias", element: "vec4f", length: width },
    ...others,
    { operand: "output", element: outputElement(layer), length: pixels * width },
  ];
}

/** Where the sums of a thread belong. */
export interface Target {
  readonly layer: Layer;
  readonly pixels: number;
  /** Vectors per pixel. */
  readonly width: number;
  /** WGSL: the pixel of a row and the vector of a column, perhaps beyond the last one. */
  readonly pixelAt: (row: number) => string;
  readonly columnAt: (column: number) => string;
  /** Whether none is ever beyond. */
  readonly fitsPixels: boolean;
  readonly fitsWidth: boolean;
}

/** WGSL: the columns of a thread, kept within the output. */
export function declareColumns({ columns }: Block, { columnAt, width }: Target): string {
  return range(columns, (q) => `  let column${q} = min(${columnAt(q)}, ${width - 1}u);`);
}

/** WGSL: stores what lies within the output, after the activation. */
export function storeSums(block: Block, target: Target): string {
  const { layer, pixels, width, pixelAt, columnAt, fitsPixels, fitsWidth } = target;
  return each(block, (r, q) => {
    const conditions = [
      ...(fitsPixels ? [] : [`${pixelAt(r)} < ${pixels}u`]),
      ...(fitsWidth ? [] : [`${columnAt(q)} < ${width}u`]),
    ];
    const value = `${outputElement(layer)}(${activated(layer, `sum${r}_${q}`)})`;
    const store = `output[(${pixelAt(r)}) * ${width}u + column${q}] = ${value};`;
    return conditions.length === 0 ? `  ${store}` : `  if (${conditions.join(" && ")}) { ${store} }`;
  });
}
