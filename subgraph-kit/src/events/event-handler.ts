import type { Work } from '../work/work.ts';
import type { EventEnvelope } from './event.ts';

/**
 * What a subgraph does about one kind of event.
 *
 * It runs in the transaction that marks the event as handled, so its effect happens exactly once. For the same reason it
 * makes no network call: what has to leave the database, it schedules as a job.
 */
export interface EventHandler<Services = unknown, Events extends object = object> {
  readonly event: string;
  handle(event: EventEnvelope, work: Work<Services, Events>): Promise<void>;
}

/** By the handler's name. Renaming one makes it another consumer, which does not know what the old one has handled. */
export type EventHandlers<Services = unknown, Events extends object = object> = Readonly<
  Record<string, EventHandler<Services, Events>>
>;
