import { z } from "zod";
import type { JobFailure } from "./failure.ts";

/** What a failure must be that comes from elsewhere. */
export const jobFailureSchema: z.ZodType<JobFailure> = z.object({
  kind: z.enum(["unsupported", "device-lost", "oom", "error"]),
  message: z.string(),
  remedy: z.string().exactOptional(),
  stack: z.string().exactOptional(),
});
