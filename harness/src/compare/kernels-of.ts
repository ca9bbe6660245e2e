import type { Actual } from "@mobilenet-bench/backend";

/** Which kernel computes which layer, as far as a backend tells in its detail `kernels`. */
export function kernelsOf({ kernels }: Actual): Record<string, string> {
  if (typeof kernels !== "object" || kernels === null || Array.isArray(kernels)) return {};
  return Object.fromEntries(
    Object.entries(kernels).flatMap(([layer, kernel]) =>
      typeof kernel === "string" ? [[layer, kernel]] : [],
    ),
  );
}
