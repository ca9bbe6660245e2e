import { createReadKernel } from "@mobilenet-bench/backend-wasm/peak";
import { answerRequests } from "./answer-requests.ts";

// The entry of a process that reads one array, as long as it is told.
const bytes = Number(process.argv[2]);
if (!Number.isSafeInteger(bytes)) throw new Error("[harness] How many bytes? Use mnb peak.");
await answerRequests(async () => {
  const kernel = await createReadKernel(bytes);
  // What is counted of it are bytes, so its rate is in 1e9 of them per second.
  return [{ ...kernel, multAdds: bytes }];
});
