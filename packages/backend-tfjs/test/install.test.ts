import { createHash } from "node:crypto";
import { once } from "node:events";
import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installTfjsNode } from "@mobilenet-bench/backend-tfjs/install";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ARCHIVES, describeArchive } from "../src/install/archives.ts";
import type { Say } from "../src/install/install-log.ts";
import { download } from "../src/install/download.ts";
import { extract } from "../src/install/extract.ts";
import { linkNative } from "../src/install/link.ts";
import { availability } from "../src/node/availability.ts";
import { readRecord, writeRecord } from "../src/node/installation.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "tfjs-node-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A folder of programs that do what the script says, as the whole search path. */
async function path(programs: Record<string, string>): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  for (const [name, script] of Object.entries(programs))
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  // A proxy that nobody answers for keeps the ordinary install from the network.
  return { PATH: bin, HTTPS_PROXY: "http://127.0.0.1:9" };
}

/** A package folder as a package manager leaves it that runs no scripts; its own script is this one. */
async function layPackage(script = "process.exit(1)") {
  const store = join(folder, "store.json");
  await writeFile(store, '{ "version": "4.22.0" }');
  const place = join(folder, "package");
  await mkdir(join(place, "scripts"), { recursive: true });
  await link(store, join(place, "package.json"));
  await writeFile(join(place, "scripts", "install.js"), script);
  return place;
}

/** What an installation keeps. */
async function keepNative(directory: string) {
  await mkdir(join(directory, "native", "lib", "napi-v8"), { recursive: true });
  await mkdir(join(directory, "native", "deps", "lib"), { recursive: true });
  await writeFile(join(directory, "native", "lib", "napi-v8", "tfjs_binding.node"), "an addon");
}

const installed = {
  status: "installed",
  version: "4.22.0",
  platform: `${process.platform}-${process.arch}`,
  source: "wheel tensorflow_cpu-2.13.1",
  tensorflow: "2.13.1",
} as const;

describe.skipIf(process.platform === "win32")("a machine that lacks something", { timeout: 60_000 }, () => {
  it("without the package: says so, and where the log is", async () => {
    const directory = join(folder, "installation");
    // Of an installation that was cut short: no process has this number.
    await mkdir(join(directory, "native-99999999"), { recursive: true });
    const lines: string[] = [];
    const result = await installTfjsNode({
      folder: join(folder, "nowhere"),
      directory,
      env: await path({}),
      say: (line) => lines.push(line),
    });
    expect(result).toMatchObject({ status: "failed", cached: false });
    expect(result.status === "failed" && result.reason).toMatch(/tfjs-node is not installed/);
    expect(result.status === "failed" && result.remedy).toContain(result.log);
    expect(lines.at(-1)).toMatch(/^failed: The package/);
    expect((await readdir(directory)).toSorted()).toEqual(["install.json", "install.log"]);
  });

  it("without a compiler: ends well, before a large download, and tells what to install", async () => {
    const directory = join(folder, "installation");
    const env = await path({});
    const result = await installTfjsNode({ folder: await layPackage(), directory, env });
    expect(result.status === "failed" && result.reason).toMatch(/no C\+\+ compiler/);
    expect(result.status === "failed" && result.remedy).toMatch(/apt-get install g\+\+|xcode-select/);
    const log = await readFile(result.log, "utf8");
    expect(log).toContain("scripts/install.js");
    expect(log).toContain("$ clang++ --version");
    expect(log).not.toContain("downloading");
    expect(await readRecord(directory, "4.22.0")).toMatchObject({ status: "failed" });
  });

  it("the package's own script rewrites its manifest, and not the one that all projects share", async () => {
    const script = `
      const { mkdirSync, writeFileSync } = require("node:fs");
      writeFileSync(__dirname + "/../package.json", '{ "version": "4.22.0", "binary": {} }');
      mkdirSync(__dirname + "/../deps");
      process.exit(1);`;
    const place = await layPackage(script);
    await installTfjsNode({ folder: place, directory: join(folder, "installation"), env: await path({}) });
    expect(await readFile(join(place, "package.json"), "utf8")).toContain("binary");
    expect(await readFile(join(folder, "store.json"), "utf8")).toBe('{ "version": "4.22.0" }');
    expect((await readdir(place)).toSorted()).toEqual(["package.json", "scripts"]);
  });
});

