import { expect, it, vi } from "vitest";
import { encodeLatest } from "../build/encode-latest.ts";
import { latestOf } from "../build/latest-of.ts";
import { newestFigures } from "../build/newest-figures.ts";
import { dataPath, latestLoader } from "../src/client/load-latest.ts";
import { sweep } from "./support/runs.ts";

const { machines } = await newestFigures([sweep]);
const [text = ""] = machines.map((machine) => JSON.stringify(encodeLatest(latestOf(machine))));

it("is of the run that is pinned, else of the machine that is named, else of the site's first", () => {
  expect(dataPath({}, "usual")).toBe("data/latest/usual.json");
  expect(dataPath({ machine: "other" }, "usual")).toBe("data/latest/other.json");
  expect(dataPath({ machine: "other", run: "r-1" }, "usual")).toBe("data/run/r-1.json");
});

it("asks once for what it has", async () => {
  const get = vi.fn<typeof fetch>(() => Promise.resolve(new Response(text)));
  const load = latestLoader("../", get);
  const [one, other] = await Promise.all([load("data/latest/m.json"), load("data/latest/m.json")]);
  expect(one).toBe(other);
  expect(one.cells).toHaveLength(sweep.run.cells.length);
  expect(get.mock.calls).toEqual([["../data/latest/m.json"]]);
});

it.each([
  [
    "cannot be reached",
    () => Promise.reject(new TypeError("no network")),
    /m\.json could not be loaded\. Check/,
  ],
  [
    "is not there",
    () => Promise.resolve(new Response("", { status: 404 })),
    /m\.json could not be loaded \(404\)/,
  ],
  ["is torn", () => Promise.resolve(new Response("{")), /m\.json is torn/],
  ["is another thing", () => Promise.resolve(new Response("[]")), /m\.json is no data of version 1/],
])("names what %s, and asks again", async (_, answer, message) => {
  const get = vi.fn<typeof fetch>(answer);
  const load = latestLoader("./", get);
  await expect(load("m.json")).rejects.toThrow(message);
  await expect(load("m.json")).rejects.toThrow(message);
  expect(get).toHaveBeenCalledTimes(2);
});
