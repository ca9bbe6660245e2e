import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineStateSchema } from "@mobilenet-bench/results";
import { captureState } from "../src/environment/state/capture-state.ts";
import { happenedBetween, readCounters } from "../src/environment/state/counters.ts";
import { findClocks, readFrequencies, savesPower } from "../src/environment/state/frequency.ts";
import { readTemperature } from "../src/environment/state/heat.ts";
import { examineFiles } from "../src/environment/state/machine.ts";
import { askPower, readPower } from "../src/environment/state/power.ts";
import { readPressure } from "../src/environment/state/pressure.ts";
import { findQuota, readThrottledMs } from "../src/environment/state/quota.ts";
import { systemFiles } from "../src/environment/state/system-files.ts";
import { watchBlock } from "../src/environment/state/watch.ts";
import { addFile, fileTree } from "./support/file-tree.ts";

const CPU = "sys/devices/system/cpu";

/** As kernels write them. @param at how far all counters are */
function laptop(at = 0): Record<string, string> {
  return {
    "proc/stat": `cpu  ${1000 + 90 * at} 0 0 ${9000 + 100 * at} 0 0 0 ${10 * at} 0 0\ncpu0 1 2 3\n`,
    "proc/pressure/cpu": `some avg10=1.00 avg60=12.50 avg300=0.10 total=${5_000_000 + 250_000 * at}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n`,
    "proc/pressure/memory": `some avg10=0.00 avg60=0.00 avg300=0.00 total=${1000 + 100_000 * at}\n`,
    "proc/vmstat": `nr_free_pages 1\npswpin ${7 + 3 * at}\npswpout ${5 * at}\n`,
    "proc/meminfo": "MemTotal: 16000000 kB\nMemFree: 1000 kB\nMemAvailable:    8000000 kB\n",
    "proc/self/cgroup": "0::/user.slice/mnb.scope\n",
    "sys/fs/cgroup/user.slice/mnb.scope/cpu.stat": `usage_usec 5\nnr_throttled 3\nthrottled_usec ${2000 + 400_000 * at}\n`,
    "sys/fs/cgroup/user.slice/mnb.scope/cpu.max": "150000 100000\n",
    "sys/fs/cgroup/user.slice/cpu.stat": `usage_usec 5\nnr_throttled 0\nthrottled_usec ${100_000 * at}\n`,
    "sys/fs/cgroup/user.slice/cpu.max": "max 100000\n",
    "sys/fs/cgroup/cpu.stat": "usage_usec 5\n",
    [`${CPU}/cpu0/thermal_throttle/core_throttle_count`]: `${4 + at}\n`,
    [`${CPU}/cpu0/thermal_throttle/package_throttle_count`]: `${9 + at}\n`,
    [`${CPU}/cpu1/thermal_throttle/core_throttle_count`]: "4\n",
    [`${CPU}/cpu1/thermal_throttle/package_throttle_count`]: `${9 + at}\n`,
    [`${CPU}/cpufreq/policy0/scaling_cur_freq`]: "2400123\n",
    [`${CPU}/cpufreq/policy1/scaling_cur_freq`]: "3600000\n",
    [`${CPU}/cpufreq/policy0/scaling_driver`]: "intel_pstate\n",
    [`${CPU}/cpufreq/policy0/scaling_governor`]: "powersave\n",
    [`${CPU}/cpufreq/policy0/energy_performance_preference`]: "balance_power\n",
    "sys/class/hwmon/hwmon0/name": "nvme\n",
    "sys/class/hwmon/hwmon0/temp1_input": "90000\n",
    "sys/class/hwmon/hwmon1/name": "coretemp\n",
    "sys/class/hwmon/hwmon1/temp1_input": "61000\n",
    "sys/class/hwmon/hwmon1/temp2_input": "67500\n",
    "sys/class/power_supply/AC/type": "Mains\n",
    "sys/class/power_supply/AC/online": "0\n",
    "sys/class/power_supply/BAT0/type": "Battery\n",
    "sys/class/power_supply/BAT0/status": "Discharging\n",
    "sys/class/power_supply/BAT0/capacity": "63\n",
    "sys/class/power_supply/hid-mouse/type": "Battery\n",
    "sys/class/power_supply/hid-mouse/scope": "Device\n",
    "sys/class/power_supply/hid-mouse/status": "Full\n",
    "sys/firmware/acpi/platform_profile": "low-power\n",
  };
}

const filesOf = (files: Record<string, string>) => systemFiles(fileTree(files));

