import { AXES, axisValue, formatCellId, rowId } from "@mobilenet-bench/results";
import { isChecked, type Checked, type Verdict } from "./check-cell.ts";
import { figuresOf, KINDS, type Figure, type Kind } from "./figures.ts";

/** One backend on one target with its options, over all models that were checked. */
export interface Row {
  /** `BACKEND/TARGET?option=value`. */
  readonly id: string;
  readonly backend: string;
  readonly target: string;
  /** `option=value`, separated by spaces. */
  readonly options: string;
  readonly ok: number;
  /** Cells that could be had here; those that cannot are no fault. */
  readonly checked: number;
  readonly unsupported: number;
  /** Largest error as a fraction of its bound. */
  readonly largest: Readonly<Partial<Record<Kind, Place>>>;
  /** In dB. */
  readonly lowestSnr?: Place;
  readonly top1: Agreements;
  readonly top5: Agreements;
  /** What changes the bits of an inference; empty where nothing does, absent where nothing was inferred. */
  readonly bitsDiffer?: readonly string[];
}

/** A figure, and the model where it is. */
export interface Place extends Figure {
  readonly model: string;
}

/** How many cells of a row see in their input what the reference sees. */
export interface Agreements {
  /** Cells whose best classes are the reference's. */
  readonly same: number;
  /** Cells whose best classes are those, or as good within the bounds. */
  readonly agree: number;
  /** Cells with logits. */
  readonly of: number;
}

/** In the order in which the rows' first cells were checked. */
export function rowsOf(verdicts: readonly Verdict[]): Row[] {
  const across = compareAcross(verdicts.filter(isChecked));
  return [...Map.groupBy(verdicts, ({ cell }) => rowId(cell))].flatMap(([id, members]) => {
    const [first] = members;
    if (!first) return [];
    const { cell } = first;
    const inferred = members.filter(isChecked);
    const unsupported = members.filter(({ status }) => status === "unsupported").length;
    const differ = new Set(
      inferred.flatMap((verdict) => [...verdict.bits.differ, ...(across.get(verdict) ?? [])]),
    );
    const row: Row = {
      id,
      backend: cell.backend,
      target: cell.target,
      options: Object.entries(cell.options)
        .map(([name, value]) => `${name}=${value}`)
        .join(" "),
      ok: members.filter(({ status }) => status === "ok").length,
      checked: members.length - unsupported,
      unsupported,
      ...extremes(inferred),
      top1: agreements(inferred, "top1"),
      top5: agreements(inferred, "top5"),
      ...(inferred.length > 0 && { bitsDiffer: [...differ] }),
    };
    return [row];
  });
}

function extremes(inferred: readonly (Verdict & Checked)[]): Pick<Row, "largest" | "lowestSnr"> {
  const largest: Partial<Record<Kind, Place>> = {};
  let lowestSnr: Place | undefined;
  for (const verdict of inferred) {
    const { model } = verdict.cell;
    const figures = figuresOf(verdict);
    for (const kind of KINDS) {
      const figure = figures.largest[kind];
      if (figure && figure.value >= (largest[kind]?.value ?? 0)) largest[kind] = { ...figure, model };
    }
    const snr = figures.lowestSnr;
    if (snr && snr.value < (lowestSnr?.value ?? Infinity)) lowestSnr = { ...snr, model };
  }
  return { largest, ...(lowestSnr && { lowestSnr }) };
}

function agreements(inferred: readonly Checked[], which: "top1" | "top5"): Agreements {
  return {
    same: inferred.filter(({ logits }) => logits[which].same).length,
    agree: inferred.filter(({ logits }) => logits[which].agrees).length,
    of: inferred.length,
  };
}

/** Cells that should have equal bits: against the one with the fewest threads, and against the first target. */
function compareAcross(verdicts: readonly (Verdict & Checked)[]): Map<Verdict, string[]> {
  const checked = verdicts.toSorted((a, b) => threadsOf(a) - threadsOf(b));
  const found = new Map<Verdict, string[]>();
  const compare = (what: string, key: (verdict: Verdict & Checked) => string) => {
    for (const [first, ...others] of Map.groupBy(checked, key).values())
      for (const other of others)
        if (first && !sameBits(first, other)) found.set(other, [...(found.get(other) ?? []), what]);
  };
  compare("threads", ({ cell: { model, backend, target, options } }) =>
    formatCellId({ model, backend, target, options: { ...options, threads: AXES.threads.default } }),
  );
  compare("target", ({ cell: { model, backend, options } }) =>
    formatCellId({ model, backend, target: "any", options }),
  );
  return found;
}

function threadsOf({ cell: { options } }: Verdict): number {
  return Number(axisValue(options, "threads"));
}

function sameBits(a: Checked, b: Checked): boolean {
  return a.bits.digests.every((digest, i) => digest === b.bits.digests[i]);
}
