import { fnv1a } from "@mobilenet-bench/spec";
import { describeModule } from "../outside-module.ts";
import type { Cell, Json, Run } from "../schema.ts";
import { CAUSE_KINDS, type Cause, type Facts } from "./history.ts";

/** Parts of a session's `actual` that name a library with its version, such as `onnxruntime-node 1.30.0`. */
const LIBRARIES: readonly string[] = ["library", "core", "native", "implementation"];
/** Parts that are told apart from what ran otherwise inside a backend. */
const ELSEWHERE: readonly string[] = [...LIBRARIES, "browser", "adapter"];

/** What of a run's environment may change figures of all its cells, but for the commit, which is another one night after night. */
export function runFacts({ environment, modules = {} }: Pick<Run, "environment" | "modules">): Facts {
  const { cpu, os, runtime, memoryBytes, virtualization } = environment;
  return withoutEmpty({
    library: Object.fromEntries(
      Object.entries(modules).map(([id, module]) => [
        id,
        `${describeModule(module)} ${module.sha256.slice(0, 12)}`,
      ]),
    ),
    runtime,
    system: { system: os.name, kernel: os.release },
    machine: {
      processor: cpu.model,
      cores: String(cpu.availableCores ?? cpu.cores),
      memory: `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`,
      virtualization: virtualization ?? "none",
    },
  });
}

/** What one cell has for itself: its library, its browser, its adapter, and what ran otherwise inside its backend. */
export function cellFacts({ actual = {} }: Pick<Cell, "actual">): Facts {
  const { adapter, browser } = actual;
  const others = Object.entries(actual).filter(([name]) => !ELSEWHERE.includes(name));
  return withoutEmpty({
    library: Object.fromEntries(LIBRARIES.flatMap((name) => libraryIn(name, actual[name]))),
    browser: Object.fromEntries(browserIn(browser)),
    system: adapter === undefined ? {} : { adapter: wordsIn(adapter) },
    variant: Object.fromEntries(others.map(([name, value]) => [name, textOf(value)])),
  });
}

/** What differs between two moments, in the order of kinds. */
export function factChanges(before: Facts, after: Facts): Cause[] {
  if (before === after) return [];
  return CAUSE_KINDS.flatMap((kind) => {
    const [one = {}, other = {}] = [before[kind], after[kind]];
    if (one === other) return [];
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) => {
      const [from = "–", to = "–"] = [one[name], other[name]];
      return from === to ? [] : [{ kind, name, from, to }];
    });
  });
}

function withoutEmpty(facts: Facts): Facts {
  return Object.fromEntries(
    CAUSE_KINDS.flatMap((kind) => {
      const named = facts[kind] ?? {};
      return Object.keys(named).length === 0 ? [] : [[kind, named] as const];
    }),
  );
}

/** `TensorFlow 2.13.1 (wheel …)` is TensorFlow, 2.13.1; what has no version is known by the name of its part. */
function libraryIn(part: string, value: Json | undefined): (readonly [string, string])[] {
  if (typeof value !== "string") return [];
  const [, name, version] = /^(\S.*?) v?(\d[\w.+-]*)/.exec(value) ?? [];
  if (name === undefined || version === undefined) return [[part, value]];
  return [[name.replaceAll(/[()]/g, ""), version]];
}

/** `Chrome/156.0.8078.79`; its flags are ours, and told as a variant is. */
function browserIn(value: Json | undefined): (readonly [string, string])[] {
  if (!isObject(value)) return [];
  const { version, ...others } = value;
  if (typeof version !== "string") return [];
  const [name = "browser", number = ""] = version.split("/");
  return [
    [name, number],
    ["options", textOf(others)],
  ];
}

function wordsIn(value: Json): string {
  if (!isObject(value)) return textOf(value);
  return Object.values(value)
    .flatMap((one) => (typeof one === "string" && one !== "" ? one : []))
    .join(" ");
}

/** A word or number as it is; of more than that, only whether it is the same. */
function textOf(value: Json): string {
  if (typeof value !== "object" || value === null) return String(value);
  return `#${(fnv1a(JSON.stringify(value)) >>> 0).toString(16).padStart(8, "0")}`;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
