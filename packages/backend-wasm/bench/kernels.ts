// Every kernel of the table at every shape of a model:
//   node bench/kernels.ts [MODEL] [PART OF A KERNEL'S NAME]
// Each layer runs alone, its planes going through memory. Minima over repetitions, since anything else on the
// machine only ever adds time. The peak is multiply-adds in registers at the same level; bytes are input,
// weights and output, once each.
import { createPeakKernel, revectorizationRefusal } from "@mobilenet-bench/backend-wasm/peak";
import { elements, parseModelName, type Layer } from "@mobilenet-bench/spec";
import { KERNELS } from "../src/kernels/table.ts";
import { F32 } from "../src/layout/units.ts";
import { LEVELS, type Level } from "../src/simd/level.ts";
import { repeatsFor, secondsPerCall } from "../src/simd/stopwatch.ts";
import { solo } from "./solo.ts";

const ROUNDS = 10;

const [name = "mobilenet_v1_1.0_224", part = ""] = process.argv.slice(2);
const model = parseModelName(name);
const refusal = revectorizationRefusal();
if (refusal) process.stderr.write(`not measured: wide: ${refusal.reason}\n`);
const levels = LEVELS.filter((level) => level !== "wide" || !refusal);
const peaks = new Map<Level, number>();
for (const level of levels) {
  const { run, multAdds } = await createPeakKernel(level);
  peaks.set(level, multAdds / fastest(run));
}

print("kernel", "input", "output", "ms", "GMAC/s", "of peak", "GB/s");
for (const kernel of KERNELS) {
  const peak = peaks.get(kernel.level);
  if (peak === undefined || !kernel.name.includes(part)) continue;
  for (const layer of distinct(model.layers.filter(({ type }) => type === kernel.op))) {
    const seconds = fastest((await solo(kernel, layer, true)).run);
    const rate = layer.multAdds / seconds;
    const bytes = F32 * (elements(layer.input) + layer.params + elements(layer.output));
    print(
      kernel.name,
      layer.input.join("×"),
      layer.output.join("×"),
      (seconds * 1000).toFixed(4),
      (rate / 1e9).toFixed(1),
      `${((100 * rate) / peak).toFixed(0)} %`,
      (bytes / seconds / 1e9).toFixed(1),
    );
  }
}

function fastest(run: () => void) {
  const repeats = repeatsFor(run);
  return Math.min(...Array.from({ length: ROUNDS }, () => secondsPerCall(run, repeats)));
}

function distinct(layers: readonly Layer[]): readonly Layer[] {
  const key = ({ input, output, stride }: Layer) => [...input, ...output, stride].join();
  return [...new Map(layers.map((layer) => [key(layer), layer])).values()];
}

function print(kernel: string, ...columns: string[]) {
  process.stdout.write(`${kernel.padEnd(30)}${columns.map((column) => column.padStart(14)).join("")}\n`);
}
