/** A request for work outside the transaction: mail, HTTP, anything slow. Handlers run at least once, so they are idempotent. */
export interface JobRequest<Data extends object = object> {
  readonly name: string;
  readonly data: Data;
  /** At most one job of this name with this key waits or runs at a time. */
  readonly key?: string;
  readonly startAfter?: Date;
}
