/** A request for work outside the transaction: mail, HTTP, anything slow. Handlers run at least once, so they are idempotent. */
export interface JobRequest<Data extends object = object> {
  readonly name: string;
  readonly data: Data;
  /** At most one job of this name with this key waits or runs at a time; asking for another meanwhile changes nothing. */
  readonly key?: string;
  readonly startAfter?: Date;
}

/** A job as it is handed over, tied to what asked for it. */
export interface ScheduledJob<Data extends object = object> extends JobRequest<Data> {
  readonly correlationId: string;
  /** The trace of what asked for it. */
  readonly traceparent?: string | undefined;
  /** On whose behalf it runs, where there is somebody. */
  readonly organizationId?: string | undefined;
}
