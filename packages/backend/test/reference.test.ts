import { reference } from "@mobilenet-bench/backend";
import { testBackend } from "@mobilenet-bench/backend/contract-suite";

await testBackend(reference, { required: true });
