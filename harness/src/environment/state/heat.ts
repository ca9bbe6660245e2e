import type { SystemFiles } from "./system-files.ts";

const CPUS = "sys/devices/system/cpu";
const HWMON = "sys/class/hwmon";
const ZONES = "sys/class/thermal";
/** Beyond this many, reading takes too long between two blocks. */
const MOST_CORES = 64;
/** Drivers of sensors within processors (docs.kernel.org/hwmon). */
const PROCESSOR_SENSORS = /^(coretemp|k10temp|zenpower|fam15h_power|cpu_thermal|cpu.*)$/;
const PROCESSOR_ZONES = /^(x86_pkg_temp|.*cpu.*|.*soc.*)$/i;

/** The hottest sensor of the processor, in °C; undefined where none tells. */
export function readTemperature(files: SystemFiles): number | undefined {
  const sensors = files.names(HWMON).flatMap((chip) => {
    const folder = `${HWMON}/${chip}`;
    if (!PROCESSOR_SENSORS.test(files.text(`${folder}/name`) ?? "")) return [];
    const inputs = files.names(folder).filter((name) => /^temp\d+_input$/.test(name));
    return inputs.map((input) => `${folder}/${input}`);
  });
  const zones = files
    .names(ZONES)
    .filter((zone) => PROCESSOR_ZONES.test(files.text(`${ZONES}/${zone}/type`) ?? ""))
    .map((zone) => `${ZONES}/${zone}/temp`);
  // Thousandths of a degree. A sensor that is switched off tells 0 or less.
  const known = (sensors.length > 0 ? sensors : zones)
    .flatMap((path) => files.number(path) ?? [])
    .filter((value) => value > 0);
  return known.length > 0 ? Math.max(...known) / 1000 : undefined;
}

/**
 * Where it is counted how often cores were slowed down for heat (`thermal_throttle`): of each core, and of the package of
 * the first. Intel's processors tell.
 */
export function findThermalThrottles(files: SystemFiles): readonly string[] {
  const cores = files.names(CPUS).filter((name) => /^cpu\d+$/.test(name));
  if (cores.length > MOST_CORES) return [];
  const counts = cores.map((core) => `${CPUS}/${core}/thermal_throttle/core_throttle_count`);
  const ofPackage = cores
    .slice(0, 1)
    .map((core) => `${CPUS}/${core}/thermal_throttle/package_throttle_count`);
  return [...counts, ...ofPackage].filter((path) => files.number(path) !== undefined);
}
