import { formatOptions, type CellKey } from "@mobilenet-bench/results";

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/;

/** Whether Windows holds it for a device, in capitals as in small letters. */
export function isDeviceName(name: string): boolean {
  return DEVICE.test(name.toLowerCase());
}

/**
 * The folder of a cell's page: `cell/MODEL/BACKEND/TARGET/` with the options, sorted and joined by commas, as one more folder
 * where there are any: `cell/mobilenet_v1_1.0_224/wasm/node/threads=2/`. Different cells have different folders on
 * systems that hold capitals for small letters, and on those that know no colon.
 */
export function cellPath({ model, backend, target, options }: CellKey): string {
  const query = formatOptions(options);
  const parts = [model, backend, target].map(folderName);
  const more = query === "" ? [] : [query.split("&").map(escaped).join(",")];
  return ["cell", ...parts, ...more, ""].join("/");
}

/** A name as a folder: what the characters of ids leave unsafe somewhere is written with `~`, which no id has. */
export function folderName(name: string): string {
  const text = escaped(name);
  return DEVICE.test(text) ? `~${text}` : text;
}

/** The name of such a folder again. */
export function nameOfFolder(folder: string): string {
  return folder
    .replace(/^~(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/, "")
    .replaceAll(/~([cd]|u.)/g, (_, code: string) => {
      if (code === "c") return ":";
      return code === "d" ? "." : code.slice(1).toUpperCase();
    });
}

function escaped(text: string): string {
  return text
    .replaceAll(":", "~c")
    .replaceAll(/[A-Z]/g, (letter) => `~u${letter.toLowerCase()}`)
    .replace(/\.$/, "~d");
}
