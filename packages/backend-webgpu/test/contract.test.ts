import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { webgpu } from "@mobilenet-bench/backend-webgpu";

await testBackend(webgpu);
