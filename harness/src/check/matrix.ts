import { shortModelName } from "@mobilenet-bench/spec";
import { significant } from "@mobilenet-bench/results";
import { KINDS } from "./figures.ts";
import type { Agreements, Place, Row } from "./rows.ts";

/** The columns of the matrix: title, alignment and text, for terminals and Markdown alike. */
export const MATRIX: readonly { title: string; align: "left" | "right"; text: (row: Row) => string }[] = [
  { title: "backend", align: "left", text: rowName },
  { title: "ok", align: "right", text: ({ ok, checked }) => (checked === 0 ? "–" : `${ok}/${checked}`) },
  ...KINDS.map((kind) => ({
    title: kind,
    align: "right" as const,
    text: ({ largest }: Row) => fraction(largest[kind]),
  })),
  { title: "SNR dB", align: "right", text: ({ lowestSnr }) => lowestSnr?.value.toFixed(1) ?? "–" },
  { title: "top-1", align: "right", text: ({ top1 }) => agreements(top1) },
  { title: "top-5", align: "right", text: ({ top5 }) => agreements(top5) },
  { title: "same bits", align: "left", text: bits },
];

/** What the matrix's titles mean, in lines of 80 characters at most. */
export const LEGEND = [
  "logits, fed, chained: the largest error as a fraction of its bound, where 1 is",
  "the limit: of the logits, of a layer on the reference's input, of a layer within",
  "an inference. SNR: the lowest of any output. top-1, top-5: cells whose best",
  "classes are the reference's. same bits: whether equal inferences are equal to",
  "the last bit, and what changes them where they are not.",
];

/** Where an extreme of the matrix is. */
export interface PlaceText {
  readonly of: string;
  readonly value: string;
  readonly model: string;
  /** Empty where it is of the logits. */
  readonly layer: string;
}

/** Where a row's extremes are, those that it has, errors before the lowest SNR. */
export function placesOf(row: Row): PlaceText[] {
  const text = (of: string, value: string, { model, layer = "" }: Place): PlaceText => ({
    of,
    value,
    model: shortModelName(model),
    layer,
  });
  const { largest, lowestSnr } = row;
  const errors = KINDS.flatMap((kind) => {
    const place = largest[kind];
    return place ? [text(kind, fraction(place), place)] : [];
  });
  return lowestSnr ? [...errors, text("SNR dB", lowestSnr.value.toFixed(1), lowestSnr)] : errors;
}

/** `wasm chrome threads=2`; the usual target is left out. */
export function rowName({ backend, target, options }: Pick<Row, "backend" | "target" | "options">): string {
  return [backend, target === "node" ? "" : target, options].filter(Boolean).join(" ");
}

function fraction(place: Place | undefined): string {
  if (!place) return "–";
  const { value } = place;
  if (!Number.isFinite(value)) return "∞";
  return value >= 1000 || (value > 0 && value < 1e-4) ? value.toExponential(0) : significant(value, 2);
}

function agreements({ same, of }: Agreements): string {
  return of === 0 ? "–" : `${same}/${of}`;
}

function bits({ bitsDiffer }: Row): string {
  if (!bitsDiffer) return "–";
  return bitsDiffer.length === 0 ? "yes" : bitsDiffer.join(", ");
}
