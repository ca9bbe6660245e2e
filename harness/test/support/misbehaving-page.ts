import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode, PROTOCOL_VERSION } from "@mobilenet-bench/runner";

const ready = (protocol?: number) =>
  encode({
    kind: "ready",
    protocol,
    facts: {
      userAgent: "",
      crossOriginIsolated: true,
      hardwareConcurrency: 1,
      timerResolutionUs: 5,
      adapter: null,
    },
  });
const READY = ready(PROTOCOL_VERSION);
const DIED = encode({ kind: "died", message: "out of luck" });
const NONSENSE_REPLY = encode({
  kind: "reply",
  reply: { protocol: PROTOCOL_VERSION, ok: true, value: { logits: "many" } },
  hidden: false,
});

/** What the page does when it is asked for a job: the name of the backend is the misbehaviour. */
const SCRIPT = `
const behaviours = {
  // A frame that never ends, beside a socket that is open.
  spin() { for (;;); },
  silent() {},
  memory() { const kept = []; for (;;) kept.push(new Array(1e6).fill(0.5)); },
  leave() { socket.close(); },
  navigate() { location.href = "about:blank"; },
  died() { socket.send(${JSON.stringify(DIED)}); },
  garbage() { socket.send("{"); },
  nonsense() { socket.send(${JSON.stringify(NONSENSE_REPLY)}); },
};
const socket = new WebSocket(location.origin.replace("http", "ws") + "/runner", [location.hash.slice(1)]);
socket.onmessage = ({ data }) => {
  if (data.includes("begin")) {
    if (data.includes("never-ready")) return;
    if (data.includes("versionless")) return socket.send(${JSON.stringify(ready())});
    if (data.includes("foreign")) return socket.send(${JSON.stringify(ready(PROTOCOL_VERSION + 1))});
    socket.send(${JSON.stringify(READY)});
  } else if (data.includes("ping") && !data.includes("job")) {
    socket.send(${JSON.stringify(encode({ kind: "pong" }))});
  } else {
    Object.entries(behaviours).find(([name]) => data.includes(name))?.[1]();
  }
};
`;

/** A folder to serve in place of the runner's page. */
export async function misbehavingPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mnb-page-"));
  await writeFile(join(folder, "page.html"), `<!doctype html><script src="page.js"></script>`);
  await writeFile(join(folder, "page.js"), SCRIPT);
  return folder;
}
