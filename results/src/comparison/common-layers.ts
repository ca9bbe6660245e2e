/** Layers whose time every list tells: alone, or as the sum of neighbours. */
export interface CommonLayers {
  /** All of the layers, joined by `+`. */
  readonly name: string;
  readonly layers: readonly string[];
}

/**
 * The finest division into layers of which all lists tell the times: one may run as one what another runs apart.
 * @param lists of names in order, `FIRST+SECOND` for layers that run as one
 * @returns none where the lists have not the same layers in the same order
 */
export function commonLayers(lists: readonly (readonly string[])[]): CommonLayers[] {
  const [first, ...others] = lists;
  if (!first) return [];
  const layers = first.flatMap(layersOf);
  if (others.some((names) => names.flatMap(layersOf).join("+") !== layers.join("+"))) return [];
  const ends = lists.map((names) => endsOf(names));
  const common = [...(ends[0] ?? [])].filter((end) => ends.every((one) => one.has(end)));
  return common.map((end, i) => {
    const within = layers.slice(common[i - 1] ?? 0, end);
    return { name: within.join("+"), layers: within };
  });
}

/** `FIRST+SECOND` as its layers. */
export function layersOf(name: string): string[] {
  return name.split("+");
}

/** After how many layers each of the names ends. */
function endsOf(names: readonly string[]): ReadonlySet<number> {
  let layers = 0;
  return new Set(names.map((name) => (layers += layersOf(name).length)));
}
