import { MACHINE_CELLS, type Run } from "@mobilenet-bench/results";
import { flatProtocol } from "./stored-facts.ts";

/** What weakens a comparison of two runs, the weightiest first. */
export function notesOf(base: Run, candidate: Run, compared: number): string[] {
  return [
    ...[base, candidate].flatMap(({ simulated }) =>
      simulated === undefined ? [] : [`SIMULATED by ${simulated}: nothing was measured.`],
    ),
    ...(sameMachine(base, candidate)
      ? tooFew(compared)
      : [
          "Other machines: the ratios tell the machines as much as the code. There is no verdict across machines.",
        ]),
    ...(flatOf(base) === flatOf(candidate)
      ? []
      : ["Other protocols: they measure in other ways, and part of a difference may be theirs."]),
    ...(base.weights?.sha256 === candidate.weights?.sha256
      ? []
      : ["Other weights: zeros and denormals in them may cost or save time."]),
    ...(base.picture?.sha256 === candidate.picture?.sha256 ? [] : ["Other inputs."]),
    ...otherModules(base, candidate),
    ...(base.seed === candidate.seed
      ? []
      : ["Other seeds: what was generated from them differs, and the orders."]),
    ...incomplete("base", base),
    ...incomplete("candidate", candidate),
  ];
}

/** As far as the anonymous id of the hardware tells. */
export function sameMachine(base: Run, candidate: Run): boolean {
  return base.environment.machine === candidate.environment.machine;
}

function otherModules({ modules: before = {} }: Run, { modules: after = {} }: Run): string[] {
  const others = Object.keys(before).filter((id) => after[id] && after[id].sha256 !== before[id]?.sha256);
  return others.length === 0 ? [] : [`Other modules from outside: ${others.join(", ")}.`];
}

function tooFew(compared: number): string[] {
  return compared < MACHINE_CELLS
    ? [
        `Less than ${MACHINE_CELLS} cells in both: what the machine changed cannot be told from what a cell changed.`,
      ]
    : [];
}

function flatOf({ protocol }: Run): string {
  return JSON.stringify(flatProtocol(protocol));
}

function incomplete(name: string, { complete, parts }: Run): string[] {
  return [
    ...(complete ? [] : [`The ${name} was interrupted: cells are missing.`]),
    ...(parts
      ? [`The ${name} was measured in ${parts.length} parts: its facts are those of the first.`]
      : []),
  ];
}
