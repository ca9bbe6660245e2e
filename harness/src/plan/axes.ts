import {
  AXES,
  AXIS_NAMES,
  axisValue,
  parseAxisValue,
  type Axis,
  type AxisValue,
} from "@mobilenet-bench/results";
import { describeValues, type OptionSpec, type Options, type OptionValue } from "@mobilenet-bench/backend";
import { UsageError } from "../usage-error.ts";
import { chooseNames } from "./choose-names.ts";

/** What a command line chose on each axis, as it was typed. */
export type AxisFilters = { readonly [A in Axis]?: readonly string[] };

/** What a suite varies; where an axis is left out, its default. */
export type AxisValues = { readonly [A in Axis]?: readonly AxisValue<A>[] };

/** Values by axis. */
export type Chosen = ReadonlyMap<Axis, readonly OptionValue[]>;

/** @throws UsageError where an axis has no such value */
export function chosenOnAxes(filters: AxisFilters): Chosen {
  return new Map(
    AXIS_NAMES.flatMap((axis) => {
      const texts = filters[axis];
      return texts ? [[axis, valuesOn(axis, AXES[axis], texts)] as const] : [];
    }),
  );
}

/** Values that a suite has, as data. */
export function valuesIn(values: AxisValues = {}): Chosen {
  return new Map(AXIS_NAMES.flatMap((axis) => (values[axis] ? [[axis, values[axis]] as const] : [])));
}

/** Of the axes, those that filters name. */
export function axesIn(filters: AxisFilters): Axis[] {
  return AXIS_NAMES.filter((axis) => filters[axis] !== undefined);
}

/** Whether a cell of these options has one of the chosen values on every axis. */
export function fitsAxes(options: Options, chosen: Chosen): boolean {
  return [...chosen].every(([axis, values]) => values.includes(axisValue(options, axis)));
}

/** Every combination of the values, an axis that is left out at its default. */
export function combine(values: ReadonlyMap<Axis, readonly OptionValue[]>): Options[] {
  return AXIS_NAMES.reduce<Options[]>(
    (combinations, axis) =>
      combinations.flatMap((options) =>
        (values.get(axis) ?? [AXES[axis].default]).map((value) => ({ ...options, [axis]: value })),
      ),
    [{}],
  );
}

/**
 * The values that texts stand for; where they are names, globs choose among them.
 * @throws UsageError that says which there are
 */
function valuesOn(axis: string, spec: OptionSpec, texts: readonly string[]): readonly OptionValue[] {
  if (!("min" in spec.values)) return chooseNames(axis, texts, spec.values);
  return texts.map((text) => {
    const value = parseAxisValue(spec, text);
    if (value === undefined)
      throw new UsageError(
        `--${axis} cannot be "${text}". Use ${describeValues(spec)}, or several: --${axis} 1,2.`,
      );
    return value;
  });
}
