import { z } from "zod";
import { ModelFileError } from "../../error.ts";
import { quote } from "../../quote.ts";
import { checked } from "../json.ts";

/** A layer of a network without nesting, in the terms of Keras. */
export interface KerasLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Values of other layers. */
  readonly inputs: readonly string[];
  /** The value that it computes: its name, behind those of the networks that it is nested in. */
  readonly output: string;
  /**
   * Where Keras 3 keeps its variables in its own format: `layers/batch_normalization_2`, by class and count, not by
   * name.
   */
  readonly path: string;
}

export interface KerasNetwork {
  readonly layers: readonly KerasLayer[];
  readonly outputs: readonly string[];
}

const record = z.record(z.string(), z.unknown());
const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.unknown(),
  inbound_nodes: z.array(z.unknown()).optional(),
});
type LayerJson = z.infer<typeof layerSchema>;

const functionalSchema = z.object({
  layers: z.array(layerSchema),
  input_layers: z.array(z.unknown()),
  output_layers: z.array(z.unknown()),
});
/** Old files have the array alone. */
const sequentialSchema = z.union([
  z.object({ layers: z.array(layerSchema), build_input_shape: z.unknown().optional() }),
  z.array(layerSchema).transform((layers) => ({ layers, build_input_shape: undefined })),
]);

/** The classes of networks; Model is what Functional was called at first. */
const NETWORKS: ReadonlySet<string> = new Set(["Functional", "Model", "Sequential"]);

/**
 * Flattens the topology of a layers model, of the Functional or the Sequential kind, of Keras 2 or 3. A network used
 * as a layer of another takes that layer's place.
 * @throws ModelFileError
 */
export function flattenTopology(topology: Readonly<Record<string, unknown>>): KerasNetwork {
  const where = "the modelTopology";
  const json = checked(topology["model_config"] ?? topology, where, layerSchema);
  if (!NETWORKS.has(json.class_name))
    throw new ModelFileError(
      `the model is of the class ${quote(json.class_name)}`,
      "Convert a Functional or a Sequential model of Keras",
    );
  const layers: KerasLayer[] = [];
  const outputs = flatten(json, { prefix: "", path: "" }, undefined, layers);
  const names = new Set<string>();
  for (const { output } of layers) {
    if (names.has(output))
      throw new ModelFileError(`two layers are named ${quote(output)}`, "Give each layer a name of its own");
    names.add(output);
  }
  return { layers, outputs };
}

/** What comes before the names of the layers of a nested network, and before the paths of their variables. */
interface Place {
  readonly prefix: string;
  readonly path: string;
}

/** @param given values for the inputs; undefined where the network has inputs of its own */
function flatten(
  network: LayerJson,
  place: Place,
  given: readonly string[] | undefined,
  into: KerasLayer[],
): readonly string[] {
  return network.class_name === "Sequential"
    ? flattenSequential(network, place, given, into)
    : flattenFunctional(network, place, given, into);
}

function flattenSequential(
  network: LayerJson,
  place: Place,
  given: readonly string[] | undefined,
  into: KerasLayer[],
): readonly string[] {
  const { layers, build_input_shape: built } = checked(network.config, title(network), sequentialSchema);
  const count = counter();
  let values = given;
  for (const layer of layers) {
    if (layer.class_name === "InputLayer") {
      values ??= append(layer, place, [], "", into);
      continue;
    }
    // A network as the first layer brings its own input.
    if (!values && !NETWORKS.has(layer.class_name)) {
      // A network without an input layer tells its shape with its first layer, or with its own name.
      const config = { batch_input_shape: built, ...record.safeParse(layer.config).data };
      const input = { class_name: "InputLayer", name: `${nameOf(layer)}_input`, config };
      values = append(input, place, [], "", into);
    }
    values = append(layer, place, values, count(layer.class_name), into);
  }
  return values ?? [];
}

