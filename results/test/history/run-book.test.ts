import { describe, expect, it } from "vitest";
import { RunBook } from "../../src/history/run-book.ts";
import { nightsOf } from "./nights.ts";

const RUNS = nightsOf([
  { figures: { a: 1.25, b: 2 }, facts: { a: { library: { lib: "1" } } } },
  { figures: { a: 1.26, b: "out of memory" }, facts: { a: { library: { lib: "1" } } } },
  { figures: { a: 1.27, b: 2 }, facts: { a: { library: { lib: "1" } } }, run: { simulated: "a test" } },
]);

describe("RunBook", () => {
  it("gives back what was put in, through JSON, and goes on from there", () => {
    const book = new RunBook();
    const kept = RUNS.slice(0, 2).map((run) => book.keep(run));
    const later = new RunBook(structuredClone(book.content));
    kept.push(...RUNS.slice(2).map((run) => later.keep(run)));
    const opened = structuredClone(kept).map((run) => later.open(run));
    expect(opened).toEqual(RUNS);
  });

  it("has what is the same night after night once, and as one object", () => {
    const book = new RunBook();
    const kept = [RUNS[0], RUNS[2]].flatMap((run) => (run ? [book.keep(run)] : []));
    expect(book.content.layouts).toHaveLength(1);
    const [first, second] = kept.map((run) => book.open(run));
    expect(first?.cells[0]?.facts).toBe(second?.cells[0]?.facts);
  });
});
