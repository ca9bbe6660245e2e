import { existsSync } from "node:fs";
import { dirname, join, parse } from "node:path";

/** The clone that the harness runs from; where it was installed as a package, the working folder. */
export function projectFolder(): string {
  for (let folder = import.meta.dirname; folder !== parse(folder).root; folder = dirname(folder))
    if (existsSync(join(folder, "pnpm-workspace.yaml"))) return folder;
  return process.cwd();
}

/** Everything that the harness keeps for itself; ignored by git. */
function stateFolder(): string {
  return join(projectFolder(), ".mnb");
}

export function runsFolder(): string {
  return join(stateFolder(), "runs");
}
