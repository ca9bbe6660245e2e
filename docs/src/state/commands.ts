import { shortModelName } from "@mobilenet-bench/spec";
import type { SiteCell } from "../data/site-cell.ts";

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

/** The command that checks it alone. */
export function checkCommand({ id }: Pick<SiteCell, "id">): string {
  return `./mnb check ${quoted(shortModelName(id))}`;
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
