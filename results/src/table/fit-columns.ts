import { shortModelName } from "@mobilenet-bench/spec";
import type { Fit } from "../fit.ts";
import { signedPercent, significant } from "./format.ts";

/** One column of the table of lines. */
export interface FitColumn {
  /** Where columns are few, the line break stands; elsewhere it is a space. */
  readonly title: string;
  readonly align: "left" | "right";
  readonly value: (fit: Fit) => string;
}

/** Above the lines in every form. */
export const FITS_TITLE = "Latency as a line over mult-adds";

/** The table of lines; what it says of the software GPU, the form chooses. */
export function fitColumns(software: string): readonly FitColumn[] {
  return [
    {
      title: "backend",
      align: "left",
      value: (fit) => (fit.software ? `${fit.backend} ${software}` : fit.backend),
    },
    { title: "models", align: "right", value: ({ models }) => String(models) },
    { title: "ms per\n1e9", align: "right", value: ({ slope }) => significant(slope) },
    {
      title: "intercept\nms",
      align: "right",
      value: ({ intercept }) => significant(intercept).replace("-", "−"),
    },
    { title: "R²", align: "right", value: ({ rSquared }) => rSquared.toFixed(4) },
    {
      title: "worst\nresidual",
      align: "left",
      value: ({ worst: { model, residual } }) => `${signedPercent(residual)} ${shortModelName(model)}`,
    },
  ];
}
