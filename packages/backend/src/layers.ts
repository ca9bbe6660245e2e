import { InputError } from "./errors.ts";

/**
 * The layer, or whatever is computed for it, of this name.
 * @throws InputError where there is none
 */
export function layerNamed<Named extends { readonly name: string }>(
  layers: readonly Named[],
  name: string,
): Named {
  const layer = layers.find((layer) => layer.name === name);
  if (layer) return layer;
  throw unknownLayer(
    name,
    layers.map(({ name }) => name),
  );
}

/** What a session answers to the name of a layer that it does not compute. @param names those that it does */
export function unknownLayer(name: string, names: readonly string[]): InputError {
  return new InputError(`There is no layer "${name}". Use one of ${names.join(", ")}.`);
}
