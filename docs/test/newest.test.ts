import { newestCells } from "@mobilenet-bench/results";
import { expect, it } from "vitest";
import { newestFigures, newestOfDigests } from "../build/newest-figures.ts";
import { digestOf } from "../build/run-digest.ts";
import { quick, runWith, sweep } from "./support/runs.ts";

const night = (n: number) =>
  runWith(sweep.run, sweep.run.cells, {
    id: `night-${n}`,
    startedAt: new Date(Date.parse(sweep.run.startedAt) - n * 86_400_000).toISOString(),
  });

it("opens those runs alone that have a newest figure, and each once", async () => {
  const published = [night(3), sweep, night(1), quick, night(2)];
  const opened: string[] = [];
  const { machines, runs } = await newestOfDigests(published.map(digestOf), async ({ id }) => {
    opened.push(id);
    const found = published.find(({ run }) => run.id === id);
    if (!found) throw new Error(`There is no run ${id}.`);
    return found.run;
  });
  expect(opened.toSorted()).toEqual([sweep.run.id, quick.run.id].toSorted());
  expect(runs.map(({ id }) => id)).toEqual([quick.run.id, sweep.run.id, "night-1", "night-2", "night-3"]);
  const earlier = machines.flatMap((machine) => machine.earlier.get("mobilenet_v1_0.75_192/wasm/node") ?? []);
  expect(earlier.map(({ run }) => run)).toEqual(["night-1", "night-2", "night-3"]);
});

it("keeps the machine of the newest run first", async () => {
  const environment = { ...sweep.run.environment, machine: "another" };
  const other = { ...night(5), run: { ...night(5).run, environment } };
  const { machines } = await newestOfDigests([other, sweep].map(digestOf), ({ machine }) =>
    Promise.resolve(machine === "another" ? other.run : sweep.run),
  );
  expect(machines.map(({ machine }) => machine.id)).toEqual([sweep.run.environment.machine, "another"]);
  expect(machines.map(({ machine }) => machine.title)).toEqual([
    expect.stringMatching(/ \(5dec1a\)$/),
    expect.stringMatching(/ \(anothe\)$/),
  ]);
});

it("has of every cell what mnb choose has", async () => {
  const lost = runWith(sweep.run, sweep.run.cells.slice(5), {
    id: "lost",
    startedAt: "2026-11-23T00:00:00.000Z",
  });
  const published = [sweep, quick, lost, night(1)];
  const { machines } = await newestFigures(published);
  const site = machines.flatMap(({ figures }) =>
    [...figures].map(([id, { run, stale }]) => [id, run.id, stale]),
  );
  const chosen = newestCells(published.map(({ run }) => run)).map(({ id, run, marks }) => [
    id,
    run,
    marks.includes("stale"),
  ]);
  expect(site).toEqual(chosen);
  const renewed = new Set(quick.run.cells.map(({ id }) => id));
  const gone = sweep.run.cells.slice(0, 5).filter(({ id }) => !renewed.has(id));
  expect(gone.length).toBeGreaterThan(0);
  expect(site.filter(([, , stale]) => stale === true).map(([id]) => id)).toEqual(gone.map(({ id }) => id));
});

it("holds nothing stale that another machine's shard of the same night has measured", async () => {
  const { run } = sweep;
  const models = [...new Set(run.cells.map(({ model }) => model))];
  const shards = [1, 2].map((number) =>
    runWith(
      run,
      run.cells.filter(({ model }) => models.indexOf(model) % 2 === number - 1),
      { id: `shard-${number}`, shard: { number, of: 2 }, startedAt: `2026-11-23T01:0${number}:00.000Z` },
    ),
  );
  const { machines } = await newestOfDigests([...shards, sweep].map(digestOf), ({ id }) => {
    const found = [...shards, sweep].find((one) => one.run.id === id);
    if (!found) throw new Error(`There is no run ${id}.`);
    return Promise.resolve(found.run);
  });
  const figures = machines.flatMap((machine) => [...machine.figures.values()]);
  expect(figures).toHaveLength(run.cells.length);
  expect(figures.filter(({ stale }) => stale)).toEqual([]);
  expect(new Set(figures.map((figure) => figure.run.id))).toEqual(new Set(["shard-1", "shard-2"]));
});
