import { availableParallelism, cpus, loadavg } from "node:os";
import { percent, type PowerState } from "@mobilenet-bench/results";
import { PROTOCOLS } from "../protocol.ts";
import { describeBusy } from "./busy.ts";
import { powerHere } from "./state/capture-state.ts";
import { happenedBetween, readCounters, type Happened } from "./state/counters.ts";
import { readFrequencies, readGovernor, savesPower } from "./state/frequency.ts";
import { readTemperature } from "./state/heat.ts";
import { thisMachine, type Machine } from "./state/machine.ts";
import { readAvailableMemory } from "./state/memory.ts";
import { readPressure } from "./state/pressure.ts";

/** One side of the machine's state: as it should be, or not, and then what to do. */
export interface MachineFinding {
  readonly id: "load" | "cores" | "clock" | "heat" | "memory" | "power";
  readonly summary: string;
  /** Facts; absent where the machine tells none, and nothing is known then. */
  readonly detail?: string;
  /** Of what would spoil figures. */
  readonly trouble?: { readonly reason: string; readonly remedy: string };
}

/** Where all of it is read, for tests; this machine where left out. */
export interface ExamineSources {
  readonly machine?: Machine;
  /** Waits for half a second, and says so where other work uses the processor meanwhile. */
  readonly busy?: () => Promise<string | undefined>;
  readonly power?: () => Promise<PowerState | undefined>;
  readonly cores?: { readonly available: number; readonly all: number };
}

type Trouble = NonNullable<MachineFinding["trouble"]>;
/** Above which share of the last minute tasks that waited for memory make latencies those of a swapping machine. */
const SHORT_OF_MEMORY = 0.05;
const { maxSteal, maxThrottled } = PROTOCOLS.standard;

/** Whether this is a moment to measure in, on a machine to measure on. */
export async function examineMachine({
  machine = thisMachine(),
  busy = describeBusy,
  power = () => powerHere(machine.files),
  cores = { available: availableParallelism(), all: cpus().length },
}: ExamineSources = {}): Promise<MachineFinding[]> {
  const before = readCounters(machine);
  const [busyText, powerState] = await Promise.all([busy(), power()]);
  const happened = happenedBetween(before, readCounters(machine));
  return [
    finding("load", "other work", loadDetail(happened), troubleOfLoad(busyText, happened)),
    finding("cores", "cores and their quota", coresDetail(cores, machine), troubleOfQuota(happened)),
    finding("clock", "clock of the cores", clockDetail(machine), troubleOfClock(machine)),
    finding("heat", "heat of the processor", heatDetail(machine), troubleOfHeat(happened)),
    finding("memory", "memory", memoryDetail(machine), troubleOfMemory(machine, happened)),
    finding("power", "power supply", powerDetail(powerState), troubleOfPower(powerState)),
  ];
}

function troubleOfMemory({ files }: Machine, { swappedPages }: Happened): Trouble | undefined {
  const waited = readPressure(files, "memory")?.lastMinute ?? 0;
  const swaps = (swappedPages?.in ?? 0) + (swappedPages?.out ?? 0) > 0;
  if (!swaps && waited <= SHORT_OF_MEMORY) return undefined;
  const reason = swaps
    ? "The machine is swapping."
    : `Tasks waited for memory for ${percent(waited)} of the last minute.`;
  return { reason, remedy: "Close what takes much memory." };
}

function clockDetail({ files, clocks }: Machine): string | undefined {
  const frequencies = readFrequencies(files, clocks);
  const governor = readGovernor(files);
  const [slowest, fastest] = [Math.min(...frequencies), Math.max(...frequencies)];
  const range = slowest < fastest ? `${slowest} to ${fastest} MHz` : `${fastest} MHz`;
  return list(
    frequencies.length > 0 ? range : undefined,
    governor && [governor.governor, governor.preference].filter(Boolean).join(", "),
  );
}

function memoryDetail({ files }: Machine): string | undefined {
  const bytes = readAvailableMemory(files);
  return bytes === undefined ? undefined : `${(bytes / 1e9).toFixed(1)} GB available`;
}

function finding(
  id: MachineFinding["id"],
  summary: string,
  detail: string | undefined,
  trouble: Trouble | undefined,
): MachineFinding {
  return { id, summary, ...(detail !== undefined && { detail }), ...(trouble && { trouble }) };
}

function loadDetail({ steal, pressure }: Happened): string | undefined {
  const [load1] = process.platform === "win32" ? [] : loadavg();
  return list(
    load1 === undefined ? undefined : `load ${load1.toFixed(2)}`,
    steal === null ? undefined : `steal ${percent(steal)}`,
    pressure.cpu === undefined ? undefined : `CPU pressure ${percent(pressure.cpu)}`,
  );
}

function troubleOfLoad(busy: string | undefined, { steal }: Happened): Trouble | undefined {
  if (steal !== null && steal > maxSteal)
    return {
      reason: `Other virtual machines take ${percent(steal)} of the processor.`,
      remedy: "Measure at another time, or on a machine whose cores are its own.",
    };
  if (busy === undefined) return undefined;
  const [reason = busy, remedy = ""] = busy.split(/(?<=\.) (?=[A-Z])/);
  return { reason, remedy };
}

function coresDetail(
  { available, all }: { available: number; all: number },
  { quotaCores }: Machine,
): string {
  const quota = quotaCores === undefined ? undefined : `a quota of ${Number(quotaCores.toFixed(2))}`;
  return list(`${available} of ${all} may be used`, quota) ?? "";
}

function troubleOfQuota({ throttled = 0 }: Happened): Trouble | undefined {
  if (throttled <= (maxThrottled ?? 1)) return undefined;
  return {
    reason: `Just now the quota of a control group held tasks back for ${percent(throttled)} of the time.`,
    remedy: "Raise the quota (cpu.max; of containers: --cpus), or use fewer threads.",
  };
}

function troubleOfClock({ files }: Machine): Trouble | undefined {
  const governor = readGovernor(files);
  if (!governor || !savesPower(governor)) return undefined;
  return {
    reason: `Clocks are kept low to save power (${governor.preference ?? governor.governor}).`,
    remedy: "Run: sudo cpupower frequency-set --governor performance",
  };
}

function heatDetail({ files }: Machine): string | undefined {
  const temperature = readTemperature(files);
  return temperature === undefined ? undefined : `${temperature.toFixed(0)} °C`;
}

function troubleOfHeat({ thermalThrottles = 0 }: Happened): Trouble | undefined {
  if (thermalThrottles === 0) return undefined;
  return {
    reason: "Cores are being slowed down for heat.",
    remedy: "Let the machine cool down, and free its vents.",
  };
}

function powerDetail(power: PowerState | undefined): string | undefined {
  if (power?.onBattery === undefined) return undefined;
  const level = power.level === undefined ? "" : `, battery at ${percent(power.level)}`;
  return `${power.onBattery ? "from the battery" : "from mains"}${level}`;
}

function troubleOfPower(power: PowerState | undefined): Trouble | undefined {
  if (power?.onBattery)
    return { reason: "The machine runs on its battery.", remedy: "Plug it in: clocks may be lower without." };
  if (power?.lowPower)
    return {
      reason: "The system is set to save power.",
      remedy: "Choose a balanced or fast profile in its settings (Linux: powerprofilesctl set performance).",
    };
  return undefined;
}

function list(...facts: readonly (string | undefined)[]): string | undefined {
  const told = facts.filter((fact) => fact !== undefined && fact !== "");
  return told.length > 0 ? told.join(", ") : undefined;
}
