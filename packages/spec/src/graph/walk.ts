import { INPUT, type Layer } from "./layer.ts";

/** What a layer reads, in order: at least one. */
export type Inputs<Value> = readonly [Value, ...Value[]];

export function mapInputs<From, To>([first, ...others]: Inputs<From>, map: (input: From) => To): Inputs<To> {
  return [map(first), ...others.map((input) => map(input))];
}

/** The layers, each of which reads the one before it. */
export function inARow<Row extends Layer>(layers: readonly Row[]): Row[] {
  return layers.map((layer, index) => ({ ...layer, inputs: [layers[index - 1]?.name ?? INPUT] }));
}

/**
 * Makes something of every layer, one after the other, from what was made of those that it reads. What no layer reads
 * any more is let go.
 * @param layers in their order; of a part of a network those that read none of these read `input`
 */
export function* walk<One extends Layer, Given, Made extends Given>(
  layers: readonly One[],
  input: Given,
  make: (layer: One, inputs: Inputs<Given>) => Made,
): Generator<Made> {
  const lastReader = new Map(
    layers.flatMap(({ name, inputs }) => inputs.map((read) => [read, name] as const)),
  );
  const made = new Map<string, Given>();
  const read = (name: string): Given => made.get(name) ?? input;
  for (const layer of layers) {
    const [first = INPUT, ...others] = layer.inputs;
    const result = make(layer, [read(first), ...others.map(read)]);
    for (const name of layer.inputs) if (lastReader.get(name) === layer.name) made.delete(name);
    if (lastReader.has(layer.name)) made.set(layer.name, result);
    yield result;
  }
}
