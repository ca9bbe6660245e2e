import { millions, TABLE_COLUMNS, titleOf, type TableColumn } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { useMemo } from "preact/hooks";
import { standingOf } from "../charts/site-cells.ts";
import { rankShown } from "../data/rank-shown.ts";
import type { SiteCell } from "../data/site-cell.ts";
import { isBroken } from "../data/status.ts";
import { CellLink } from "../parts/cell-link.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Filters } from "../parts/filters.tsx";
import { KeyGlyph } from "../parts/key-glyph.tsx";
import { LeftOutLine } from "../parts/left-out.tsx";
import { LinkButtons } from "../parts/link-buttons.tsx";
import type { PageProps } from "../parts/page-props.ts";
import { runCommand } from "../state/commands.ts";
import { filterCells } from "../state/filters.ts";
import type { Sort, SortKey } from "../state/site-state.ts";
import { alignedOnPoint } from "../style/align-on-point.ts";
import { Downloads } from "./downloads.tsx";
import { groupRows, type RowGroup } from "./sort-rows.ts";
import { TableControls } from "./table-controls.tsx";

const KEYS = ["model", "backend", "target", "threads", "precision", "variant", "adapter", "status"] as const;

/** Columns of figures, with what a press of their head sorts by. */
const FIGURES: readonly (readonly [TableColumn, SortKey | undefined])[] = [
  [TABLE_COLUMNS.rank, "rank"],
  [TABLE_COLUMNS.median, "ms"],
  [TABLE_COLUMNS.interval, undefined],
  [TABLE_COLUMNS.gmacs, "gmacs"],
  [TABLE_COLUMNS.peak, "peak"],
  [TABLE_COLUMNS.coldStart, "cold"],
];

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
        <Rows groups={groups} group={state.group} sort={state.sort} onSort={(sort) => change({ ...state, sort })} />
      )}
      <LinkButtons latest={latest} state={state} />
    </>
  );
}

interface RowsProps {
  readonly groups: readonly RowGroup[];
  readonly group: PageProps["state"]["group"];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function Rows({ groups, group, sort, onSort }: RowsProps) {
  const head = { sort, onSort };
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Figures: table">
      <table class="cells">
        <caption>Latency of one inference. Ranks are among the cells of a model that are shown.</caption>
        <thead>
          <tr>
            {group !== "model" && <SortHead {...head} title="model" sortKey="multAdds" />}
            <SortHead {...head} title="backend" sortKey="backend" />
            {FIGURES.map(([column, key]) => (
              <SortHead key={titleOf(column, {})} {...head} title={titleOf(column, {})} sortKey={key} number />
            ))}
            <th scope="col">status</th>
            <th scope="col" class="scripted">
              again
            </th>
          </tr>
        </thead>
        {groups.map(({ name, cells }) => {
          const columns = FIGURES.map(([column]) => alignedOnPoint(cells.map(column.value)));
          return (
            <tbody key={name}>
              {name !== "" && <GroupHead name={name} cells={cells} group={group} />}
              {cells.map((cell, i) => (
                <Row
                  key={cell.id}
                  cell={cell}
                  figures={columns.map((texts) => texts[i] ?? "")}
                  withModel={group !== "model"}
                />
              ))}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}

function GroupHead({ name, cells, group }: { readonly group: string } & RowGroup) {
  const [first] = cells;
  const facts =
    group === "model" && first !== undefined
      ? `${millions(first.multAdds)} M mult-adds, ${millions(first.params, 2)} M params`
      : `${cells.length} cells`;
  return (
    <tr class="group">
      <th scope="rowgroup" colSpan={FIGURES.length + (group === "model" ? 3 : 4)}>
        {name} <span class="facts">{facts}</span>
      </th>
    </tr>
  );
}

interface RowProps {
  readonly cell: SiteCell;
  /** As the columns of {@link FIGURES} say them. */
  readonly figures: readonly string[];
  readonly withModel: boolean;
}

function Row({ cell, figures, withModel }: RowProps) {
  return (
    <tr class={isBroken(cell.status) ? "broken" : undefined}>
      {withModel && <td>{shortModelName(cell.model)}</td>}
      <th scope="row">
        <KeyGlyph backend={cell.backend} standing={standingOf(cell)} /> <CellLink cell={cell} />
      </th>
      {figures.map((text, i) => (
        <td key={i} class="number">
          {text}
        </td>
      ))}
      <td>
        {TABLE_COLUMNS.status.value(cell)}
        {cell.dirty && <span class="tag"> dirty tree</span>}
        {cell.reason !== undefined && <span class="reason">: {cell.reason}</span>}
      </td>
      <td class="scripted">
        <CopyButton text={runCommand(cell)}>Copy command</CopyButton>
      </td>
    </tr>
  );
}

interface SortHeadProps {
  readonly title: string;
  readonly sortKey: SortKey | undefined;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly number?: boolean;
}

/** A press sorts from the smallest on, another one from the largest. */
function SortHead({ title, sortKey, sort, onSort, number = false }: SortHeadProps) {
  const style = number ? "number" : undefined;
  if (sortKey === undefined)
    return (
      <th scope="col" class={style}>
        {title}
      </th>
    );
  const isSorted = sort.key === sortKey;
  const order = sort.descending ? "descending" : "ascending";
  return (
    <th scope="col" class={style} aria-sort={isSorted ? order : undefined}>
      <button type="button" onClick={() => onSort({ key: sortKey, descending: isSorted && !sort.descending })}>
        {title}
        {isSorted && <span aria-hidden="true">{sort.descending ? " ▾" : " ▴"}</span>}
      </button>
    </th>
  );
}
