import { contractFaults, ODD, type BackendFault } from "@mobilenet-bench/backend/faults";
import { KERNEL_FAULTS } from "./kernels.ts";
import { PROGRAM_FAULTS } from "./program.ts";

/** Mistakes to plant in this package's sources; a check has to catch each. */
export const FAULTS: readonly BackendFault[] = [
  ...KERNEL_FAULTS,
  ...PROGRAM_FAULTS,
  ...contractFaults("wasm", ODD),
];
