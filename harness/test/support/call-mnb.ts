import { openSync } from "node:fs";
import { devNull } from "node:os";
import { Writable } from "node:stream";
import { vi } from "vitest";
import type { Protocol } from "@mobilenet-bench/results";
import { SHORT_QUICK } from "./short-quick.mjs";

const COMMAND_LINE = new URL("../../dist/cli/command-line.js", import.meta.url).href;
const PROTOCOL = new URL("../../dist/protocol.js", import.meta.url).href;

/**
 * The command line as it is built, called in this process: to load it anew takes a second, and what is tested is what it
 * says. What depends on a process of its own (signals, descriptors, the environment at its start) starts one instead.
 * With `short`, the protocol `quick` is as short as tests need.
 */
export async function callMnb(words: readonly string[], { cwd = process.cwd(), short = false } = {}) {
  const { commandLine }: { commandLine: (words: readonly string[]) => Promise<void> } = await import(
    /* @vite-ignore */ COMMAND_LINE
  );
  const out = recorder();
  const err = recorder();
  const before = { exitCode: process.exitCode, cwd: process.cwd() };
  const restore = [
    ...(short ? [await shortenQuick()] : []),
    replaceStream("stdout", out.stream),
    replaceStream("stderr", err.stream),
  ];
  // The tests' runner has a console of its own.
  const log = vi.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
    out.stream.write(`${values.map(String).join(" ")}\n`);
  });
  process.exitCode = 0;
  try {
    process.chdir(cwd);
    await commandLine(words);
    return { exitCode: process.exitCode, stdout: out.text(), stderr: err.text() };
  } finally {
    for (const back of restore) back();
    log.mockRestore();
    process.exitCode = before.exitCode;
    process.chdir(before.cwd);
  }
}

/** Resolves to what undoes it. */
async function shortenQuick(): Promise<() => void> {
  const { PROTOCOLS }: { PROTOCOLS: { quick: Protocol } } = await import(/* @vite-ignore */ PROTOCOL);
  const usual = { ...PROTOCOLS.quick };
  Object.assign(PROTOCOLS.quick, SHORT_QUICK);
  return () => void Object.assign(PROTOCOLS.quick, usual);
}

/** No terminal and no file, as a pipe is none. */
function recorder() {
  let said = "";
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _, done) {
      said += chunk.toString();
      done();
    },
  });
  return {
    stream: Object.assign(stream, { fd: openSync(devNull, "w"), isTTY: false }),
    // As execa does, without the last line's end.
    text: () => said.replace(/\n$/, ""),
  };
}

function replaceStream(name: "stdout" | "stderr", stream: Writable): () => void {
  const own = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { value: stream, configurable: true });
  return () => {
    if (own) Object.defineProperty(process, name, own);
  };
}
