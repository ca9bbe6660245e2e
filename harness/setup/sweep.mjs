import { root } from "./paths.mjs";
import { sweepBuilt } from "./sweep-built.mjs";

sweepBuilt(root);
