export { availability } from "./availability.ts";
export { ENGINE, loadBinding } from "./load-binding.ts";
