import { NARROW } from "../kernels/panel.ts";

/** Output channels as panels of `columns`, the last one narrow where that is enough. */
export interface Panels {
  readonly columns: number;
  readonly full: number;
  /** 0 or 1 panel of NARROW columns. */
  readonly narrow: number;
}

export function panelsOf(channels: number, columns: number): Panels {
  const rest = channels % columns;
  const narrow = columns > NARROW && rest > 0 && rest <= NARROW ? 1 : 0;
  return { columns, full: Math.ceil((channels - narrow * rest) / columns), narrow };
}

/** Channels with the last panel's padding. */
export function paddedChannels({ columns, full, narrow }: Panels) {
  return full * columns + narrow * NARROW;
}

/** Panels of all kinds. */
export function panelCount({ full, narrow }: Panels) {
  return full + narrow;
}

/**
 * Packs a kernel [depth, channels] as [panel][depth][columns] and appends the bias, with zeros for the
 * channels that pad the last panel.
 */
export function packPanels(target: Float32Array, kernel: Float32Array, bias: Float32Array, panels: Panels) {
  const channels = bias.length;
  const depth = kernel.length / channels;
  let to = 0;
  for (let first = 0; first < paddedChannels(panels);) {
    const columns = first < panels.full * panels.columns ? panels.columns : NARROW;
    const count = Math.min(columns, channels - first);
    for (let k = 0; k < depth; k++, to += columns) {
      const from = k * channels + first;
      for (let j = 0; j < count; j++) target[to + j] = kernel[from + j]!;
    }
    first += columns;
  }
  target.set(bias, to);
}
