import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveSite, type ServedSite } from "../build/serve-site.ts";

const PAGE = `<!doctype html><title>A site</title>${"<p>Of many words.</p>".repeat(200)}`;
const FIGURES = JSON.stringify({ figures: Array.from({ length: 400 }, (_, i) => i) });

let folder = "";
let site: ServedSite;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnb-serve-"));
  const root = join(folder, "site");
  await mkdir(join(root, "data"), { recursive: true });
  await writeFile(join(folder, "secret.json"), FIGURES);
  await writeFile(join(root, "site.json"), "{}");
  await writeFile(join(root, "index.html"), PAGE);
  await writeFile(join(root, "404.html"), "<!doctype html><title>Nothing is here</title>");
  await writeFile(join(root, "data", "figures.json"), FIGURES);
  await writeFile(join(root, "data", ".hidden.json"), FIGURES);
  await writeFile(join(root, "data", "run.json.gz"), "as it is");
  site = await serveSite({ folder: root, port: 0, base: "/a/" });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

/** As it comes: nothing is decoded, and no path made simpler. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
  const { hostname, port } = new URL(site.url);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path, headers: { ...headers } }, resolve).on("error", reject);
  });
}

describe("a served site", () => {
  it.each([
    ["br", "gzip, deflate, br, zstd", brotliDecompressSync],
    ["gzip", "gzip, br;q=0", gunzipSync],
  ])("is compressed by %s for who takes %s", async (encoding, accepted, decompress) => {
    const page = await ask("/a/", { "accept-encoding": accepted });
    expect(page.headers).toMatchObject({
      "content-encoding": encoding,
      "content-type": "text/html; charset=utf-8",
      vary: "Accept-Encoding",
    });
    const sent = await buffer(page);
    expect(sent.length).toBeLessThan(PAGE.length / 4);
    expect(decompress(sent).toString()).toBe(PAGE);
    const data = await ask("/a/data/figures.json", { "accept-encoding": accepted });
    expect(data.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(decompress(await buffer(data)).toString()).toBe(FIGURES);
  });

  it("goes as it is to whoever takes nothing else, in ranges, and where it is compressed already", async () => {
    for (const headers of [{}, { "accept-encoding": "identity, gzip;q=0" }]) {
      const page = await ask("/a/", headers);
      expect(page.headers["content-encoding"]).toBeUndefined();
      expect((await buffer(page)).toString()).toBe(PAGE);
    }
    const part = await ask("/a/", { "accept-encoding": "gzip", range: "bytes=0-8" });
    expect([part.statusCode, (await buffer(part)).toString()]).toEqual([206, PAGE.slice(0, 9)]);
    const archive = await ask("/a/data/run.json.gz", { "accept-encoding": "gzip" });
    expect(archive.headers["content-encoding"]).toBeUndefined();
    expect((await buffer(archive)).toString()).toBe("as it is");
  });

  it("is not sent again while it is the same, and is where it has changed", async () => {
    const headers = { "accept-encoding": "gzip" };
    const first = await ask("/a/data/figures.json", headers);
    await buffer(first);
    const known = { ...headers, "if-none-match": first.headers.etag ?? "" };
    const again = await ask("/a/data/figures.json", known);
    await buffer(again);
    expect(again.statusCode).toBe(304);
    await writeFile(join(folder, "site", "data", "figures.json"), "[]");
    const changed = await ask("/a/data/figures.json", known);
    expect(changed.statusCode).toBe(200);
    expect(gunzipSync(await buffer(changed)).toString()).toBe("[]");
    await writeFile(join(folder, "site", "data", "figures.json"), FIGURES);
  });

  it.each([
    "/a/../secret.json",
    "/a/..%2fsecret.json",
    "/a/data/..%5c..%5csecret.json",
    "/a/data/.hidden.json",
    "/a/%E0%A4%A",
    "/a/nothing.json",
    "/elsewhere/",
  ])("has nothing under %s, however it is asked for", async (path) => {
    for (const accepted of ["gzip", "identity"]) {
      const answer = await ask(path, { "accept-encoding": accepted });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers["content-encoding"]).toBeUndefined();
      expect((await buffer(answer)).toString()).toContain("Nothing is here");
    }
  });

  it("refuses a folder that holds none", async () => {
    await expect(serveSite({ folder, port: 0 })).rejects.toThrow(/There is no site in/);
  });
});
