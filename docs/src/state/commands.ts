import type { Budget } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import type { SiteCell } from "../data/site-cell.ts";
import type { SiteState } from "./site-state.ts";

/** What a shell would take apart is put between quotes. */
const PLAIN = /^[\w./:=@%+,-]+$/;

/** The command that measures a cell again. */
export function runCommand({ id }: Pick<SiteCell, "id">): string {
  return `./mnb run ${quoted(shortModelName(id))}`;
}

/** The same with what pages of cells show besides: every sample and every layer. */
export function profileCommand(cell: Pick<SiteCell, "id">): string {
  return `${runCommand(cell)} --profile --samples`;
}

/** The command that chooses the same, of what is stored wherever it is called. */
export function chooseCommand(
  { latencyMs, sizeBytes }: Budget,
  { filters }: Pick<SiteState, "filters">,
  machine: string,
): string {
  const choosing = (["model", "backend", "target", "threads", "precision"] as const).flatMap((key) =>
    filters[key].length === 0 ? [] : [`--${key}`, quoted(filters[key].join(","))],
  );
  return [
    "./mnb choose",
    ...(latencyMs === undefined ? [] : [`--budget ${latencyMs}ms`]),
    ...(sizeBytes === undefined ? [] : [`--size ${sizeBytes / 1e6}MB`]),
    ...choosing,
    `--machine ${quoted(machine)}`,
  ].join(" ");
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
