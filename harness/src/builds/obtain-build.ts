import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { execa } from "execa";
import { extract, list } from "tar";
import { UsageError } from "../usage-error.ts";
import type { Build } from "./build.ts";
import type { BuildStore } from "./build-store.ts";
import type { BuildSource } from "./build-word.ts";
import { gitOf, type Git } from "./git.ts";
import { pinVersions } from "./pin-versions.ts";
import { refuseWithoutSetUp, setUp, type SetUpOptions } from "./set-up.ts";

/** Where builds are made of what. */
export interface BuildRoom extends SetUpOptions {
  /** The root of the calling checkout, which is built. */
  readonly clone: string;
  readonly git: Git;
  readonly store: BuildStore;
  /** How a checkout sets itself up. */
  readonly setUp?: typeof setUp;
}

type Made = Pick<Build, "root" | "commit" | "dirty" | "identity">;

/**
 * The built checkout that a word names; made in a folder of its own where it is not there yet. The calling checkout is
 * never changed.
 * @throws UsageError where it cannot be built
 */
export async function obtainBuild(word: string, source: BuildSource, room: BuildRoom): Promise<Build> {
  return { word, kind: source.kind, ...(await make(word, source, room)) };
}

async function make(word: string, source: BuildSource, room: BuildRoom): Promise<Made> {
  const { clone, git, store } = room;
  switch (source.kind) {
    case "working-tree": {
      const { tree, ...state } = await git.snapshot();
      return { root: clone, ...state, identity: tree };
    }
    case "folder": {
      const other = gitOf(source.path);
      if (!(await other.isCheckout())) return copied(word, source.path, room);
      await (room.setUp ?? setUp)(source.path, word, room);
      const { tree, ...state } = await other.snapshot();
      return { root: source.path, ...state, identity: tree };
    }
    case "ref": {
      const { commit } = source;
      const root = await store.obtain(commit.slice(0, 16), (folder) =>
        fromTar(word, folder, (file) => git.archiveCommit(commit, file), room),
      );
      return { root, commit, dirty: false, identity: commit };
    }
    case "tarball": {
      const identity = `tarball-${await digestOf(source.path)}`;
      const root = await store.obtain(identity, (folder) => fromTar(word, folder, source.path, room));
      return { root, commit: null, dirty: null, identity };
    }
    case "peer": {
      const { peer } = source;
      const { tree, commit, dirty } = await git.snapshot();
      const identity = `${tree.slice(0, 16)}-${peer.backend}-${peer.version}`;
      const pnpm = join(clone, "node_modules", "pnpm", "bin", "pnpm.cjs");
      const root = await store.obtain(identity, (folder) =>
        fromTar(
          word,
          folder,
          (file) => git.archiveWorkingTree(file),
          room,
          () => pinVersions(folder, peer, pnpm, room.signal),
        ),
      );
      return { root, commit, dirty, identity };
    }
  }
}

/** What is no checkout is left as it is, like a tarball: nobody knows what else is done with it. */
async function copied(word: string, path: string, room: BuildRoom): Promise<Made> {
  refuseWithoutSetUp(path, word);
  const git = gitOf(path);
  const { tree, ...state } = await git.snapshot();
  const identity = `folder-${tree.slice(0, 16)}`;
  const root = await room.store.obtain(identity, (folder) =>
    fromTar(word, folder, (file) => git.archiveWorkingTree(file), room),
  );
  return { root, ...state, identity };
}

/** @param source a tar, or what writes one to a file */
async function fromTar(
  word: string,
  folder: string,
  source: string | ((file: string) => Promise<void>),
  room: BuildRoom,
  change: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  if (typeof source === "string") await unpack(word, source, folder);
  else {
    const beside = await mkdtemp(join(tmpdir(), "mnb-sources-"));
    try {
      const file = join(beside, "sources.tar");
      await source(file);
      await unpack(word, file, folder);
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  }
  // Turborepo asks git which files there are, and git ignores this folder in the checkout around it.
  await execa("git", ["init", "--quiet"], { cwd: folder, stdin: "ignore", reject: false });
  await change();
  room.say(`Building ${word} in ${folder}; it is kept for the next time.`);
  await (room.setUp ?? setUp)(folder, word, room);
}

/** Archives of hosting services and `npm pack` have one folder around everything; `git archive` has none. */
async function unpack(word: string, file: string, folder: string): Promise<void> {
  try {
    const strip = await outerFolders(file);
    await extract({ file, cwd: folder, strip, strict: true });
  } catch (cause) {
    throw new UsageError(
      `${word} cannot be unpacked: ${cause instanceof Error ? cause.message : String(cause)}. Give an archive of this project's sources, as git archive writes it.`,
      { cause },
    );
  }
  if ((await readdir(folder)).length === 0)
    throw new UsageError(
      `${word} holds nothing. Give an archive of this project's sources, as git archive writes it.`,
    );
}

async function outerFolders(file: string): Promise<number> {
  const files: string[][] = [];
  await list({
    file,
    onReadEntry: ({ path, type }) => {
      if (type !== "Directory") files.push(path.split("/"));
    },
  });
  let outer = 0;
  const [first = []] = files;
  while (first.length > outer + 1 && files.every((parts) => parts[outer] === first[outer])) outer++;
  return outer;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex").slice(0, 16);
}
