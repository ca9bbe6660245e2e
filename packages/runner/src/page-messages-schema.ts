import { z } from "zod";
import type { FromPage } from "./page-messages.ts";

/** What a page may say: it may be far away, and nothing that it says is taken on trust. */
export const fromPageSchema: z.ZodType<FromPage> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ready"),
    protocol: z.int(),
    facts: z.object({
      userAgent: z.string(),
      crossOriginIsolated: z.boolean(),
      hardwareConcurrency: z.int(),
      timerResolutionUs: z.number(),
      adapter: z.record(z.string(), z.json()).nullable(),
    }),
  }),
  z.object({
    kind: z.literal("reply"),
    reply: z.unknown(),
    hidden: z.boolean(),
    pageBytes: z.int().nonnegative().exactOptional(),
  }),
  z.object({ kind: z.literal("pong") }),
  z.object({ kind: z.literal("died"), message: z.string() }),
]);
