import type { Run } from "@mobilenet-bench/results";

/** When, where and of what a run is, a fact each: what stands above every table. */
export function runFacts(run: Run): string[] {
  const { environment, startedAt, suite, picture, weights } = run;
  const { cpu, virtualization, os, runtime } = environment;
  return [
    `${startedAt.slice(0, 16).replace("T", " ")} UTC`,
    ...(suite === null ? [] : [`suite ${suite}`]),
    [`${cpu.model} with ${cpu.cores} ${cpu.cores === 1 ? "core" : "cores"}`, virtualization]
      .filter(Boolean)
      .join(" on "),
    os.name,
    ...Object.entries(runtime).flatMap(([name, version]) => (name === "node" ? [`Node ${version}`] : [])),
    commitText(environment),
    ...(weights ? [`weights ${weights.name}`] : []),
    ...(picture ? [`input ${picture.name}`] : []),
  ];
}

/** As long as people write it, and whether the tree was another. */
export function commitText({ commit, dirty }: Pick<Run["environment"], "commit" | "dirty">): string {
  if (commit === null) return "no commit";
  return `commit ${commit.slice(0, 12)}${dirty ? " with changes" : ""}`;
}
