import { testBackend } from "@mobilenet-bench/backend/contract-suite";
import { ts } from "@mobilenet-bench/backend-ts";

// Three threads share rows unevenly, as two hardly do: those wait for the nightly run.
const several = process.env["MNB_NIGHTLY"] ? [{ threads: 2 }, { threads: 3 }] : [{ threads: 3 }];

await testBackend(ts, { required: true, variants: [{}, ...several] });
