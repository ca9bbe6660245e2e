import type { Facts, HistoryCell, HistoryRun } from "../../src/history/history.ts";

/** What of a night is said; all else is usual. */
export interface Night {
  /** Milliseconds by cell; a text is the reason of a crash. */
  readonly figures: Readonly<Record<string, number | string>>;
  readonly run?: Partial<HistoryRun>;
  /** By cell. */
  readonly facts?: Readonly<Record<string, Facts>>;
}

const FIRST = Date.UTC(2026, 0, 1, 2);
const DAY_MS = 86_400_000;

/** A run a night, each of a commit of its own. */
export function nightsOf(nights: readonly Night[]): HistoryRun[] {
  return nights.map(({ figures, run, facts = {} }, night) => ({
    id: `night ${night}`,
    startedAt: new Date(FIRST + night * DAY_MS).toISOString(),
    machine: "here",
    suite: "nightly",
    commit: commitOf(night),
    dirty: false,
    complete: true,
    kind: "usual",
    facts: { runtime: { node: "24.0.0" } },
    cells: Object.entries(figures).map(([id, figure]): HistoryCell => {
      const own = facts[id] ?? {};
      return typeof figure === "string"
        ? { id, status: "crash", reason: figure, facts: own }
        : { id, status: "ok", figure: { ms: figure, basis: "clock", software: false }, facts: own };
    }),
    ...run,
  }));
}

/** Told apart by the digits that people write. */
function commitOf(night: number): string {
  return night.toString(16).padStart(12, "0").padEnd(40, "0");
}

/** Cells enough to tell what the machine did, named `cell 0` and so on. */
export const CELLS = Array.from({ length: 8 }, (_, i) => `cell ${i}`);

/** Figures of all cells in one night: 10 ms and more, times what each is given. */
export function figuresOf(factorOf: (cell: string, i: number) => number): Record<string, number> {
  return Object.fromEntries(CELLS.map((cell, i) => [cell, (10 + i) * factorOf(cell, i)]));
}

/** A sequence that is the same in every test run, of deviations within ± 1 that look random. */
export function wobble(i: number, cell = 0): number {
  const x = Math.sin((i + 1) * 12.9898 + (cell + 1) * 78.233) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}
