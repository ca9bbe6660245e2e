import { parseArgs } from "node:util";
import { join } from "node:path";

/** What decides the result of a training. */
export interface Settings {
  readonly alpha: number;
  readonly resolution: number;
  /** Drawn for training. */
  readonly pictures: number;
  readonly epochs: number;
  /** Pictures per step. */
  readonly batch: number;
  /** The highest, reached after the warm-up. */
  readonly learningRate: number;
  /** Of the first weights, the order of the pictures and how each is turned. */
  readonly seed: number;
}

export interface Call extends Settings {
  readonly threads: number;
  /** Validation pictures after each epoch. */
  readonly validation: number;
  /** Where checkpoint and model are written. */
  readonly out: string;
}

/** Of the clone. */
const DEFAULT_OUT = join(import.meta.dirname, "..", "..", "..", "..", ".mnb", "trained");

export const USAGE = `Trains the shipped model: node scripts/train.ts [OPTIONS]
A training that was cut off goes on after its last whole epoch, if the settings are the same.

  --alpha N          width multiplier (0.25)
  --resolution N     side of the pictures in pixels (64)
  --pictures N       pictures drawn for training (16384)
  --epochs N         times that each is shown (12)
  --batch N          pictures per step (64)
  --learning-rate N  the highest (0.001)
  --seed N           of weights and order (1)
  --validation N     pictures to validate on after each epoch (1024)
  --threads N        of TensorFlow (2)
  --out DIR          for checkpoint and model (.mnb/trained)`;

/** @throws TypeError or RangeError on options that do not exist or are no numbers */
export function parseCall(args: readonly string[]): Call | "help" {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      alpha: text("0.25"),
      resolution: text("64"),
      pictures: text("16384"),
      epochs: text("12"),
      batch: text("64"),
      "learning-rate": text("0.001"),
      seed: text("1"),
      validation: text("1024"),
      threads: text("2"),
      out: text(DEFAULT_OUT),
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  return {
    alpha: positive("--alpha", values.alpha),
    resolution: whole("--resolution", values.resolution),
    pictures: whole("--pictures", values.pictures),
    epochs: whole("--epochs", values.epochs),
    batch: whole("--batch", values.batch),
    learningRate: positive("--learning-rate", values["learning-rate"]),
    seed: whole("--seed", values.seed),
    validation: whole("--validation", values.validation),
    threads: whole("--threads", values.threads),
    out: values.out,
  };
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0 && number < Infinity))
    throw new RangeError(`[trained] ${name} is "${value}". Use a number above 0.`);
  return number;
}

function whole(name: string, value: string): number {
  const number = positive(name, value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`[trained] ${name} is "${value}". Use a whole number.`);
  return number;
}
