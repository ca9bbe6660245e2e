import type { WebGpu } from "./flags.ts";
import type { LaunchedBrowser } from "../browser/launched-browser.ts";

/** Whether pages find a hardware adapter; without one, the browser's software adapter has to be asked for. */
export async function probeWebGpu(launch: () => Promise<LaunchedBrowser>, origin: string): Promise<WebGpu> {
  const { browser, close } = await launch();
  try {
    const page = await browser.newPage();
    // WebGPU is for secure contexts: a page of loopback is one.
    await page.goto(`${origin}/page.html`);
    const hasHardware = await page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
      return adapter ? !adapter.info.isFallbackAdapter : false;
    });
    return hasHardware ? "hardware" : "software";
  } finally {
    await close();
  }
}
