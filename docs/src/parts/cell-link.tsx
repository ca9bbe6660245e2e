import type { CellKey } from "@mobilenet-bench/results";
import type { ComponentChildren } from "preact";
import { rowName } from "../charts/site-cells.ts";
import { cellPath } from "../state/cell-path.ts";
import { usePageContext } from "./page-context.ts";

interface CellLinkProps {
  readonly cell: CellKey & { readonly id: string };
  /** Its row, where nothing is given. */
  readonly children?: ComponentChildren;
}

/** To the page of a cell. */
export function CellLink({ cell, children = rowName(cell) }: CellLinkProps) {
  const { root } = usePageContext();
  return <a href={root + encodeURI(cellPath(cell))}>{children}</a>;
}
