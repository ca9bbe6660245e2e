import { z } from "zod";

const count = z.int().nonnegative();
const night = z.int().nonnegative();

const alertSchema = z.object({
  night,
  cell: z.string(),
  direction: z.enum(["slower", "faster"]),
  ground: z.enum(["outlier", "change"]),
  ratio: z.number().positive().describe("as the history tells it"),
  truth: z
    .number()
    .positive()
    .describe("how many times as long the code of the candidate takes: 1 where the alert is false"),
  falsely: z.boolean(),
});

const eventSchema = z.object({
  kind: z.enum(["step", "drift", "library", "browser", "system", "machine", "crash", "gone"]),
  night,
  ratio: z.number().positive(),
  cells: count,
  alerted: count.describe("cells for which an alert was raised, of events that code brought"),
  nightsToAlert: count.nullable().describe("to the first alert"),
  marked: count.describe("cells whose series has a change there; of the system, machines' lines"),
  explained: count.describe("of these, with the event as the only cause"),
  told: count.describe("cells that were told to have vanished"),
});

/** What histories, nominations and paired jobs made of a simulated year. */
export const yearOutcomeSchema = z.object({
  simulated: z.literal(true),
  seed: z.int(),
  nights: count,
  cells: count,
  pairsFrom: z.string().describe("the calibration whose pairs of equal sides stand in for those of the jobs"),
  nominated: count.describe("cells, each once for each change that is nominated"),
  nominatedFalsely: count.describe("of these, whose code did not change"),
  alerts: z.array(alertSchema).describe("nominations that two paired jobs confirmed"),
  events: z.array(eventSchema),
  vanishedFalsely: count,
});
/** See {@link yearOutcomeSchema}. */
export type YearOutcome = z.infer<typeof yearOutcomeSchema>;
/** One alert, and whether it is right. */
export type SimulatedAlert = z.infer<typeof alertSchema>;
/** One planted event, and what became of it. */
export type EventOutcome = z.infer<typeof eventSchema>;

/** Of alerts, which are false; 0 where there is none. */
export function falseShare({ alerts }: Pick<YearOutcome, "alerts">): number {
  return alerts.length === 0 ? 0 : alerts.filter(({ falsely }) => falsely).length / alerts.length;
}

/** Of alert groups, those that Mozilla's Perfherder published as false. */
export const PERFHERDER_FALSE_SHARE = 0.125;
