import { z } from "zod";
import { UsageError } from "../usage-error.ts";

const text = z.string().trim().default("");
const flag = z.enum(["true", "false", ""]).default("");

/** What a job gives the action, each as a text; an empty one is none. */
const inputsSchema = z.object({
  command: z.enum(["run", "compare", "check"]).default("run"),
  base: text.describe("compare: a build, such as ort-node@1.29.0"),
  candidate: text.describe("compare: a build"),
  cells: text.describe("ids, separated by white space"),
  suite: text,
  model: text,
  backend: text,
  target: text,
  threads: text,
  precision: text,
  protocol: text,
  weights: text.describe("a model file of the caller's"),
  image: text,
  comment: flag.describe("whether the result is put at the pull request"),
  output: text.describe("a folder"),
});
/** The inputs of the action, by name. */
export type ActionInputs = z.infer<typeof inputsSchema>;

/** Of environment variables, those of inputs: `MNB_INPUT_MODEL`. */
const PREFIX = "MNB_INPUT_";

/** @throws UsageError where one has a value that it cannot have */
export function readInputs(env: Readonly<Record<string, string | undefined>>): ActionInputs {
  const given = Object.fromEntries(
    Object.keys(inputsSchema.shape).flatMap((name) => {
      const value = env[`${PREFIX}${name.toUpperCase()}`];
      return value === undefined || value === "" ? [] : [[name, value] as const];
    }),
  );
  const { success, data, error } = inputsSchema.safeParse(given);
  if (success) return data;
  const [issue] = error.issues;
  throw new UsageError(
    `The input ${issue?.path.join(".") ?? ""} of the action: ${issue?.message ?? ""}. Correct it.`,
  );
}

/**
 * Refuses to measure all that there is where nobody has asked for anything.
 * @throws UsageError outside jobs of GitHub's, where no input is given
 */
export function requireJob(env: Readonly<Record<string, string | undefined>>): void {
  const isGiven = Object.keys(inputsSchema.shape).some((name) => {
    const value = env[`${PREFIX}${name.toUpperCase()}`];
    return value !== undefined && value !== "";
  });
  if (env["GITHUB_ACTIONS"] === "true" || isGiven) return;
  throw new UsageError(
    "mnb action does a step of a job of GitHub's, and this is none. At a desk, give an input and see what it would call: " +
      "MNB_INPUT_MODEL=0.25_128 mnb action --dry-run.",
  );
}

const FILTERS = ["suite", "model", "backend", "target", "threads", "precision"] as const;

/**
 * The words that do what the inputs ask for.
 * @param comparison the file that a comparison goes to
 * @throws UsageError where inputs are missing, or mean nothing to the command
 */
export function actionWords(
  inputs: ActionInputs,
  files: { readonly output: string; readonly comparison: string },
): string[] {
  const { command, base, candidate, cells, protocol } = inputs;
  const ids = cells.split(/\s+/).filter((id) => id !== "");
  const option = (name: keyof ActionInputs) => (inputs[name] === "" ? [] : [`--${name}`, inputs[name]]);
  const chosen = [...ids, ...FILTERS.flatMap(option), ...option("weights")];
  if (command !== "run" && protocol !== "")
    throw new UsageError(`The input protocol is for the command run, not for ${command}. Leave it out.`);
  if (command !== "compare" && (base !== "" || candidate !== ""))
    throw new UsageError(
      `The inputs base and candidate are for the command compare, not for ${command}. Leave them out.`,
    );
  switch (command) {
    case "run":
      return ["run", ...chosen, ...option("image"), ...option("protocol"), "--output", files.output];
    case "compare":
      if (base === "" || candidate === "")
        throw new UsageError(
          "The command compare takes the inputs base and candidate, such as ort-node@1.29.0 and ort-node@1.30.0.",
        );
      return [
        "compare",
        base,
        candidate,
        ...chosen,
        ...option("image"),
        "--format",
        "json",
        "--output",
        files.comparison,
      ];
    case "check":
      return ["check", ...chosen];
  }
}
