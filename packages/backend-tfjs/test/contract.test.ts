import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { tfjsCpu, tfjsNode, tfjsWasm } from "@mobilenet-bench/backend-tfjs";

await testBackend(tfjsCpu, { required: true });
await testBackend(tfjsWasm, { required: true });
await testBackend(tfjsNode);
