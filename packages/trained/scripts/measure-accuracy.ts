import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { reference, type Backend } from "@mobilenet-bench/backend";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { readSafetensors } from "@mobilenet-bench/model-files/safetensors";
import { CLASSES, HELD_OUT_ACCURACY, TRAINED_MODEL } from "@mobilenet-bench/trained";
import { measureAccuracy } from "./training/accuracy.ts";

/** Prints the accuracy that the package states, and which classes are taken for which. */
const BACKENDS: Readonly<Record<string, Backend>> = { reference, wasm };
const COLUMN = 7;

const { values } = parseArgs({
  options: {
    backend: { type: "string", default: reference.id },
    pictures: { type: "string", default: String(HELD_OUT_ACCURACY.pictures) },
    model: { type: "string" },
  },
});
const backend = BACKENDS[values.backend];
if (!backend)
  throw new RangeError(`[trained] "${values.backend}" cannot be used here. Use reference or wasm.`);
const { model, weights } = readSafetensors(await readFile(values.model ?? TRAINED_MODEL));
const { pictures, correct, confusion } = await measureAccuracy(
  backend,
  model,
  weights,
  "held-out",
  Number(values.pictures),
);

const cell = (text: string | number) =>
  String(text)
    .slice(0, COLUMN - 1)
    .padStart(COLUMN);
const lines = [
  `${correct} of ${pictures} held-out pictures right: ${((100 * correct) / pictures).toFixed(1)} %`,
  "",
  `${"".padEnd(12)}${CLASSES.map(cell).join("")}`,
  ...confusion.map((row, label) => `${(CLASSES[label] ?? "").padEnd(12)}${row.map(cell).join("")}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