describe("the native side of the package", () => {
  it("that its own script brought is used", async () => {
    const place = await layPackage();
    await mkdir(join(place, "lib", "napi-v8"), { recursive: true });
    await writeFile(join(place, "lib", "napi-v8", "tfjs_binding.node"), "an addon");
    const directory = join(folder, "installation");
    expect(await availability(place, directory)).toEqual({
      available: true,
      detail: "TensorFlow (ordinary install)",
    });
    await mkdir(directory);
    await writeRecord(directory, installed);
    expect(await availability(place, directory)).toMatchObject({ detail: "TensorFlow (ordinary install)" });
    await writeRecord(directory, { ...installed, source: "ordinary install" });
    expect(await availability(place, directory)).toMatchObject({
      detail: "TensorFlow 2.13.1 (ordinary install)",
    });
  });

  it("is linked again, without a download, where the package was laid anew", async () => {
    const directory = join(folder, "installation");
    await keepNative(directory);
    await writeRecord(directory, installed);
    const place = await layPackage();
    expect(await availability(place, directory)).toMatchObject({ available: false });
    const result = await installTfjsNode({ folder: place, directory, env: await path({}) });
    expect(result).toMatchObject({ ...installed, cached: true });
    expect(await readFile(join(place, "lib", "napi-v8", "tfjs_binding.node"), "utf8")).toBe("an addon");
    expect(await availability(place, directory)).toEqual({
      available: true,
      detail: "TensorFlow 2.13.1 (wheel tensorflow_cpu-2.13.1)",
    });
  });

  it("does not count where the installation was cut short before it was checked", async () => {
    const directory = join(folder, "installation");
    await keepNative(directory);
    const place = await layPackage();
    await linkNative(place, join(directory, "native"));
    expect(await availability(place, directory)).toMatchObject({
      available: false,
      remedy: "Run ./mnb doctor --fix, or use tfjs-wasm.",
    });
  });
});

describe("records", () => {
  it("of another version, of another platform or torn count as none", async () => {
    await writeRecord(folder, { ...installed, version: "4.0.0" });
    expect(await readRecord(folder, "4.22.0")).toBeUndefined();
    await writeRecord(folder, { ...installed, platform: "aix-ppc64" });
    expect(await readRecord(folder, "4.22.0")).toBeUndefined();
    await writeFile(join(folder, "install.json"), '{ "status": "inst');
    expect(await readRecord(folder, "4.22.0")).toBeUndefined();
    await writeFile(join(folder, "install.json"), '{ "status": "installed" }');
    expect(await readRecord(folder, "4.22.0")).toBeUndefined();
  });
});

describe("download", () => {
  let server: Server;
  const body = Buffer.from("a library");
  const sha256 = createHash("sha256").update(body).digest("hex");
  const serve = async (listener: RequestListener) => {
    server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    return `http://127.0.0.1:${port}/library.whl`;
  };
  const fetchInto = (url: string, hex: string, say: Say = () => {}) =>
    download({ url, sizeMB: 1, checksum: { algorithm: "sha256", hex } }, join(folder, "file"), say);
  afterEach(() => void server.close());

  it("keeps what has the right checksum", async () => {
    const url = await serve(
      (_, response) => void response.setHeader("content-length", body.length).end(body),
    );
    const lines: string[] = [];
    await fetchInto(url, sha256, (line) => lines.push(line));
    expect(await readFile(join(folder, "file"))).toEqual(body);
    expect(lines.length).toBeGreaterThan(0);
  });

  it("refuses another file", async () => {
    const url = await serve((_, response) => void response.end("something else"));
    await expect(fetchInto(url, sha256)).rejects.toThrow(/it is another file/);
  });

  it("tells what the server answers", async () => {
    const url = await serve((_, response) => void response.writeHead(404).end());
    await expect(fetchInto(url, sha256)).rejects.toThrow(/the server answers 404/);
  });

  it("tells that the connection broke", async () => {
    const url = await serve(
      (_, response) =>
        void response.writeHead(200, { "content-length": 100 }).write("part", () => response.destroy()),
    );
    await expect(fetchInto(url, sha256)).rejects.toThrow(/cannot be downloaded/);
  });
});

describe("extract", () => {
  /** A zip file of one file, `lib/a.so.2`, stored: hello. */
  const ZIP =
    "UEsDBBQAAAAAAAAAIQCGphA2BQAAAAUAAAAKAAAAbGliL2Euc28uMmhlbGxvUEsBAhQDFAAAAAAAAAAhAIamEDYFAAAABQAAAAoAAAAAAAAAAAAAAKQBAAAAAGxpYi9hLnNvLjJQSwUGAAAAAAEAAQA4AAAALQAAAAAA";

  it("finds files by name and drops their folders", async () => {
    await writeFile(join(folder, "a.zip"), Buffer.from(ZIP, "base64"));
    await extract(join(folder, "a.zip"), ["a.so.2"], join(folder, "out"));
    expect(await readFile(join(folder, "out", "a.so.2"), "utf8")).toBe("hello");
  });

  it("names what is missing", async () => {
    await writeFile(join(folder, "a.zip"), Buffer.from(ZIP, "base64"));
    const missing = extract(join(folder, "a.zip"), ["a.so.2", "b.so.2"], join(folder, "out"));
    await expect(missing).rejects.toThrow(/holds no b\.so\.2/);
  });
});

it("names archives by what they are", () => {
  const names = Object.values(ARCHIVES).map((archives) => archives.map(describeArchive));
  expect(names).toEqual([
    ["wheel tensorflow_cpu-2.13.1", "jar tensorflow-core-api-0.5.0"],
    ["wheel tensorflow-2.18.0", "jar tensorflow-core-native-1.1.0"],
    ["wheel tensorflow-2.18.0", "jar tensorflow-core-native-1.1.0"],
    ["wheel tensorflow_cpu-2.13.1", "jar tensorflow-core-api-0.5.0"],
  ]);
});
