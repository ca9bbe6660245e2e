import type { Sort, SortKey } from "../state/site-state.ts";

interface SortHeadProps {
  readonly title: string;
  readonly sortKey: SortKey | undefined;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly number?: boolean;
}

/** The head of a column. A press sorts from the smallest on, another one from the largest. */
export function SortHead({ title, sortKey, sort, onSort, number = false }: SortHeadProps) {
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
      <button
        type="button"
        onClick={() => onSort({ key: sortKey, descending: isSorted && !sort.descending })}
      >
        {title}
        {isSorted && <span aria-hidden="true">{sort.descending ? " ▾" : " ▴"}</span>}
      </button>
    </th>
  );
}
