export { findFaults, type FoundFault } from "./find-faults.ts";
export { createControls, type Control } from "./controls.ts";
export { differences, isFine, judgeBackend, type Outcome } from "./judge.ts";
export { mutate, type MutateOptions, type Result } from "./mutate.ts";
export type { Checked, Subject } from "./run-check.ts";
