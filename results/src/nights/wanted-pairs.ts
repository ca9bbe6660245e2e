import type { Comparison } from "../comparison/index.ts";
import type { Nominee } from "../history/index.ts";
import { isOpen, type Alert } from "./alert.ts";
import { answerTo, isCommit } from "./answers.ts";

/** What is known of a night when its pairs are chosen. */
export interface KnownOfNight {
  readonly nominees: readonly Nominee[];
  readonly alerts: readonly Alert[];
  /** What was compared before: it is not asked again. */
  readonly comparisons: readonly Comparison[];
  /** The commit that was measured; null where it is none. */
  readonly commit: string | null;
  /** Cells that are left to histories, by `MACHINE CELL`, with the reason. */
  readonly historyOnly: ReadonlyMap<string, string>;
}

/** Cells of two commits that are to be compared in pairs. */
export interface WantedPairs {
  readonly base: string;
  readonly candidate: string;
  readonly cells: readonly string[];
}

/**
 * What the paired job is asked in a night: each nominated change, between the commits on both of its sides; and each open
 * regression, between its last good commit and this night's, for it is gone only where pairs say so.
 * @param machine the one that will compare
 */
export function wantedPairs(known: KnownOfNight, machine: string): WantedPairs[] {
  const { nominees, alerts, comparisons, commit, historyOnly } = known;
  const questions = [
    ...nominees.flatMap((nominee) =>
      nominee.unpairable === undefined
        ? [
            {
              cell: nominee.cell,
              machine: nominee.machine,
              base: nominee.base.commit,
              candidate: nominee.candidate.commit,
            },
          ]
        : [],
    ),
    ...alerts
      .filter((alert) => isOpen(alert) && alert.kind === "slower" && alert.candidate !== commit)
      .map(({ cell, machine: where, base }) => ({ cell, machine: where, base, candidate: commit })),
  ];
  const open = questions.flatMap(({ cell, machine: where, base, candidate }) => {
    if (!isCommit(base) || !isCommit(candidate) || base === candidate) return [];
    if (where !== machine || historyOnly.has(`${where} ${cell}`)) return [];
    return answerTo({ cell, machine: where, base, candidate }, comparisons)
      ? []
      : [{ cell, base, candidate }];
  });
  return Array.from(
    Map.groupBy(open, ({ base, candidate }) => `${base} ${candidate}`).values(),
    (members) => ({
      base: members[0]?.base ?? "",
      candidate: members[0]?.candidate ?? "",
      cells: [...new Set(members.map(({ cell }) => cell))],
    }),
  );
}
