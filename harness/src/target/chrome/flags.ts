/** What every browser is started with, beside puppeteer's own flags. */
const ALWAYS = [
  // Nothing but what is measured shall run: no traffic, no updates, no first-run pages.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-default-browser-check",
  "--no-first-run",
  // Names resolve to nothing: whatever asks for another host fails at once.
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  // A page that is not in front is measured like any other.
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  // A page that asks for its memory is told at once, and not with the next collection of garbage.
  "--enable-blink-features=ForceEagerMeasureMemory",
];

/** Chromium's switch for WebGPU where it has not shipped yet: on Linux. */
const WEBGPU = "--enable-unsafe-webgpu";
/** Vulkan computed on the processor: correct, and slow. */
const SOFTWARE_ADAPTER = "--use-webgpu-adapter=swiftshader";

/** How a page comes to WebGPU: not at all, on what the machine has, or in software. */
export type WebGpu = "none" | "hardware" | "software";

/**
 * Chrome's command line.
 * @param given the user's own, which come last and so prevail
 */
export function flags(webGpu: WebGpu, given: readonly string[] = [], isRoot = runsAsRoot()): string[] {
  return [
    ...ALWAYS,
    // Chromium's sandbox refuses to be set up by root.
    ...(isRoot ? ["--no-sandbox"] : []),
    ...(webGpu === "none" ? [] : [WEBGPU]),
    ...(webGpu === "software" ? [SOFTWARE_ADAPTER] : []),
    ...given,
  ];
}

function runsAsRoot(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0;
}
