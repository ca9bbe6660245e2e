import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { ortWasm } from "@mobilenet-bench/backend-ort";

await testBackend(ortWasm);
