import { samePadding, type Padding } from "@mobilenet-bench/spec";
import { quote } from "../../../quote.ts";
import type { Attributes } from "../attributes.ts";
import type { Size } from "../value.ts";

interface Window {
  readonly stride: number;
  readonly padding: "same" | "same-lower" | Padding;
}

const NONE: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** Stride and pads of a convolution or pool, or what is unusual about them in words. */
export function readWindow(attributes: Attributes): Window | string {
  const [vertical = 1, horizontal = 1] = attributes.ints("strides") ?? [];
  if (vertical !== horizontal) return `strides of ${vertical} and ${horizontal}`;
  if (vertical < 1) return `a stride of ${vertical}`;
  const dilations = attributes.ints("dilations") ?? [];
  if (dilations.some((dilation) => dilation !== 1)) return `dilations of ${dilations.join(" and ")}`;
  const auto = attributes.text("auto_pad") || "NOTSET";
  const padding = PADDINGS[auto]?.(attributes);
  return padding === undefined ? `auto_pad ${quote(auto)}` : { stride: vertical, padding };
}

const PADDINGS: Readonly<Record<string, (attributes: Attributes) => Window["padding"]>> = {
  SAME_UPPER: () => "same",
  SAME_LOWER: () => "same-lower",
  VALID: () => NONE,
  NOTSET: (attributes) => {
    const [top = 0, left = 0, bottom = 0, right = 0] = attributes.ints("pads") ?? [];
    return { top, left, bottom, right };
  },
};

/** Rows and columns that come out. */
export function outputSizes(
  { stride, padding }: Window,
  kernel: { readonly height: number; readonly width: number },
  [rows, columns]: readonly [rows: Size, columns: Size],
): readonly [rows: Size, columns: Size] {
  const along = (size: Size, length: number, pads: number) => {
    if (typeof size !== "number") return null;
    if (typeof padding === "string") return samePadding(size, length, stride).output;
    return Math.max(0, Math.floor((size + pads - length) / stride) + 1);
  };
  const { top, bottom, left, right } = typeof padding === "string" ? NONE : padding;
  return [along(rows, kernel.height, top + bottom), along(columns, kernel.width, left + right)];
}
