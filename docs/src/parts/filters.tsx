import { dayOf } from "@mobilenet-bench/results";
import { type RunFacts } from "../data/facts.ts";
import type { PageProps } from "./page-props.ts";
import { FILTERS, valuesOf, withFilter } from "../state/filters.ts";
import { matches } from "../state/match.ts";
import { DEFAULT_STATE, type FilterKey, type SiteState } from "../state/site-state.ts";

interface FiltersProps extends PageProps {
  /** Which this page has, in their order. */
  readonly keys: readonly FilterKey[];
  /** Whether axes can be changed. */
  readonly scale?: boolean;
}

/** One line of native controls. Without a script they are not shown, since nothing would answer. */
export function Filters({ latest, machines, state, change, keys, scale = false }: FiltersProps) {
  return (
    <form class="filters scripted" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {machines.length > 1 && (
        <label>
          Machine{" "}
          <select
            value={latest.machine.id}
            onChange={({ currentTarget }) => change({ ...state, machine: currentTarget.value })}
          >
            {machines.map(({ id, title, newest }) => (
              <option key={id} value={id} selected={id === latest.machine.id}>
                {newest === undefined ? title : `${title}, ${dayOf(newest)}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <RunChoice latest={latest} state={state} change={change} />
      {keys.map((key) => (
        <FilterChoice key={key} filter={key} latest={latest} state={state} change={change} />
      ))}
      {scale && (
        <label>
          Axes{" "}
          <select
            value={state.scale}
            onChange={({ currentTarget }) =>
              change({ ...state, scale: currentTarget.value === "linear" ? "linear" : "log" })
            }
          >
            <option value="log" selected={state.scale === "log"}>
              log
            </option>
            <option value="linear" selected={state.scale === "linear"}>
              linear
            </option>
          </select>
        </label>
      )}
      <button type="button" onClick={() => change(reset(state))}>
        Reset
      </button>
    </form>
  );
}

/** Filters and axes; machine and run stay. */
function reset({ machine, run }: SiteState): SiteState {
  return { ...DEFAULT_STATE, ...(machine !== undefined && { machine }), ...(run !== undefined && { run }) };
}

type ChoiceProps = Pick<PageProps, "latest" | "state" | "change">;

/** Which run's figures: the newest of all, or those of one, pinned. */
function RunChoice({ latest, state, change }: ChoiceProps) {
  const { run: pinned, ...newest } = state;
  const [only] = latest.runs;
  if (pinned !== undefined)
    return (
      <span class="pinned">
        Pinned to the run of {only === undefined ? pinned : runName(only)}{" "}
        <button type="button" onClick={() => change(newest)}>
          Show the newest
        </button>
      </span>
    );
  if (latest.runs.length < 2) return null;
  return (
    <label>
      Run{" "}
      <select value="" onChange={({ currentTarget }) => change({ ...newest, run: currentTarget.value })}>
        <option value="" selected>
          newest of each
        </option>
        {latest.runs.map((run) => (
          <option key={run.id} value={run.id}>
            {runName(run)}
          </option>
        ))}
      </select>
    </label>
  );
}

function runName(run: RunFacts): string {
  return `${dayOf(run.startedAt)}, ${run.suite ?? "chosen cells"}`;
}

/** Several values of one filter; nothing where all cells have the same. */
function FilterChoice({ filter, latest, state, change }: ChoiceProps & { readonly filter: FilterKey }) {
  const values = valuesOf(filter, latest.cells);
  if (values.length < 2) return null;
  const patterns = state.filters[filter];
  const chosen = values.filter((value) => matches(value, patterns));
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    change(withFilter(state, filter, patternsOf(next, values)));
  };
  return (
    <details class="choice">
      <summary>
        {FILTERS[filter].title}{" "}
        <span class="chosen">
          {chosen.length === values.length ? "all" : `${chosen.length} of ${values.length}`}
        </span>
      </summary>
      <fieldset>
        <legend>{FILTERS[filter].title}</legend>
        {values.map((value) => (
          <label key={value}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} /> {value}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** The shorter of what is wanted and what is not. */
function patternsOf(chosen: readonly string[], values: readonly string[]): string[] {
  if (chosen.length === values.length) return [];
  const rest = values.filter((value) => !chosen.includes(value));
  if (chosen.length === 0) return ["!*"];
  return rest.length < chosen.length
    ? rest.map((value) => `!${value}`)
    : values.filter((value) => chosen.includes(value));
}
