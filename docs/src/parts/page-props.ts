import type { MachineFacts } from "../data/facts.ts";
import type { Latest } from "../data/latest.ts";
import type { SiteState } from "../state/site-state.ts";

/** What every page of many cells is drawn from, in Node and in a browser alike. */
export interface PageProps {
  readonly latest: Latest;
  /** All machines that the site has figures of. */
  readonly machines: readonly MachineFacts[];
  readonly state: SiteState;
  /** `slide`: one of many steps on the way, which going back skips. */
  readonly change: (state: SiteState, how?: "step" | "slide") => void;
}
