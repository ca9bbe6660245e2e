import { testFaults } from "@mobilenet-bench/backend/faults/suite";
import { fileURLToPath } from "node:url";
import { FAULTS } from "../faults/index.ts";

testFaults(FAULTS, fileURLToPath(new URL("..", import.meta.url)));
