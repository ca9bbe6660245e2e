import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readQuery, writeQuery } from "../src/state/query.ts";
import { DEFAULT_STATE, FILTER_KEYS, GROUPS, SORT_KEYS, type Filters } from "../src/state/site-state.ts";

const word = fc.stringMatching(/^[a-z0-9][a-z0-9._:-]{0,12}$/);
const pattern = fc.stringMatching(/^!?[a-z0-9*][a-z0-9.*_:-]{0,12}$/);
const amount = fc.double({ min: 1e-9, max: 1e25, noNaN: true });
const filters = fc.record(
  Object.fromEntries(FILTER_KEYS.map((key) => [key, fc.array(pattern, { maxLength: 3 })])),
);

describe("the address of a state", () => {
  it("says all of it", () => {
    const state = fc.record(
      {
        machine: word,
        run: word,
        budget: amount,
        size: amount,
        filters: filters.map((given): Filters => ({ ...DEFAULT_STATE.filters, ...given })),
        scale: fc.constantFrom("log" as const, "linear" as const),
        sort: fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() }),
        group: fc.constantFrom(...GROUPS),
        search: fc.string({ maxLength: 30 }),
      },
      { requiredKeys: ["filters", "scale", "sort", "group", "search"] },
    );
    fc.assert(
      fc.property(state, (given) => {
        expect(readQuery(writeQuery(given))).toEqual({ state: given, notices: [] });
      }),
    );
  });

  it("is empty where nothing is set, sorted, and in the words of the command line", () => {
    expect(writeQuery(DEFAULT_STATE)).toBe("");
    const { state } = readQuery("?threads=1,2&target=node&backend=!tfjs-*&sort=-ms&machine=5dec1a0992a2");
    expect(writeQuery(state)).toBe("?backend=!tfjs-*&machine=5dec1a0992a2&sort=-ms&target=node&threads=1,2");
  });

  it.each([
    ["?colour=red", /colour.*no setting/],
    ["?scale=square", /scale=square.*no value/],
    ["?target=node&target=chrome", /target.*twice/],
    ["?budget=-3", /budget=-3.*no value/],
    ["?backend=", /backend=.*no value/],
    ["?__proto__=1", /__proto__.*no setting/],
    [`?machine=${encodeURIComponent("<img src=x onerror=alert(1)>")}`, /no value/],
  ])("tells what it does not understand of %s, and keeps the rest", (query, notice) => {
    const read = readQuery(`${query}&group=none`);
    expect(read.notices).toEqual([expect.stringMatching(notice)]);
    expect(read.state.group).toBe("none");
  });

  it("of any text is some state", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { state } = readQuery(text);
        expect(readQuery(writeQuery(state)).state).toEqual(state);
      }),
    );
  });
});

it("still reads every address that was ever published", async () => {
  const lines = await readFile(new URL("permalinks.txt", import.meta.url), "utf8");
  const queries = lines.split("\n").filter((line) => line.startsWith("?"));
  expect(queries.length).toBeGreaterThan(0);
  for (const query of queries) {
    const { notices, state } = readQuery(query);
    expect({ query, notices }).toEqual({ query, notices: [] });
    expect(state).not.toEqual(DEFAULT_STATE);
  }
});
