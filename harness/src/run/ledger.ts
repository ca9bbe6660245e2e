import type { FailedCell, LoopsOfSet, Part, TimedBlock } from "@mobilenet-bench/results";
import { median } from "simple-statistics";
import type { Entry, EntryOf, ProcessRecord } from "./entries.ts";

/** One process of a cell, with its blocks. */
export interface MeasuredProcess extends ProcessRecord {
  readonly set: number;
  readonly blocks: readonly TimedBlock[];
}

/** A set of a group that a part was at when it ended. */
export interface CutSet {
  readonly part: number;
  readonly model: string;
  readonly set: number;
  readonly blocks: number;
}

/** What one part measured of one set of a group. */
interface SetOfGroup {
  readonly part: number;
  readonly model: string;
  readonly set: number;
  readonly rounds: EntryOf<"round">[];
  readonly blocks: EntryOf<"block">[];
  readonly processes: EntryOf<"process">[];
}

/**
 * What is known of a run from the entries of its journals. A set of a group counts as soon as it is whole, all of it by
 * one part; what a part left half done does not, since another process's blocks are no part of that set. A failed cell
 * stays failed.
 */
export class Ledger {
  readonly #open = new Map<string, SetOfGroup>();
  readonly #whole = new Map<string, SetOfGroup>();
  readonly #failed = new Map<string, FailedCell>();
  /** By part: when its last entry came. */
  readonly #lastMs = new Map<number, number>();

  add(part: number, entry: Entry): void {
    this.#lastMs.set(part, Math.max(this.#lastMs.get(part) ?? 0, entry.afterMs));
    switch (entry.kind) {
      case "failed":
        if (!this.#failed.has(entry.cell.id)) this.#failed.set(entry.cell.id, entry.cell);
        return;
      case "round":
        this.#at(part, entry.model, entry.set).rounds.push(entry);
        return;
      case "block":
        this.#at(part, modelOf(entry.cell), entry.block.set).blocks.push(entry);
        return;
      case "process":
        this.#at(part, modelOf(entry.cell), entry.set).processes.push(entry);
        return;
      case "set":
        this.#end(part, entry);
    }
  }

  /** How many entries this part has of that set: what its last one will tell. */
  entriesOf(part: number, model: string, set: number): number {
    const found = this.#open.get(`${part} ${keyOf(model, set)}`);
    return found ? sizeOf(found) : 0;
  }

  isWhole(model: string, set: number): boolean {
    return this.#whole.has(keyOf(model, set));
  }

  failureOf(cell: string): FailedCell | undefined {
    return this.#failed.get(cell);
  }

  /** The processes of a cell in the sets that are whole, in the order of these. */
  processesOf(cell: string): MeasuredProcess[] {
    const model = modelOf(cell);
    return [...this.#whole.values()]
      .filter((whole) => whole.model === model)
      .toSorted((a, b) => a.set - b.set)
      .flatMap(({ set, processes, blocks }) =>
        processes
          .filter((entry) => entry.cell === cell)
          .map(({ process }) => ({
            set,
            ...process,
            blocks: blocks.filter((entry) => entry.cell === cell).map(({ block }) => block),
          })),
      );
  }

  /** What the loops took beside each whole set, in the order in which they were measured. */
  loops(): LoopsOfSet[] {
    return [...this.#whole.values()].map(({ model, set, rounds }) => {
      const counted = rounds.filter(({ early }) => !early);
      const of = (loop: "spinMs" | "readMs") =>
        counted.length === 0 ? null : median(counted.map((round) => round[loop]));
      return { model, set, spinMs: of("spinMs"), readMs: of("readMs") };
    });
  }

  /** What one part did of the run; its start and environment are told elsewhere. */
  part(number: number): Required<Pick<Part, "cells" | "sets" | "discardedBlocks">> {
    const whole = [...this.#whole.values()].filter(({ part }) => part === number);
    const cells = new Set(whole.flatMap(({ processes }) => processes.map(({ cell }) => cell)));
    return {
      cells: [...cells],
      sets: whole.map(({ model, set }) => ({ model, set })),
      discardedBlocks: this.cut()
        .filter(({ part }) => part === number)
        .reduce((sum, { blocks }) => sum + blocks, 0),
    };
  }

  /** The sets that were never finished by the part that began them. */
  cut(): CutSet[] {
    return [...this.#open.values()].map(({ part, model, set, blocks }) => ({
      part,
      model,
      set,
      blocks: blocks.length,
    }));
  }

  /** Wall time of all parts, and the time of the inferences in blocks of whole sets. */
  time(): { cellsMs: number; timedMs: number } {
    const timed = [...this.#whole.values()].flatMap(({ blocks }) =>
      blocks.flatMap(({ block }) => block.samplesMs),
    );
    return { cellsMs: sum(this.#lastMs.values()), timedMs: sum(timed) };
  }

  #at(part: number, model: string, set: number): SetOfGroup {
    const key = `${part} ${keyOf(model, set)}`;
    const found = this.#open.get(key) ?? { part, model, set, rounds: [], blocks: [], processes: [] };
    this.#open.set(key, found);
    return found;
  }

  #end(part: number, { model, set, entries }: EntryOf<"set">): void {
    const found = this.#at(part, model, set);
    // One that a foreign line stands in is as good as cut short; and of two that are whole, the first counts.
    if (sizeOf(found) !== entries || this.isWhole(model, set)) return;
    this.#open.delete(`${part} ${keyOf(model, set)}`);
    this.#whole.set(keyOf(model, set), found);
  }
}

function sizeOf({ rounds, blocks, processes }: SetOfGroup): number {
  return rounds.length + blocks.length + processes.length;
}

function keyOf(model: string, set: number): string {
  return `${model} ${set}`;
}

function modelOf(cell: string): string {
  return cell.slice(0, cell.indexOf("/"));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
