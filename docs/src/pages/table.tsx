import { useMemo } from "preact/hooks";
import { rankShown } from "../data/rank-shown.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { Filters } from "../parts/filters.tsx";
import { LeftOutLine } from "../parts/left-out.tsx";
import { LinkButtons } from "../parts/link-buttons.tsx";
import type { PageProps } from "../parts/page-props.ts";
import { filterCells } from "../state/filters.ts";
import { Downloads } from "./downloads.tsx";
import { groupRows } from "./sort-rows.ts";
import { TableControls } from "./table-controls.tsx";
import { TableRows } from "./table-rows.tsx";

const KEYS = ["model", "backend", "target", "threads", "precision", "variant", "adapter", "status"] as const;

/** Every figure of a machine: sorted, filtered, grouped; each row opens its cell. */
export function Table(props: PageProps) {
  const { latest, state, change } = props;
  const filtered = useMemo(() => {
    const { shown, ...rest } = filterCells(latest.cells, state);
    return { ...rest, shown: rankShown(shown, latest.surelyFaster) };
  }, [latest, state]);
  const groups = useMemo(
    () => groupRows(filtered.shown, state.group, state.sort),
    [filtered, state.group, state.sort],
  );
  return (
    <>
      <h1>All figures</h1>
      <p class="where">
        {latest.machine.title} · {latest.machine.os}
      </p>
      <Filters {...props} keys={KEYS} />
      <TableControls state={state} change={change} />
      <LeftOutLine filtered={filtered} />
      <Downloads latest={latest} filtered={filtered} state={state} />
      {filtered.shown.length === 0 ? (
        <EmptyState filtered={filtered} state={state} change={change} />
      ) : (
        <TableRows
          groups={groups}
          group={state.group}
          sort={state.sort}
          onSort={(sort) => change({ ...state, sort })}
        />
      )}
      <LinkButtons latest={latest} state={state} />
    </>
  );
}
