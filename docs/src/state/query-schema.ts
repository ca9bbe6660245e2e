import { z } from "../data/zod.ts";
import { GROUPS, SORT_KEYS } from "./site-state.ts";

/** Far more than any name has; what is longer is no name. */
const MOST = 200;
const word = z.string().check(z.minLength(1), z.maxLength(MOST), z.regex(/^[\w.:-]+$/));
const pattern = z.string().check(z.minLength(1), z.maxLength(MOST), z.regex(/^!?[\w.:*+-]+$/));

/** `a,b*,!c`: what one of a comma-separated list may be is told by the schema of its parts. */
const patterns = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => text.split(",")),
  ),
  z.array(pattern),
);
const amount = z.pipe(
  z.pipe(
    z.string().check(z.regex(/^\d+(\.\d+)?(e[+-]?\d+)?$/)),
    z.transform((text: string) => Number(text)),
  ),
  z.number().check(z.positive()),
);
const sort = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => ({ key: text.replace(/^-/, ""), descending: text.startsWith("-") })),
  ),
  z.object({ key: z.enum(SORT_KEYS), descending: z.boolean() }),
);

/** A parameter each, from its text to its value. An address says nothing else. */
export const PARAMETERS = {
  machine: word,
  run: word,
  model: patterns,
  backend: patterns,
  target: patterns,
  threads: patterns,
  precision: patterns,
  variant: patterns,
  adapter: patterns,
  status: patterns,
  scale: z.enum(["log", "linear"]),
  sort,
  group: z.enum(GROUPS),
  search: z.string().check(z.maxLength(MOST)),
  budget: amount,
  size: amount,
} as const;

/** The name of a parameter. */
type Parameter = keyof typeof PARAMETERS;

/** Whether an address may have it. */
export function isParameter(name: string): name is Parameter {
  return Object.hasOwn(PARAMETERS, name);
}

/** All of them at once; each may be absent. */
export const querySchema = z.partial(z.object(PARAMETERS));
