import { explore } from "../explore/explore.ts";
import { closeChoices } from "./close-choices.ts";
import { listenForCopying } from "./copying.ts";
import { startLive } from "./start-live.tsx";

document.documentElement.classList.add("has-script");
listenForCopying(document);
closeChoices(document);
explore(document);
const page = document.getElementById("page");
if (page) void startLive(page);
