import { describe, expect, it } from "vitest";
import type { Comparison } from "../src/comparison/index.ts";
import type { HistoryRun, Nominee } from "../src/history/index.ts";
import {
  alertSchema,
  judgeNight,
  nightSchema,
  wantedPairs,
  type Alert,
  type NightFacts,
} from "../src/nights/index.ts";
import type { PairedComparison } from "../src/pairs/index.ts";
import { RUN } from "./run.ts";
import { PAIR_PROTOCOL } from "./pair-protocol.ts";

const CELL = "mobilenet_v1_0.5_160/wasm/node";
const GOOD = "a".repeat(40);
const BAD = "b".repeat(40);
const LATER = "c".repeat(40);
const MACHINE = RUN.environment.machine;

const runOf = (commit: string | null, changes: Partial<HistoryRun> = {}): HistoryRun => ({
  id: `run-of-${commit}`,
  startedAt: RUN.startedAt,
  machine: MACHINE,
  suite: "nightly",
  commit,
  dirty: false,
  complete: true,
  kind: "",
  facts: {},
  cells: [],
  ...changes,
});

const nominee = (changes: Partial<Nominee> = {}): Nominee => ({
  key: `${MACHINE} ${CELL}`,
  cell: CELL,
  machine: MACHINE,
  direction: "slower",
  ratio: 1.3,
  ground: "outlier",
  base: runOf(GOOD),
  candidate: runOf(BAD),
  newest: runOf(BAD),
  causes: [{ kind: "commit", name: "commit", from: "aaaa", to: "bbbb" }],
  ...changes,
});

const job = (verdict: PairedComparison["verdict"], ratio: number): PairedComparison => ({
  verdict,
  ratio,
  interval: [ratio * 0.99, ratio * 1.01],
  level: 0.99,
  margin: 0.015,
  pairs: 12,
  p: 0.001,
  final: true,
  rounds: 6,
  seconds: 10,
});

type Outcome = "slower" | "faster" | "same" | "unknown" | "unconfirmed";
const JOBS: Record<Outcome, readonly PairedComparison[]> = {
  slower: [job("slower", 1.31), job("slower", 1.29)],
  faster: [job("faster", 0.8), job("faster", 0.8)],
  unconfirmed: [job("slower", 1.05), job("same", 1)],
  same: [job("same", 1)],
  unknown: [job("unknown", 1.01)],
};

function comparison(
  base: string,
  candidate: string,
  outcome: Outcome,
  changes: Partial<Comparison> = {},
): Comparison {
  const build = (commit: string) => ({
    word: commit,
    kind: "ref" as const,
    commit,
    dirty: false,
    identity: commit,
    libraries: {},
  });
  const [first, second] = JOBS[outcome];
  if (!first) throw new Error("There is no job.");
  return {
    schema: 1,
    kind: "builds",
    id: `${base} ${candidate}`,
    startedAt: RUN.startedAt,
    finishedAt: RUN.finishedAt,
    complete: true,
    seed: 1,
    protocol: PAIR_PROTOCOL,
    environment: RUN.environment,
    base: build(base),
    candidate: build(candidate),
    cells: [{ id: CELL, status: "compared", outcome, first, ...(second && { second }), q: 0.01 }],
    ...changes,
  };
}

const facts = (changes: Partial<NightFacts> = {}): NightFacts => ({
  id: "night-1",
  at: new Date("2026-11-28T01:00:00.000Z"),
  runs: ["run-b", "run-a"],
  simulated: false,
  nominees: [],
  alerts: [],
  comparisons: [],
  commit: BAD,
  historyOnly: new Map(),
  vanished: [],
  figured: new Set(),
  ...changes,
});

/** The alert that the first night opens. */
function opened(): Alert {
  const { alerts } = judgeNight(
    facts({ nominees: [nominee()], comparisons: [comparison(GOOD, BAD, "slower")] }),
  );
  const [alert] = alerts;
  if (!alert) throw new Error("Nothing was opened.");
  return alert;
}
const next = (changes: Partial<NightFacts>) =>
  facts({ id: "night-2", commit: LATER, alerts: [opened()], ...changes });

describe("the pairs that a night wants", () => {
  it("are the commits on both sides of each nominated change, cells of the same two together", () => {
    const other = { ...nominee(), cell: "mobilenet_v1_1.0_224/wasm/node" };
    expect(wantedPairs(facts({ nominees: [nominee(), other] }), MACHINE)).toEqual([
      { base: GOOD, candidate: BAD, cells: [CELL, other.cell] },
    ]);
  });

  it("are none that was answered before, of another machine, of one commit, or of what is left to histories", () => {
    const nominees = [nominee()];
    expect(wantedPairs(facts({ nominees, comparisons: [comparison(GOOD, BAD, "same")] }), MACHINE)).toEqual(
      [],
    );
    expect(wantedPairs(facts({ nominees }), "another")).toEqual([]);
    expect(wantedPairs(facts({ nominees: [nominee({ base: runOf(BAD) })] }), MACHINE)).toEqual([]);
    expect(wantedPairs(facts({ nominees: [nominee({ unpairable: "It is so." })] }), MACHINE)).toEqual([]);
    const historyOnly = new Map([[`${MACHINE} ${CELL}`, "slow"]]);
    expect(wantedPairs(facts({ nominees, historyOnly }), MACHINE)).toEqual([]);
  });

  it("never have words in place of commits, whatever a run file says", () => {
    const nominees = [nominee({ base: runOf("--output=/etc/passwd") })];
    expect(wantedPairs(facts({ nominees }), MACHINE)).toEqual([]);
  });

  it("are asked for each regression that is still open, from its last good commit to this night's", () => {
    expect(wantedPairs(next({}), MACHINE)).toEqual([{ base: GOOD, candidate: LATER, cells: [CELL] }]);
    expect(wantedPairs(next({ commit: BAD }), MACHINE)).toEqual([]);
  });
});

