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

/** Options that every backend may have, and the value that is left out of an id. */
export const COMMON_DEFAULTS: Readonly<Record<string, string | number>> = { threads: 1, precision: "fp32" };

const FORM = "Write MODEL/BACKEND/TARGET?option=value&…, such as mobilenet_v1_1.0_224/ts/node?threads=2.";
const WORD = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/;

/** Options sorted by name, common defaults left out: equal cells have equal ids. */
export function formatCellId({ model, backend, target, options }: CellKey): string {
  const pairs = Object.entries(withoutDefaults(options)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const query = pairs.map(([name, value]) => `${name}=${value}`).join("&");
  return `${model}/${backend}/${target}${query === "" ? "" : `?${query}`}`;
}

/**
 * The parts of a cell id, with the model's name in its canonical form.
 * @throws CellIdError where the text has another form or the model is none
 */
export function parseCellId(id: string): CellKey {
  const [path = "", query, ...rest] = id.split("?");
  const [model, backend, target, ...more] = path.split("/");
  if (!model || !backend || !target || more.length > 0 || rest.length > 0 || query === "")
    throw new CellIdError(`"${id}" is no cell id. ${FORM}`);
  for (const word of [backend, target])
    if (!WORD.test(word)) throw new CellIdError(`"${word}" in "${id}" is no name. ${FORM}`);
  return { model: canonicalModel(model), backend, target, options: parseOptions(id, query) };
}

function parseOptions(id: string, query: string | undefined) {
  const options: Record<string, string | number> = {};
  for (const pair of query?.split("&") ?? []) {
    const [name = "", value = "", ...more] = pair.split("=");
    if (!WORD.test(name) || !WORD.test(value) || more.length > 0)
      throw new CellIdError(`"${pair}" in "${id}" is no option. ${FORM}`);
    if (Object.hasOwn(options, name)) throw new CellIdError(`"${id}" gives ${name} twice. Give it once.`);
    options[name] = /^\d+$/.test(value) ? Number(value) : value;
  }
  return withoutDefaults(options);
}

function withoutDefaults(options: CellKey["options"]) {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => COMMON_DEFAULTS[name] !== value),
  );
}

function canonicalModel(name: string): string {
  try {
    return parseModelName(name).name;
  } catch (error) {
    if (error instanceof SpecError) throw new CellIdError(error.message, { cause: error });
    throw error;
  }
}
