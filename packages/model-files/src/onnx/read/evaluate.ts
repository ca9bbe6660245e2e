import type { onnx } from "onnx-proto";
import type { Operation, SourceNode } from "../../graph/source-graph.ts";
import { ModelFileError } from "../../error.ts";
import { Attributes } from "./attributes.ts";
import { Budget } from "./budget.ts";
import { CONVERTERS, FUSED_CONVERTERS } from "./convert/converters.ts";
import { other, type Converted, type NodeView } from "./convert/node-view.ts";
import { FOLDS } from "./fold/folds.ts";
import { sizesBetween, toFloats } from "./fold/making.ts";
import { transposed } from "./fold/strided.ts";
import { inOrder } from "./in-order.ts";
import { sizeOf, type Layout } from "./layout.ts";
import { foreignOperator, isOnnx } from "./operators.ts";
import { Scope } from "./scope.ts";
import { readTensor } from "./tensor.ts";
import { integersOf, type Activation, type Constant, type Floats, type Value } from "./value.ts";

/** All constants of a graph, each as stored and as it is used: twice what files may have. */
const MAX_CONSTANT_BYTES = 512 * 1024 * 1024;
/** Nodes, counted again wherever a function is called; more than fields in a file. */
const MAX_NODES = 2 ** 18;
/** Of functions and branches in each other. */
const MAX_DEPTH = 16;

/** Where a node stands. */
interface Place {
  readonly scope: Scope;
  readonly opset: number;
  readonly depth: number;
  /** The attributes of the function's call; undefined outside of functions. */
  readonly caller?: Attributes;
}

/**
 * Goes through a graph once, in the order of computation, with what is known without an image: what nodes compute of constants and of
 * shapes alone is computed; of the others each becomes operations on NHWC. Functions are called and branches taken.
 */
export class Evaluation {
  readonly nodes: SourceNode[] = [];
  readonly #budget = new Budget(MAX_CONSTANT_BYTES);
  readonly #functions: ReadonlyMap<string, onnx.IFunctionProto>;
  readonly #external: ReadonlyMap<onnx.ITensorProto, Uint8Array>;
  readonly #outputs = new Set<string>();
  readonly #tensors = new Map<onnx.ITensorProto, Constant | undefined>();
  readonly #transposed = new Map<Constant, Map<string, Floats | undefined>>();
  readonly #ordered = new Map<readonly onnx.INodeProto[], readonly onnx.INodeProto[]>();
  #evaluated = 0;

  /** @param external the values of tensors that lie in other files */
  constructor(
    functions: readonly onnx.IFunctionProto[],
    external: ReadonlyMap<onnx.ITensorProto, Uint8Array>,
  ) {
    this.#functions = new Map(functions.map((one) => [operatorKey(one.domain, one.name), one]));
    this.#external = external;
  }

  /** An input of the graph. */
  input(name: string, operation: Operation, layout: Layout): Activation {
    return this.#activation({ name, operator: "input", inputs: [], operation }, name, layout);
  }

  run(nodes: readonly onnx.INodeProto[], place: Place) {
    for (const node of this.#inOrder(nodes, place.scope)) {
      if (++this.#evaluated > MAX_NODES)
        throw new ModelFileError(
          `the functions of the graph call each other for more than ${MAX_NODES} nodes`,
          "It is no MobileNet V1: those have a few hundred",
        );
      const values = this.#evaluate(node, place);
      for (const [index, name] of (node.output ?? []).entries()) {
        const value = values[index];
        if (value && name !== "") place.scope.set(name, value);
      }
    }
  }

  /** Once for each graph: functions are called many times. */
  #inOrder(nodes: readonly onnx.INodeProto[], scope: Scope): readonly onnx.INodeProto[] {
    const known = this.#ordered.get(nodes);
    if (known) return known;
    const ordered = inOrder(nodes, (name) => scope.has(name));
    this.#ordered.set(nodes, ordered);
    return ordered;
  }

