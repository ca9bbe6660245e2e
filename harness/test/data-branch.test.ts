import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { fetchData, publishData, type DataBranch } from "../src/nightly/data-branch.ts";
import { temporaryFolder, writeFiles } from "./support/tiny-repository.ts";

let remote = "";
let folder = "";
beforeEach(async () => {
  const root = await temporaryFolder();
  remote = join(root, "remote.git");
  folder = join(root, "data");
  await execa("git", ["init", "--quiet", "--bare", remote]);
});

const at = (place = folder): DataBranch => ({ folder: place, remote, branch: "data" });
const git = async (...words: string[]) => (await execa("git", words, { cwd: remote })).stdout;
const published = async () => (await git("ls-tree", "-r", "--name-only", "data")).split("\n");

describe("a data branch", () => {
  it("is made by the first night, of its data and nothing else", async () => {
    await fetchData(at());
    await writeFiles(folder, { "run.json": "a\r\nb", "nights/1.json": "{}" });
    const { commit, files } = await publishData(at(), "Night 1");
    expect(files).toBe(2);
    expect(await published()).toEqual(["nights/1.json", "run.json"]);
    expect(await git("rev-parse", "data")).toBe(commit);
    expect(await git("log", "--format=%s", "data")).toBe("Night 1");
    // Bytes are content: no line end is turned.
    expect(await git("cat-file", "-p", "data:run.json")).toBe("a\r\nb");
  });

  it("is left as it is where nothing is new", async () => {
    await fetchData(at());
    expect(await publishData(at(), "Nothing")).toEqual({ commit: null, files: 0 });
    await writeFiles(folder, { a: "1" });
    await publishData(at(), "One");
    expect(await publishData(at(), "Again")).toEqual({ commit: null, files: 0 });
    expect(await git("rev-list", "--count", "data")).toBe("1");
  });

  it("takes two writers, one after the other, and loses nothing of either", async () => {
    const other = `${folder}-2`;
    await fetchData(at());
    await fetchData(at(other));
    await writeFiles(folder, { "a.json": "a" });
    await writeFiles(other, { "b.json": "b" });
    await publishData(at(), "A");
    await publishData(at(other), "B");
    expect(await published()).toEqual(["a.json", "b.json"]);
    expect(await git("log", "--format=%s", "data")).toBe("B\nA");
    await fetchData(at());
    expect((await readdir(folder)).filter((name) => name !== ".git")).toEqual(["a.json", "b.json"]);
  });

  it("refuses where both have changed one file, and leaves both as they were", async () => {
    const other = `${folder}-2`;
    await fetchData(at());
    await writeFiles(folder, { "alert.json": "open" });
    await publishData(at(), "Open");
    await fetchData(at(other));
    await writeFiles(folder, { "alert.json": "closed" });
    await writeFiles(other, { "alert.json": "still" });
    await publishData(at(), "Close");
    await expect(publishData(at(other), "Still")).rejects.toThrow(/changed the same file/);
    expect(await git("cat-file", "-p", "data:alert.json")).toBe("closed");
    expect(await readFile(join(other, "alert.json"), "utf8")).toBe("still");
  });

  it("keeps what an earlier night has not published", async () => {
    await fetchData(at());
    await writeFiles(folder, { "a.json": "a" });
    await publishData(at(), "A");
    await writeFiles(folder, { "left.json": "left" });
    await fetchData(at());
    expect(await readFile(join(folder, "left.json"), "utf8")).toBe("left");
    await publishData(at(), "B");
    expect(await published()).toEqual(["a.json", "left.json"]);
  });

  it("says what is wrong with a remote, and that nothing was fetched", async () => {
    await expect(fetchData({ ...at(), remote: join(folder, "none") })).rejects.toThrow(
      /git ls-remote fails in .* Check the remote and its branch/s,
    );
    await expect(publishData(at(`${folder}-3`), "x")).rejects.toThrow(/Run mnb nightly fetch first/);
  });

  it("touches no other branch", async () => {
    await fetchData(at());
    await writeFile(join(folder, "a"), "a");
    await publishData(at(), "A");
    expect(await git("for-each-ref", "--format=%(refname)")).toBe("refs/heads/data");
  });
});
