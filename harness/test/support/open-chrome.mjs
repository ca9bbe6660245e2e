// Opens a page and stays, until it is killed. Prints the process ids of its children: browsers.
import { readdirSync, readFileSync } from "node:fs";
import { chromeTarget } from "../../dist/target/chrome/chrome.js";

await chromeTarget().open({ cell: "any", backend: "ts", family: "ts", webGpu: false, blocks: 0 });
const children = readdirSync("/proc")
  .filter((name) => /^\d+$/.test(name))
  .filter((pid) => {
    try {
      return /\)\s\S\s(\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1] === String(process.pid);
    } catch {
      return false;
    }
  });
process.stdout.write(`${children.join(" ")}\n`);
setInterval(() => {}, 1000);
