import { join } from "node:path";
import { ROLL_UPS } from "./data-folder.ts";

/** What a night does, decided before it begins. */
export interface NightPlan {
  /** Letters, digits, points and dashes: it names files. */
  readonly id: string;
  /** Of this night alone. */
  readonly folder: string;
  /** Of all nights: what is published. */
  readonly data: string;
  /** Where the site is built. */
  readonly site: string;
  /** What is measured, as `mnb run` takes it: cells, filters, protocol. */
  readonly measure: readonly string[];
  readonly shards: number;
  /** The A/A arm: equal and slowed sides of these cells, so many pairs of each; none without pairs. */
  readonly control: { readonly cells: readonly string[]; readonly pairs: number; readonly seed: number };
  /** Where it is published; nowhere without it. */
  readonly publish?: { readonly remote: string; readonly branch: string };
  readonly issues: "folder" | "github";
}

/** One command of a night. */
export interface Step {
  /** Unique within the night. */
  readonly id: string;
  /** After `mnb`. */
  readonly words: readonly string[];
  /** Exit statuses with which it is done: 1 of measuring says that a cell failed, which the night goes on with. */
  readonly done: readonly number[];
}

/** Where the files of a night lie. */
export function nightFolders(folder: string) {
  return {
    runs: join(folder, "runs"),
    calibration: join(folder, "calibration"),
    comparison: join(folder, "comparison"),
    issues: join(folder, "issues"),
  };
}

/** The commands of a night, in their order. Each can be called by itself, and none does anything twice. */
export function stepsOf(plan: NightPlan): Step[] {
  const { id, folder, data, site, measure, shards, control, publish, issues } = plan;
  const { runs, calibration, comparison, issues: texts } = nightFolders(folder);
  const of = ["--night", id, "--data", data];
  const remote = publish ? ["--remote", publish.remote, "--branch", publish.branch] : [];
  const step = (name: string, words: readonly string[], done: readonly number[] = [0]): Step => ({
    id: name,
    words,
    done,
  });
  const numbers = Array.from({ length: shards }, (_, i) => i + 1);
  const hasControl = control.pairs > 0;
  const issueWords = issues === "github" ? ["--issues", issues] : ["--output", texts];
  return [
    ...(publish ? [step("fetch", ["nightly", "fetch", "--data", data, ...remote])] : []),
    ...numbers.map((number) => {
      const shard = shards === 1 ? [] : ["--shard", `${number}/${shards}`];
      return step(`run-${number}`, ["run", ...measure, ...shard, "--output", runs], [0, 1]);
    }),
    ...(hasControl ? [step("control", controlWords(control, calibration), [0, 1])] : []),
    step("merge", ["results", "merge", runs, ...(hasControl ? [calibration] : []), "--output", data], [0, 1]),
    step("confirm", ["nightly", "confirm", ...of, "--runs", runs, "--output", comparison], [0, 1]),
    step("merge-pairs", ["results", "merge", comparison, "--output", data], [0, 1]),
    step("report", ["nightly", "report", ...of, "--runs", runs, ...issueWords], [0, 1]),
    step("roll-up", ["results", "roll-up", "--runs", data, "--output", join(data, ROLL_UPS), "--over"]),
    step("site", ["site", "build", site, "--runs", data]),
    ...(publish ? [step("publish", ["nightly", "publish", ...of, ...remote])] : []),
  ];
}

function controlWords({ cells, pairs, seed }: NightPlan["control"], output: string): string[] {
  return ["calibrate", ...cells, "--pairs", String(pairs), "--seed", String(seed), "--output", output];
}
