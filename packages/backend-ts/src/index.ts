export { ts } from "./backend.ts";
