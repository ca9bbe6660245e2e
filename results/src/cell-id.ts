import { AXES, withoutDefaults, type AxisTable } from "./axes.ts";
import { parseModelName, SpecError } from "@mobilenet-bench/spec";

/** One model on one backend on one target with its options. */
export interface CellKey {
  readonly model: string;
  readonly backend: string;
  readonly target: string;
  /** Only what differs from the defaults. */
  readonly options: Readonly<Record<string, string | number>>;
}

/** A cell id that is not of the form `MODEL/BACKEND/TARGET?option=value&…`; the message names the remedy. */
export class CellIdError extends Error {
  override readonly name = "CellIdError";
}

const FORM = "Write MODEL/BACKEND/TARGET?option=value&…, such as mobilenet_v1_1.0_224/ts/node?threads=2.";
/** What a backend, a target, an option or its value is called in an id. */
export const CELL_ID_WORD = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/;

/** Equal cells have equal ids. */
export function formatCellId({ model, backend, target, options }: CellKey, axes: AxisTable = AXES): string {
  const query = formatOptions(options, axes);
  return `${model}/${backend}/${target}${query === "" ? "" : `?${query}`}`;
}

/** The part of an id after its `?`: options sorted by name, those of the axes left out where they are the default. */
export function formatOptions(options: CellKey["options"], axes: AxisTable = AXES): string {
  const pairs = Object.entries(withoutDefaults(options, axes)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

/**
 * The parts of a cell id, with the model's name in its canonical form.
 * @throws CellIdError where the text has another form or the model is none
 */
export function parseCellId(id: string, axes: AxisTable = AXES): CellKey {
  const [path = "", query, ...rest] = id.split("?");
  const [model, backend, target, ...more] = path.split("/");
  if (!model || !backend || !target || more.length > 0 || rest.length > 0 || query === "")
    throw new CellIdError(`"${id}" is no cell id. ${FORM}`);
  for (const word of [backend, target])
    if (!CELL_ID_WORD.test(word)) throw new CellIdError(`"${word}" in "${id}" is no name. ${FORM}`);
  return {
    model: canonicalModel(model),
    backend,
    target,
    options: withoutDefaults(parseOptions(id, query), axes),
  };
}

function parseOptions(id: string, query: string | undefined) {
  const options: Record<string, string | number> = {};
  for (const pair of query?.split("&") ?? []) {
    const [name = "", value = "", ...more] = pair.split("=");
    if (!CELL_ID_WORD.test(name) || !CELL_ID_WORD.test(value) || more.length > 0)
      throw new CellIdError(`"${pair}" in "${id}" is no option. ${FORM}`);
    if (Object.hasOwn(options, name)) throw new CellIdError(`"${id}" gives ${name} twice. Give it once.`);
    options[name] = /^\d+$/.test(value) ? Number(value) : value;
  }
  return options;
}

function canonicalModel(name: string): string {
  try {
    return parseModelName(name).name;
  } catch (error) {
    if (error instanceof SpecError) throw new CellIdError(error.message, { cause: error });
    throw error;
  }
}
