import type { Padding } from "@mobilenet-bench/spec";
import { quote } from "../../quote.ts";
import { NO_PADDING } from "../no-padding.ts";
import type { NodeDef } from "./node-def.ts";

/** What makes a convolution or a pool one that MobileNet does not have, in the words of a message. */
export function oddities({ attributes }: NodeDef): string | undefined {
  const layout = attributes.string("data_format", "NHWC");
  if (layout !== "NHWC") return `in the layout ${quote(layout)}`;
  const [n = 1, down = 1, across = 1, c = 1] = attributes.integers("strides");
  if (n !== 1 || c !== 1 || down !== across) return `with strides ${[n, down, across, c].join("×")}`;
  if (attributes.integers("dilations").some((rate) => rate !== 1)) return "with dilation";
  if (explicit(attributes.string("padding"), attributes.integers("explicit_paddings")) === undefined)
    return "with padding of an unknown kind";
  return undefined;
}

/** Stride and padding of a node without {@link oddities}. */
export function window({ attributes }: NodeDef) {
  const [, stride = 1] = attributes.integers("strides");
  const padding = explicit(attributes.string("padding"), attributes.integers("explicit_paddings"));
  return { stride, padding: padding ?? NO_PADDING };
}

function explicit(kind: string, pixels: readonly number[]): "same" | Padding | undefined {
  if (kind === "SAME") return "same";
  if (kind === "VALID") return NO_PADDING;
  const [, , top, bottom, left, right] = pixels;
  if (kind !== "EXPLICIT" || top === undefined || bottom === undefined) return undefined;
  return left === undefined || right === undefined ? undefined : { top, bottom, left, right };
}
