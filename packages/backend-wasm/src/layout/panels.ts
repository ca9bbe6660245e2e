/** Channels of a last panel where `columns` would be more than half empty. */
export const NARROW = 8;

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

/** Rows of the weights that are packed at a time: few enough to stay in the first cache across all panels. */
const BLOCK = 16;

/**
 * Packs weights [depth, channels] as [panel][depth][columns] and appends the bias. Channels that pad the
 * last panel stay as they are in `target`: zero.
 */
export function packPanels(target: Float32Array, weights: Float32Array, bias: Float32Array, panels: Panels) {
  const channels = bias.length;
  const depth = weights.length / channels;
  for (let k = 0; k < depth; k += BLOCK)
    for (let first = 0; first < channels; first += panels.columns)
      packBlock(target, weights, channels, depth, panels, first, k, Math.min(depth, k + BLOCK));
  target.set(bias, depth * paddedChannels(panels));
}

/** Rows `from` to `to` of the panel that begins with channel `first`. */
function packBlock(
  target: Float32Array,
  weights: Float32Array,
  channels: number,
  depth: number,
  panels: Panels,
  first: number,
  from: number,
  to: number,
) {
  const columns = first < panels.full * panels.columns ? panels.columns : NARROW;
  const count = Math.min(columns, channels - first);
  for (let k = from; k < to; k++) {
    const source = k * channels + first;
    const row = depth * first + k * columns;
    for (let j = 0; j < count; j++) target[row + j] = weights[source + j]!;
  }
}
