import * as z from "zod/mini";

// Compiled schemas need `eval`, which the policy of the pages forbids; even to try whether it is there is reported as a breach.
z.config({ jitless: true });

export { z };
