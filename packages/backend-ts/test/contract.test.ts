import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { ts } from "@mobilenet-bench/backend-ts";

await testBackend(ts, { required: true, variants: [{}, { threads: 2 }, { threads: 3 }] });
