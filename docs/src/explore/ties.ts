/** What is looked at of a datum. */
interface Told {
  /** Of its drawing's table: titles and values. */
  readonly facts: readonly (readonly [title: string, value: string])[];
}

/** As tables write ranks: `3`, or `2–4`. */
const RANK = /^(\d+)(?:–(\d+))?$/;

/**
 * The data of the same model whose ranks overlap with that of one of them: as far as is known, as fast as it.
 * @param data of a drawing whose table has the columns `model` and `rank`; of any other there are none
 */
export function tiesOf<Datum extends Told>(datum: Datum, data: readonly Datum[]): Datum[] {
  const own = rankOf(datum);
  if (own === undefined) return [];
  return data.filter((other) => {
    const rank = rankOf(other);
    return (
      other !== datum &&
      rank !== undefined &&
      factOf(other, "model") === factOf(datum, "model") &&
      rank.best <= own.worst &&
      rank.worst >= own.best
    );
  });
}

function rankOf(datum: Told) {
  const [, best, worst = best] = RANK.exec(factOf(datum, "rank") ?? "") ?? [];
  return best === undefined ? undefined : { best: Number(best), worst: Number(worst) };
}

function factOf({ facts }: Told, wanted: string): string | undefined {
  return facts.find(([title]) => title === wanted)?.[1];
}
