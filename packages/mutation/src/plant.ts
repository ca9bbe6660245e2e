import { pathToFileURL } from "node:url";
import { ownModule } from "./own-module.ts";
import { VARIABLE, type Injection } from "./planted.ts";

/** The environment in which every process, and every thread of it, has these changes. */
export function environmentWith(injection: Injection): Record<string, string> {
  const inject = `--import=${pathToFileURL(ownModule("inject")).href}`;
  const options = [process.env["NODE_OPTIONS"], inject];
  return { NODE_OPTIONS: options.filter(Boolean).join(" "), [VARIABLE]: JSON.stringify(injection) };
}
