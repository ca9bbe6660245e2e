import { describeModule, significant, type Protocol, type Run } from "@mobilenet-bench/results";

/** One fact of both runs. */
export interface Fact {
  readonly name: string;
  readonly base: string;
  readonly candidate: string;
  readonly differs: boolean;
}

type Facts = Readonly<Record<string, string>>;

/** What could explain a difference, of both runs: a name that one run lacks has a dash there. */
export function factsOf(base: Run, candidate: Run): Fact[] {
  const [one, other] = [read(base), read(candidate)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => {
    const [before = "–", after = "–"] = [one[name], other[name]];
    return { name, base: before, candidate: after, differs: before !== after };
  });
}

function read(run: Run): Facts {
  const { environment, protocol } = run;
  const { cpu, os, runtime, before, after } = environment;
  return {
    run: run.id,
    ...(run.simulated !== undefined && { simulated: run.simulated }),
    measured: `${run.startedAt.slice(0, 16).replace("T", " ")} UTC`,
    machine: environment.machine,
    processor: cpu.model,
    cores: `${cpu.cores} (${cpu.physicalCores} physical)`,
    features: cpu.features.toSorted().join(" ") || "–",
    memory: `${significant(environment.memoryBytes / 2 ** 30)} GiB`,
    virtualization: environment.virtualization ?? "none",
    system: `${os.name} ${os.arch}`,
    kernel: os.release,
    ...runtime,
    commit: `${environment.commit?.slice(0, 12) ?? "none"}${environment.dirty === true ? " with changes" : ""}`,
    suite: run.suite ?? "–",
    ...Object.fromEntries(
      Object.entries(flatProtocol(protocol)).map(([name, value]) => [`protocol ${name}`, value]),
    ),
    seed: String(run.seed),
    weights: run.weights ? `${run.weights.name} (${run.weights.sha256.slice(0, 12)})` : "generated",
    input: run.picture ? `${run.picture.name} (${run.picture.sha256.slice(0, 12)})` : "generated",
    ...Object.fromEntries(
      Object.entries(run.modules ?? {}).map(([id, module]) => [
        `module of ${id}`,
        `${describeModule(module)} (${module.sha256.slice(0, 12)})`,
      ]),
    ),
    complete: run.complete ? "yes" : "no",
    "load before": String(before.load1),
    "load after": String(after?.load1 ?? "–"),
  };
}

/** Every number of a protocol, by name. */
export function flatProtocol(protocol: Protocol): Facts {
  return Object.fromEntries(
    Object.entries(protocol).flatMap(([name, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(value).map(([inner, one]) => [`${name}.${inner}`, String(one)])
        : [[name, String(value)]],
    ),
  );
}
