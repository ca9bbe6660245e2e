import { expect, it } from "vitest";
import { describeBusy, type CoreTimes } from "../src/environment/busy.ts";

/** Two readings of cores, of each of which half a second has gone by. */
function busy(...usedMs: readonly number[]) {
  const at = (share: number): CoreTimes =>
    usedMs.map((used) => ({
      times: { user: 7000 + used * share, sys: 50, idle: 90_000 + (500 - used) * share },
    }));
  const readings = [at(0), at(1)];
  return describeBusy({ read: () => readings.shift() ?? [], wait: () => Promise.resolve() });
}

it("says nothing of idle cores, whatever ran in the minute before", async () => {
  expect(await busy(0, 0)).toBeUndefined();
  expect(await busy(60, 90)).toBeUndefined();
  expect(await busy(500, ...Array.from({ length: 31 }, () => 0))).toBeUndefined();
});

it("tells how much of the cores other work uses", async () => {
  expect(await busy(500, 0)).toContain("other work uses 50 % of its 2 cores");
  expect(await busy(500)).toContain("100 % of its core.");
});

it("says nothing where the system tells nothing", async () => {
  const none = { read: () => [], wait: () => Promise.resolve() };
  expect(await describeBusy(none)).toBeUndefined();
});
