import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { writeWhole } from "@mobilenet-bench/files";
import { UsageError } from "../usage-error.ts";
import { KINDS, type Figures, type Kind } from "./figures.ts";

/** The largest errors that were ever observed, as fractions of their bounds: what a backend can do, it must go on doing. */
export const RATCHET_FILE = fileURLToPath(new URL("../../ratchet.json", import.meta.url));

/**
 * How much more than what was observed is allowed. Another processor adds up in another order, fuses what this one
 * does not, or splits rows among other vector widths: then other elements are the worst ones, and the largest of a
 * thousand random errors moves by some ten percent, that of a few by more. Even libraries that share no code show at most
 * 2.6 times each other's figures, and our kernels with and without fused operations 1.2 times. A real fault (a term left
 * out, another precision) is off by orders of magnitude. Twice separates the two.
 */
export const RATCHET_FACTOR = 2;

/** The ratchet holds for the input that everybody has: the synthetic image and the weights of this seed. */
export const RATCHET_SEED = 1;

const fraction = z.number().min(0).max(1);
const entrySchema = z.strictObject({
  logits: fraction.exactOptional(),
  fed: fraction.exactOptional(),
  chained: fraction.exactOptional(),
});
const ratchetSchema = z.strictObject({
  about: z.string(),
  version: z.literal(1),
  /** By BACKEND/TARGET?option=value, then by model. */
  rows: z.record(
    z.string(),
    z.strictObject({ machine: z.string(), models: z.record(z.string(), entrySchema) }),
  ),
});
/** What the file holds: the largest errors seen, as fractions of their bounds, by row and model. */
export type Ratchet = z.infer<typeof ratchetSchema>;
type Entry = z.infer<typeof entrySchema>;

const ABOUT =
  "The largest error observed in each cell, as a fraction of its bound. mnb check --ratchet lowers entries and adds missing ones; raise one by hand, with the reason in the commit.";

const EMPTY_RATCHET: Ratchet = { about: ABOUT, version: 1, rows: {} };

/**
 * @param options startEmpty: where there is no file yet
 * @throws UsageError where the file cannot be read, is torn, or is none of these
 */
export async function readRatchet(
  path: string,
  { startEmpty }: { readonly startEmpty: boolean },
): Promise<Ratchet> {
  const remedy = "Restore it from the repository, or remove it and make it anew with mnb check --ratchet.";
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    if (startEmpty && code === "ENOENT") return undefined;
    throw new UsageError(`[harness] ${path} cannot be read (${code}). ${remedy}`, { cause });
  });
  if (text === undefined) return EMPTY_RATCHET;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`[harness] ${path} is torn or no JSON. ${remedy}`, { cause });
  }
  const parsed = ratchetSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "the top";
  throw new UsageError(`[harness] ${path} is no ratchet: at ${where}: ${issue?.message}. ${remedy}`);
}

/** @throws WriteError */
export async function writeRatchet(ratchet: Ratchet, path = RATCHET_FILE): Promise<void> {
  const text = `${JSON.stringify(ratchetSchema.parse(sorted(ratchet)), null, 2)}\n`;
  await writeWhole(path, text);
}

/** An error that is within its bound and yet much larger than it used to be. */
export interface Excess {
  readonly kind: Kind;
  readonly layer?: string;
  readonly value: number;
  readonly observed: number;
}

/** Where a cell has no entry, nothing is exceeded. */
export function excesses(ratchet: Ratchet, row: string, model: string, { largest }: Figures): Excess[] {
  const entry = entryOf(ratchet, row, model);
  return KINDS.flatMap((kind) => {
    const observed = entry?.[kind];
    const figure = largest[kind];
    if (observed === undefined || !figure || figure.value <= observed * RATCHET_FACTOR) return [];
    return [{ kind, ...figure, observed }];
  });
}

/** One sentence for a report, and what to do where the change is meant. */
export function describeExcess({ kind, layer, value, observed }: Excess): string {
  const where = layer === undefined ? "The logits' largest error" : `The largest error of ${layer} (${kind})`;
  const times = (value / observed).toFixed(1);
  return `${where} is ${value.toPrecision(3)} of its bound, ${times} times the ${observed} in ratchet.json: more than ${RATCHET_FACTOR} times. If the change is meant, raise the entry by hand.`;
}

/** What a cell that is in order showed. */
export interface Observation {
  readonly row: string;
  readonly model: string;
  readonly figures: Figures;
}

/** Lowers entries and adds missing ones; none is ever raised. */
export function tighten(
  ratchet: Ratchet,
  observations: readonly Observation[],
  machine: string,
): { ratchet: Ratchet; lowered: number; added: number } {
  const rows = structuredClone(ratchet.rows);
  let lowered = 0;
  let added = 0;
  for (const { row, model, figures } of observations) {
    for (const kind of KINDS) {
      const figure = figures.largest[kind];
      if (!figure) continue;
      const value = roundUp(figure.value);
      const before = Object.hasOwn(rows, row) ? rows[row]?.models[model]?.[kind] : undefined;
      if (before !== undefined && value >= before) continue;
      const { models } = (rows[row] ??= { machine, models: {} });
      models[model] = { ...models[model], [kind]: value };
      rows[row].machine = machine;
      if (before === undefined) added++;
      else lowered++;
    }
  }
  return { ratchet: { ...ratchet, rows }, lowered, added };
}

function entryOf({ rows }: Ratchet, row: string, model: string): Entry | undefined {
  const models = Object.hasOwn(rows, row) ? rows[row]?.models : undefined;
  return models && Object.hasOwn(models, model) ? models[model] : undefined;
}

/** Errors are not held to less: a backend that was exact once need not be so on every processor. */
const LEAST = 1e-6;

/** To three significant digits, so that what was observed never exceeds what is written. */
function roundUp(value: number): number {
  if (value <= LEAST) return LEAST;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Math.min(1, Number((Math.ceil(value / unit) * unit).toPrecision(3)));
}

/** In the order of names, so that equal ratchets are equal files. */
function sorted({ about, version, rows }: Ratchet): Ratchet {
  const inOrder = <T>(record: Readonly<Record<string, T>>) =>
    Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    about,
    version,
    rows: Object.fromEntries(
      inOrder(rows).map(([row, { machine, models }]) => [
        row,
        { machine, models: Object.fromEntries(inOrder(models)) },
      ]),
    ),
  };
}
