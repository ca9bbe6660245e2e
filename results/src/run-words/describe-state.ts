import type { Environment } from "../environment.ts";
import type { MachineState } from "../machine-state.ts";
import { percent } from "../table/index.ts";

/** A state of the machine in which figures are not those of its full speed, and how it is told. */
interface Doubtful {
  readonly is: (state: MachineState) => boolean;
  readonly text: (state: MachineState) => string;
}

/** Nothing is left out for these, since they hold for all of a run: it is told above its table. */
const DOUBTFUL: readonly Doubtful[] = [
  {
    is: ({ power }) => power?.onBattery === true,
    text: ({ power }) =>
      `on battery${power?.level === undefined ? "" : ` (${percent(power.level)})`}: clocks may be lower than on mains`,
  },
  {
    is: ({ power }) => power?.lowPower === true,
    text: () => "set to save power: clocks are lower than they could be",
  },
];

/** What must be known of the machine before its figures are believed. */
export function describeState({ before, after }: Pick<Environment, "before" | "after">): string[] {
  return DOUBTFUL.flatMap(({ is, text }) => {
    const [then, now] = [is(before), after !== undefined && is(after)];
    const state = then ? before : after;
    if (!state || !(then || now)) return [];
    const when =
      after === undefined || (then && now) ? "" : then ? " when the run began" : " when the run ended";
    return [`The machine was ${text(state)}${when === "" ? "" : ` (only${when})`}.`];
  });
}
