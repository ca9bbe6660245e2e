import { coresOf, denominatorOf, machineTitle, type Environment } from "@mobilenet-bench/results";
import type { MachineFacts, RunFacts } from "../src/data/facts.ts";
import type { PublishedRun } from "./published-run.ts";

/** What pages tell of a run. */
export function runFactsOf({ run, file }: PublishedRun): RunFacts {
  const { id, startedAt, suite, complete, cells, environment } = run;
  const { machine, commit, dirty, runtime } = environment;
  return {
    id,
    startedAt,
    machine,
    suite,
    commit,
    dirty: dirty ?? false,
    complete,
    cells: cells.length,
    file,
    versions: runtime,
  };
}

/** What pages tell of a machine, by the newest run on it. */
export function machineFactsOf(environment: Environment): MachineFacts {
  const { machine, os } = environment;
  const peak = denominatorOf(environment);
  return {
    id: machine,
    title: machineTitle(environment),
    os: os.name,
    cores: coresOf(environment),
    ...(peak && { peak: { style: peak.style, gmacs: peak.gmacs } }),
  };
}
