import { node } from "./node.ts";
import type { Target } from "./target.ts";

/** Every target, by the name that cell ids use. */
export const TARGETS: Readonly<Record<string, Target>> = { node };
