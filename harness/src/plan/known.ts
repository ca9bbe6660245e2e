import type { NamedBackend } from "../registry/named-backend.ts";
import type { Target } from "../target/target.ts";
import { chooseNames } from "./choose-names.ts";

/** What the names in cell ids stand for. */
export interface Known {
  /** In the order of listings. */
  readonly backends: readonly NamedBackend[];
  readonly targets: Readonly<Record<string, Target>>;
}

/** @throws UsageError where a pattern fits none */
export function chooseBackends(patterns: readonly string[], { backends }: Known): NamedBackend[] {
  const ids = backends.map(({ id }) => id);
  const chosen = new Set(chooseNames("backend", patterns, ids));
  return backends.filter(({ id }) => chosen.has(id));
}

/** @throws UsageError where a pattern fits none */
export function chooseTargets(patterns: readonly string[], { targets }: Known): Target[] {
  const chosen = new Set(chooseNames("target", patterns, Object.keys(targets)));
  return Object.entries(targets).flatMap(([id, target]) => (chosen.has(id) ? [target] : []));
}
