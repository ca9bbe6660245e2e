import { UnsupportedError, type Actual } from "@mobilenet-bench/backend";
import { inputLength, type Model, type Weights } from "@mobilenet-bench/spec";
import { exportOnnx, LOGITS } from "@mobilenet-bench/model-files/onnx";
import { OrtSession } from "./ort-session.ts";
import { countProviders, countThreads, type NodeRun } from "./profile.ts";
import { run, type Runtime } from "./runtime.ts";

/** What was asked for, and has to be found in the library's own profile. */
export interface Asked {
  /** The backend, for messages. */
  readonly backend: string;
  readonly threads: number;
  /** As profiles name it: `CPUExecutionProvider`. */
  readonly provider: string;
  /** Whether that provider computes on a GPU. */
  readonly onDevice?: boolean;
  /** What a user can do where a node ran elsewhere. */
  readonly remedy: string;
}

export type Details = Omit<Actual, "threads" | "precision">;

/**
 * A session whose first inference was profiled, so that the very session that will be measured has proven
 * what it runs on.
 * @param describe what is to be reported beside what the profile says
 * @throws UnsupportedError where a node ran on another provider, or another number of threads was started
 */
export async function loadProven(
  runtime: Runtime,
  model: Model,
  weights: Weights,
  asked: Asked,
  describe: () => Details | Promise<Details>,
): Promise<OrtSession> {
  const {
    session: main,
    nodes,
    deviceTimes,
  } = await runtime.createProfiled(exportOnnx(model, weights), (session) =>
    run(runtime, session, new Float32Array(inputLength(model)), [1, ...model.input], [LOGITS]),
  );
  try {
    assertAsAsked(asked, nodes);
  } catch (error) {
    await main.release();
    throw error;
  }
  const actual: Actual = {
    ...(await describe()),
    threads: countThreads(nodes),
    precision: "fp32",
    providers: countProviders(nodes),
    nodes: Object.fromEntries(nodes.map(({ name, provider }) => [name, provider])),
  };
  const timesLayers = !asked.onDevice || deviceTimes.length > 0;
  return new OrtSession({ backend: asked.backend, runtime, model, weights, main, actual, timesLayers });
}

/** @throws UnsupportedError where anything ran otherwise than asked for, or nothing is proven */
export function assertAsAsked({ backend, provider, threads, remedy }: Asked, nodes: readonly NodeRun[]) {
  const refuse = (reason: string, remedy: string): never => {
    throw new UnsupportedError(`backend-${backend}`, reason, remedy);
  };
  if (nodes.length === 0)
    refuse("ONNX Runtime's profile names no node, so nothing is proven.", "Use another version of it.");
  const strays = nodes.filter((node) => node.provider !== provider);
  if (strays.length > 0)
    refuse(
      `${strays.length} of ${nodes.length} nodes ran not on ${provider}: ${strays.map((node) => `${node.name} on ${node.provider}`).join(", ")}.`,
      remedy,
    );
  const started = countThreads(nodes);
  if (started !== threads)
    refuse(
      `ONNX Runtime computed with ${started} threads in place of ${threads}.`,
      `Use threads=${started}.`,
    );
}
