// Imported by the command line before anything else (`node --import`).
import { SHORT_QUICK } from "./short-quick.mjs";

const { PROTOCOLS } = await import(new URL("../../dist/protocol.js", import.meta.url).href);
Object.assign(PROTOCOLS.quick, SHORT_QUICK);
