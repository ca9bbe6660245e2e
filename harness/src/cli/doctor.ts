import { Command } from "commander";
import type { Availability } from "@mobilenet-bench/backend";
import pc from "picocolors";
import { BACKENDS, isBackendId } from "../backends.ts";
import { TARGETS } from "../target/targets.ts";
import { EXIT } from "./exit.ts";
import { print, printJson, terminal } from "./output.ts";
import { BACKEND_IDS } from "../backends.ts";

interface Finding {
  readonly kind: "backend" | "target";
  readonly id: string;
  readonly summary: string;
  readonly availability: Availability;
}

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Every backend and target: available, or why not and what to do.")
    .option("--json", "JSON on standard output")
    .action(async ({ json }: { json?: boolean }) => {
      const findings = [...(await examineBackends()), ...examineTargets()];
      if (json) printJson(findings.map(({ availability, ...finding }) => ({ ...finding, ...availability })));
      else print(render(findings));
      if (findings.some(({ availability }) => !availability.available)) process.exitCode = EXIT.wrong;
    });
}

async function examineBackends(): Promise<Finding[]> {
  return Promise.all(
    BACKEND_IDS.filter(isBackendId).map(async (id): Promise<Finding> => {
      const backend = await BACKENDS[id]();
      return { kind: "backend", id, summary: backend.summary, availability: await backend.availability() };
    }),
  );
}

function examineTargets(): Finding[] {
  return Object.keys(TARGETS).map((id) => ({
    kind: "target",
    id,
    summary: `Node ${process.versions.node} in child processes`,
    availability: { available: true },
  }));
}

function render(findings: readonly Finding[]): string {
  const colors = pc.createColors(terminal().color);
  const width = Math.max(...findings.map(({ id }) => id.length));
  const lines = findings.map(({ id, summary, availability }) => {
    const name = id.padEnd(width);
    if (availability.available)
      return `${colors.green("✓")} ${name}  ${summary}${availability.detail ? ` (${availability.detail})` : ""}`;
    const { reason, remedy } = availability;
    return `${colors.red("✗")} ${name}  ${summary}\n  ${" ".repeat(width)}  ${reason} ${colors.bold(remedy)}`;
  });
  return lines.join("\n");
}
