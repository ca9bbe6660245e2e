import { expect, it } from "vitest";
import {
  examineMachine,
  type ExamineSources,
  type MachineFinding,
} from "../src/environment/examine-machine.ts";
import { examineFiles } from "../src/environment/state/machine.ts";
import { systemFiles } from "../src/environment/state/system-files.ts";
import { addFile, fileTree } from "./support/file-tree.ts";

const CPU = "sys/devices/system/cpu";
const FILES = {
  "proc/stat": "cpu  1000 0 0 9000 0 0 0 0 0 0\n",
  "proc/vmstat": "pswpin 0\npswpout 0\n",
  "proc/meminfo": "MemAvailable:    8000000 kB\n",
  "proc/pressure/cpu": "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n",
  "proc/pressure/memory": "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n",
  "proc/self/cgroup": "0::/\n",
  "sys/fs/cgroup/cpu.stat": "throttled_usec 0\n",
  "sys/fs/cgroup/cpu.max": "150000 100000\n",
  [`${CPU}/cpu0/thermal_throttle/core_throttle_count`]: "4\n",
  [`${CPU}/cpufreq/policy0/scaling_cur_freq`]: "2400000\n",
  [`${CPU}/cpufreq/policy0/scaling_driver`]: "acpi-cpufreq\n",
  [`${CPU}/cpufreq/policy0/scaling_governor`]: "schedutil\n",
  "sys/class/hwmon/hwmon1/name": "k10temp\n",
  "sys/class/hwmon/hwmon1/temp1_input": "61000\n",
};

/** Of a machine whose files change while it is looked at. */
async function examine(
  changes: Readonly<Record<string, string>> = {},
  sources: ExamineSources = {},
): Promise<ReadonlyMap<string, MachineFinding>> {
  const root = fileTree(FILES);
  const findings = await examineMachine({
    machine: examineFiles(systemFiles(root)),
    busy: async () => {
      for (const [path, text] of Object.entries(changes)) addFile(root, path, text);
      return undefined;
    },
    power: async () => ({ onBattery: false, level: 0.8 }),
    cores: { available: 2, all: 4 },
    ...sources,
  });
  return new Map(findings.map((finding) => [finding.id, finding]));
}

it("tells the facts of a machine that is quiet and fit", async () => {
  const findings = await examine();
  for (const { trouble } of findings.values()) expect(trouble).toBeUndefined();
  const details = Object.fromEntries(Array.from(findings, ([id, { detail }]) => [id, detail]));
  expect(details).toEqual({
    load: expect.stringMatching(/^load \d+\.\d\d, CPU pressure 0 %$/),
    cores: "2 of 4 may be used, a quota of 1.5",
    clock: "2400 MHz, schedutil",
    heat: "61 °C",
    memory: "8.2 GB available",
    power: "from mains, battery at 80 %",
  });
});

it.each<[string, string, Readonly<Record<string, string>>, RegExp]>([
  [
    "load",
    "steal",
    { "proc/stat": "cpu  1000 0 0 9900 0 0 0 100 0 0\n" },
    /Other virtual machines take 10 %/,
  ],
  [
    "cores",
    "throttling",
    { "sys/fs/cgroup/cpu.stat": "throttled_usec 900000000\n" },
    /quota .* 100 % of the time/,
  ],
  ["heat", "heat", { [`${CPU}/cpu0/thermal_throttle/core_throttle_count`]: "5\n" }, /slowed down for heat/],
  ["memory", "swapping", { "proc/vmstat": "pswpin 12\npswpout 0\n" }, /is swapping/],
  [
    "memory",
    "waiting for memory",
    { "proc/pressure/memory": "some avg10=0.00 avg60=20.00 avg300=0.00 total=0\n" },
    /waited for memory for 20 %/,
  ],
  ["clock", "a saving governor", { [`${CPU}/cpufreq/policy0/scaling_governor`]: "powersave\n" }, /kept low/],
])("finds in %s: %s", async (id, _, changes, reason) => {
  const findings = await examine(changes);
  for (const finding of findings.values())
    if (finding.id === id) {
      expect(finding.trouble?.reason).toMatch(reason);
      expect(finding.trouble?.remedy).toMatch(/\w/);
    } else expect(finding.trouble).toBeUndefined();
});

it("finds other work, a battery and low power", async () => {
  const busy = async () => "The machine is busy: other work uses 60 % of its 2 cores. Stop it, or wait.";
  expect((await examine({}, { busy })).get("load")?.trouble).toEqual({
    reason: "The machine is busy: other work uses 60 % of its 2 cores.",
    remedy: "Stop it, or wait.",
  });
  const battery = await examine({}, { power: async () => ({ onBattery: true }) });
  expect(battery.get("power")?.trouble?.reason).toMatch(/battery/);
  const saving = await examine({}, { power: async () => ({ lowPower: true }) });
  expect(saving.get("power")?.trouble?.reason).toMatch(/save power/);
});

it("claims nothing of what it is not told", async () => {
  const findings = await examine(
    {},
    { machine: examineFiles(systemFiles(fileTree({}))), power: async () => undefined },
  );
  for (const id of ["clock", "heat", "memory", "power"]) {
    expect(findings.get(id)).not.toHaveProperty("detail");
    expect(findings.get(id)).not.toHaveProperty("trouble");
  }
});
