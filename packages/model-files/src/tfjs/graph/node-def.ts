import { z } from "zod";
import { ModelFileError } from "../../error.ts";
import { quote } from "../../quote.ts";
import { checked } from "../json.ts";

/** A node of TensorFlow's graph, in the JSON of protocol buffers: numbers of 64 bits are strings, bytes base64. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** Outputs of other nodes, by name; those that only say what comes first are left out. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

const nodesSchema = z.array(
  z.object({
    name: z.string(),
    op: z.string(),
    input: z.array(z.string()).default([]),
    attr: z.record(z.string(), z.unknown()).default({}),
  }),
);

/** @throws ModelFileError where the topology is none, or two nodes have one name */
export function readNodes(topology: Readonly<Record<string, unknown>>): ReadonlyMap<string, NodeDef> {
  const nodes = new Map<string, NodeDef>();
  for (const { name, op, input, attr } of checked(topology["node"], "the list of nodes", nodesSchema)) {
    if (nodes.has(name))
      throw new ModelFileError(
        `two nodes are named ${quote(name)}`,
        "The file is damaged: convert the model again",
      );
    const inputs = input.filter((source) => !source.startsWith("^")).map(outputName);
    nodes.set(name, { name, op, inputs, attributes: new Attributes(name, attr) });
  }
  return nodes;
}

/** `node:0` is the same as `node`; `node:1`, a second output, is a name that no node has. */
export function outputName(reference: string): string {
  return reference.endsWith(":0") ? reference.slice(0, -2) : reference;
}

const int = z.union([z.number(), z.string().regex(/^-?\d+$/)]).transform(Number);
const shapeSchema = z.object({ dim: z.array(z.object({ size: int.default(0) })).default([]) });
const ATTRIBUTE = {
  string: z.object({ s: z.string() }).transform(({ s }) => Buffer.from(s, "base64").toString("latin1")),
  strings: z
    .object({ list: z.object({ s: z.array(z.string()).default([]) }) })
    .transform(({ list }) => list.s.map((s) => Buffer.from(s, "base64").toString("latin1"))),
  // What is zero or false may be left out.
  boolean: z.object({ b: z.boolean().default(false) }).transform(({ b }) => b),
  number: z.object({ f: z.number().default(0) }).transform(({ f }) => f),
  type: z.object({ type: z.string() }).transform(({ type }) => type),
  integers: z.object({ list: z.object({ i: z.array(int).default([]) }) }).transform(({ list }) => list.i),
  shape: z
    .object({ shape: shapeSchema.extend({ unknownRank: z.boolean().optional() }) })
    .transform(({ shape }) => (shape.unknownRank ? undefined : shape.dim.map(({ size }) => size))),
};

/** The attributes of one node, each read in the type that its user expects. */
class Attributes {
  readonly #node: string;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(node: string, values: Readonly<Record<string, unknown>>) {
    this.#node = node;
    this.#values = values;
  }

  string(name: string, absent = ""): string {
    return this.#read(name, ATTRIBUTE.string) ?? absent;
  }

  strings(name: string): readonly string[] {
    return this.#read(name, ATTRIBUTE.strings) ?? [];
  }

  boolean(name: string, absent = false): boolean {
    return this.#read(name, ATTRIBUTE.boolean) ?? absent;
  }

  number(name: string, absent: number): number {
    return this.#read(name, ATTRIBUTE.number) ?? absent;
  }

  /** Such as "DT_FLOAT". */
  type(name: string): string | undefined {
    return this.#read(name, ATTRIBUTE.type);
  }

  integers(name: string): readonly number[] {
    return this.#read(name, ATTRIBUTE.integers) ?? [];
  }

  /** Negative where a size is open; undefined where the number of axes is. */
  shape(name: string): readonly number[] | undefined {
    return this.#read(name, ATTRIBUTE.shape);
  }

  #read<T>(name: string, schema: z.ZodType<T>): T | undefined {
    const value = this.#values[name];
    return value === undefined
      ? undefined
      : checked(value, `the attribute ${quote(name)} of node ${quote(this.#node)}`, schema);
  }
}
