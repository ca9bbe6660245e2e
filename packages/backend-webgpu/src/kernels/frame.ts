import { kernelName } from "@mobilenet-bench/backend";
import type { Declaration, Kernel, Operand, Storage, Workgroups } from "./kernel.ts";
import type { Stage } from "./stage.ts";

/** What tells one kernel from another; {@link frame} has what all have in common. */
export interface Content {
  /** The parts of its name. */
  readonly op: string;
  readonly tile: string;
  readonly storage: Storage;
  readonly stage: Stage;
  /** Of the operands beside those of the stage, in the order of their bindings. */
  readonly declarations: readonly Declaration[];
  /** Of a workgroup. */
  readonly threads: number;
  readonly workgroups: Workgroups;
  /** WGSL's name for the number of a thread within its workgroup, whose own number is `group`. */
  readonly thread: string;
  /** Whether threads work by fours, of which each is number `member`; needs subgroups. */
  readonly quads?: boolean;
  /** Vectors of four floats that a workgroup shares, as the array `chunk`. */
  readonly sharedVectors?: number;
  /** Of the operand `scratch`, where there is one. */
  readonly scratchBytes?: number;
  /** WGSL: what a thread does. */
  readonly body: string;
}

/** A shader: the operands, the stage as a function, and the entry point around the body. */
export function frame({ stage, workgroups, scratchBytes, ...content }: Content): Kernel {
  const { op, tile, storage, threads, thread, quads, sharedVectors, body } = content;
  const declarations = [...stage.declarations, ...content.declarations];
  const head = [
    ...(storage === "f16" ? ["enable f16;"] : []),
    ...(quads ? ["enable subgroups;"] : []),
    `alias Stored = vec4<${storage}>;`,
    ...declarations.map(declare),
    ...(sharedVectors === undefined ? [] : [`var<workgroup> chunk: array<vec4f, ${sharedVectors}>;`]),
  ];
  const inputs = [
    "@builtin(workgroup_id) group: vec3u",
    `@builtin(local_invocation_index) ${thread}: u32`,
    ...(quads ? ["@builtin(subgroup_invocation_id) member: u32"] : []),
  ];
  return {
    name: kernelName({ op, storage, arithmetic: "f32", tile }),
    wgsl: `${head.join("\n")}

${stage.wgsl}

@compute @workgroup_size(${threads})
fn main(${inputs.join(", ")}) {
${body}
}
`,
    operands: declarations.map(({ operand }) => operand),
    workgroups,
    ...(scratchBytes !== undefined && { scratchBytes }),
  };
}

const WRITTEN: ReadonlySet<Operand> = new Set(["output", "scratch"]);

/** An operand as an array of a constant length, so that indexing can be checked early. */
function declare({ operand, element, length }: Declaration, binding: number): string {
  const access = WRITTEN.has(operand) ? "read_write" : "read";
  return `@group(0) @binding(${binding}) var<storage, ${access}> ${operand}: array<${element}, ${length}>;`;
}
