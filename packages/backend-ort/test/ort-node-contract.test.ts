import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { ortNode } from "@mobilenet-bench/backend-ort";

await testBackend(ortNode, { variants: [{}, { threads: 2 }] });
