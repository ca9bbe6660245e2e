import { z } from "zod";

/** The version of the form of alerts. */
export const ALERT_VERSION = 1;

/** Something that got worse, from the night that found it to the one that found it gone. */
export const alertSchema = z.object({
  schema: z.literal(ALERT_VERSION),
  kind: z
    .enum(["slower", "vanished"])
    .describe("slower: confirmed by two jobs in pairs; vanished: it had a figure, and has none any more"),
  cell: z.string(),
  machine: z.string(),
  opened: z.object({ night: z.string(), at: z.iso.datetime() }),
  base: z.string().nullable().describe("the last commit that was in order"),
  candidate: z.string().nullable().describe("the first that is known not to be"),
  ratio: z
    .number()
    .positive()
    .exactOptional()
    .describe("of latencies, candidate over base, by the second job"),
  words: z.string().describe("what was found, in a line"),
  causes: z.array(z.string()).describe("what else changed at the time, as far as it is known"),
  issue: z.int().positive().exactOptional().describe("number of the issue, where a tracker has one"),
  closed: z
    .object({ night: z.string(), at: z.iso.datetime(), words: z.string() })
    .exactOptional()
    .describe("when it was found gone, and by what"),
});
/** See {@link alertSchema}. */
export type Alert = z.infer<typeof alertSchema>;

/** What an alert is about: at any time one of a key is open at the most. */
export function alertKey({ kind, machine, cell }: Pick<Alert, "kind" | "machine" | "cell">): string {
  return `${kind} ${machine} ${cell}`;
}

/** Whether it has not been found gone. */
export function isOpen({ closed }: Alert): boolean {
  return closed === undefined;
}
