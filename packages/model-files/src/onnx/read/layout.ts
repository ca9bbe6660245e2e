import { BATCH, type Size } from "./value.ts";

/** What the elements of an image tensor are counted by. `other`: a part of one of those, or a mixture. */
interface Factor {
  readonly counts: "images" | "channels" | "rows" | "columns" | "other";
  readonly size: Size;
}

/** The factors whose product is the length of an axis, the slowest first; none where it is 1. */
export type Axis = readonly Factor[];
/**
 * How an activation lies in memory, axis by axis: `[[images], [channels], [rows], [columns]]` is NCHW. Whatever reshapes,
 * transpositions and squeezes do, it says where the channels are.
 */
export type Layout = readonly Axis[];

/** An axis that counts one thing alone. Ones are not counted, as they may stand anywhere. */
export function axis(counts: Factor["counts"], size: Size): Axis {
  return size === 1 ? [] : [{ counts, size }];
}

export function sizeOf(factors: Axis): Size {
  const [first, ...others] = factors;
  if (!first) return 1;
  if (others.length === 0) return first.size;
  let product = 1;
  for (const { size } of factors) {
    if (typeof size !== "number") return null;
    product *= size;
  }
  return product;
}

/** The only thing that an axis counts; undefined where it is 1 long, or counts more. */
function countedBy(factors: Axis | undefined): Factor["counts"] | undefined {
  return factors?.length === 1 ? factors[0]?.counts : undefined;
}

/** Whether the axis is that of the channels. Where there is one channel, any axis of length 1 is. */
export function isChannels(layout: Layout, index: number): boolean {
  const factors = layout[index];
  if (factors?.length === 0) return !layout.flat().some(({ counts }) => counts === "channels");
  return countedBy(factors) === "channels";
}

export function isOfPlane({ counts }: Factor): boolean {
  return counts === "rows" || counts === "columns";
}

/** The axes of rows and of columns in NCHW or NHWC; none in any other layout. */
export function planeAxes(layout: Layout): readonly [rows: number, columns: number] | undefined {
  const counts = (index: number, what: Factor["counts"]) =>
    layout[index]?.length === 0 || countedBy(layout[index]) === what;
  if (layout.length !== 4 || !counts(0, "images")) return undefined;
  const rows = [2, 1].find((index) => isChannels(layout, index === 1 ? 3 : 1));
  if (rows === undefined || !counts(rows, "rows") || !counts(rows + 1, "columns")) return undefined;
  return [rows, rows + 1];
}

export function isNchw(layout: Layout): boolean {
  return planeAxes(layout)?.[0] === 2 && isChannels(layout, 1);
}

export function nchw(images: Axis, channels: number, rows: Size, columns: Size): Layout {
  return [images, axis("channels", channels), axis("rows", rows), axis("columns", columns)];
}

/** A number times a power of the open number of images. */
interface Monomial {
  readonly number: number;
  readonly batches: number;
}

function monomial(sizes: readonly Size[]): Monomial | undefined {
  let number = 1;
  let batches = 0;
  for (const size of sizes) {
    if (size === null) return undefined;
    if (size === BATCH) batches++;
    else number *= size;
  }
  return { number, batches };
}

/**
 * The layout after the same elements in the same order got another shape.
 * @param shape in which one size may be −1 or unknown, which is what the others leave
 * @returns undefined where the sizes do not tell the shape; axes that cut one of the layout's in parts count "other"
 */
export function reshaped(layout: Layout, shape: readonly Size[]): Layout | undefined {
  const factors = layout.flat();
  const total = monomial(factors.map(({ size }) => size));
  const isOpen = (size: Size) => size === null || size === -1;
  const known = monomial(shape.filter((size) => !isOpen(size)));
  if (!total || !known || shape.filter(isOpen).length > 1) return undefined;
  const rest = { number: total.number / known.number, batches: total.batches - known.batches };
  const isWhole = shape.some(isOpen)
    ? Number.isInteger(rest.number) && rest.batches >= 0
    : rest.number === 1 && rest.batches === 0;
  if (!isWhole) return undefined;
  let next = 0;
  const axes = shape.map((size): Axis => {
    const wanted = isOpen(size) ? rest : monomial([size])!;
    const from = next;
    let number = 1;
    let batches = 0;
    while ((number < wanted.number || batches < wanted.batches) && next < factors.length) {
      const factor = factors[next++]!;
      if (factor.size === BATCH) batches++;
      else number *= Number(factor.size);
    }
    const fits = number === wanted.number && batches === wanted.batches;
    return fits ? factors.slice(from, next) : axis("other", isOpen(size) ? openSize(rest) : size);
  });
  return next === factors.length ? axes : axes.map((factors) => axis("other", sizeOf(factors)));
}

function openSize({ number, batches }: Monomial): Size {
  if (batches === 0) return number;
  return batches === 1 && number === 1 ? BATCH : null;
}
