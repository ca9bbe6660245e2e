import type { Backend } from "@mobilenet-bench/backend";

/**
 * The backend that a module from outside exports: its default export, or the only one that is a backend.
 * @param url of the module
 * @throws where it does not load, or exports no backend or several
 */
export async function importModule(url: string): Promise<Backend> {
  const exported: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ url);
  const { default: main, ...others } = exported;
  if (isBackend(main)) return main;
  const found = Object.values(others).filter(isBackend);
  const [backend, another] = found;
  if (!backend)
    throw new Error(
      `[harness] ${url} exports no backend. Export an object with id, summary, platforms, options, availability and load.`,
    );
  if (another)
    throw new Error(
      `[harness] ${url} exports several backends: ${found.map(({ id }) => id).join(", ")}. Export the one that is meant as default.`,
    );
  return backend;
}

/** As far as that can be told by looking: what it does, the checks find. */
function isBackend(value: unknown): value is Backend {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "availability" in value &&
    typeof value.availability === "function" &&
    "load" in value &&
    typeof value.load === "function"
  );
}
