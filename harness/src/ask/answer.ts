import type { Availability, Backend } from "@mobilenet-bench/backend";
import { z } from "zod";
import type { NamedBackend } from "../registry/named-backend.ts";
import { excerptOf, type JobFailure, jobFailureSchema, RunnerDied } from "@mobilenet-bench/runner";

/** What a backend says of itself; it takes importing it to know. */
type Facts = Pick<Backend, "id" | "summary" | "platforms" | "options">;

/** What backends can be asked for. */
export interface Answers {
  readonly facts: Facts;
  readonly availability: Availability;
}
/** What can be asked of a backend without loading a model into it. */
export type Question = keyof Answers;

/** Whom to ask. */
export type Asked = Pick<NamedBackend, "id" | "module">;

/** What the asking process sends: one question, and everybody whom it goes to. */
export interface Inquiry {
  readonly question: Question;
  readonly backends: readonly Asked[];
}

/** What the asked process sends for one backend: its answer, or what went wrong instead. */
export type Sent<Q extends Question> =
  { readonly ok: true; readonly value: Answers[Q] } | { readonly ok: false; readonly failure: JobFailure };

const optionValue = z.union([z.string(), z.number()]);
/** A backend may be anybody's work, and nothing that it says is taken on trust. */
const VALUES: { readonly [Q in Question]: z.ZodType<Answers[Q]> } = {
  facts: z.object({
    id: z.string(),
    summary: z.string(),
    platforms: z.array(z.enum(["node", "browser"])),
    options: z.record(
      z.string(),
      z.object({
        description: z.string(),
        default: optionValue,
        values: z.union([z.array(z.string()), z.object({ min: z.number(), max: z.number() })]),
      }),
    ),
  }),
  availability: z.discriminatedUnion("available", [
    z.object({
      available: z.literal(true),
      detail: z.string().exactOptional(),
      software: z.boolean().exactOptional(),
    }),
    z.object({ available: z.literal(false), reason: z.string(), remedy: z.string() }),
  ]),
};

const sentSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: jobFailureSchema }),
]);

/** @throws RunnerDied where a message is none of these: a backend has the same channel, and may have sent it */
export function parseSent<Q extends Question>(question: Q, message: unknown): Sent<Q> {
  const { success, data: sent } = sentSchema.safeParse(message);
  if (!success) throw new RunnerDied("crash", `What came back is no answer: ${excerptOf(message)}.`);
  if (!sent.ok) return sent;
  const value = VALUES[question].safeParse(sent.value);
  return value.success ? { ok: true, value: value.data } : { ok: false, failure: noAnswer(value.error) };
}

function noAnswer(error: z.ZodError): JobFailure {
  const [fault = ""] = z.prettifyError(error).replaceAll(/\n\s+/g, " ").split("\n");
  return { kind: "error", message: `Its answer is none: ${fault}.` };
}
