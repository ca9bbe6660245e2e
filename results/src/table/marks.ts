import { abovePeak, coresOf, type Peaks } from "../of-peak.ts";
import type { Cell, Doubt } from "../schema.ts";
import { onSoftwareAdapter } from "../software-adapter.ts";

/** What a cell that is `ok` and needs a second look says of itself. */
export interface Mark {
  /** Beside the status where columns are few. */
  readonly letter: string;
  /** Beside the status elsewhere, and in data. */
  readonly word: string;
  /** Beneath the table. */
  readonly meaning: string;
  readonly of: (cell: Cell, peaks: Peaks) => boolean;
}

/** The word of a figure that is carried over from an older run: shown, and neither ranked, fitted nor chosen. */
export const STALE = "stale";

/** Every mark: another one is another entry. */
export const MARKS: readonly Mark[] = [
  {
    letter: "s",
    word: "software GPU",
    meaning: "on a software GPU: correct, but no measure of a GPU's speed",
    of: onSoftwareAdapter,
  },
  {
    letter: "r",
    word: "retried",
    meaning: "a process died at first",
    of: (cell) => (cell.retries ?? 0) > 0,
  },
  {
    letter: "u",
    word: "unsettled",
    meaning: "blocks still differed when the warm-up ended",
    of: (cell) => cell.status === "ok" && !cell.warmUp.stable,
  },
  {
    letter: "o",
    word: "more threads than cores",
    meaning: "more threads than there are cores for them: of peak counts the cores",
    of: (cell, peaks) => Number(cell.actual?.["threads"]) > coresOf(peaks),
  },
  {
    letter: "p",
    word: "above the peak",
    meaning: "above what this machine can reach: the figure or the peak is wrong",
    of: (cell, peaks) => abovePeak([cell], peaks).length > 0,
  },
  {
    letter: "h",
    word: "slowed for heat",
    meaning: "cores were slowed down for heat while it was measured",
    of: (cell) =>
      cell.status === "ok" && cell.blocks.some(({ thermalThrottles = 0 }) => thermalThrottles > 0),
  },
  {
    letter: "t",
    word: "threads",
    meaning: "the processor time is not that of the threads which it names",
    of: (cell) => isDoubted(cell, "threads"),
  },
  {
    letter: "w",
    word: "works on",
    meaning: "takes processor time after it has answered",
    of: (cell) => isDoubted(cell, "rest"),
  },
  {
    letter: "f",
    word: "history only",
    meaning: "in fewer sets than others, since it takes long: for its history, and for no pairs",
    of: (cell) => cell.status === "ok" && cell.fewSets !== undefined,
  },
  {
    letter: "a",
    word: STALE,
    meaning: "of an older run: the newest of its suite has no such cell",
    // No run tells it of its own cells: who lays several together does.
    of: () => false,
  },
];

/** Those that a cell has, in the order of {@link MARKS}; none where it failed. */
export function marksOf(cell: Cell, peaks: Peaks): Mark[] {
  return cell.status === "ok" ? MARKS.filter((mark) => mark.of(cell, peaks)) : [];
}

/** The marks of these words, in that order; a word that is none, of a later version, stands for itself. */
export function marksNamed(words: readonly string[]): Pick<Mark, "letter" | "word" | "meaning">[] {
  return words.map(
    (word) => MARKS.find((mark) => mark.word === word) ?? { letter: word, word, meaning: "see the run file" },
  );
}

/** Of a mark's word, the letter. */
export function letterOf(word: string): string {
  return marksNamed([word])
    .map(({ letter }) => letter)
    .join("");
}

function isDoubted(cell: Cell, kind: Doubt["kind"]): boolean {
  return cell.status === "ok" && (cell.doubts ?? []).some((doubt) => doubt.kind === kind);
}
