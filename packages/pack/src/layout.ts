import type { Graph } from "./closure.ts";

/**
 * Where every package goes, so that Node finds for each the versions that it was installed with, without links: in
 * `root`/node_modules where its name is free there, else in the node_modules of the package that needs it.
 * @param start the folder of the package that needs all others
 * @returns folders of packages by their places, such as `lib/node_modules/a/node_modules/b`
 */
export function layOut(graph: Graph, start: string, root: string): Map<string, string> {
  const first = graph.get(start);
  if (!first) throw new Error(`[pack] ${start} is not among the packages. This is a bug; please report it.`);
  const places = new Map([[`${root}/node_modules/${first.name}`, start]]);
  // Breadth first: all that goes beside a package's own dependencies is there before these look for theirs.
  for (const [place, folder] of places)
    for (const [name, wanted] of graph.get(folder)?.dependencies ?? []) {
      if (!graph.has(wanted)) continue;
      const seen = whereNodeLooks(place, name).find((candidate) => places.has(candidate));
      if (seen === undefined) places.set(`${root}/node_modules/${name}`, wanted);
      else if (places.get(seen) !== wanted) places.set(`${place}/node_modules/${name}`, wanted);
    }
  return places;
}

/** Where a package at this place may find another, nearest first. */
export function whereNodeLooks(place: string, name: string): string[] {
  const parts = place.split("/node_modules/");
  return parts.map((_, above) => [...parts.slice(0, parts.length - above), name].join("/node_modules/"));
}
