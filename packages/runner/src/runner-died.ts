/** The status of a cell whose runner ended so. */
export type DeathStatus = "crash" | "hang" | "oom" | "device-lost";

/** A runner that can no longer answer, or whose answers cannot be read. */
export class RunnerDied extends Error {
  override readonly name = "RunnerDied";
  readonly status: DeathStatus;

  constructor(status: DeathStatus, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
