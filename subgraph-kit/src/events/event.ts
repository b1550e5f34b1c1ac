/** The events a subgraph publishes: name → payload. Written as an interface in `events.ts`, so others can import the type. */
export type EventCatalogue = Record<string, object>;

/** Who caused an event. */
export interface EventActor {
  readonly kind: 'anonymous' | 'user' | 'system';
  readonly userId?: string;
  /** The person behind `userId` while support works in that user's name. */
  readonly actorId?: string;
}

/** A thing that happened, as it stands in the event log and as a handler receives it. */
export interface EventEnvelope<Name extends string = string, Payload extends object = object> {
  /** UUIDv7: sorts by the time of publishing. */
  readonly id: string;
  /** Past tense, `noun.verb`. */
  readonly name: Name;
  /** Of the payload's shape; a reader that knows an older one must be able to go on. */
  readonly version: number;
  readonly occurredAt: Date;
  readonly organizationId?: string;
  readonly actor: EventActor;
  readonly correlationId: string;
  /** The trace of what published it. */
  readonly traceparent?: string | undefined;
  readonly data: Payload;
}
