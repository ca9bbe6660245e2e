import { z } from "zod";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const shareOf = (resource: string) =>
  share.exactOptional().describe(`in which at least one task waited for ${resource}`);

/** How a machine is powered; what it does not tell is absent. */
export const powerStateSchema = z.object({
  onBattery: z.boolean().exactOptional().describe("absent where there is no battery"),
  level: share.exactOptional().describe("of the battery"),
  lowPower: z.boolean().exactOptional().describe("whether the system or its firmware is set to save power"),
});
/** Whether from the battery, how full that is, and whether power is saved. */
export type PowerState = z.infer<typeof powerStateSchema>;

/** The state of the machine before or after the cells of a run. What a system does not tell is absent. */
export const machineStateSchema = z.object({
  load1: z.number().exactOptional().describe("load average of the last minute; Windows has none"),
  freeMemoryBytes: count,
  availableMemoryBytes: count.exactOptional().describe("that programs can have without swapping"),
  steal: share
    .nullable()
    .describe("of the processor, that the hypervisor gave to other machines since the run began"),
  pressure: z
    .object({ cpu: shareOf("a core"), memory: shareOf("memory"), io: shareOf("input or output") })
    .exactOptional()
    .describe("shares of the time, before the cells of the last minute, after them since the run began"),
  throttled: share
    .exactOptional()
    .describe("share of the time since the run began for which the control group's quota held it back"),
  thermalThrottles: count
    .exactOptional()
    .describe("how often cores were slowed down for heat since the run began"),
  swappedPages: z
    .object({ in: count, out: count })
    .exactOptional()
    .describe("read from swap and written there since the run began"),
  frequenciesMHz: z
    .array(z.number().nonnegative())
    .exactOptional()
    .describe("of each core, or group of cores with one clock"),
  governor: z
    .object({ driver: z.string(), governor: z.string(), preference: z.string().exactOptional() })
    .exactOptional()
    .describe("what decides the clocks (Linux's cpufreq)"),
  temperatureC: z.number().exactOptional().describe("of the processor's hottest sensor"),
  power: powerStateSchema.exactOptional(),
});
/** What surrounded a run at its begin or end, as far as the machine tells. */
export type MachineState = z.infer<typeof machineStateSchema>;

/** What the machine did during one block, as far as it decides whether the block counts. */
export const blockStateFields = {
  steal: share
    .nullable()
    .describe("share of the processor that the hypervisor gave to other machines; null where unknown"),
  cpuPressure: share
    .exactOptional()
    .describe("share of the time in which at least one task of the machine waited for a core"),
  throttled: share
    .exactOptional()
    .describe("share of the time for which the control group's quota held its tasks back"),
  thermalThrottles: count.exactOptional().describe("how often cores were slowed down for heat"),
  frequencyMHz: z
    .number()
    .nonnegative()
    .exactOptional()
    .describe("of the fastest core when the block had ended"),
};
const blockStateSchema = z.object(blockStateFields);
/** Of one block: steal, pressure, throttling, clock. */
export type BlockState = z.infer<typeof blockStateSchema>;
