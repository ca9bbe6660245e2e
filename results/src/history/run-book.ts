import type { Basis, Facts, HistoryCell, HistoryRun } from "./history.ts";

/** What kept runs point to: what is the same night after night stands there once. */
export interface BookContent {
  readonly facts: readonly Facts[];
  readonly layouts: readonly Layout[];
}

/** A run with its facts and layout by number, and the figures of the layout's cells in their order; null where one has none. */
export interface KeptRun extends Omit<HistoryRun, "facts" | "cells"> {
  readonly facts: number;
  readonly layout: number;
  readonly ms: readonly (number | null)[];
}

/** The cells of a run without their figures. */
export type Layout = readonly (Omit<HistoryCell, "figure" | "facts"> & {
  readonly facts: number;
  readonly basis?: Basis;
  readonly software?: boolean;
})[];

/** Puts runs into a small form and takes them out of it. Facts that are the same are one object in all runs that are taken out. */
export class RunBook {
  readonly #facts: Numbered<Facts>;
  readonly #layouts: Numbered<Layout>;

  constructor({ facts, layouts }: BookContent = { facts: [], layouts: [] }) {
    this.#facts = new Numbered(facts);
    this.#layouts = new Numbered(layouts);
  }

  /** All that kept runs point to. */
  get content(): BookContent {
    return { facts: this.#facts.values, layouts: this.#layouts.values };
  }

  keep({ facts, cells, ...run }: HistoryRun): KeptRun {
    const layout = cells.map(({ figure, facts: own, ...cell }) => ({
      ...cell,
      facts: this.#facts.numberOf(own),
      ...(figure && { basis: figure.basis, ...(figure.software && { software: true }) }),
    }));
    return {
      ...run,
      facts: this.#facts.numberOf(facts),
      layout: this.#layouts.numberOf(layout),
      ms: cells.map(({ figure }) => figure?.ms ?? null),
    };
  }

  open({ facts, layout, ms, ...run }: KeptRun): HistoryRun {
    const cells = (this.#layouts.values[layout] ?? []).map((kept, i): HistoryCell => {
      const { facts: own, basis, software = false, ...cell } = kept;
      const figure = ms[i] ?? undefined;
      return {
        ...cell,
        facts: this.#facts.values[own] ?? {},
        ...(basis !== undefined && figure !== undefined && { figure: { ms: figure, basis, software } }),
      };
    });
    return { ...run, facts: this.#facts.values[facts] ?? {}, cells };
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
