import { dayOf, howMany } from "@mobilenet-bench/results";
import type { MachineChoice } from "../data/facts.ts";
import { competes, type SiteCell } from "../data/site-cell.ts";
import type { PageProps } from "../parts/page-props.ts";

/** How much cells show of all that could be compared. */
interface Field {
  readonly models: number;
  readonly backends: number;
  /** A model on a backend, wherever and however it ran. */
  readonly pairs: number;
}

/** Of cells that compete: others are shown and tell nothing of an order. */
export function fieldOf(cells: readonly SiteCell[]): Field {
  const competing = cells.filter(competes);
  const size = (names: readonly string[]) => new Set(names).size;
  return {
    models: size(competing.map(({ model }) => model)),
    backends: size(competing.map(({ backend }) => backend)),
    pairs: size(competing.map(({ model, backend }) => `${model} ${backend}`)),
  };
}

/**
 * Why a site of several machines opens on this one, how old its figures are, and where a newer run is.
 * @returns undefined where there was no choice, or the address made it
 */
export function openingOf({
  latest,
  machines,
  state,
}: Pick<PageProps, "latest" | "machines" | "state">): string | undefined {
  if (machines.length < 2 || state.machine !== undefined || state.run !== undefined) return undefined;
  const { models, backends } = fieldOf(latest.cells);
  const shown = machines.find(({ id }) => id === latest.machine.id);
  const newest = machines.reduce<MachineChoice | undefined>(
    (best, one) => ((one.newest ?? "") > (best?.newest ?? "") ? one : best),
    undefined,
  );
  const measured = shown?.newest === undefined ? "" : `, last measured on ${dayOf(shown.newest)}`;
  const lines = [
    `Of ${howMany(machines.length, "machine")}, the one with most of the field: ${howMany(models, "model")} on ${howMany(backends, "backend")}${measured}.`,
  ];
  if (newest?.newest !== undefined && newest.newest > (shown?.newest ?? ""))
    lines.push(`A newer run, of ${dayOf(newest.newest)}, is of ${newest.title}: choose it under Machine.`);
  return lines.join(" ");
}
