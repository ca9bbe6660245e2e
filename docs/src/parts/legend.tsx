import type { SiteCell } from "../data/site-cell.ts";
import type { PageProps } from "./page-props.ts";
import { valuesOf, withFilter } from "../state/filters.ts";
import { matches } from "../state/match.ts";
import { KeyGlyph } from "./key-glyph.tsx";

type LegendProps = Pick<PageProps, "state" | "change"> & {
  /** All that the machine has, shown or not: a backend that was filtered away can be brought back here. */
  readonly cells: readonly SiteCell[];
};

/** The backends with their keys. Pressed, one isolates its backend; with Shift it adds or takes away; pressed again, all are back. */
export function Legend({ cells, state, change }: LegendProps) {
  const backends = valuesOf("backend", cells);
  const shown = backends.filter((backend) => matches(backend, state.filters.backend));
  const press = (backend: string, adds: boolean) => {
    const next = pressed(backend, shown, adds);
    change(withFilter(state, "backend", next.length === backends.length ? [] : next));
  };
  return (
    <ul class="legend" aria-label="Backends">
      {backends.map((backend) => (
        <li key={backend}>
          <button
            type="button"
            aria-pressed={shown.includes(backend) ? "true" : "false"}
            title={`Only ${backend}; with Shift: as well`}
            onClick={(event) => press(backend, event.shiftKey)}
          >
            <KeyGlyph backend={backend} /> {backend}
          </button>
        </li>
      ))}
    </ul>
  );
}

function pressed(backend: string, shown: readonly string[], adds: boolean): string[] {
  const isShown = shown.includes(backend);
  if (adds) {
    const next = isShown ? shown.filter((one) => one !== backend) : [...shown, backend];
    return next.length === 0 ? ["!*"] : next;
  }
  return isShown && shown.length === 1 ? [] : [backend];
}
