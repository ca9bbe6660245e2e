import { describeModule } from "../outside-module.ts";
import type { Run } from "../schema.ts";
import { machineTitle } from "./machine-title.ts";

/** When, where and of what a run is, a fact each: what stands above every table. */
export function runFacts(run: Run): string[] {
  const { environment, suite } = run;
  const [moment = "", ...machine] = runtimeFacts(run);
  return [
    ...(run.simulated === undefined ? [] : [simulatedText(run.simulated)]),
    moment,
    ...(suite === null ? [] : [`suite ${suite}`]),
    ...machine,
    commitText(environment),
    ...givenFacts(run),
    ...Object.entries(run.modules ?? {}).map(([id, module]) => `${id} from ${describeModule(module)}`),
  ];
}

/** What must be known of figures before anything else. */
export function simulatedText(by: string): string {
  return `SIMULATED by ${by}: nothing was measured`;
}

/** What was computed on, where it was not generated from the seed. */
export function givenFacts({ picture, weights }: Pick<Run, "picture" | "weights">): string[] {
  return [...(weights ? [`weights ${weights.name}`] : []), ...(picture ? [`input ${picture.name}`] : [])];
}

/** When, on which machine and on which runtime. */
export function runtimeFacts({ startedAt, environment }: Pick<Run, "startedAt" | "environment">): string[] {
  const { os, runtime } = environment;
  return [
    `${startedAt.slice(0, 16).replace("T", " ")} UTC`,
    machineTitle(environment),
    os.name,
    ...Object.entries(runtime).flatMap(([name, version]) => (name === "node" ? [`Node ${version}`] : [])),
  ];
}

/** As long as people write it, and whether the tree was another. */
export function commitText({ commit, dirty }: Pick<Run["environment"], "commit" | "dirty">): string {
  if (commit === null) return "no commit";
  return `commit ${commit.slice(0, 12)}${dirty ? " with changes" : ""}`;
}
