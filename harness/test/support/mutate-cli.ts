import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { expect } from "vitest";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
/** Checks of a machine that has other work, too. */
export const PATIENCE_MS = 300_000;

export function mutate(...words: string[]) {
  return execaNode(MAIN, ["mutate", ...words], {
    reject: false,
    nodePath: process.execPath,
    nodeOptions: [],
  });
}

/** That mutate tries these faults and no others, and all are caught. */
export async function expectCaught(ids: readonly string[]): Promise<void> {
  const { stdout, exitCode, stderr } = await mutate("--fault", ids.join(","), "--json");
  const { faults, caught } = JSON.parse(stdout);
  expect(
    faults.map(({ id, outcome }: { id: string; outcome: string }) => `${id} ${outcome}`).toSorted(),
  ).toEqual(ids.map((id) => `${id} caught`).toSorted());
  expect(caught).toBe(ids.length);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`[${ids.length}/${ids.length}]`);
}
