import { frame } from "./frame.ts";
import { tileIndex, workgroupsFor, type Kernel, type Storage } from "./kernel.ts";
import type { Stage } from "./stage.ts";

const THREADS = 64;

/** A stage alone, written to memory: one vector of four per thread. */
export function materialize(op: string, stage: Stage, storage: Storage): Kernel {
  const length = stage.pixels * stage.depth;
  const workgroups = workgroupsFor(Math.ceil(length / THREADS));
  return frame({
    op,
    tile: "1x4",
    storage,
    stage,
    declarations: [{ operand: "output", element: "Stored", length }],
    threads: THREADS,
    workgroups,
    thread: "thread",
    body: `  let i = ${tileIndex(workgroups)} * ${THREADS}u + thread;
  if (i < ${length}u) {
    output[i] = Stored(staged(i / ${stage.depth}u, i % ${stage.depth}u));
  }`,
  });
}
