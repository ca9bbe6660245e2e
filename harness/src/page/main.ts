import { startPageRunner } from "@mobilenet-bench/runner/page";

startPageRunner(() => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
