import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { z } from "zod";
import type { Availability } from "@mobilenet-bench/backend";
import { answerIn, availabilityOf, factsOf, type Answer } from "../ask/known.ts";
import { examineMachine, type MachineFinding } from "../environment/examine-machine.ts";
import type { NamedBackend } from "../registry/named-backend.ts";
import { chooseBackends } from "../plan/known.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { projectFolder } from "../folders.ts";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { thisPack } from "../this-pack.ts";
import type { Failure } from "../target/failure.ts";
import type { Target } from "../target/target.ts";
import { createTargets } from "../target/targets.ts";
import { UsageError } from "../usage-error.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { EXIT } from "./exit.ts";
import { commaSeparated } from "./options.ts";
import { print, printJson, terminal } from "./output.ts";

interface Finding {
  readonly kind: "backend" | "target";
  readonly id: string;
  readonly summary: string;
  readonly availability: Availability;
  /** Everything that an attempt to install it printed. */
  readonly log?: string;
}

interface DoctorOptions extends FormatOptions {
  readonly fix?: boolean;
  readonly backend: readonly string[];
}

export function doctorCommand(): Command {
  return addFormats(new Command("doctor"))
    .description(
      "Every backend and target: available, or why not and what to do; and whether the machine is fit to measure on now.",
    )
    .option("--backend <names>", "these alone, comma-separated, globs allowed", commaSeparated, ["*"])
    .option("--fix", "first try again to install what is missing")
    .action(async ({ fix, json, backend }: DoctorOptions) => {
      if (fix) await installMissing();
      const named = await resolveNames({ backend }, createTargets());
      const backends = chooseBackends(named.filters.backend ?? [], named.known);
      const targets = Object.values(named.known.targets);
      // First of all, and alone: asking backends keeps the machine busy.
      const machine = await examineMachine();
      const findings = [
        ...(await examineBackends(backends, targets)),
        ...(await Promise.all(targets.map(examineTarget))),
      ];
      if (json)
        printJson([
          ...findings.map(({ availability, ...finding }) => ({ ...finding, ...availability })),
          ...machine.map(({ trouble, ...finding }) => ({ kind: "machine", ...finding, ...trouble })),
        ]);
      else print(`${render(findings)}\n\n${renderMachine(machine)}`);
      // A browser more or less is a matter of taste; a backend that cannot run is not.
      const lacks = findings.some(({ kind, availability }) => kind === "backend" && !availability.available);
      if (lacks) process.exitCode = EXIT.wrong;
    });
}

/** The set-up knows the optional parts; what it prints goes to standard error. */
async function installMissing(): Promise<void> {
  if (thisPack !== null)
    throw new UsageError("A pack installs nothing. Leave --fix out, or set up a clone here.");
  const { execaNode } = await import("execa");
  const setup = join(projectFolder(), "harness", "setup", "setup.mjs");
  const { failed } = await execaNode(setup, ["--retry"], {
    reject: false,
    stdin: "ignore",
    stdout: process.stderr,
    stderr: "inherit",
    ipc: false,
  });
  if (failed)
    throw new UsageError("The set-up could not be repeated here. Run npm start in a clone of the project.");
}

async function examineBackends(
  backends: readonly NamedBackend[],
  targets: readonly Target[],
): Promise<Finding[]> {
  const [facts, availability] = await Promise.all([factsOf(backends), availabilityOf(backends)]);
  return Promise.all(
    backends.map(async ({ id }) => {
      const log = await installLog(id);
      return {
        kind: "backend" as const,
        id,
        ...(await findingOf(answerIn(facts, id), answerIn(availability, id), targets)),
        ...(log === undefined ? {} : { log }),
      };
    }),
  );
}

async function findingOf(
  facts: Answer<"facts">,
  availability: Answer<"availability">,
  targets: readonly Target[],
): Promise<Pick<Finding, "summary" | "availability">> {
  if (!facts.ok) return { summary: facts.failure.status, availability: unavailable(facts.failure) };
  const { summary, platforms } = facts.value;
  if (!platforms.includes("node")) return { summary, availability: await availabilityInPages(targets) };
  if (!availability.ok) return { summary, availability: unavailable(availability.failure) };
  return { summary, availability: availability.value };
}

function unavailable({ reason, remedy }: Failure): Availability {
  return { available: false, reason, remedy: remedy ?? "Mend it." };
}

/** Of backends that only pages have; whether a page really has, only opening one tells. */
async function availabilityInPages(targets: readonly Target[]): Promise<Availability> {
  const browsers = targets.filter(({ platform }) => platform === "browser");
  const found = await Promise.all(
    browsers.map(async (target) => [target.id, await target.availability()] as const),
  );
  const available = found.flatMap(([id, { available }]) => (available ? [id] : []));
  if (available.length > 0) return { available: true, detail: `in pages: ${available.join(", ")}` };
  return {
    available: false,
    reason: "It runs in pages only, and there is no browser.",
    remedy: "Run ./mnb doctor --fix, or install Chrome.",
  };
}

/** What the set-up recorded of an optional part; undefined where there was nothing to install. */
async function installLog(id: string): Promise<string | undefined> {
  const path = join(projectFolder(), ".mnb", "setup", `${id}.json`);
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? undefined : z.object({ log: z.string() }).parse(JSON.parse(text)).log;
}

async function examineTarget(target: Target): Promise<Finding> {
  return {
    kind: "target",
    id: target.id,
    summary: target.summary,
    availability: await target.availability(),
  };
}

function render(findings: readonly Finding[]): string {
  const colors = pc.createColors(terminal().color);
  const width = Math.max(...findings.map(({ id }) => id.length));
  const lines = findings.map(({ id, summary, availability, log }) => {
    const name = id.padEnd(width);
    if (availability.available)
      return `${colors.green("✓")} ${name}  ${summary}${availability.detail ? ` (${terminalLine(availability.detail)})` : ""}`;
    const details = [
      `${terminalLine(availability.reason)} ${colors.bold(terminalLine(availability.remedy))}`,
      ...(log === undefined ? [] : [terminalLine(`What was tried: ${log}`)]),
    ];
    return [
      `${colors.red("✗")} ${name}  ${summary}`,
      ...details.map((line) => `  ${" ".repeat(width)}  ${line}`),
    ].join("\n");
  });
  return lines.join("\n");
}

/** What would spoil figures stands out; it makes nothing unavailable. */
function renderMachine(findings: readonly MachineFinding[]): string {
  const colors = pc.createColors(terminal().color);
  const width = Math.max(...findings.map(({ id }) => id.length));
  const lines = findings.map(({ id, summary, detail, trouble }) => {
    const facts = `${id.padEnd(width)}  ${summary} (${terminalLine(detail ?? "not told here")})`;
    if (!trouble) return `${detail === undefined ? colors.dim("–") : colors.green("✓")} ${facts}`;
    const { reason, remedy } = trouble;
    return [
      `${colors.yellow("!")} ${facts}`,
      `  ${" ".repeat(width)}  ${terminalLine(reason)} ${colors.bold(terminalLine(remedy))}`,
    ].join("\n");
  });
  return ["This machine, now:", ...lines].join("\n");
}
