import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ownModule } from "./own-module.ts";
import { VARIABLE, type Injection, type PlacedEdit } from "./planted.ts";

/** The environment in which every process, and every thread of it, has these changes. */
export function environmentWith(injection: Injection): Record<string, string> {
  const inject = `--import=${pathToFileURL(ownModule("inject")).href}`;
  const options = [process.env["NODE_OPTIONS"], inject];
  return { NODE_OPTIONS: options.filter(Boolean).join(" "), [VARIABLE]: JSON.stringify(injection) };
}

/** Why an edit cannot be made in the sources as they are; undefined where it can. */
export function whyInapplicable({ source, find }: PlacedEdit): string | undefined {
  const count = readFileSync(source, "utf8").split(find).length - 1;
  return count === 1 ? undefined : `${source} has its text ${count === 0 ? "no more" : `${count} times`}`;
}
