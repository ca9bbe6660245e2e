import type { PowerState } from "@mobilenet-bench/results";
import type { SystemFiles } from "./system-files.ts";

const SUPPLIES = "sys/class/power_supply";
const PROFILE = "sys/firmware/acpi/platform_profile";

/** What other systems than Linux tell of their battery (`systeminformation`). */
interface BatteryInfo {
  readonly hasBattery: boolean;
  readonly acConnected: boolean;
  /** 0 to 100. */
  readonly percent: number;
}

/** Who tells where there are no such files. */
export interface PowerSources {
  readonly battery: () => Promise<BatteryInfo>;
  /** What `pmset -g` prints on macOS. */
  readonly settings: () => Promise<string>;
}

/** Of a Linux machine: its supplies, and the profile of its firmware. Undefined where neither is told, as on servers. */
export function readPower(files: SystemFiles): PowerState | undefined {
  const supplies = files.names(SUPPLIES).map((name) => `${SUPPLIES}/${name}`);
  // Mice and headsets have batteries too, with the scope `Device`.
  const ofSystem = supplies.filter((supply) => files.text(`${supply}/scope`) !== "Device");
  const ofType = (type: RegExp) => ofSystem.filter((supply) => type.test(files.text(`${supply}/type`) ?? ""));
  const [battery] = ofType(/^Battery$/);
  const isPlugged = ofType(/^(Mains|USB)/).some((supply) => files.number(`${supply}/online`) === 1);
  const profile = files.text(PROFILE);
  const level = battery === undefined ? undefined : files.number(`${battery}/capacity`);
  const isDischarging = battery !== undefined && files.text(`${battery}/status`) === "Discharging";
  return told({
    ...(battery !== undefined && { onBattery: isDischarging && !isPlugged }),
    ...(level !== undefined && { level: Math.min(1, level / 100) }),
    ...(profile !== undefined && { lowPower: /^(low-power|quiet|cool)$/.test(profile) }),
  });
}

/** Of macOS and Windows, of which the latter does not tell whether it saves power. */
export async function askPower(
  platform: NodeJS.Platform,
  { battery, settings }: PowerSources,
): Promise<PowerState | undefined> {
  const { hasBattery, acConnected, percent } = await battery();
  const lowPower = platform === "darwin" ? lowPowerOf(await settings()) : undefined;
  return told({
    ...(hasBattery && { onBattery: !acConnected, level: Math.min(1, Math.max(0, percent / 100)) }),
    ...(lowPower !== undefined && { lowPower }),
  });
}

/** `lowpowermode 1`, in newer systems `powermode 1`; 2 is high power. */
function lowPowerOf(settings: string): boolean | undefined {
  const [, mode] = /^\s*(?:low)?powermode\s+(\d)\s*$/m.exec(settings) ?? [];
  return mode === undefined ? undefined : mode === "1";
}

function told(state: PowerState): PowerState | undefined {
  return Object.keys(state).length > 0 ? state : undefined;
}
