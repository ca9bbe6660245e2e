export interface NodeTime {
  /**
   * As in the model; what the optimizer made of it ends in `_nchwc` or `_token_1`, and what it inserted has names of
   * its own.
   */
  readonly name: string;
  readonly microseconds: number;
}

/** One node of one run, as ONNX Runtime's profiler recorded it. */
export interface NodeRun extends NodeTime {
  readonly operator: string;
  /** `CPUExecutionProvider` and so on. */
  readonly provider: string;
  /** Threads of the pool that the node was offered to, the caller's included. */
  readonly threads: number;
}

const KERNEL = "_kernel_time";

/**
 * The nodes that ran, in order, from the text of a profile (an array of Chrome trace events).
 * @throws Error where the text is no profile
 */
export function parseProfile(text: string): NodeRun[] {
  return eventsOf(text)
    .filter(isKernelEvent)
    .map(({ name, dur, args }) => ({
      name: name.slice(0, -KERNEL.length),
      operator: args.op_name,
      provider: args.provider,
      microseconds: dur,
      threads: 1 + Object.keys(args.thread_scheduling_stats?.sub_threads ?? {}).length,
    }));
}

/**
 * The programs that a GPU ran, in order, with the time that its own clock tells; none where it has no such clock. In
 * the profile they are named `NODE&OPERATOR&PROGRAM`, and what a node itself took is only its preparation.
 */
export function parseDeviceTimes(text: string): NodeTime[] {
  return eventsOf(text)
    .filter(isDeviceEvent)
    .map(({ name, dur }) => ({ name: name.slice(0, name.indexOf("&")), microseconds: dur }));
}

/** How many nodes ran on each provider. */
export function countProviders(nodes: readonly NodeRun[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { provider } of nodes) counts[provider] = (counts[provider] ?? 0) + 1;
  return counts;
}

/** The size of the pool that ran the nodes. */
export function countThreads(nodes: readonly NodeRun[]): number {
  return nodes.reduce((most, { threads }) => Math.max(most, threads), 1);
}

function eventsOf(text: string): readonly unknown[] {
  const events: unknown = JSON.parse(text);
  if (!Array.isArray(events)) throw new Error("[backend-ort] ONNX Runtime's profile is no list of events.");
  return events;
}

interface DeviceEvent {
  readonly name: string;
  readonly dur: number;
}

function isDeviceEvent(event: unknown): event is DeviceEvent {
  if (!isRecord(event)) return false;
  const { cat, name, dur } = event;
  return cat === "Api" && typeof name === "string" && name.includes("&") && typeof dur === "number";
}

interface KernelEvent {
  readonly name: string;
  readonly dur: number;
  readonly args: {
    readonly op_name: string;
    readonly provider: string;
    /** An empty text where there is no pool. */
    readonly thread_scheduling_stats?: { readonly sub_threads?: Readonly<Record<string, unknown>> };
  };
}

function isKernelEvent(event: unknown): event is KernelEvent {
  if (!isRecord(event) || !isRecord(event.args)) return false;
  const { name, dur, args } = event;
  return (
    typeof name === "string" &&
    name.endsWith(KERNEL) &&
    typeof dur === "number" &&
    typeof args.op_name === "string" &&
    typeof args.provider === "string"
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
