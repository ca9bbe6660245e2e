import type { CheckFault, Edit } from "@mobilenet-bench/backend/faults";

function edit(name: string, find: string, replace: string): readonly Edit[] {
  return [{ file: `${name}.ts`, find, replace }];
}

/** Mistakes in the job that compares a session with the reference. A control has to notice each. */
export const FAULTS: readonly CheckFault[] = [
  {
    id: "check/stale-expectation",
    edits: edit(
      "check",
      "expectLogits(model, weights, images[image]!, precision)",
      "expectLogits(model, weights, images[0]!, precision)",
    ),
    control: "healthy",
    why: "what is expected of one input is expected of all",
  },
  {
    id: "check/first-inference-only",
    edits: edit("check", "digest: before } of outputs)", "digest: before } of outputs.slice(0, 1))"),
    control: "an old answer",
    why: "later inferences are not compared",
  },
  {
    id: "check/overwritten",
    edits: edit("check", "digest(logits) === before", "digest(logits).length === before.length"),
    control: "touched later",
    why: "an answer may change after it was given",
  },
  {
    id: "check/equal-bits",
    edits: edit("check", "output.digest !== first(output.image)", "first(output.image).length === 0"),
    control: "wavering bits",
    why: "all inferences count as equal to the bit",
  },
];
