import type { CheckFault, Edit } from "@mobilenet-bench/backend/faults";

function edit(name: string, find: string, replace: string): readonly Edit[] {
  return [{ file: `${name}.ts`, find, replace }];
}

/** Mistakes in what `mnb check` makes of comparisons, up to its exit status. A control has to notice each. */
export const FAULTS: readonly CheckFault[] = [
  {
    id: "check/layers-ignored",
    edits: edit("check/check-cell", "!findings.logits.ok || !findings.layers.ok", "!findings.logits.ok"),
    control: "twice the bound",
    why: "a wrong layer does not make a cell wrong",
  },
  {
    id: "check/logits-ignored",
    edits: edit("check/check-cell", "!findings.logits.ok || !findings.layers.ok", "!findings.layers.ok"),
    control: "another winner",
    why: "wrong logits do not make a cell wrong",
  },
  {
    id: "check/ratchet-slips",
    edits: edit("check/ratchet", "RATCHET_FACTOR = 2;", "RATCHET_FACTOR = 2e3;"),
    control: "worse than ever",
    why: "errors may grow a thousandfold as long as they are within bounds",
  },
  {
    id: "check/ratchet-ignored",
    edits: edit("check/check-cells", 'found.length > 0 ? "mismatch"', 'found.length > 1e9 ? "mismatch"'),
    control: "worse than ever",
    why: "what the ratchet says has no consequence",
  },
  {
    id: "check/exit-status",
    edits: edit("plan/demands", "ended.some(", "ended.slice(1).some("),
    control: "twice the bound",
    why: "one wrong cell does not make the command fail",
  },
];
