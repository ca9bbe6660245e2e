import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mnb-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** A set-up that "builds": it notes what the sources say, or fails where they are broken. */
const SET_UP = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
const source = readFileSync("source.txt", "utf8").trim();
console.log("building " + source);
mkdirSync("dist", { recursive: true });
writeFileSync("dist/built.txt", source);
if (source === "broken") { console.error("it does not compile"); process.exitCode = 1; }
`;

/** A checkout with a set-up of its own, and a commit for each text of its only source. */
export async function tinyRepository(...sources: readonly string[]) {
  const folder = await temporaryFolder();
  const git = async (...words: string[]) => {
    const identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"];
    return (await execa("git", [...identity, ...words], { cwd: folder, stdin: "ignore" })).stdout.trim();
  };
  await git("init", "--quiet", "--initial-branch=main");
  await writeFiles(folder, { "harness/setup/setup.mjs": SET_UP, ".gitignore": "dist/\n" });
  for (const source of sources) {
    await writeFiles(folder, { "source.txt": source });
    await git("add", "--all");
    await git("commit", "--quiet", `--message=${source}`);
  }
  return { folder, git };
}
