import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertSchema, nightSchema } from "@mobilenet-bench/results";
import { readValidated } from "@mobilenet-bench/results/store";
import { confirmNight } from "../src/nightly/confirm-night.ts";
import { DataFolder } from "../src/nightly/data-folder.ts";
import { doNight, type NightOutcome } from "../src/nightly/do-night.ts";
import { nightFacts } from "../src/nightly/night-facts.ts";
import { readState, type NightState } from "../src/nightly/night-state.ts";
import { nightFolders, stepsOf, type NightPlan } from "../src/nightly/steps.ts";
import { callMnb } from "./support/call-mnb.ts";
import { namesIn, ScriptedMachine } from "./support/scripted-night.ts";

const GOOD = "a".repeat(40);
const BAD = "b".repeat(40);
const MENDED = "c".repeat(40);
const SLOW = "mobilenet_v1_0.25_128/ts/node";
const FAST = { ts: 8, wasm: 2, "tfjs-cpu": 30, "ort-node": 1 };

let root = "";
let remote = "";
const data = () => join(root, "data");
const machine = new ScriptedMachine("0123456789ab");

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "mnb-nights-"));
  remote = join(root, "remote.git");
  await execa("git", ["init", "--quiet", "--bare", remote]);
  machine.build(GOOD, FAST);
  machine.build(BAD, { ...FAST, ts: 11 });
  const { wasm: _, ...others } = FAST;
  machine.build(MENDED, others);
});

afterAll(() => rm(root, { recursive: true, force: true }));

function planOf(id: string, changes: Partial<NightPlan> = {}): NightPlan {
  return {
    id,
    folder: join(root, id),
    data: data(),
    site: join(root, "site"),
    measure: ["--model", "0.25_128"],
    shards: 1,
    control: { cells: [], pairs: 0, seed: 1 },
    publish: { remote, branch: "data" },
    issues: "folder",
    ...changes,
  };
}

/** One night of a commit: measuring and comparing are scripted, all other steps are done. */
async function night(
  id: string,
  commit: string,
  { failAt }: { readonly failAt?: string } = {},
): Promise<NightOutcome & { readonly called: string[] }> {
  const plan = planOf(id);
  const { runs, comparison } = nightFolders(plan.folder);
  const at = new Date(`${id}T01:00:00.000Z`);
  const path = join(root, `${id}.json`);
  const begun: NightState = (await readState(path)) ?? {
    version: 1,
    id,
    startedAt: at.toISOString(),
    commit,
    steps: stepsOf(plan).map((step) => ({ id: step.id, words: [...step.words], done: [...step.done] })),
    done: [],
  };
  const called: string[] = [];
  const signal = new AbortController().signal;
  const outcome = await doNight(path, begun, {
    signal,
    say: () => {},
    resume: () => Promise.resolve(undefined),
    async call(words) {
      const name = words.slice(0, 2).join(" ");
      called.push(name);
      if (name === failAt) return 2;
      if (words[0] === "run") {
        await machine.run(commit, at, runs);
        return 0;
      }
      if (name === "nightly confirm") {
        const sources = {
          data: new DataFolder(data(), fail),
          runs,
          cache: join(root, "cache"),
          onTrouble: fail,
        };
        const confirmed = await confirmNight({
          facts: await nightFacts(sources, { id, at }),
          machine: machine.machine,
          head: null,
          output: comparison,
          signal,
          say: () => {},
          call: (compare) => machine.compare(compare, at),
        });
        return confirmed.failed.length > 0 ? 1 : 0;
      }
      const { exitCode, stderr } = await callMnb(words, { cwd: root });
      if (exitCode !== 0 && exitCode !== 1) throw new Error(`mnb ${words.join(" ")}: ${stderr}`);
      return exitCode;
    },
  });
  return { ...outcome, called };
}

function fail(error: Error): never {
  throw error;
}

const git = async (...words: string[]) => (await execa("git", words, { cwd: remote })).stdout;
const publishedNight = async (id: string) =>
  nightSchema.parse(JSON.parse(await git("show", `data:nights/${id}.json`)));
const alerts = async () => {
  const names = await namesIn(data(), "alerts");
  return Promise.all(names.map((name) => readValidated(join(data(), "alerts", name), alertSchema)));
};

