import * as z from "zod/mini";

// Compiled schemas need `eval`, which the policy of the pages forbids; even to try whether it is there is reported as a breach.
// Where sites are built, without them run files would take more than twice as long to be read.
if ("document" in globalThis) z.config({ jitless: true });

export { z };
