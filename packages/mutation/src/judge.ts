import type { BackendFault } from "@mobilenet-bench/backend/faults";
import type { Control } from "./controls.ts";
import type { Checked } from "./run-check.ts";

/** What became of a fault. */
export type Outcome =
  /** The check failed, and named what it had to name. */
  | "caught"
  /** The check failed, and named something else. */
  | "misnamed"
  /** The check passed, though outputs differ. */
  | "survived"
  /** The check passed, and no output differs: this is no fault. */
  | "equivalent"
  /** The fault's text no longer stands in the source. */
  | "stale"
  /** The cell cannot be had here. */
  | "unsupported"
  /** The cell fails without the fault, too. */
  | "unsound";

/** Outcomes that are as they should be, or that nothing can be said about. */
export function isFine(outcome: Outcome): boolean {
  return outcome === "caught" || outcome === "unsupported";
}

/** What a check with a backend's fault in it amounts to; `passed` where outputs have to be looked at. */
export function judgeBackend(
  { layer, mode }: Pick<BackendFault, "layer" | "mode">,
  checked: Checked,
): Outcome | "passed" {
  if (checked.status === "unsupported") return "unsupported";
  if (checked.status === "ok") return "passed";
  const named = checked.layer === layer && checked.mode === mode;
  return checked.status === "mismatch" && checked.exitCode === 1 && named ? "caught" : "misnamed";
}

/** In what a check differs from what a control must come out as; empty where in nothing. */
export function differences({ verdict }: Pick<Control, "verdict">, checked: Checked): readonly string[] {
  const { status, layer, mode, position, top1Agrees, bitsDiffer } = verdict;
  const exitCode = status === "ok" ? 0 : 1;
  const differ = (wanted: unknown, found: unknown) => JSON.stringify(wanted) !== JSON.stringify(found);
  return [
    ...(differ(status, checked.status) ? [`status ${checked.status}`] : []),
    ...(differ(exitCode, checked.exitCode) ? [`exit status ${checked.exitCode}`] : []),
    ...(differ(layer, checked.layer) ? [`layer ${checked.layer}`] : []),
    ...(differ(mode, checked.mode) ? [`mode ${checked.mode}`] : []),
    ...(position && differ(position, checked.position) ? [`place ${checked.position?.join(", ")}`] : []),
    ...(top1Agrees !== undefined && differ(top1Agrees, checked.top1Agrees)
      ? [`top-1 ${checked.top1Agrees ? "agrees" : "differs"}`]
      : []),
    ...(bitsDiffer && differ(bitsDiffer, checked.bitsDiffer)
      ? [`bits differ: ${checked.bitsDiffer?.join(", ") || "none"}`]
      : []),
  ];
}
