import { howMany } from "@mobilenet-bench/results";
import { withoutFilter, type Filtered } from "../state/filters.ts";
import { DEFAULT_STATE, type SiteState } from "../state/site-state.ts";

interface EmptyStateProps {
  readonly filtered: Filtered;
  readonly state: SiteState;
  readonly change: (state: SiteState) => void;
}

/** Nothing fits: which filter gives how much back. */
export function EmptyState({ filtered, state, change }: EmptyStateProps) {
  const reset = () => change({ ...state, filters: DEFAULT_STATE.filters, search: "" });
  return (
    <div class="empty-state" role="status">
      <p>
        <strong>No cell fits.</strong> {filtered.all} are left out by filters.
      </p>
      <ul class="buttons">
        {filtered.leftOut.map(({ filter, title, cells }) => (
          <li key={filter}>
            <button type="button" onClick={() => change(withoutFilter(state, filter))}>
              {title}: any ({howMany(cells, "cell")} more)
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={reset}>
            All filters off ({filtered.all} cells)
          </button>
        </li>
      </ul>
    </div>
  );
}
