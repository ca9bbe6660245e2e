import { z } from "zod";
import { quote } from "../../quote.ts";
import { NO_PADDING } from "../no-padding.ts";

/** A number for both directions, or one each. */
export const pair = z.union([
  z.number().transform((n): [number, number] => [n, n]),
  z.tuple([z.number(), z.number()]),
]);
export const channelsLast = z.string().default("channels_last");
export const ONCE: [number, number] = [1, 1];

export const windowConfig = z.object({
  kernel_size: pair,
  strides: pair.default(ONCE),
  padding: z.string().default("valid"),
  data_format: channelsLast,
  dilation_rate: pair.default(ONCE),
  groups: z.number().default(1),
  activation: z.unknown(),
  use_bias: z.boolean().default(true),
});
export type WindowConfig = z.infer<typeof windowConfig>;

/** What makes a convolution one that MobileNet does not have. */
export function oddities({
  kernel_size,
  strides,
  padding,
  data_format,
  dilation_rate,
  groups,
}: WindowConfig) {
  if (data_format !== "channels_last") return `in the layout ${quote(data_format)}`;
  if (kernel_size[0] !== kernel_size[1]) return `with a kernel of ${kernel_size.join("×")}`;
  if (strides[0] !== strides[1]) return `with strides ${strides.join("×")}`;
  if (padding !== "same" && padding !== "valid") return `with padding ${quote(padding)}`;
  if (dilation_rate.some((rate) => rate !== 1)) return `with dilation ${dilation_rate.join("×")}`;
  if (groups !== 1) return `in ${groups} groups`;
  return undefined;
}

export function window({ strides, padding }: Pick<WindowConfig, "strides" | "padding">) {
  return { stride: strides[0], padding: padding === "same" ? ("same" as const) : NO_PADDING };
}