  value(name: string | undefined, scope: Scope): Value | undefined {
    return name ? scope.get(name, (tensor) => this.#tensor(tensor)) : undefined;
  }

  /** One value per output. */
  #evaluate(node: onnx.INodeProto, place: Place): readonly (Value | undefined)[] {
    const { scope, depth } = place;
    const inputs = (node.input ?? []).map((name) => this.value(name, scope));
    const attributes = new Attributes(node, place.caller);
    const called = this.#functions.get(operatorKey(node.domain, node.opType));
    if (called && depth < MAX_DEPTH) return this.#call(called, inputs, { ...place, caller: attributes });
    if (node.opType === "If" && isOnnx(node) && depth < MAX_DEPTH) {
      const branch = this.#branch(inputs[0], attributes, place);
      if (branch) return branch;
    }
    const activations = inputs.filter((value) => value?.type === "activation");
    if (activations.length > 0)
      return (
        this.#measured(node, inputs, attributes) ?? this.#convert(node, { ...place, inputs, attributes })
      );
    const fold = isOnnx(node) ? FOLDS.get(node.opType ?? "") : undefined;
    if (node.opType === "If") return this.#unknownBranch(node, attributes, scope);
    return [this.#fold(node, inputs, attributes, fold)];
  }

  #fold(
    { opType, input }: onnx.INodeProto,
    inputs: readonly (Value | undefined)[],
    attributes: Attributes,
    fold: ReturnType<(typeof FOLDS)["get"]>,
  ): Constant | undefined {
    const tensor = opType === "Constant" ? attributes.tensor("value") : undefined;
    if (tensor) return this.#tensor(tensor);
    const constants = inputs.map((value) => (value?.type === "activation" ? undefined : value));
    const isKnown = constants.every((constant, index) => constant !== undefined || !input?.[index]);
    return isKnown ? fold?.({ attributes, inputs: constants, budget: this.#budget }) : undefined;
  }

  /** What depends on the shape or the type of an activation alone. */
  #measured(
    node: onnx.INodeProto,
    [first, second]: readonly (Value | undefined)[],
    attributes: Attributes,
  ): readonly (Value | undefined)[] | undefined {
    if (!isOnnx(node)) return undefined;
    const isLike = node.opType === "CastLike" && first && first.type !== "activation";
    if (isLike && second?.type === "activation") return [toFloats(first, false, this.#budget)];
    if (first?.type !== "activation") return undefined;
    const sizes = first.layout.map(sizeOf);
    if (node.opType === "Shape")
      return [sizesBetween(sizes, attributes.int("start", 0), attributes.int("end"))];
    if (node.opType !== "Size") return undefined;
    return [{ type: "integers", shape: [], values: [sizeOf(first.layout.flat())] }];
  }

  #call(
    { input, output, node, opsetImport }: onnx.IFunctionProto,
    values: readonly (Value | undefined)[],
    { opset, depth, caller }: Place,
  ): readonly (Value | undefined)[] {
    const scope = new Scope();
    for (const [index, name] of (input ?? []).entries()) {
      const value = values[index];
      if (value) scope.set(name, value);
    }
    const own = opsetOf(opsetImport) ?? opset;
    this.run(node ?? [], { scope, opset: own, depth: depth + 1, ...(caller && { caller }) });
    return (output ?? []).map((name) => this.value(name, scope));
  }

  /** The results of the branch of an If whose condition is known. */
  #branch(condition: Value | undefined, attributes: Attributes, place: Place) {
    const [isTrue, ...others] = integersOf(condition) ?? [];
    if (isTrue === undefined || others.length > 0) return undefined;
    const graph = attributes.graph(isTrue === 0 ? "else_branch" : "then_branch");
    if (!graph) return undefined;
    const scope = new Scope(graph.initializer ?? [], place.scope);
    this.run(graph.node ?? [], { ...place, scope, depth: place.depth + 1 });
    return (graph.output ?? []).map(({ name }) => this.value(name ?? "", scope));
  }

  /** An If of which it cannot be told what it does stands on what its first branch uses. */
  #unknownBranch(node: onnx.INodeProto, attributes: Attributes, scope: Scope) {
    const used = (attributes.graph("then_branch")?.node ?? []).flatMap(({ input }) => input ?? []);
    const [activation] = used
      .map((name) => this.value(name, scope))
      .filter((value) => value?.type === "activation");
    const converted = other("a choice (If) that depends on the input");
    return activation ? this.#append(node, [activation], converted, activation.layout) : [];
  }

