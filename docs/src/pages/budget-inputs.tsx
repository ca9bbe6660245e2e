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
  const size = sizeBytes === undefined ? undefined : sizeBytes / 1e6;
  return (
    <form class="budget scripted" aria-label="Budget" onSubmit={(event) => event.preventDefault()}>
      <AmountInput
        label="Latency at most, ms"
        name="budget"
        amount={latencyMs}
        state={state}
        change={change}
      />
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
      <AmountInput label="Size at most, MB" name="size" amount={size} state={state} change={change} />
    </form>
  );
}

interface AmountInputProps extends Pick<PageProps, "state" | "change"> {
  readonly label: string;
  readonly name: "budget" | "size";
  readonly amount: number | undefined;
}

/** Every amount counts as it is typed; what is none yet changes nothing, and an empty field that is left asks for nothing. */
function AmountInput({ label, name, amount, state, change }: AmountInputProps) {
  const type = (text: string) => {
    const typed = Number(text);
    if (text === "" || !(typed > 0 && Number.isFinite(typed))) return;
    change(name === "budget" ? { ...state, budget: typed } : { ...state, size: typed }, "slide");
  };
  const leave = (text: string) => {
    if (text === "") change(without(state, name));
  };
  return (
    <label>
      {label}{" "}
      <input
        type="number"
        min="0"
        step="any"
        value={amount ?? ""}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onChange={({ currentTarget }) => leave(currentTarget.value)}
      />
    </label>
  );
}

function without({ budget, size, ...rest }: SiteState, name: "budget" | "size"): SiteState {
  if (name === "budget") return { ...rest, ...(size !== undefined && { size }) };
  return { ...rest, ...(budget !== undefined && { budget }) };
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
