import { rowId } from "@mobilenet-bench/results";
import { xmlText } from "@mobilenet-bench/results/harmless";
import type { UncomparedCell } from "./stored-cells.ts";
import { WEAK, type StoredComparison, type StoredRow } from "./stored.ts";

type Case = StoredRow | UncomparedCell;

/**
 * As CI systems read it: one suite per backend, target and options, one case per cell. Only what was in order in the base and
 * failed in the candidate is a failure: two stored runs are too weak to fail a build for a time.
 */
export async function renderStoredJUnit({ rows, uncompared }: StoredComparison): Promise<string> {
  // Large: the other forms should not wait for it.
  const { create } = await import("xmlbuilder2");
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const cells: Case[] = [...rows, ...uncompared];
  const root = document.ele("testsuites", { name: "mnb compare", ...counts(cells) });
  for (const [id, members] of Map.groupBy(cells, rowId)) {
    const suite = root.ele("testsuite", { name: id, ...counts(members) });
    for (const cell of members) {
      const test = suite.ele("testcase", { name: cell.id, classname: `${id}.${cell.model}` });
      if (!("why" in cell)) {
        const list = test.ele("properties");
        for (const [name, value] of Object.entries(propertiesOf(cell)))
          list.ele("property", { name, value: xmlText(value) });
      } else if (cell.broken) test.ele("failure", { type: "broken", message: xmlText(cell.why) });
      else test.ele("skipped", { message: xmlText(cell.why) });
    }
  }
  return document.end({ prettyPrint: true });
}

function counts(cells: readonly Case[]) {
  const uncompared = cells.filter((cell) => "why" in cell);
  const failures = uncompared.filter(({ broken }) => broken).length;
  return { tests: cells.length, failures, errors: 0, skipped: uncompared.length - failures };
}

function propertiesOf({ ratio, atClock, ownRatio, nominated }: StoredRow): Record<string, string> {
  return {
    evidence: WEAK,
    ratio: String(ratio.value),
    "ratio.atClock": String(atClock),
    ...(ratio.interval && {
      "ratio.low": String(ratio.interval[0]),
      "ratio.high": String(ratio.interval[1]),
    }),
    ...(ownRatio !== undefined && { "ratio.own": String(ownRatio) }),
    ...(nominated && { nominated }),
  };
}
