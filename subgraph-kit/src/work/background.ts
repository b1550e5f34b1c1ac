import type { EntityManager } from '@mikro-orm/postgresql';
import type { Session } from '../session/session.ts';
import type { Scope, Work } from './work.ts';

/** What event consumers and job workers need of their subgraph's runtime. */
export interface BackgroundRuntime<Services = unknown, Events extends object = object> {
  /** A fork that shares nothing with any other. */
  openEntityManager(): EntityManager;
  openScope(
    session: Session,
    details: { readonly correlationId: string; readonly traceparent?: string | undefined },
  ): Scope<Services>;
  /** @param em already in a transaction, which the work takes over; absent: the work opens one of its own */
  openWork(scope: Scope<Services>, em?: EntityManager): Work<Services, Events>;
}
