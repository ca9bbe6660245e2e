import { BACKENDS } from "../backends.ts";
import { isLeftOut } from "../pack/left-out.ts";
import type { PlannedCell } from "../plan/cell.ts";
import type { Target } from "../target/target.ts";
import type { Failure } from "./cell-run.ts";

/**
 * Why a cell cannot be had, as far as that can be told without opening a runner; nothing where it may be. What a
 * backend says of itself holds for Node: in a page it is asked there.
 * @param softwareGpus whether a processor may play the part of a GPU
 */
export async function whyUnavailable(
  { backend: id }: Pick<PlannedCell, "backend">,
  target: Target,
  softwareGpus = true,
): Promise<Failure | undefined> {
  const backend = await BACKENDS[id]();
  if (!backend.platforms.includes(target.platform)) return refusal(id, target.id, backend.platforms);
  const asksBackend = target.platform === "node" || isLeftOut(id);
  const answers = asksBackend ? [target, backend] : [target];
  for (const asked of answers) {
    const answer = await asked.availability();
    if (!answer.available) return { status: "unsupported", reason: answer.reason, remedy: answer.remedy };
    if (answer.software && !softwareGpus) return softwareRefusal(id, answer.detail);
  }
  return undefined;
}

function softwareRefusal(backend: string, detail: string | undefined): Failure {
  return {
    status: "unsupported",
    reason: `There is no GPU, only a processor in its place${detail === undefined ? "" : ` (${detail})`}: slow, and no measure of one.`,
    remedy: `To measure it all the same, name it in place of the suite: --backend ${backend}.`,
  };
}

function refusal(backend: string, target: string, platforms: readonly string[]): Failure {
  return {
    status: "unsupported",
    reason: `${backend} does not run on the target ${target}.`,
    remedy: `It runs on ${platforms.map((platform) => (platform === "node" ? "node" : "chrome")).join(" and ")}.`,
  };
}
