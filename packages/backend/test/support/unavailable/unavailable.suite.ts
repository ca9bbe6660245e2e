import { reference, type Backend } from "../../../src/index.ts";
import { testBackend } from "../../../src/contract-suite/index.ts";

/** Run by test/unavailable.test.ts in a vitest of its own, since one of the two must fail. */
const unavailable: Backend = {
  ...reference,
  id: "nowhere",
  availability: () =>
    Promise.resolve({ available: false, reason: "There is no GPU.", remedy: "Plug one in." }),
};

await testBackend(unavailable);
await testBackend({ ...unavailable, id: "required" }, { required: true });
