import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { comparisonSchema } from "@mobilenet-bench/results";
import type { InputSource } from "@mobilenet-bench/runner";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { trainedModelPath } from "../src/classify/trained-model.ts";
import { continueLive } from "../src/compare/finish-live.ts";
import { renderLiveText } from "../src/compare/live-text.ts";
import { resumeLive, startLive } from "../src/compare/open-live.ts";
import { readGiven } from "../src/run/given.ts";
import { scriptedPair } from "./support/scripted-pairs.ts";

const CLONE = fileURLToPath(new URL("../..", import.meta.url));
const PICTURES = fileURLToPath(new URL("../../packages/spec/images", import.meta.url));
const { STATE } = vi.hoisted(() => ({ STATE: { folder: "" } }));

vi.mock(import("../src/folders.ts"), async (original) => ({
  ...(await original()),
  stateFolder: () => STATE.folder,
}));

beforeAll(async () => {
  STATE.folder = await mkdtemp(join(tmpdir(), "mnb-given-"));
});
afterAll(() => rm(STATE.folder, { recursive: true, force: true }));

it("computes on the picture and the weights that are given, keeps both, and goes on with no others", async () => {
  const picture = join(STATE.folder, "mine.jpg");
  await copyFile(join(PICTURES, "noise.jpg"), picture);
  const given = await readGiven({ image: picture, weights: trainedModelPath() });
  const { signal } = new AbortController();
  const room = { clone: CLONE, say: () => {}, signal };
  const began = await startLive(
    {
      base: ".",
      candidate: ".",
      filters: { backend: ["ts"] },
      given,
      seed: 1,
      strict: false,
      browser: {},
    },
    room,
  );
  const { id } = began.journal.start;
  await began.journal.leave();

  await copyFile(join(PICTURES, "gradient-portrait.jpg"), picture);
  await expect(resumeLive(id, room)).rejects.toThrow(/mine\.jpg has changed since the comparison began/);

  await copyFile(join(PICTURES, "noise.jpg"), picture);
  const again = await resumeLive(id, room);
  const name = given.weights?.model.name ?? "";
  const classes = given.weights?.model.classes;
  expect(again.pairings.map(({ base, candidate }) => [base.id, candidate.network.classes])).toEqual([
    [`${name}/ts/node`, classes],
  ]);
  const sources = new Set<InputSource>();
  const { comparison, path = "" } = await continueLive({
    ...again,
    signal,
    record: (pairing, { pair }) => {
      sources.add(pairing.source);
      return Promise.resolve(scriptedPair(pair, 1));
    },
    expect: (_, source) => {
      sources.add(source);
      return Promise.resolve([]);
    },
  });
  const image = await given.picture?.input(given.weights?.model.resolution ?? 0);
  expect([...sources]).toEqual([{ seed: 1, picture: image, weights: given.weights?.weights }]);
  const kept = comparisonSchema.parse(JSON.parse(await readFile(path, "utf8")));
  expect(kept).toMatchObject({
    picture: { name: "mine.jpg", sha256: given.picture?.sha256 },
    weights: { name: given.weights?.name, sha256: given.weights?.sha256 },
    cells: [{ outcome: "same" }],
  });
  const text = renderLiveText(comparison, false).replaceAll(/\s+/g, " ");
  expect(text).toContain(`weights ${given.weights?.name}, input mine.jpg`);
});
