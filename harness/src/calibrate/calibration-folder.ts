import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppendedFile, readText } from "@mobilenet-bench/files";
import {
  calibrationLineSchema,
  calibrationStartSchema,
  type CalibrationLine,
} from "@mobilenet-bench/results";
import { readValidated, StoreError, writeCalibration, writeValidated } from "@mobilenet-bench/results/store";
import { z } from "zod";
import { outsideModulesSchema } from "../run/outside-modules.ts";
import type { Part } from "../run/parts.ts";
import { makeNewFolder } from "../make-new-folder.ts";
import { UsageError } from "../usage-error.ts";

const START = "start.json";
const PAIRS = "pairs";
const MAX_BYTES = 256 * 2 ** 20;

const keptStartSchema = calibrationStartSchema.extend({
  modules: outsideModulesSchema,
  browser: z.object({
    headed: z.boolean().exactOptional(),
    browserPath: z.string().exactOptional(),
    browserArgs: z.array(z.string()).exactOptional(),
  }),
  /** The folder of the recorded pairs and of the report, in the end. */
  output: z.string(),
});
/** What a calibration set out to do: enough to go on after an interruption. */
export type KeptStart = z.infer<typeof keptStartSchema>;

/**
 * A calibration in progress: its start, the processes that have worked on it, and for each a file to which every pair is
 * appended as soon as it is recorded, so that being killed at any instant costs the pair at hand and no other.
 */
export class CalibrationFolder {
  readonly path: string;
  readonly start: KeptStart;

  private constructor(path: string, start: KeptStart) {
    this.path = path;
    this.start = start;
  }

  /** @throws UsageError where there already is a calibration with this id */
  static async create(calibrations: string, start: KeptStart): Promise<CalibrationFolder> {
    const path = join(calibrations, start.id);
    await makeNewFolder(path, "a calibration");
    await writeValidated(join(path, START), keptStartSchema, start);
    return new CalibrationFolder(path, start);
  }

  /**
   * @param id or "last": the one that was started last
   * @throws UsageError where there is no such unfinished calibration
   */
  static async open(calibrations: string, id: string): Promise<CalibrationFolder> {
    const unfinished = await CalibrationFolder.list(calibrations);
    const chosen = id === "last" ? unfinished.at(-1) : unfinished.find(({ start }) => start.id === id);
    if (chosen) return chosen;
    const ids = unfinished.map(({ start }) => start.id).join(", ");
    throw new UsageError(
      `There is no unfinished calibration "${id}". ${ids === "" ? "None is unfinished: start a new one." : `Use ${ids}.`}`,
    );
  }

  /** Interrupted calibrations, oldest first; what is none is left alone. */
  static async list(calibrations: string): Promise<CalibrationFolder[]> {
    const entries = await readdir(calibrations, { withFileTypes: true }).catch(() => []);
    const folders: CalibrationFolder[] = [];
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
      const path = join(calibrations, entry.name);
      try {
        folders.push(new CalibrationFolder(path, await readValidated(join(path, START), keptStartSchema)));
      } catch (error) {
        // Killed before it had written what it set out to do.
        if (!(error instanceof StoreError)) throw error;
      }
    }
    return folders.toSorted((a, b) => (a.start.startedAt < b.start.startedAt ? -1 : 1));
  }

  /** Where the parts are recorded. */
  get parts(): string {
    return join(this.path, "parts");
  }

  /** @throws WriteError where it cannot be made */
  async journal(part: Part): Promise<PairJournal> {
    const name = `${String(part.number).padStart(4, "0")}.jsonl`;
    return new PairJournal(await AppendedFile.create(join(this.path, PAIRS, name)), part);
  }

  /**
   * All that was recorded, in the order of time; a line without its end was being written when its process was killed.
   * @throws StoreError where a line is none of a calibration
   */
  async lines(): Promise<CalibrationLine[]> {
    const names = (await readdir(join(this.path, PAIRS)).catch(() => [])).toSorted(byName);
    const texts = await Promise.all(names.map((name) => readText(join(this.path, PAIRS, name), MAX_BYTES)));
    return texts.flatMap((text, i) =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line, j) => {
          const parsed = calibrationLineSchema.safeParse(parse(line));
          if (parsed.success) return parsed.data;
          const path = join(this.path, PAIRS, names[i] ?? "");
          throw new StoreError(
            `Line ${j + 1} of ${path} is no recorded pair. Restore it, or remove ${this.path} and start a new calibration.`,
          );
        }),
    );
  }

  /**
   * Writes the recorded pairs to where they belong; the folder stays until {@link remove}.
   * @returns the path of the file
   */
  async publish(output: string): Promise<string> {
    return writeCalibration(output, this.start, await this.lines());
  }

  async remove(): Promise<void> {
    // Under a name that nobody takes for a calibration, should the removal be cut short.
    const away = join(this.path, "..", `.${this.start.id}`);
    await rename(this.path, away);
    await rm(away, { recursive: true, force: true });
  }
}

/** What one process records. */
export class PairJournal {
  readonly #file: AppendedFile;
  readonly #part: Part;

  constructor(file: AppendedFile, part: Part) {
    this.#file = file;
    this.#part = part;
  }

  /**
   * Resolves when the pair lies on the disk.
   * @throws WriteError where it does not fit
   * @throws UsageError where another process has taken the calibration over
   */
  async append(line: CalibrationLine): Promise<void> {
    if (this.#part.isOver())
      throw new UsageError("Another process has taken over this calibration. This one ends.");
    await this.#file.append(`${JSON.stringify(calibrationLineSchema.parse(line))}\n`);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Numbers of the same length: as texts they have the same order. */
function byName(a: string, b: string): number {
  return a < b ? -1 : 1;
}
