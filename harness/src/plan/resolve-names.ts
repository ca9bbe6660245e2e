import { CELL_ID_WORD } from "@mobilenet-bench/results";
import { NAMED_BACKENDS } from "../registry/backends.ts";
import type { NamedBackend } from "../registry/named-backend.ts";
import { UsageError } from "../usage-error.ts";
import type { Target } from "../target/target.ts";
import { findModule, isModuleName, nameModule } from "./find-module.ts";
import type { Filters } from "./plan.ts";
import { isGlob } from "./globs.ts";
import type { Known } from "./known.ts";

/**
 * Finds the modules from outside that filters and cell ids name in place of backends. From here on their backends go
 * by their own ids, as all others do.
 * @param folder where paths and packages are looked for
 * @throws UsageError where one cannot be found or imported, or its id cannot stand beside the others
 */
export async function resolveNames(
  filters: Filters,
  targets: Readonly<Record<string, Target>>,
  folder = process.cwd(),
): Promise<{ readonly filters: Filters; readonly known: Known }> {
  const found = new Map<string, NamedBackend>();
  const nameOf = async (text: string) => {
    const known = found.get(text)?.id;
    if (known !== undefined || !mayBeModule(text)) return known ?? text;
    const url = findModule(text, folder);
    if (url === undefined) return text;
    const backend = await nameModule(text, url);
    checkId(backend, text, [...found.values()]);
    found.set(text, backend);
    return backend.id;
  };
  const cells = [];
  for (const cell of filters.cells ?? []) cells.push(await withNamed(cell, nameOf));
  const backend = [];
  for (const name of filters.backend ?? []) backend.push(await nameOf(name));
  return {
    filters: {
      ...filters,
      ...(filters.cells && { cells }),
      ...(filters.backend && { backend }),
    },
    known: { backends: [...NAMED_BACKENDS, ...distinct(found.values())], targets },
  };
}

function mayBeModule(text: string): boolean {
  if (NAMED_BACKENDS.some(({ id }) => id === text)) return false;
  return isModuleName(text) || !isGlob(text);
}

/** In an id that was typed the module stands where the backend does, slashes and all. */
async function withNamed(id: string, nameOf: (text: string) => Promise<string>): Promise<string> {
  const [, model, backend, rest] = /^([^/?]+)\/([^?]+)(\/[^/?]+(?:\?.*)?)$/.exec(id) ?? [];
  if (model === undefined || backend === undefined || rest === undefined) return id;
  return `${model}/${await nameOf(backend)}${rest}`;
}

function checkId({ id, module }: NamedBackend, text: string, others: readonly NamedBackend[]): void {
  if (!CELL_ID_WORD.test(id))
    throw new UsageError(
      `The id of the backend of ${text} is ${JSON.stringify(id)}, which no cell id can hold. Use letters, digits, ".", "_", ":" and "-".`,
    );
  const taken = [...NAMED_BACKENDS, ...others].find((other) => other.id === id && other.module !== module);
  if (taken)
    throw new UsageError(
      `The id of the backend of ${text} is ${id}, as that of ${taken.module ?? "a backend of this program"}. Give it another id.`,
    );
}

function distinct(backends: Iterable<NamedBackend>): NamedBackend[] {
  return [...new Map([...backends].map((backend) => [backend.id, backend])).values()];
}
