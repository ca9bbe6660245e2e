/**
 * Latency through a session over latency in direct use of the library, blocks interleaved in random order:
 * node bench/ratio.ts [BACKEND [MODEL [THREADS]]]
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { generateWeights, parseModelName } from "@mobilenet-bench/spec";
import { median, quantile, sampleWithReplacement } from "simple-statistics";

const PROCESS_PAIRS = 3;
const ROUNDS = 10;
const RESAMPLES = 2000;
/** Until threads that spin after an inference have gone to sleep. */
const PAUSE_MS = 60;

const [backend = "ort-node", name = "mobilenet_v1_1.0_224", threads = "1"] = process.argv.slice(2);
const model = parseModelName(name);
const folder = await mkdtemp(join(tmpdir(), "mobilenet-bench-ort-"));
const path = join(folder, `${name}.onnx`);
await writeFile(path, exportOnnx(model, generateWeights(model)));

const direct: number[] = [];
const session: number[] = [];
for (let pair = 0; pair < PROCESS_PAIRS; pair++) await measurePair();
await rm(folder, { recursive: true });

const logRatios = session.map((ms, round) => Math.log(ms / (direct[round] ?? NaN)));
const medians = Array.from({ length: RESAMPLES }, () =>
  median(sampleWithReplacement(logRatios, logRatios.length)),
);
const [low = NaN, high = NaN] = quantile(medians, [0.025, 0.975]);
process.stdout.write(
  `${backend} threads=${threads} ${name}: session ${median(session).toFixed(2)} ms, direct ${median(direct).toFixed(2)} ms, ` +
    `ratio ${Math.exp(median(logRatios)).toFixed(3)} [${Math.exp(low).toFixed(3)}, ${Math.exp(high).toFixed(3)}] (${logRatios.length} pairs)\n`,
);

/** Rounds of a fresh process each, one block of both per round. */
async function measurePair() {
  const library = backend === "ort-node" ? "direct-node.ts" : "direct-wasm.ts";
  const children = [
    { child: await start(library, path, String(model.resolution), threads), blocks: direct },
    { child: await start("session.ts", backend, name, threads), blocks: session },
  ];
  for (let round = 0; round < ROUNDS; round++) {
    if (Math.random() < 0.5) children.reverse();
    for (const { child, blocks } of children) {
      child.send("block");
      const [ms]: unknown[] = await once(child, "message");
      blocks.push(Number(ms));
      await pause(PAUSE_MS);
    }
  }
  for (const { child } of children) child.disconnect();
}

async function start(script: string, ...args: string[]): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, script), args);
  await once(child, "message");
  return child;
}
