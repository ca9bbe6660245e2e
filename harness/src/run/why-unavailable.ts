import { answerIn, availabilityOf, factsOf, OWN_ASKER, type Asker } from "../ask/known.ts";
import { isLeftOut } from "../registry/left-out.ts";
import type { PlannedCell } from "../plan/cell.ts";
import type { Target } from "../target/target.ts";
import type { Failure } from "../target/failure.ts";

/** A backend on a target: cells are some. */
type Asked = Pick<PlannedCell, "from" | "on">;

/**
 * Why a cell cannot be had, as far as that can be told without opening a runner; nothing where it may be. What a
 * backend says of itself holds for Node: in a page it is asked there.
 * @param softwareGpus whether a processor may play the part of a GPU
 * @param asker of the build whose backend it is
 */
export async function whyUnavailable(
  { from, on: target }: Asked,
  {
    softwareGpus = true,
    signal,
    asker = OWN_ASKER,
  }: { readonly softwareGpus?: boolean; readonly signal?: AbortSignal; readonly asker?: Asker } = {},
): Promise<Failure | undefined> {
  const { id } = from;
  const facts = answerIn(await asker.factsOf([from], signal), id);
  if (!facts.ok) return facts.failure;
  const { platforms } = facts.value;
  if (!platforms.includes(target.platform)) return refusal(id, target.id, platforms);
  if (from.module !== undefined && target.platform !== "node") return fromOutside(id, target.id);
  const here = await target.availability();
  if (!here.available) return { status: "unsupported", reason: here.reason, remedy: here.remedy };
  if (here.software && !softwareGpus) return softwareRefusal(id, here.detail);
  if (!asksBackend(id, target)) return undefined;
  const answer = answerIn(await asker.availabilityOf([from], signal), id);
  if (!answer.ok) return answer.failure;
  const { value } = answer;
  if (!value.available) return { status: "unsupported", reason: value.reason, remedy: value.remedy };
  return value.software && !softwareGpus ? softwareRefusal(id, value.detail) : undefined;
}

/** Asks the backends of all cells at once what {@link whyUnavailable} will want to know of each. */
export async function askAhead(cells: readonly Asked[], signal?: AbortSignal): Promise<void> {
  await factsOf(
    cells.map(({ from }) => from),
    signal,
  );
  const inNode = cells.filter(({ from, on }) => asksBackend(from.id, on));
  await availabilityOf(
    inNode.map(({ from }) => from),
    signal,
  );
}

function asksBackend(id: string, { platform }: Target): boolean {
  return platform === "node" || isLeftOut(id);
}

function softwareRefusal(backend: string, detail: string | undefined): Failure {
  return {
    status: "unsupported",
    reason: `There is no GPU, only a processor in its place${detail === undefined ? "" : ` (${detail})`}: slow, and no measure of one.`,
    remedy: `To measure it all the same, name it in place of the suite: --backend ${backend}.`,
  };
}

/** What pages can load is bundled when this program is built. */
function fromOutside(backend: string, target: string): Failure {
  return {
    status: "unsupported",
    reason: `${backend} is from outside of this program, and pages (${target}) hold what was built into them.`,
    remedy: "Measure it on the target node, or add it to the registry (README.md: Adding a backend).",
  };
}

function refusal(backend: string, target: string, platforms: readonly string[]): Failure {
  return {
    status: "unsupported",
    reason: `${backend} does not run on the target ${target}.`,
    remedy: `It runs on ${platforms.map((platform) => (platform === "node" ? "node" : "chrome")).join(" and ")}.`,
  };
}
