import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { readRun } from "@mobilenet-bench/results/store";
import { expect, it } from "vitest";
import { runsFolder } from "../src/folders.ts";
import { PROTOCOLS } from "../src/protocol.ts";
import { randomOf } from "../src/run/shuffled.ts";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const MODELS = ["mobilenet_v1_0.25_32", "mobilenet_v1_0.25_64", "mobilenet_v1_0.5_64"];
const BACKENDS = ["ts", "wasm", "ort-node"];
const KILLS = Number(process.env["MNB_KILLS"] ?? 20);
const SEED = 80_211;
const { sets, rounds } = PROTOCOLS.standard;

it(
  `a sweep that is killed at ${KILLS} random instants has all cells, none twice`,
  { timeout: 3_600_000 },
  async () => {
    const output = await mkdtemp(join(tmpdir(), "mnb-sweep-"));
    try {
      const random = randomOf(SEED, "kills");
      const words = ["--model", MODELS.join(), "--backend", BACKENDS.join(), "--protocol", "standard"];
      const first = ["run", ...words, "--no-peaks", "--max-cpu-pressure", "1", "--seed", String(SEED)];
      let id: string | undefined;
      const mnb = () =>
        execaNode(MAIN, id === undefined ? [...first, "--output", output] : ["run", "--resume", id], {
          reject: false,
          nodePath: process.execPath,
          nodeOptions: [],
        });
      for (let kill = 0; kill < KILLS;) {
        const harness = mnb();
        const measuring = new Promise<"measuring">((resolve) => {
          harness.stderr?.on("data", (text: Buffer) => {
            if (text.toString().includes("Measuring ")) resolve("measuring");
          });
        });
        const began = await Promise.race([measuring, harness]);
        if (began !== "measuring") throw new Error(`It ended before it was killed: ${began.stderr}`);
        await setTimeout(random() * 20_000);
        harness.kill("SIGKILL");
        await harness;
        kill++;
        id ??= (await readdir(runsFolder())).find((name) => name.includes(`-${SEED}-`));
      }
      const whole = await mnb();
      expect(whole.stderr).toMatch(/Kept: \d+ of 24 sets/);
      expect(whole.exitCode).toBe(0);
      const [name = ""] = await readdir(output);
      const run = await readRun(join(output, name));
      const ids = run.cells.map((cell) => cell.id);
      expect(ids).toHaveLength(MODELS.length * BACKENDS.length);
      expect(new Set(ids).size).toBe(ids.length);
      for (const cell of run.cells) {
        const places = cell.status === "ok" ? cell.blocks.map(({ set, round }) => `${set} ${round}`) : [];
        expect(places).toHaveLength(sets * rounds);
        expect(new Set(places).size).toBe(places.length);
      }
      for (const { discardedBlocks = 0 } of run.parts ?? [])
        expect(discardedBlocks).toBeLessThanOrEqual(BACKENDS.length * rounds);
      const measured = (run.parts ?? []).flatMap((part) => part.sets ?? []);
      expect(measured).toHaveLength(MODELS.length * sets);
    } finally {
      await rm(output, { recursive: true, force: true });
    }
  },
);
