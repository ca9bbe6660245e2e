import type { Basis, Facts, HistoryCell, HistoryRun } from "./history.ts";

/** What kept runs point to by number: what is the same night after night stands there once. */
export interface BookContent {
  readonly facts: readonly Facts[];
  readonly entries: readonly Entry[];
  readonly layouts: readonly Layout[];
}

/** What became of a cell, but for its figure. */
export interface Entry extends Omit<HistoryCell, "figure" | "facts"> {
  readonly facts: number;
  readonly basis?: Basis;
  readonly software?: boolean;
}

/** The entries of a run, in the order of its cells. */
export type Layout = readonly number[];

/** A run with the figures of its cells in the order of its layout; null where one has none. */
export interface KeptRun extends Omit<HistoryRun, "facts" | "cells"> {
  readonly facts: number;
  readonly layout: number;
  readonly ms: readonly (number | null)[];
}

const EMPTY: BookContent = { facts: [], entries: [], layouts: [] };

/** Puts runs into a small form and takes them out of it. Facts that are the same are one object in all runs that are taken out. */
export class RunBook {
  readonly #facts: Numbered<Facts>;
  readonly #entries: Numbered<Entry>;
  readonly #layouts: Numbered<Layout>;

  constructor({ facts, entries, layouts } = EMPTY) {
    this.#facts = new Numbered(facts);
    this.#entries = new Numbered(entries);
    this.#layouts = new Numbered(layouts);
  }

  /** All that kept runs point to. */
  get content(): BookContent {
    return {
      facts: this.#facts.values,
      entries: this.#entries.values,
      layouts: this.#layouts.values,
    };
  }

  keep({ facts, cells, ...run }: HistoryRun): KeptRun {
    return {
      ...run,
      facts: this.#facts.numberOf(facts),
      layout: this.#layouts.numberOf(cells.map((cell) => this.#entryOf(cell))),
      ms: cells.map(({ figure }) => figure?.ms ?? null),
    };
  }

  open({ facts, layout, ms, ...run }: KeptRun): HistoryRun {
    const entries = this.#layouts.values[layout] ?? [];
    return {
      ...run,
      facts: this.#facts.values[facts] ?? {},
      cells: entries.map((entry, i) => this.#cellOf(entry, ms[i] ?? undefined)),
    };
  }

  #entryOf({ figure, facts, ...cell }: HistoryCell): number {
    return this.#entries.numberOf({
      ...cell,
      facts: this.#facts.numberOf(facts),
      ...(figure && { basis: figure.basis, ...(figure.software && { software: true }) }),
    });
  }

  /** Of five years there are half a million: nothing is done here that need not be. */
  #cellOf(number: number, ms: number | undefined): HistoryCell {
    const entry = this.#entries.values[number];
    if (!entry)
      throw new RangeError(`[results] There is no entry ${number}. This is a bug; please report it.`);
    const { id, status, reason, basis } = entry;
    const facts = this.#facts.values[entry.facts] ?? {};
    if (basis !== undefined && ms !== undefined)
      return { id, status, figure: { ms, basis, software: entry.software ?? false }, facts };
    return reason === undefined ? { id, status, facts } : { id, status, reason, facts };
  }
}

/** Each value once, by its number. */
class Numbered<T> {
  readonly #values: T[];
  readonly #numbers: Map<string, number>;

  constructor(values: readonly T[]) {
    this.#values = [...values];
    this.#numbers = new Map(values.map((value, i) => [JSON.stringify(value), i]));
  }

  get values(): readonly T[] {
    return this.#values;
  }

  numberOf(value: T): number {
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#values.push(value);
    this.#numbers.set(text, this.#values.length - 1);
    return this.#values.length - 1;
  }
}
