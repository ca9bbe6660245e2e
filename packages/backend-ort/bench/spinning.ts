/**
 * What the option `spinning` of ort-node does to latency and to an idle process:
 * node bench/spinning.ts [THREADS [MODEL]]
 */
import { setTimeout as pause } from "node:timers/promises";
import { ortNode } from "@mobilenet-bench/backend-ort";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { median, shuffle } from "simple-statistics";

const ROUNDS = 16;
const INFERENCES = 12;
const IDLE_MS = 60;

const [threads = "2", name = "mobilenet_v1_1.0_224"] = process.argv.slice(2);
const model = parseModelName(name);
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);

const variants = await Promise.all(
  (["run", "on", "off"] as const).map(async (spinning) => ({
    spinning,
    session: await ortNode.load(model, weights, { threads: Number(threads), spinning }),
    latenciesMs: new Array<number>(),
    burntMs: new Array<number>(),
  })),
);
for (let round = 0; round < ROUNDS; round++)
  for (const { session, latenciesMs, burntMs } of shuffle(variants)) {
    const times: number[] = [];
    for (let i = 0; i < INFERENCES; i++) {
      const start = performance.now();
      await session.infer(image);
      times.push(performance.now() - start);
    }
    latenciesMs.push(median(times));
    const before = process.cpuUsage();
    await pause(IDLE_MS);
    const { user, system } = process.cpuUsage(before);
    burntMs.push((user + system) / 1000);
  }
for (const { spinning, latenciesMs, burntMs } of variants)
  process.stdout.write(
    `threads=${threads} spinning=${spinning}: ${median(latenciesMs).toFixed(2)} ms, then ${median(burntMs).toFixed(1)} ms of CPU in ${IDLE_MS} ms idle\n`,
  );
