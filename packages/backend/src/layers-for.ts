import { computedLayers, INPUT, type ComputedLayer, type Network } from "@mobilenet-bench/spec";
import { UnsupportedError } from "./errors.ts";

/**
 * Which operations a backend computes; the compiler wants an answer for each of the spec's. A function says of a layer
 * what of it is not computed ("kernels of 5×5"), where there is such a thing.
 */
export type OperationTable = Readonly<
  Record<ComputedLayer["type"], boolean | ((layer: ComputedLayer) => string | undefined)>
>;

/** A layer that a backend with this table computes. */
export type LayerOf<Table extends OperationTable> = ComputedLayer & {
  readonly type: { [Type in keyof Table]: Table[Type] extends false ? never : Type }[keyof Table];
};

/** Whether the table has the layer's operation. */
export function hasOperation<Table extends OperationTable>(
  layer: ComputedLayer,
  table: Table,
): layer is LayerOf<Table> {
  return table[layer.type] !== false;
}

/**
 * The layers that a session of the network computes, for a backend that computes them in a row.
 * @param backend its id
 * @throws UnsupportedError where the table lacks one, or where one reads another than the layer before it
 */
export function layersFor<Table extends OperationTable>(
  backend: string,
  network: Network,
  table: Table,
): readonly LayerOf<Table>[] {
  const refuse = (reason: string) =>
    new UnsupportedError(`backend-${backend}`, reason, "Use the backend reference, or another network.");
  let before = INPUT;
  return computedLayers(network).map((layer) => {
    const { name, type, inputs } = layer;
    if (!hasOperation(layer, table)) throw refuse(`It has no ${type}, which layer ${name} is.`);
    const answer: OperationTable[typeof type] = table[type];
    const lack = typeof answer === "function" ? answer(layer) : undefined;
    if (lack !== undefined) throw refuse(`It has no ${type} with ${lack}, which layer ${name} has.`);
    if (inputs.join() !== before)
      throw refuse(`It computes layers in a row, and layer ${name} reads ${inputs.join(" and ")}.`);
    before = name;
    return layer;
  });
}
