import type {
  Backend,
  Options,
  OptionsOf,
  OptionSpec,
  OptionSpecs,
  OptionValue,
  ResolvedOptions,
} from "./contract.ts";
import { InputError, UnsupportedError } from "./errors.ts";

/** As many threads as anybody may ask for; far above what helps, far below what exhausts a machine. */
export const MAX_THREADS = 64;

/** The usual option `threads`. */
export const THREADS = {
  description: "threads that compute",
  default: 1,
  values: { min: 1, max: MAX_THREADS },
} as const satisfies OptionSpec;

/**
 * Every option of the backend with its value: given, or default.
 * @throws UnsupportedError for a name or a value that the backend does not take
 */
export function resolveOptions<Specs extends OptionSpecs>(
  backend: { readonly id: string; readonly options: Specs },
  given?: OptionsOf<Specs>,
): ResolvedOptions<Specs>;
export function resolveOptions(
  backend: Pick<Backend, "id" | "options">,
  given: Partial<Options> = {},
): Options {
  const source = `backend-${backend.id}`;
  const names = Object.keys(backend.options);
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(backend.options, name) ? backend.options[name] : undefined;
    if (!spec)
      throw new UnsupportedError(
        source,
        `There is no option "${name}".`,
        names.length > 0 ? `It takes ${names.join(", ")}.` : "It takes none: leave it out.",
      );
    if (!isAllowed(spec, value))
      throw new UnsupportedError(
        source,
        `Option ${name} cannot be ${value}.`,
        `Use ${describeValues(spec)}.`,
      );
  }
  return Object.fromEntries(names.map((name) => [name, given[name] ?? backend.options[name]!.default]));
}

/** Whether an option takes that value, wherever it may be had. */
export function isAllowed({ values }: OptionSpec, value: OptionValue | undefined): boolean {
  if (!("min" in values)) return typeof value === "string" && values.includes(value);
  const { min, max } = values;
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** "a whole number from 1 to 64", "baseline, relaxed or wide". */
export function describeValues({ values }: OptionSpec): string {
  if ("min" in values) return `a whole number from ${values.min} to ${values.max}`;
  return values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${values.at(-1)}` : (values[0] ?? "");
}

/** @throws InputError unless `input` holds `batch` images of `perImage` values */
export function checkInputLength(input: Float32Array, perImage: number, batch = 1) {
  if (!Number.isInteger(batch) || batch < 1)
    throw new InputError(`Batch is ${batch}. Use a whole number from 1.`);
  if (input.length !== perImage * batch)
    throw new InputError(
      `Input has ${input.length} values, but ${perImage * batch} are needed (${batch} × ${perImage}). Pass NHWC [n, height, width, 3].`,
    );
}
