import type { Padding } from "@mobilenet-bench/spec";
import { quote } from "../../../quote.ts";
import type { Attributes } from "../attributes.ts";

interface Window {
  readonly stride: number;
  readonly padding: "same" | "same-lower" | Padding;
}

const NONE: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** Stride and pads of a convolution or pool, or what is unusual about them in words. */
export function readWindow(attributes: Attributes): Window | string {
  const [vertical = 1, horizontal = 1] = attributes.ints("strides") ?? [];
  if (vertical !== horizontal) return `strides of ${vertical} and ${horizontal}`;
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
