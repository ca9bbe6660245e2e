import { isAllowed, THREADS, type OptionSpec, type OptionValue } from "@mobilenet-bench/backend";

/** Axes by name. */
export type AxisTable = Readonly<Record<string, OptionSpec>>;

/**
 * The options that every cell has a value of, whether or not its backend takes the option: those that it does not take
 * stand at their default. A row is all that an axis needs: ids, filters, suites, completion and the schema read it here.
 */
export const AXES = {
  threads: THREADS,
  precision: {
    description: "of weights and activations in memory",
    default: "fp32",
    values: ["fp32", "fp16", "int8"],
  },
} as const satisfies AxisTable;

/** The name of an axis, which is also that of the option and of the filter (`--threads`). */
export type Axis = keyof typeof AXES;
/** The values that an axis can have. */
export type AxisValue<A extends Axis> = (typeof AXES)[A]["values"] extends readonly (infer Name)[]
  ? Name
  : number;

/** In the order of filters and columns. */
export const AXIS_NAMES: readonly Axis[] = Object.keys(AXES).filter(isAxis);

/** Whether every cell has a value of that name; other options are a backend's own. */
export function isAxis(name: string): name is Axis {
  return Object.hasOwn(AXES, name);
}

type Options = Readonly<Record<string, OptionValue>>;

/** What a cell of these options has on an axis. */
export function axisValue(options: Options, axis: Axis): OptionValue {
  return options[axis] ?? AXES[axis].default;
}

/** The options that differ from the defaults of the axes; what is no axis is no matter of theirs, and stays. */
export function withoutDefaults(options: Options, axes: AxisTable = AXES): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => !Object.hasOwn(axes, name) || axes[name]?.default !== value,
    ),
  );
}

/** The value that a text stands for; undefined where the axis has no such value. */
export function parseAxisValue(spec: OptionSpec, text: string): OptionValue | undefined {
  const value = "min" in spec.values && /^\d+$/.test(text) ? Number(text) : text;
  return isAllowed(spec, value) ? value : undefined;
}
