import { PROTOCOLS } from "../../src/protocol.ts";
import type { Start } from "../../src/run/start.ts";
import { ENVIRONMENT } from "./environment.ts";

/** What a run with the seed 1 sets out to do, without cells and with nothing besides. */
export const startOf = (changes: Partial<Start> = {}): Start => ({
  id: "2026-01-02T03-04-05-1-abc",
  startedAt: "2026-01-02T03:04:05.000Z",
  suite: null,
  seed: 1,
  picture: null,
  weights: null,
  keepSamples: false,
  profile: false,
  peaks: false,
  strict: false,
  demands: [],
  browser: {},
  output: "/nowhere",
  protocol: PROTOCOLS.quick,
  environment: ENVIRONMENT,
  cells: [],
  ...changes,
});