describe("nights on a bare repository", () => {
  it("publishes the first, in which nothing is known to compare with", async () => {
    const { end, called } = await night("2025-11-01", GOOD);
    expect(end).toBe("done");
    expect(called).toEqual([
      "nightly fetch",
      "run --model",
      "results merge",
      "nightly confirm",
      "results merge",
      "nightly report",
      "results roll-up",
      "site build",
      "nightly publish",
    ]);
    expect(await publishedNight("2025-11-01")).toMatchObject({ nominees: [], opened: [], runs: ["run-1"] });
    const files = (await git("ls-tree", "-r", "--name-only", "data")).split("\n");
    expect(files.some((name) => /^2025-11-01-[0-9a-f]{12}\.json$/.test(name))).toBe(true);
    expect(await git("log", "--format=%s", "data")).toBe("Night 2025-11-01");
    expect(await namesIn(root, "site")).toContain("index.html");
  });

  it("finds the regression that was planted in the second, has pairs confirm it, and opens an issue", async () => {
    const { end } = await night("2025-11-02", BAD);
    expect(end).toBe("done");
    expect(machine.asked).toEqual([[GOOD, BAD, SLOW]]);
    expect(await publishedNight("2025-11-02")).toMatchObject({
      commit: BAD,
      nominees: [{ cell: SLOW, direction: "slower", ground: "outlier", outcome: "slower" }],
      opened: [`slower ${machine.machine} ${SLOW}`],
    });
    expect(await alerts()).toMatchObject([
      { kind: "slower", cell: SLOW, base: GOOD, candidate: BAD, ratio: 11 / 8 },
    ]);
    const [issue = "", ...more] = await namesIn(root, "2025-11-02", "issues");
    expect(more).toEqual([]);
    const text = await readFile(join(root, "2025-11-02", "issues", issue), "utf8");
    expect(text).toMatch(/^# Slower: 0\.25_128\/ts\/node by 37\.5 %\n/);
    expect(text).toContain(`mnb compare ${GOOD} ${BAD} '${SLOW}'`);
    expect(await git("log", "--format=%s", "data")).toBe("Night 2025-11-02\nNight 2025-11-01");
  });

  it("does not ask again what pairs have answered, while it is as slow as before", async () => {
    const { end } = await night("2025-11-03", BAD);
    expect(end).toBe("done");
    expect(machine.asked).toHaveLength(1);
    expect(await publishedNight("2025-11-03")).toMatchObject({
      opened: [],
      open: [`slower ${machine.machine} ${SLOW}`],
    });
  });

  it("goes on where it failed, and does nothing twice", async () => {
    const failed = await night("2025-11-04", MENDED, { failAt: "results roll-up" });
    expect(failed).toMatchObject({ end: "failed", at: "roll-up" });
    expect(await git("log", "-1", "--format=%s", "data")).toBe("Night 2025-11-03");
    const resumed = await night("2025-11-04", MENDED);
    expect(resumed.end).toBe("done");
    expect(resumed.called).toEqual(["results roll-up", "site build", "nightly publish"]);
    expect(await git("log", "-1", "--format=%s", "data")).toBe("Night 2025-11-04");
  });

  it("closes the alert once pairs say that it is gone, and tells what has vanished", async () => {
    expect(machine.asked.slice(1)).toContainEqual([GOOD, MENDED, SLOW]);
    const { closed, opened } = await publishedNight("2025-11-04");
    expect(closed).toEqual([`slower ${machine.machine} ${SLOW}`]);
    expect(opened).toEqual([`vanished ${machine.machine} mobilenet_v1_0.25_128/wasm/node`]);
    const kinds = (await alerts()).map(({ kind, closed: by }) => [kind, by?.night]);
    expect(kinds.toSorted()).toEqual([
      ["slower", "2025-11-04"],
      ["vanished", undefined],
    ]);
  });
});

describe("the commands of a night", () => {
  it("are in order, each after what it needs, with an A/A arm and as many shards as asked for", () => {
    const steps = stepsOf(planOf("n", { shards: 3, control: { cells: ["c"], pairs: 40, seed: 7 } }));
    expect(steps.map(({ id }) => id)).toEqual([
      "fetch",
      "run-1",
      "run-2",
      "run-3",
      "control",
      "merge",
      "confirm",
      "merge-pairs",
      "report",
      "roll-up",
      "site",
      "publish",
    ]);
    expect(steps.find(({ id }) => id === "run-2")?.words).toContain("2/3");
    expect(steps.find(({ id }) => id === "control")?.words.slice(0, 6)).toEqual([
      "calibrate",
      "c",
      "--pairs",
      "40",
      "--seed",
      "7",
    ]);
  });

  it("publish nothing where no remote is named", () => {
    const { publish: _, ...plan } = planOf("n");
    expect(stepsOf(plan).map(({ id }) => id)).not.toContain("publish");
  });

  it("are printed and not done by --dry-run", async () => {
    const words = ["nightly", "--dry-run", "--model", "0.25_128", "--backend", "ts", "--protocol", "quick"];
    const { stdout, exitCode } = await callMnb([
      ...words,
      "--shards",
      "1",
      "--night",
      "dry",
      "--data",
      data(),
    ]);
    expect(exitCode).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.every((line) => line.startsWith("./mnb "))).toBe(true);
    expect(lines[0]).toMatch(
      /^\.\/mnb run --model 0\.25_128 --backend ts --protocol quick --output \S+runs$/,
    );
    expect(lines.some((line) => line.includes("nightly publish"))).toBe(false);
  });

  it.each([
    [["fetch"], /Say where nights are published: --remote URL/],
    [["--night", "../x"], /Give letters, digits, points and dashes/],
    [["--night", "data"], /not data/],
    [["--branch", "--force"], /Give the name of a branch|argument missing/],
    [["report", "--runs", "nowhere"], /nowhere has no run of this night/],
    [["sleep"], /Allowed choices are fetch, confirm, report, publish/],
  ])("refuse %j", async (words, message) => {
    const { stderr, exitCode } = await callMnb(["nightly", ...words], { cwd: root });
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it("are not gone on with where their state cannot be read", async () => {
    const path = join(root, "2025-11-04.json");
    await writeFile(path, (await readFile(path, "utf8")).replace('"version": 1', '"version": 9'));
    await expect(readState(path)).rejects.toThrow(/tells no state of a night: .* Remove it to begin anew/);
  });
});
