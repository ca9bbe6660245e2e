import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exec, logTail } from "./exec.mjs";
import { installId } from "./install.mjs";
import { optionalSteps } from "./optional-steps.mjs";
import { root, stateDir } from "./paths.mjs";
import { requireProgramNode } from "./program-node.mjs";
import { Progress } from "./progress.mjs";
import { readRecord, writeRecord } from "./stamp.mjs";
import { toolEnv } from "./tool-env.mjs";

const TEN_MINUTES_MS = 600_000;

/**
 * What is known of an optional part: `.mnb/setup/NAME.json`, which `mnb doctor` reads. No file: never tried.
 *
 * @typedef {object} OptionalRecord
 * @property {string} name
 * @property {"done" | "failed"} status
 * @property {string} detail what there is now, or the reason why there is nothing
 * @property {string} lost what cannot be had without it
 * @property {string} remedy what a user can do
 * @property {string} log everything the attempt printed: a path relative to the repository's root
 * @property {number} seconds that it took
 * @property {string} at the time of the attempt, ISO 8601
 * @property {string} installId the install of the packages that it was made for
 */

/**
 * Tries the optional parts that were not tried since the packages were installed. One that fails is told and
 * recorded, and ends nothing. With `retry` all are tried again: what is there already is found so at once, and what
 * somebody has deleted comes back. What tests alone need is left out unless `tests` is set or it was tried before.
 *
 * @param {{ retry?: boolean, tests?: boolean, steps?: readonly import("./optional-steps.mjs").OptionalStep[], folder?: string, id?: string }} options
 */
export async function installOptionalParts({
  retry = false,
  tests = false,
  steps = optionalSteps,
  folder = stateDir,
  id = installId(),
} = {}) {
  for (const step of steps) {
    const path = join(folder, `${step.name}.json`);
    /** @type {OptionalRecord | undefined} */
    const before = readRecord(path);
    const isWanted = tests || !step.testsOnly || (retry && before !== undefined);
    if (!isWanted) continue;
    const isTried = before?.installId === id;
    if (isTried && before.status === "done" && !retry) continue;
    if (isTried && !retry) {
      process.stderr.write(`✗ Without ${step.lost}: ${before.detail} (./mnb doctor says what to do)\n`);
      continue;
    }
    writeRecord(path, { ...(await attempt(step, join(folder, `${step.name}.log`))), installId: id });
  }
}

/** @returns {Promise<Omit<OptionalRecord, "installId">>} */
async function attempt(
  /** @type {import("./optional-steps.mjs").OptionalStep} */ step,
  /** @type {string} */ log,
) {
  const progress = new Progress(step.title);
  const begin = performance.now();
  const node = requireProgramNode();
  let detail = "";
  const { ok, how } = await exec({
    file: node.path,
    args: [fileURLToPath(new URL("run-optional.mjs", import.meta.url)), step.module, step.install],
    env: toolEnv(node),
    log,
    timeoutMs: step.timeoutMs ?? TEN_MINUTES_MS,
    onLine: (line) => {
      progress.update(line);
      if (line.trim() !== "") detail = line.trim();
    },
  });
  if (ok) progress.done(detail);
  else {
    progress.failed(detail || how);
    process.stderr.write(`  Goes on without ${step.lost}. ${step.remedy}\n${logTail(log)}\n`);
  }
  return {
    name: step.name,
    status: ok ? "done" : "failed",
    detail: detail || how,
    lost: step.lost,
    remedy: step.remedy,
    log: relative(root, log),
    seconds: (performance.now() - begin) / 1000,
    at: new Date().toISOString(),
  };
}
