import { declare, tileIndex, workgroupsFor, type Kernel, type Storage } from "./kernel.ts";
import type { Stage } from "./stage.ts";

const THREADS = 64;

/** A stage alone, written to memory: one vector of four per thread. */
export function materialize(op: string, stage: Stage, storage: Storage): Kernel {
  const length = stage.pixels * stage.depth;
  const workgroups = workgroupsFor(Math.ceil(length / THREADS));
  const wgsl = `${declare(storage, [...stage.declarations, { operand: "output", element: "Stored", length }])}

${stage.wgsl}

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = ${tileIndex(workgroups)} * ${THREADS}u + thread;
  if (i < ${length}u) {
    output[i] = Stored(staged(i / ${stage.depth}u, i % ${stage.depth}u));
  }
}
`;
  const operands = [...stage.declarations.map(({ operand }) => operand), "output"] as const;
  return { name: `${op}-${storage}-1x4`, wgsl, operands, workgroups };
}
