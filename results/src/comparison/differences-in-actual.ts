import { z } from "zod";
import type { Json } from "../schema.ts";

const json: z.ZodType<Json> = z.json();

/** A detail of what ran, and what each side says of it; null where one says nothing. */
export const differenceInActualSchema = z.object({
  detail: z.string().describe("`simd`, `kernels.conv_pw_3`"),
  base: json,
  candidate: json,
});
/** See {@link differenceInActualSchema}. */
export type DifferenceInActual = z.infer<typeof differenceInActualSchema>;

/** Where two sides differ in what they say that they ran, detail by detail, in alphabetical order. */
export function differencesInActual(
  base: Readonly<Record<string, Json>>,
  candidate: Readonly<Record<string, Json>>,
): DifferenceInActual[] {
  const [before, after] = [new Map(detailsOf(base)), new Map(detailsOf(candidate))];
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all]
    .toSorted()
    .map((detail) => ({ detail, base: before.get(detail) ?? null, candidate: after.get(detail) ?? null }))
    .filter((one) => JSON.stringify(one.base) !== JSON.stringify(one.candidate));
}

function detailsOf(value: Readonly<Record<string, Json>>, path = ""): [detail: string, value: Json][] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const detail = `${path}${name}`;
    return isRecord(inner) ? detailsOf(inner, `${detail}.`) : [[detail, inner] as [string, Json]];
  });
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
