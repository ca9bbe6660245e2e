import { compileFunction } from "node:vm";
import type { PeakKernel } from "@mobilenet-bench/backend";

/** Steps of one run, about 0.05 ms: a multiple of every loop's `unrolled`. */
const STEPS = 20_000;

/** The form of a loop over independent chains of multiply–adds. */
interface Form {
  readonly chains: number;
  /** All but the first part stand behind a condition that always holds. */
  readonly parts: number;
  /** Steps that share one loop condition and one look at V8's interrupt flag. */
  readonly unrolled: number;
}

/**
 * Which form comes nearest to what a processor's scalar units can do depends on their latency, on the number of its
 * registers and on the compiler; so the best of them counts.
 *
 * As many chains as registers allow hide the latency of a product and a sum: 12 on x64 and 20 on arm64, whose 32
 * registers hold more. The condition splits the loop body: within one basic block V8 computes all products before any
 * sum, and 12 sums with 12 products do not fit x64's 15 free vector registers. Split, they run as fast as the units do.
 */
const FORMS: readonly Form[] = [
  { chains: 8, parts: 1, unrolled: 1 },
  { chains: 10, parts: 1, unrolled: 1 },
  { chains: 12, parts: 2, unrolled: 1 },
  { chains: 12, parts: 2, unrolled: 2 },
  { chains: 12, parts: 3, unrolled: 1 },
  { chains: 20, parts: 2, unrolled: 1 },
];

/**
 * Multiply–adds of JavaScript numbers in registers: acc ← acc · x + y with x = y = 1, unknown to the compiler, so that
 * each accumulator ends as its start plus the steps, exactly.
 */
export function scalarJavaScript(): PeakKernel[] {
  return FORMS.map(kernel);
}

function kernel(form: Form): PeakKernel {
  const { chains, parts, unrolled } = form;
  const loop = compileFunction(loopOf(form), ["state", "steps", "x", "y", "more"]);
  const state = new Float64Array(chains);
  return {
    name: `scalar-f64-${chains}-${parts}x${unrolled}`,
    multAdds: STEPS * chains,
    run() {
      for (let i = 0; i < chains; i++) state[i] = i;
      loop(state, STEPS, 1, 1, 2);
    },
    verify() {
      const right = state.every((value, i) => value === i + STEPS);
      state.fill(0);
      return right;
    },
  };
}

/** The text of a function: source, since V8 keeps sums in registers only where each has a name of its own. */
function loopOf({ chains, parts, unrolled }: Form): string {
  const sums = Array.from({ length: chains }, (_, i) => `a${i}`);
  const each = (write: (sum: string, i: number) => string, of = sums) => of.map(write).join("\n");
  const step = Array.from({ length: parts }, (_, part) => {
    const own = sums.slice((part * chains) / parts, ((part + 1) * chains) / parts);
    const body = each((sum) => `${sum} = ${sum} * x + y;`, own);
    return part === 0 ? body : `if (more > 1) {\n${body}\n}`;
  }).join("\n");
  return [
    each((sum, i) => `let ${sum} = state[${i}];`),
    `for (let n = 0; n < steps; n += ${unrolled}) {`,
    ...Array.from({ length: unrolled }, () => step),
    "}",
    each((sum, i) => `state[${i}] = ${sum};`),
  ].join("\n");
}