  #convert(
    node: onnx.INodeProto,
    { inputs, attributes, opset }: Pick<NodeView, "inputs" | "attributes" | "opset">,
  ): readonly Activation[] {
    const activations = inputs.filter((value) => value?.type === "activation");
    const [activation] = activations;
    if (!activation) return [];
    const { layout } = activation;
    const view: NodeView = {
      inputs,
      attributes,
      opset,
      layout,
      isGiven: (index) => Boolean(node.input?.[index]),
      position: inputs.indexOf(activation),
      transposed: (constant, order) => this.#withAxes(constant, order),
    };
    const converted =
      activations.length === 1
        ? convert(node, view)
        : other(`an operation on ${activations.length} branches`);
    return this.#append(node, activations, converted, layout);
  }

  /** The nodes of one operator, which stand one behind the other; its second outputs are nothing that is mapped. */
  #append(
    proto: onnx.INodeProto,
    activations: readonly Activation[],
    { operations, layout = [] }: Converted,
    before: Layout,
  ): readonly Activation[] {
    const [name = "", ...others] = proto.output ?? [];
    const node = { name: proto.name || name, operator: proto.opType ?? "" };
    const own = layout.length > 0 ? layout : before;
    let inputs: readonly string[] = activations.map(({ output }) => output);
    let last: Activation | undefined;
    for (const operation of operations) {
      last = this.#activation({ ...node, inputs, operation }, name, own);
      inputs = [last.output];
    }
    const second = others.map((value) =>
      this.#activation(
        { ...node, inputs: activations.map(({ output }) => output), operation: SECOND_OUTPUT },
        value,
        own,
      ),
    );
    return last ? [last, ...second] : second;
  }

  #activation(node: Omit<SourceNode, "output">, name: string, layout: Layout): Activation {
    // Names of functions' and branches' values may be used again; no name of the file has such a character.
    let output = name;
    for (let copy = this.#outputs.size; this.#outputs.has(output); copy++) output = `${name}\0${copy}`;
    this.#outputs.add(output);
    this.nodes.push({ ...node, output });
    return { type: "activation", output, layout };
  }

  #tensor(tensor: onnx.ITensorProto): Constant | undefined {
    if (!this.#tensors.has(tensor))
      this.#tensors.set(tensor, readTensor(tensor, this.#budget, this.#external.get(tensor)));
    return this.#tensors.get(tensor);
  }

  #withAxes(constant: Floats, order: readonly number[]): Floats | undefined {
    const known = this.#transposed.get(constant) ?? new Map<string, Floats | undefined>();
    this.#transposed.set(constant, known);
    const key = order.join();
    if (!known.has(key)) {
      const made = transposed(constant, order, this.#budget);
      known.set(key, made?.type === "floats" ? made : undefined);
    }
    return known.get(key);
  }
}

const SECOND_OUTPUT: Operation = { type: "other", what: "a second output" };

function convert(node: onnx.INodeProto, view: NodeView): Converted {
  const operator = node.opType ?? "";
  const foreign = foreignOperator(node);
  const converter = (foreign ? FUSED_CONVERTERS : CONVERTERS).get(operator);
  if (converter) return converter(view);
  return foreign ? other(foreign.what, foreign.remedy) : other("an operator that no MobileNet V1 has");
}

function operatorKey(domain: string | null | undefined, name: string | null | undefined) {
  return `${domain ?? ""}\0${name ?? ""}`;
}

/** The version of ONNX's own operators. */
export function opsetOf(imports: readonly onnx.IOperatorSetIdProto[] | null | undefined): number | undefined {
  const version = imports?.find(isOnnx)?.version;
  return version === undefined || version === null ? undefined : Number(version);
}
