import type { Budget } from "@mobilenet-bench/results";
import type { PageProps } from "../parts/page-props.ts";
import type { SiteState } from "../state/site-state.ts";

interface BudgetInputsProps extends Pick<PageProps, "state" | "change"> {
  readonly budget: Budget;
}

/** The slider's ends, in milliseconds; it moves in equal ratios. */
const RANGE = { from: 0.1, to: 1000, steps: 400 } as const;

/** A number beside a slider for milliseconds, and a number for megabytes. */
export function BudgetInputs({ state, budget: { latencyMs, sizeBytes }, change }: BudgetInputsProps) {
  return (
    <form class="budget scripted" aria-label="Budget" onSubmit={(event) => event.preventDefault()}>
      <label>
        Latency at most, ms{" "}
        <input
          type="number"
          min="0"
          step="any"
          value={latencyMs ?? ""}
          onInput={({ currentTarget }) => change(withAmount(state, "budget", currentTarget.value), "slide")}
        />
      </label>
      <input
        type="range"
        aria-label="Latency at most, on a logarithmic scale"
        min="0"
        max={RANGE.steps}
        value={positionOf(latencyMs ?? RANGE.to)}
        aria-valuetext={latencyMs === undefined ? "any" : `${latencyMs} ms`}
        onInput={({ currentTarget }) =>
          change({ ...state, budget: amountAt(Number(currentTarget.value)) }, "slide")
        }
      />
      <label>
        Size at most, MB{" "}
        <input
          type="number"
          min="0"
          step="any"
          value={sizeBytes === undefined ? "" : sizeBytes / 1e6}
          onInput={({ currentTarget }) => change(withAmount(state, "size", currentTarget.value), "slide")}
        />
      </label>
    </form>
  );
}

/** An empty field, or one that holds no amount yet, asks for nothing. */
function withAmount(state: SiteState, key: "budget" | "size", text: string): SiteState {
  const amount = Number(text);
  if (text !== "" && amount > 0 && Number.isFinite(amount)) return { ...state, [key]: amount };
  const { [key]: _, ...rest } = state;
  return rest;
}

/** Three digits, as people write a budget. */
function amountAt(position: number): number {
  const amount = RANGE.from * (RANGE.to / RANGE.from) ** (position / RANGE.steps);
  return Number(amount.toPrecision(3));
}

function positionOf(amount: number): number {
  const position = (RANGE.steps * Math.log(amount / RANGE.from)) / Math.log(RANGE.to / RANGE.from);
  return Math.round(Math.min(RANGE.steps, Math.max(0, position)));
}
