import { parseModelName } from "@mobilenet-bench/spec";
import * as vitest from "vitest";
import { editsOf, FAULT_KINDS, groupOf, isCheckFault, type BackendFault, type Fault } from "./fault.ts";
import { whyStale } from "./why-stale.ts";

/**
 * Registers tests of a package's faults with vitest: that each can be planted in the sources as they are, and that the
 * list covers what people get wrong. Whether checks catch them, `mnb mutate` shows.
 *
 * @param folder of the package, in which its `src` lies
 */
export function testFaults(faults: readonly Fault[], folder: string): void {
  vitest.it.each(faults.map((fault) => [fault.id, fault] as const))(
    "%s applies to the source",
    (_, fault) => {
      const reasons = editsOf(fault).map((edit) => whyStale(edit, folder));
      vitest.expect(reasons.filter((reason) => reason !== undefined)).toEqual([]);
    },
  );

  vitest.it("have names of their own", () => {
    vitest.expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  });

  const ofBackends = faults.filter((fault): fault is BackendFault => !isCheckFault(fault));
  if (ofBackends.length === 0) return;

  vitest.it("have every usual mistake", () => {
    vitest.expect(new Set(ofBackends.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
  });

  vitest.it.each(ofBackends.map((fault) => [fault.id, fault] as const))(
    "%s changes its backend, and names one of its layers",
    (_, fault) => {
      const [model = "", backend] = fault.cell.split("/");
      vitest.expect(backend).toBe(groupOf(fault));
      vitest.expect(parseModelName(model).layers.map(({ name }) => name)).toContain(fault.layer);
      vitest.expect(Boolean(fault.tampering) || Boolean(fault.edits?.length)).toBe(true);
    },
  );
}
