import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
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
/** Until a kill: somewhat more than a set of a group has. */
const MOST_LINES = 50;
const { sets, rounds } = PROTOCOLS.standard;

async function idOfRun(): Promise<string | undefined> {
  return (await readdir(runsFolder()).catch(() => [])).find((name) => name.includes(`-${SEED}-`));
}

/** In the journal of a part; 0 before it has begun. */
async function linesOfPart(part: number): Promise<number> {
  const id = await idOfRun();
  if (id === undefined) return 0;
  const path = join(runsFolder(), id, "journals", `${String(part).padStart(4, "0")}.jsonl`);
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("\n").length - 1;
}

it(
  `a sweep that is killed at ${KILLS} random instants has all cells, none twice`,
  { timeout: 3_600_000 },
  async () => {
    const output = await mkdtemp(join(tmpdir(), "mnb-sweep-"));
    try {
      const random = randomOf(SEED, "kills");
      const words = ["--model", MODELS.join(), "--backend", BACKENDS.join(), "--protocol", "standard"];
      const first = ["run", ...words, "--no-peaks", "--max-disturbance", "1", "--seed", String(SEED)];
      let id: string | undefined;
      const mnb = () =>
        execaNode(MAIN, id === undefined ? [...first, "--output", output] : ["run", "--resume", id], {
          reject: false,
          nodePath: process.execPath,
          nodeOptions: [],
        });
      for (let kill = 0; kill < KILLS;) {
        const harness = mnb();
        const end = { seen: false };
        void harness.finally(() => (end.seen = true));
        // Of what it has done, not of the time that it took to begin.
        const lines = 1 + Math.floor(random() * MOST_LINES);
        while (!end.seen && (await linesOfPart(kill + 1)) < lines) await setTimeout(20);
        await setTimeout(random() * 300);
        expect(end.seen).toBe(false);
        harness.kill("SIGKILL");
        await harness;
        kill++;
        id ??= await idOfRun();
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
