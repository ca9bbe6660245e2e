import type { Asker } from "../ask/known.ts";
import { askerOf, libraryVersions, targetsOf, type Build } from "../builds/build.ts";
import type { BrowserOptions } from "../target/browser/browser-options.ts";
import type { Target } from "../target/target.ts";

/** One of the two builds of a comparison: where its runners are opened, and who asks its backends. */
export interface ComparedSide {
  readonly build: Build;
  readonly libraries: Readonly<Record<string, string>>;
  readonly targets: Readonly<Record<string, Target>>;
  readonly asker: Asker;
}

/** Each side has targets of its own, also where both are of one build: so two browsers are alive at once. */
export async function openSide(build: Build, browser: BrowserOptions = {}): Promise<ComparedSide> {
  return {
    build,
    libraries: await libraryVersions(build),
    targets: targetsOf(build, browser),
    asker: askerOf(build),
  };
}
