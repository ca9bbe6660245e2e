import type { SystemFiles } from "./system-files.ts";

const CPUFREQ = "sys/devices/system/cpu/cpufreq";
const CPUINFO = "proc/cpuinfo";
/** Reading so many takes half a millisecond; of machines with more, none are read. */
const MOST_POLICIES = 64;

/**
 * Where the clock of each core is told, or of each group of cores that has one in common. Where there is no `cpufreq`,
 * `/proc/cpuinfo` counts only if the processor has counters for it (`aperfmperf`): without them, as in most virtual
 * machines, it tells the nominal clock, which is nobody's.
 */
export function findClocks(files: SystemFiles): readonly string[] {
  const policies = policiesOf(files);
  if (policies.length > MOST_POLICIES) return [];
  if (policies.length > 0)
    return policies
      .map((policy) => `${CPUFREQ}/${policy}/scaling_cur_freq`)
      .filter((path) => files.number(path) !== undefined);
  return /^flags\s*:.*\baperfmperf\b/m.test(files.text(CPUINFO) ?? "") ? [CPUINFO] : [];
}

/** In MHz, as the kernel has it just now. @param clocks as {@link findClocks} found them */
export function readFrequencies(files: SystemFiles, clocks: readonly string[]): number[] {
  if (clocks[0] === CPUINFO)
    return Array.from((files.text(CPUINFO) ?? "").matchAll(/^cpu MHz\s*: ([\d.]+)$/gm), ([, mhz]) =>
      Math.round(Number(mhz)),
    );
  return clocks.flatMap((path) => files.number(path) ?? []).map((kHz) => Math.round(kHz / 1000));
}

/** What decides the clocks; undefined where the system tells of no such thing. */
export interface Governor {
  /** `intel_pstate`, `acpi-cpufreq`. */
  readonly driver: string;
  /** `performance`, `powersave`, `schedutil`: of the first core. */
  readonly governor: string;
  /** What the processor itself is asked to prefer, where it decides. */
  readonly preference?: string;
}

/** Of the first core; nearly always it is the same for all. */
export function readGovernor(files: SystemFiles): Governor | undefined {
  const [first] = policiesOf(files);
  if (first === undefined) return undefined;
  const of = (name: string) => files.text(`${CPUFREQ}/${first}/${name}`);
  const [driver, governor] = [of("scaling_driver"), of("scaling_governor")];
  if (driver === undefined || governor === undefined) return undefined;
  const preference = of("energy_performance_preference");
  return { driver, governor, ...(preference !== undefined && { preference }) };
}

/** Whether clocks are kept low to save power. Where the processor decides, `powersave` is the usual name for "as needed". */
export function savesPower({ driver, governor, preference }: Governor): boolean {
  if (preference !== undefined && governor !== "performance") return preference.endsWith("power");
  return governor === "powersave" && !/^(intel_pstate|amd-pstate-epp)$/.test(driver);
}

function policiesOf(files: SystemFiles): readonly string[] {
  return files.names(CPUFREQ).filter((name) => /^policy\d+$/.test(name));
}
