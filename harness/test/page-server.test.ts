import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startPageServer, type PageServer } from "../src/target/page/page-server.ts";

describe("the server of pages", () => {
  let folder: string;
  let server: PageServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnb-served-"));
    await writeFile(join(folder, "page.html"), "<p>page</p>");
    await writeFile(join(folder, "engine.wasm"), "");
    server = await startPageServer(folder);
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it("listens on loopback alone", () => {
    expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("isolates its pages and lets them fetch from nowhere else", async () => {
    const { headers, status } = await fetch(`${server.origin}/page.html`);
    expect(status).toBe(200);
    expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(headers.get("Cross-Origin-Embedder-Policy")).toBe("require-corp");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    const policy = headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|'unsafe-inline'|'unsafe-eval'/);
    expect((await fetch(`${server.origin}/engine.wasm`)).headers.get("Content-Type")).toBe(
      "application/wasm",
    );
  });

  it("serves the files that were there when it started, and no path of a request's making", async () => {
    await writeFile(join(folder, "later.txt"), "later");
    for (const path of [
      "/later.txt",
      "/",
      "/../package.json",
      "/%2e%2e/package.json",
      "/..%2fpackage.json",
      "/page.html/../later.txt",
      "//etc/passwd",
      "/page.html%00",
      `/${encodeURIComponent(join(folder, "page.html"))}`,
    ])
      expect({ path, status: await rawStatus(server.origin, path) }).toEqual({ path, status: 404 });
  });

  it("answers under its own name only", async () => {
    const { port } = new URL(server.origin);
    for (const host of [`evil.example:${port}`, "127.0.0.1", `localhost:${port}`])
      expect({ host, status: await rawStatus(server.origin, "/page.html", host) }).toEqual({
        host,
        status: 421,
      });
  });

  it("takes the socket of an invited page, once", async () => {
    const { url, socket } = server.invite();
    const [address, token] = url.split("#");
    expect(address).toBe(`${server.origin}/page.html`);
    const page = knock(token);
    expect(await outcome(page)).toBe("open");
    const ours = await socket;
    const heard = new Promise((resolve) => ours.once("message", (data) => resolve(data)));
    page.send("hello");
    expect(await heard).toEqual(Buffer.from("hello"));
    page.close();
    expect(await outcome(knock(token))).toBe(403);
  });

  it("refuses what it did not invite", async () => {
    const [, token = ""] = server.invite().url.split("#");
    expect(await outcome(knock("guess"))).toBe(403);
    expect(await outcome(knock(token, { origin: "http://evil.example" }))).toBe(403);
    expect(await outcome(knock(token, {}, "/other"))).toBe(403);
    const withdrawn = server.invite();
    withdrawn.withdraw();
    expect(await outcome(knock(withdrawn.url.split("#")[1]))).toBe(403);
    // None of these has used it up.
    const page = knock(token);
    expect(await outcome(page)).toBe("open");
    page.close();
  });

  it("makes every token anew, and long", () => {
    const tokens = Array.from({ length: 20 }, () => server.invite().url.split("#")[1] ?? "");
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });

  it("names what is missing where the page is not built", async () => {
    await expect(startPageServer(join(folder, "nowhere"))).rejects.toThrow(/not built.*npm run build/);
  });

  function knock(token: string | undefined, { origin = server.origin } = {}, path = "/runner"): WebSocket {
    return new WebSocket(server.origin.replace("http", "ws") + path, token ?? "", { origin });
  }
});

/** "open", or the status that the server refused with. */
function outcome(socket: WebSocket): Promise<number | "open" | undefined> {
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve("open"));
    socket.once("unexpected-response", (_, { statusCode }) => resolve(statusCode));
    socket.once("error", reject);
  });
}

/** A path exactly as written: `fetch` would tidy it up first. */
function rawStatus(origin: string, path: string, host = new URL(origin).host): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1", () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    );
    socket.once("error", reject);
    socket.once("data", (data) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(String(data))?.[1]));
      socket.destroy();
    });
  });
}
