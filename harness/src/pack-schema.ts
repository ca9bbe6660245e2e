import { z } from "zod";

/** What is in the file that marks a pack. */
export const packSchema = z.object({
  /** Of the source; null where it was no git checkout. */
  commit: z.string().nullable(),
  dirty: z.boolean().nullable(),
  /** Version of the Node inside. */
  node: z.string(),
  platform: z.string(),
  backends: z.array(z.string()),
});
