import { z } from "zod";

/** What a process of one style says: first whether it can, then the best so far for each request to measure. */
export const replySchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("ready") }),
  z.object({ state: z.literal("unsupported"), reason: z.string() }),
  z.object({ state: z.literal("measured"), gmacs: z.number().positive(), kernel: z.string() }),
]);
/** `ready` or `unsupported` comes once and first, `measured` after each request. */
export type Reply = z.infer<typeof replySchema>;

/** Measures all kernels of the style, each for that long. */
export const requestSchema = z.object({ milliseconds: z.number().positive() });
/** What is asked of a style's process that is ready. */
export type Request = z.infer<typeof requestSchema>;
