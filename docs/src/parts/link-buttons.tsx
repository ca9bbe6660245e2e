import type { Latest } from "../data/latest.ts";
import type { SiteCell } from "../data/site-cell.ts";
import type { SiteState } from "../state/site-state.ts";
import { writeQuery } from "../state/query.ts";

interface LinkButtonsProps {
  readonly latest: Latest;
  readonly state: SiteState;
}

/** To this very view: as it will be with newer runs, or with the figures of today. */
export function LinkButtons({ latest, state }: LinkButtonsProps) {
  const run = mainRun(latest.cells);
  const pinned = writeQuery({ ...state, machine: latest.machine.id, ...(run !== undefined && { run }) });
  return (
    <p class="buttons scripted">
      <button type="button" data-copy-link={writeQuery(state)}>
        Copy link
      </button>{" "}
      <button type="button" data-copy-link={pinned}>
        Copy link pinned to its run
      </button>
    </p>
  );
}

/** The run that most cells are of. */
function mainRun(cells: readonly SiteCell[]): string | undefined {
  const runs = [...Map.groupBy(cells, ({ run }) => run)];
  return runs.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