describe("a night", () => {
  it("opens an alert only where two jobs have confirmed a regression", () => {
    const outcomes: Outcome[] = ["slower", "faster", "same", "unknown", "unconfirmed"];
    const counts = outcomes.map((outcome) => {
      const judged = judgeNight(
        facts({ nominees: [nominee()], comparisons: [comparison(GOOD, BAD, outcome)] }),
      );
      expect(judged.night.nominees.map((one) => one.outcome)).toEqual([outcome]);
      return judged.alerts.length;
    });
    expect(counts).toEqual([1, 0, 0, 0, 0]);
    expect(alertSchema.parse(opened())).toMatchObject({
      kind: "slower",
      base: GOOD,
      candidate: BAD,
      ratio: 1.29,
      opened: { night: "night-1" },
      causes: ["commit aaaa → bbbb"],
    });
  });

  it("says of what was not paired why", () => {
    const told = (changes: Partial<NightFacts>, of: Partial<Nominee> = {}) =>
      judgeNight(facts({ nominees: [nominee(of)], ...changes })).night.nominees[0];
    expect(told({})).toMatchObject({ outcome: "unpaired", words: "It was not compared." });
    expect(told({}, { unpairable: "The code did not change." })?.words).toBe("The code did not change.");
    const historyOnly = new Map([[`${MACHINE} ${CELL}`, "an inference takes about 760 ms"]]);
    expect(told({ historyOnly })?.words).toBe("Left to its history: an inference takes about 760 ms.");
  });

  it("takes no comparison of changes that were not committed, of another machine, or unfinished", () => {
    const one = comparison(GOOD, BAD, "slower");
    const useless: Comparison[] = [
      { ...one, candidate: { ...one.candidate, dirty: true } },
      { ...one, environment: { ...one.environment, machine: "another" } },
      { ...one, complete: false },
    ];
    for (const comparisons of useless.map((each) => [each]))
      expect(judgeNight(facts({ nominees: [nominee()], comparisons })).alerts).toEqual([]);
  });

  it("is judged twice as it is judged once", () => {
    const once = facts({ nominees: [nominee()], comparisons: [comparison(GOOD, BAD, "slower")] });
    const first = judgeNight(once);
    const second = judgeNight({ ...once, alerts: first.alerts });
    expect(second).toEqual(first);
    expect(nightSchema.parse(first.night)).toMatchObject({
      runs: ["run-a", "run-b"],
      opened: [`slower ${MACHINE} ${CELL}`],
    });
  });

  it("leaves an alert open that is nominated again, and opens no second one", () => {
    const { night, alerts } = judgeNight(
      next({
        nominees: [nominee()],
        comparisons: [comparison(GOOD, BAD, "slower"), comparison(GOOD, LATER, "slower")],
      }),
    );
    expect(alerts).toHaveLength(1);
    expect(night).toMatchObject({ opened: [], closed: [], open: [`slower ${MACHINE} ${CELL}`] });
  });

  it("closes a regression where pairs say that it is gone, and for nothing else", () => {
    const closedBy = (outcome: Outcome) =>
      judgeNight(next({ comparisons: [comparison(GOOD, LATER, outcome)] })).alerts[0]?.closed;
    expect(closedBy("same")).toMatchObject({
      night: "night-2",
      words: expect.stringMatching(/^same within 1\.5 %/),
    });
    expect(closedBy("faster")).toBeDefined();
    for (const outcome of ["unknown", "unconfirmed", "slower"] as const)
      expect(closedBy(outcome)).toBeUndefined();
    expect(judgeNight(next({})).alerts[0]?.closed).toBeUndefined();
  });

  it("does not open again what it has closed, though the history still nominates it", () => {
    const comparisons = [comparison(GOOD, BAD, "slower"), comparison(GOOD, LATER, "same")];
    const closed = judgeNight(next({ nominees: [nominee()], comparisons }));
    expect(closed.alerts.map((alert) => alert.closed?.night)).toEqual(["night-2"]);
    const third = judgeNight(
      facts({ id: "night-3", commit: LATER, alerts: closed.alerts, nominees: [nominee()], comparisons }),
    );
    expect(third.alerts).toEqual(closed.alerts);
    expect(third.night).toMatchObject({ opened: [], closed: [], open: [] });
  });

  it("opens and closes an alert for a cell that has vanished", () => {
    const vanished = [{ cell: CELL, machine: MACHINE, last: runOf(GOOD), why: "It ended as crash: gone." }];
    const gone = judgeNight(facts({ vanished }));
    expect(gone.alerts).toMatchObject([
      { kind: "vanished", base: GOOD, candidate: BAD, words: "It ended as crash: gone." },
    ]);
    const still = judgeNight(facts({ id: "night-2", alerts: gone.alerts }));
    expect(still.night.open).toEqual([`vanished ${MACHINE} ${CELL}`]);
    const back = judgeNight(
      facts({ id: "night-3", alerts: gone.alerts, figured: new Set([`${MACHINE} ${CELL}`]) }),
    );
    expect(back.night.closed).toEqual([`vanished ${MACHINE} ${CELL}`]);
  });
});