describe("the state of a machine", () => {
  it("is what its kernel tells, and what happened since", async () => {
    const root = fileTree(laptop());
    const machine = examineFiles(systemFiles(root));
    const before = await captureState(null, { machine });
    expect(machineStateSchema.parse(before)).toEqual(before);
    expect(before).toMatchObject({
      steal: null,
      pressure: { cpu: 0.125, memory: 0 },
      availableMemoryBytes: 8_192_000_000,
      frequenciesMHz: [2400, 3600],
      governor: { driver: "intel_pstate", governor: "powersave", preference: "balance_power" },
      temperatureC: 67.5,
    });
    for (const since of ["throttled", "thermalThrottles", "swappedPages"])
      expect(before).not.toHaveProperty(since);
    const counters = readCounters(machine, performance.now() - 1000);
    for (const [path, text] of Object.entries(laptop(1))) addFile(root, path, text);
    const after = await captureState(counters, { machine });
    expect(machineStateSchema.parse(after)).toEqual(after);
    expect(after).toMatchObject({
      steal: 0.05,
      thermalThrottles: 2,
      swappedPages: { in: 3, out: 5 },
      pressure: { cpu: expect.closeTo(0.25, 1), memory: expect.closeTo(0.1, 1) },
      throttled: expect.closeTo(0.5, 1),
    });
  });

  it("is told of a block by what happened in it", () => {
    const root = fileTree(laptop());
    const times = [1000, 3000];
    const watched = watchBlock(examineFiles(systemFiles(root)), () => times.shift() ?? NaN);
    for (const [path, text] of Object.entries(laptop(2))) addFile(root, path, text);
    expect(watched()).toEqual({
      steal: 0.05,
      cpuPressure: 0.25,
      throttled: 0.5,
      thermalThrottles: 4,
      frequencyMHz: 3600,
    });
  });

  it("has nothing of what is not told", async () => {
    const machine = examineFiles(filesOf({}));
    expect(watchBlock(machine)()).toEqual({ steal: null });
    const state = await captureState(readCounters(machine), { machine, power: async () => undefined });
    expect(Object.keys(state)).toEqual(["load1", "freeMemoryBytes", "steal"]);
  });

  it("fits the schema on this machine", async () => {
    const before = readCounters();
    const state = await captureState(before);
    expect(machineStateSchema.parse(state)).toEqual(state);
  });

  it("never tells a share outside of 0 and 1, nor a count that goes back", () => {
    const counters = fc.record(
      {
        atMs: fc.nat(),
        ticks: fc.constant(null),
        pressureMs: fc.record({ cpu: fc.nat(), io: fc.nat() }, { requiredKeys: [] }),
        throttledMs: fc.nat(),
        thermalThrottles: fc.nat(),
      },
      { requiredKeys: ["atMs", "ticks", "pressureMs"] },
    );
    fc.assert(
      fc.property(counters, counters, (before, after) => {
        const { pressure, throttled = 0, thermalThrottles = 0 } = happenedBetween(before, after);
        for (const share of [...Object.values(pressure), throttled]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(thermalThrottles).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("quotas", () => {
  it("are the tightest of all groups above, and add up what held back", () => {
    const files = filesOf({
      ...laptop(),
      "sys/fs/cgroup/user.slice/cpu.max": "50000 100000\n",
      "sys/fs/cgroup/user.slice/cpu.stat": "throttled_usec 3000\n",
    });
    const { cores, stats } = findQuota(files);
    expect(cores).toBe(0.5);
    expect(readThrottledMs(files, stats)).toBe(5);
  });

  it("are those of the older form, too", () => {
    const group = "sys/fs/cgroup/cpu,cpuacct";
    const files = filesOf({
      "proc/self/cgroup": "7:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/\n",
      // In a container its own group is the root of what is mounted.
      [`${group}/cpu.stat`]: "nr_periods 9\nnr_throttled 4\nthrottled_time 7000000\n",
      [`${group}/cpu.cfs_quota_us`]: "200000\n",
      [`${group}/cpu.cfs_period_us`]: "100000\n",
    });
    const { cores, stats } = findQuota(files);
    expect({ cores, ms: readThrottledMs(files, stats) }).toEqual({ cores: 2, ms: 7 });
  });

  it("are none where nothing bounds", () => {
    const files = filesOf({
      "proc/self/cgroup": "1:cpu:/\n",
      "sys/fs/cgroup/cpu/cpu.stat": "nr_throttled 0\nthrottled_time 0\n",
      "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
      "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    });
    const { stats, ...bounds } = findQuota(files);
    expect(bounds).toEqual({});
    expect(readThrottledMs(files, stats)).toBe(0);
  });
});

describe("clocks", () => {
  const cpuInfo = (flags: string) => ({
    "proc/cpuinfo": `flags\t\t: fpu ${flags} sse2\ncpu MHz\t\t: 2445.406\n\nflags\t\t: fpu\ncpu MHz\t\t: 1200.000\n`,
  });
  const frequencies = (files: Record<string, string>) => {
    const tree = filesOf(files);
    return readFrequencies(tree, findClocks(tree));
  };

  it("are read where the processor counts, and not where the kernel only knows what is written on it", () => {
    expect(frequencies(cpuInfo("aperfmperf"))).toEqual([2445, 1200]);
    expect(frequencies(cpuInfo("tsc"))).toEqual([]);
  });

  it("are not read of more cores than can be read between two blocks", () => {
    const policies = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`${CPU}/cpufreq/policy${i}/scaling_cur_freq`, "1000000\n"]),
      );
    expect(frequencies(policies(64))).toHaveLength(64);
    expect(frequencies(policies(65))).toEqual([]);
  });

  it.each([
    ["acpi-cpufreq", "powersave", undefined, true],
    ["acpi-cpufreq", "schedutil", undefined, false],
    ["intel_pstate", "powersave", "balance_performance", false],
    ["intel_pstate", "powersave", "balance_power", true],
    ["intel_pstate", "powersave", undefined, false],
    ["amd-pstate-epp", "powersave", "power", true],
    ["amd-pstate-epp", "performance", "performance", false],
  ])("of %s, governor %s, preference %s are kept low: %s", (driver, governor, preference, low) => {
    expect(savesPower({ driver, governor, ...(preference !== undefined && { preference }) })).toBe(low);
  });
});

it("takes temperatures from zones where no sensor of the processor tells, and none from others", () => {
  const zone = (n: number, type: string, temp: string) => ({
    [`sys/class/thermal/thermal_zone${n}/type`]: `${type}\n`,
    [`sys/class/thermal/thermal_zone${n}/temp`]: `${temp}\n`,
  });
  expect(
    readTemperature(filesOf({ ...zone(0, "acpitz", "90000"), ...zone(1, "cpu-thermal", "48500") })),
  ).toBe(48.5);
  expect(readTemperature(filesOf(zone(0, "cpu-thermal", "-274000")))).toBeUndefined();
  expect(readTemperature(filesOf(zone(0, "iwlwifi_1", "40000")))).toBeUndefined();
});

it("tells no pressure where the kernel's text is another", () => {
  expect(readPressure(filesOf({ "proc/pressure/cpu": "nothing of the kind" }), "cpu")).toBeUndefined();
});

describe("power", () => {
  const tree = (changes: Record<string, string>) => readPower(filesOf({ ...laptop(), ...changes }));

  it("is from the battery, which mice do not count as, or from mains", () => {
    expect(tree({})).toEqual({ onBattery: true, level: 0.63, lowPower: true });
    const plugged = { "sys/class/power_supply/AC/online": "1\n" };
    expect(tree(plugged)).toMatchObject({ onBattery: false });
    expect(
      tree({
        "sys/class/power_supply/BAT0/status": "Full\n",
        "sys/firmware/acpi/platform_profile": "balanced\n",
      }),
    ).toEqual({ onBattery: false, level: 0.63, lowPower: false });
    expect(readPower(filesOf({}))).toBeUndefined();
  });

  it("is asked for on macOS and Windows", async () => {
    const battery = async () => ({ hasBattery: true, acConnected: false, percent: 41 });
    const settings = (text: string) => async () => text;
    const mac = " lowpowermode         1\n displaysleep 10\n";
    expect(await askPower("darwin", { battery, settings: settings(mac) })).toEqual({
      onBattery: true,
      level: 0.41,
      lowPower: true,
    });
    expect(await askPower("win32", { battery, settings: settings(mac) })).toEqual({
      onBattery: true,
      level: 0.41,
    });
    const none = async () => ({ hasBattery: false, acConnected: true, percent: 0 });
    expect(await askPower("darwin", { battery: none, settings: settings(" powermode 2\n") })).toEqual({
      lowPower: false,
    });
    expect(await askPower("win32", { battery: none, settings: settings("") })).toBeUndefined();
  });
});
