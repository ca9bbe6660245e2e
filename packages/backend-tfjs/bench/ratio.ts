/**
 * Latency through a session over latency in direct use of the library, blocks interleaved in random order:
 * node bench/ratio.ts [BACKEND [MODEL [THREADS [ROUNDS]]]]
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { parseModelName } from "@mobilenet-bench/spec";
import { median, quantile, sampleWithReplacement } from "simple-statistics";

const PROCESS_PAIRS = 3;
const RESAMPLES = 2000;

const [backend = "tfjs-wasm", name = "mobilenet_v1_1.0_224", threads = "1", rounds = "10"] =
  process.argv.slice(2);
const model = parseModelName(name);
const direct: number[] = [];
const session: number[] = [];
for (let pair = 0; pair < PROCESS_PAIRS; pair++) await measurePair();

const logRatios = session.map((ms, round) => Math.log(ms / (direct[round] ?? NaN)));
const medians = Array.from({ length: RESAMPLES }, () =>
  median(sampleWithReplacement(logRatios, logRatios.length)),
);
const [low, high] = [quantile(medians, 0.025), quantile(medians, 0.975)].map((bound) =>
  Math.exp(bound).toFixed(3),
);
process.stdout.write(
  `${backend} threads=${threads} ${model.name}: session ${median(session).toFixed(2)} ms, direct ${median(direct).toFixed(2)} ms, ` +
    `ratio ${Math.exp(median(logRatios)).toFixed(3)} [${low}, ${high}] (${logRatios.length} pairs)\n`,
);

/** Rounds of a fresh process each, one block of both per round. */
async function measurePair() {
  const children = [
    { child: await start(`direct-${backend.replace("tfjs-", "")}.ts`), blocks: direct },
    { child: await start("session.ts"), blocks: session },
  ];
  for (let round = 0; round < Number(rounds); round++) {
    if (Math.random() < 0.5) children.reverse();
    for (const { child, blocks } of children) {
      child.send("block");
      const [ms]: unknown[] = await once(child, "message");
      blocks.push(Number(ms));
    }
  }
  for (const { child } of children) child.disconnect();
}

async function start(script: string): Promise<ChildProcess> {
  const child = fork(new URL(script, import.meta.url), [model.name, threads, backend]);
  await once(child, "message");
  return child;
}
