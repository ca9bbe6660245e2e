import { freemem, loadavg } from "node:os";
import si from "systeminformation";
import type { MachineState, PowerState } from "@mobilenet-bench/results";
import { happenedBetween, readCounters, type Counters } from "./counters.ts";
import { readFrequencies, readGovernor } from "./frequency.ts";
import { readTemperature } from "./heat.ts";
import { readAvailableMemory } from "./memory.ts";
import { askPower, readPower } from "./power.ts";
import { readPressure, RESOURCES } from "./pressure.ts";
import { thisMachine, type Machine } from "./machine.ts";
import type { SystemFiles } from "./system-files.ts";

/** Where the state is read from, for tests; this machine's own where left out. */
export interface StateSources {
  readonly machine?: Machine;
  readonly power?: () => Promise<PowerState | undefined>;
}

/**
 * The machine as it is now, and where there is an earlier reading, what happened since. What a system does not tell is
 * absent. It takes milliseconds, on macOS and Windows up to a second: never while something is timed.
 */
export async function captureState(
  since: Counters | null,
  { machine = thisMachine(), power = () => powerHere(machine.files) }: StateSources = {},
): Promise<MachineState> {
  const { files } = machine;
  const powerState = await power();
  const availableMemoryBytes = readAvailableMemory(files);
  const frequenciesMHz = readFrequencies(files, machine.clocks);
  const governor = readGovernor(files);
  const temperatureC = readTemperature(files);
  const { steal, pressure, ...happened } = since
    ? happenedBetween(since, readCounters(machine))
    : { steal: null, pressure: lastMinute(files) };
  const [load1] = process.platform === "win32" ? [] : loadavg();
  return {
    ...(load1 !== undefined && { load1 }),
    freeMemoryBytes: freemem(),
    ...(availableMemoryBytes !== undefined && { availableMemoryBytes }),
    steal,
    ...(Object.keys(pressure).length > 0 && { pressure }),
    ...happened,
    ...(frequenciesMHz.length > 0 && { frequenciesMHz }),
    ...(governor && { governor }),
    ...(temperatureC !== undefined && { temperatureC }),
    ...(powerState && { power: powerState }),
  };
}

function lastMinute(files: SystemFiles): NonNullable<MachineState["pressure"]> {
  return Object.fromEntries(
    RESOURCES.flatMap((resource) => {
      const pressure = readPressure(files, resource);
      return pressure ? [[resource, pressure.lastMinute] as const] : [];
    }),
  );
}

/** How this machine is powered. */
export async function powerHere(files: SystemFiles): Promise<PowerState | undefined> {
  if (process.platform === "linux") return readPower(files);
  return askPower(process.platform, {
    battery: () => si.battery(),
    settings: async () => {
      const { execa } = await import("execa");
      return (await execa("pmset", ["-g"], { reject: false })).stdout;
    },
  });
}
