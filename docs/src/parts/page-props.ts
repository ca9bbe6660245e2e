import type { MachineChoice } from "../data/facts.ts";
import type { Latest } from "../data/latest.ts";
import type { SiteState } from "../state/site-state.ts";

/** What every page of many cells is drawn from, in Node and in a browser alike. */
export interface PageProps {
  readonly latest: Latest;
  /** All machines that the site has figures of, that with most of the field first. */
  readonly machines: readonly MachineChoice[];
  readonly state: SiteState;
  /** `slide`: one of many steps on the way, which going back skips. */
  readonly change: (state: SiteState, how?: "step" | "slide") => void;
}
