import { startWorkerRunner } from "@mobilenet-bench/runner/worker";
import { importersOf } from "../registry/backend-row.ts";
import { PAGE_BACKENDS } from "../registry/page-backends.ts";

startWorkerRunner(importersOf(PAGE_BACKENDS));
