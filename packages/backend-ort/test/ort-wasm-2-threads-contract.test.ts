import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { ortWasm } from "@mobilenet-bench/backend-ort";

// A file of its own, thus a process of its own: the library starts its threads once.
await testBackend(ortWasm, { variants: [{ threads: 2 }] });
