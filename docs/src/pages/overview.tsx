import { shortModelName } from "@mobilenet-bench/spec";
import { useMemo } from "preact/hooks";
import { latencyAgainstMultAdds } from "../charts/latency-against-mult-adds.ts";
import { rankIntervals } from "../charts/rank-intervals.ts";
import { rankShown } from "../data/rank-shown.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { Figure } from "../parts/figure.tsx";
import { Filters } from "../parts/filters.tsx";
import { FitsTable, shownFits } from "../parts/fits-table.tsx";
import { LeftOutLine } from "../parts/left-out.tsx";
import { Legend } from "../parts/legend.tsx";
import { LinkButtons } from "../parts/link-buttons.tsx";
import { usePageContext } from "../parts/page-context.ts";
import { filterCells } from "../state/filters.ts";
import { headlineOf } from "./headline.ts";
import { openingOf } from "./opening.ts";
import { pageLink } from "../state/links.ts";
import type { PageProps } from "../parts/page-props.ts";

const KEYS = ["target", "threads", "precision", "variant", "adapter", "backend"] as const;

/** Latency against mult-adds: who is fastest, by how much, and whether mult-adds are a fair proxy. */
export function Overview(props: PageProps) {
  const { latest, state, change } = props;
  const { root } = usePageContext();
  const filtered = useMemo(() => {
    const { shown, ...rest } = filterCells(latest.cells, state);
    return { ...rest, shown: rankShown(shown, latest.surelyFaster) };
  }, [latest, state]);
  const { shown } = filtered;
  const data = useMemo(() => {
    const { peak } = latest.machine;
    return {
      cells: shown,
      lines: shownFits({ fits: latest.fits, cells: shown }),
      scale: state.scale,
      ...(peak && { peak }),
    };
  }, [latest, shown, state.scale]);
  const heaviest = shown[0]?.model ?? "";
  const ranked = useMemo(
    () => ({ cells: shown.filter(({ model }) => model === heaviest) }),
    [shown, heaviest],
  );
  const { title, where } = headlineOf(shown, latest);
  const opening = openingOf(props);
  return (
    <>
      <h1>{title}</h1>
      <p class="where">{where}</p>
      {opening !== undefined && <p class="where">{opening}</p>}
      <Filters {...props} keys={KEYS} scale />
      <LeftOutLine filtered={filtered} />
      <Legend cells={latest.cells} state={state} change={change} />
      {shown.length === 0 ? (
        <EmptyState filtered={filtered} state={state} change={change} />
      ) : (
        <>
          <Figure id="latency" draw={latencyAgainstMultAdds} data={data} opens="cell" />
          <p class="reading">
            Filled marks compete; hollow ones are shown and never ranked or fitted. A rule is the 95 %
            interval within the run; most are shorter than their mark.
          </p>
          <section aria-labelledby="order">
            <h2 id="order">How sure is the order on {shortModelName(heaviest)}?</h2>
            <Figure id="ranks" draw={rankIntervals} data={ranked} opens="cell" />
            {new Set(ranked.cells.map(({ run }) => run)).size > 1 && (
              <p class="reading">
                Cells of one run are told apart round by round. Those of different runs are where what earlier
                runs foresee of each does not overlap; where less than three runs came before, where they lie
                apart by more than a factor of two.
              </p>
            )}
          </section>
          <section aria-labelledby="fits">
            <h2 id="fits">Are mult-adds a fair proxy?</h2>
            <FitsTable fits={latest.fits} cells={shown} runs={latest.runs} />
          </section>
        </>
      )}
      <p class="more">
        <a href={pageLink(root, "table", state)}>All figures as a table</a>
        {" · "}
        <a href={pageLink(root, "choose", state)}>Choose within a budget</a>
      </p>
      <LinkButtons latest={latest} state={state} />
    </>
  );
}
