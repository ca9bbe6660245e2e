import type { MachineFacts } from "../src/data/facts.ts";

/** Enough of an id to tell machines apart. */
const DIGITS = 6;

/** The same with titles that no two machines share: to those that do, the beginnings of their ids are added. */
export function distinctTitles<Of extends { readonly machine: MachineFacts }>(all: readonly Of[]): Of[] {
  const titles = Map.groupBy(all, ({ machine }) => machine.title);
  return all.map((one) => {
    const { title, id } = one.machine;
    if ((titles.get(title)?.length ?? 0) < 2) return one;
    return { ...one, machine: { ...one.machine, title: `${title} (${id.slice(0, DIGITS)})` } };
  });
}
