import type { BackendFault, CheckFault } from "../fault.ts";
import { BATCH_FAULTS } from "./batch.ts";
import { CHECK_FAULTS } from "./check.ts";
import { CONTRACT_FAULTS } from "./contract.ts";
import { TS_FAULTS } from "./ts.ts";
import { WASM_FAULTS } from "./wasm.ts";
import { WEBGPU_FAULTS } from "./webgpu.ts";

/** By group: the own backends, and the check itself. */
const GROUPS = ["ts", "wasm", "webgpu", "check"];

/** Every fault, group by group. */
export const FAULTS: readonly (BackendFault | CheckFault)[] = [
  ...TS_FAULTS,
  ...WASM_FAULTS,
  ...WEBGPU_FAULTS,
  ...CONTRACT_FAULTS,
  ...BATCH_FAULTS,
  ...CHECK_FAULTS,
].toSorted((a, b) => GROUPS.indexOf(groupOf(a)) - GROUPS.indexOf(groupOf(b)));

/** The backend that it is planted in, or `check`. */
export function groupOf({ id }: { readonly id: string }): string {
  return id.slice(0, id.indexOf("/"));
}

export function isCheckFault(fault: BackendFault | CheckFault): fault is CheckFault {
  return "control" in fault;
}