function flattenFunctional(
  network: LayerJson,
  place: Place,
  given: readonly string[] | undefined,
  into: KerasLayer[],
): readonly string[] {
  const { layers, ...ends } = checked(network.config, title(network), functionalSchema);
  const positions = new Map(referencesOf(ends.input_layers).map((name, position) => [name, position]));
  const values = new Map<string, readonly string[]>();
  const count = counter();
  for (const layer of layers) {
    const name = nameOf(layer);
    const counted = count(layer.class_name);
    const position = positions.get(name);
    const value = position === undefined ? undefined : given?.[position];
    if (value !== undefined) {
      values.set(name, [value]);
      continue;
    }
    const calls = layer.inbound_nodes ?? [];
    if (calls.length > 1)
      throw new ModelFileError(
        `the layer ${quote(name)} is used ${calls.length} times`,
        "No layer of MobileNet V1 is: convert the right model",
      );
    // Layers are listed after those that they need, as Keras sorts them.
    const sources = referencesOf(calls).map((source) => single(values.get(source), source, name));
    values.set(name, append(layer, place, sources, counted, into));
  }
  return referencesOf(ends.output_layers).map((name) => single(values.get(name), name, "the output"));
}

/**
 * Appends a layer, or the layers of a nested network.
 * @param inputs undefined where a nested network has inputs of its own
 * @returns what it computes
 */
function append(
  layer: LayerJson,
  { prefix, path }: Place,
  inputs: readonly string[] | undefined,
  counted: string,
  into: KerasLayer[],
): readonly string[] {
  const name = nameOf(layer);
  const output = prefix + name;
  const ownPath = `${path}layers/${counted}`;
  if (NETWORKS.has(layer.class_name))
    return flatten(layer, { prefix: `${output}/`, path: `${ownPath}/` }, inputs, into);
  const config = checked(layer.config, title(layer), record);
  into.push({ name, className: layer.class_name, config, inputs: inputs ?? [], output, path: ownPath });
  return [output];
}

function single(values: readonly string[] | undefined, source: string, user: string): string {
  const [value] = values ?? [];
  if (values?.length === 1 && value !== undefined) return value;
  throw new ModelFileError(
    `${quote(user)} takes the result of ${quote(source)}, which ${values ? `has ${values.length}` : "no layer before it computes"}`,
    "The file is damaged: convert the model again",
  );
}

/**
 * The layers that are referred to anywhere in a piece of a topology, as `[layer, node, tensor, …]`. It is searched
 * rather than matched, since Keras nests references in as many ways as there are shapes of arguments; Keras 3 wraps
 * each into a `__keras_tensor__`, whose `keras_history` it is.
 */
function referencesOf(json: unknown): readonly string[] {
  if (Array.isArray(json)) {
    const [layer, node, tensor]: unknown[] = json;
    const isReference = typeof layer === "string" && typeof node === "number" && typeof tensor === "number";
    return isReference ? [layer] : json.flatMap(referencesOf);
  }
  return typeof json === "object" && json !== null ? Object.values(json).flatMap(referencesOf) : [];
}

/** Keras 3's names of variables: the class in snake case, and from the second one on how many came before. */
function counter(): (className: string) => string {
  const counts = new Map<string, number>();
  return (className) => {
    const snake = className
      .replaceAll(/\W+/g, "")
      .replaceAll(/(.)([A-Z][a-z]+)/g, "$1_$2")
      .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
      .toLowerCase();
    const count = counts.get(snake) ?? 0;
    counts.set(snake, count + 1);
    return count === 0 ? snake : `${snake}_${count}`;
  };
}

function nameOf({ name, config }: LayerJson): string {
  const inner = z.object({ name: z.string() }).safeParse(config);
  const found = name ?? inner.data?.name;
  if (found !== undefined) return found;
  throw new ModelFileError("a layer has no name", "The file is damaged: convert the model again");
}

function title({ class_name: className, name }: LayerJson) {
  return name === undefined ? `the ${quote(className).slice(1, -1)}` : `the layer ${quote(name)}`;
}
