import { once } from "node:events";
import { readdirSync, readlinkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startPageServer, type PageServer } from "../src/target/page/page-server.ts";
import { PageSocket } from "../src/target/page/page-socket.ts";

/** More than all buffers between a file and somebody who reads nothing. */
const LARGE_BYTES = 64 << 20;
const STALL_MS = 1000;

describe("the server of pages", () => {
  let folder: string;
  let server: PageServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnb-served-"));
    await writeFile(join(folder, "page.html"), "<p>page</p>");
    await writeFile(join(folder, "engine.wasm"), "");
    await writeFile(join(folder, "gone.js"), "1");
    await writeFile(join(folder, "large.wasm"), new Uint8Array(LARGE_BYTES));
    server = await startPageServer(folder, STALL_MS);
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
    // Where nothing is to be said for long, it is no connection that stands still.
    await setTimeout(1.5 * STALL_MS);
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

  describe("a stranger's connection", () => {
    const upgrade = (token: string, path = "/runner") =>
      [
        `GET ${path} HTTP/1.1`,
        `Host: ${new URL(server.origin).host}`,
        `Origin: ${server.origin}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        `Sec-WebSocket-Protocol: ${token}`,
        "\r\n",
      ].join("\r\n");
    /** What nobody catches ends the harness. */
    const uncaught: unknown[] = [];
    const listener = (error: unknown) => void uncaught.push(error);
    beforeAll(() => void process.on("uncaughtException", listener));
    afterAll(() => void process.off("uncaughtException", listener));

    async function sendAndReset(text: string) {
      const socket = connect(Number(new URL(server.origin).port), "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      socket.write(text);
      socket.resetAndDestroy();
    }

    it.each([
      ["with a wrong token", () => upgrade("guess")],
      ["at another path", () => upgrade("guess", "/other")],
      ["with an invitation", () => upgrade(server.invite().url.split("#")[1] ?? "")],
      ["before its headers end", () => upgrade("guess").slice(0, -2)],
      ["that is no HTTP", () => "\0\x16\x03\x01".repeat(100)],
    ])("does no harm where it asks to upgrade %s and resets", async (_, text) => {
      for (let i = 0; i < 50; i++) await sendAndReset(text());
      await setTimeout(200);
      expect(uncaught).toEqual([]);
      expect((await fetch(`${server.origin}/page.html`)).status).toBe(200);
    });

    it("does no harm where an invited one sends frames that are none, or too large, before anybody listens", async () => {
      for (const frame of [
        Buffer.from([0xff, 0xff, 1, 2]),
        Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]),
      ]) {
        const { url, socket } = server.invite();
        const stranger = connect(Number(new URL(server.origin).port), "127.0.0.1");
        stranger.on("error", () => {});
        stranger.write(upgrade(url.split("#")[1] ?? ""));
        await once(stranger, "data");
        const ours = await socket;
        stranger.write(frame);
        await new Promise((resolve) => ours.once("close", resolve));
        await expect(new PageSocket(ours).died).rejects.toMatchObject({
          name: "RunnerDied",
          status: "crash",
        });
      }
      expect(uncaught).toEqual([]);
    });

    it("does no harm where it asks for a file that is gone since, or for a range that is none", async () => {
      await rm(join(folder, "gone.js"));
      expect((await fetch(`${server.origin}/gone.js`)).status).toBe(404);
      for (const range of [
        "bytes=9-3",
        "bytes=-",
        "bytes=99999-",
        "bytes=1-2,4-5,-1",
        "bytes=9007199254740993-",
      ])
        await (await fetch(`${server.origin}/page.html`, { headers: { range } })).arrayBuffer();
      expect(uncaught).toEqual([]);
      expect((await fetch(`${server.origin}/page.html`)).status).toBe(200);
    });

    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${new URL(server.origin).host}\r\n\r\n`;
    const openFiles = () =>
      readdirSync("/proc/self/fd").filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).endsWith("large.wasm");
        } catch {
          return false;
        }
      }).length;

    it.runIf(process.platform === "linux").each([
      ["resets", (socket: Socket) => socket.resetAndDestroy()],
      ["reads no more", (socket: Socket) => socket.pause()],
    ])("keeps no file open where it %s amid a large one (as /proc tells)", async (_, leave) => {
      const sockets: Socket[] = [];
      for (let i = 0; i < 10; i++) {
        const socket = connect(Number(new URL(server.origin).port), "127.0.0.1");
        socket.on("error", () => {});
        socket.write(get("/large.wasm"));
        await once(socket, "readable");
        sockets.push(socket);
      }
      expect(openFiles()).toBe(10);
      for (const socket of sockets) leave(socket);
      await expect.poll(openFiles, { timeout: 10 * STALL_MS }).toBe(0);
      for (const socket of sockets) socket.destroy();
      expect(uncaught).toEqual([]);
    });

    it("costs no more than a number of connections, however many it opens", async () => {
      const closed: Promise<unknown>[] = [];
      for (let i = 0; i < 300; i++) {
        const socket = connect(Number(new URL(server.origin).port), "127.0.0.1");
        socket.on("error", () => {});
        await once(socket, "connect");
        closed.push(once(socket.resume(), "close"));
      }
      const open = await Promise.all(
        closed.map((one) => Promise.race([one.then(() => 0), setTimeout(300, 1)])),
      );
      expect(open.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(256);
      await Promise.all(closed);
      expect((await fetch(`${server.origin}/page.html`)).status).toBe(200);
    });

    it.each([
      ["says nothing", ""],
      ["never ends its headers", "GET /page.html HTTP/1.1\r\nX-Slow: "],
      ["stays after it was refused", upgradeText()],
    ])("is closed where it %s", { timeout: 20_000 }, async (_, text) => {
      const socket = connect({
        port: Number(new URL(server.origin).port),
        host: "127.0.0.1",
        allowHalfOpen: true,
      });
      socket.on("error", () => {});
      socket.write(text);
      socket.resume();
      await Promise.race([once(socket, "end"), once(socket, "close")]);
      expect(uncaught).toEqual([]);
      socket.destroy();
    });
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

function upgradeText(): string {
  return "GET /runner HTTP/1.1\r\nHost: any\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
}

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
