import { fileURLToPath } from "node:url";
import { FAULTS } from "../faults/index.ts";
import { testFaults } from "../src/faults/test-faults.ts";

testFaults(FAULTS, fileURLToPath(new URL("..", import.meta.url)));
