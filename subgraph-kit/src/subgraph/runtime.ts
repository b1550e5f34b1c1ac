import { randomUUID } from 'node:crypto';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Clock, Logger } from '@supergraph/protocol';
import { createGraphContext, type GraphContext } from '../context/graph-context.ts';
import { besideTransactions } from '../database/connection.reserve.ts';
import { createOrm } from '../database/orm.ts';
import { withRowScope } from '../database/row-scope.ts';
import type { SqlObserver } from '../database/sql-observer.ts';
import { applyTenant } from '../database/tenant.filter.ts';
import type { SubgraphEnvironment } from '../environment.ts';
import type { Live } from '../live/live.ts';
import { Session } from '../session/session.ts';
import { type Outbox, type Scope, Work } from '../work/work.ts';
import type { SubgraphDefinition } from './subgraph-definition.ts';

export interface RuntimeParts<Environment> {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Logger;
  readonly live: Live;
  readonly outbox: Outbox;
  readonly onSql?: SqlObserver | undefined;
}

/** A subgraph's moving parts without its server: what requests, events, jobs, seeds and tests all run on. */
export class Runtime<Environment extends SubgraphEnvironment, Services, Events extends object, Loaders, Cases> {
  private constructor(
    readonly definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>,
    readonly orm: MikroORM,
    readonly parts: RuntimeParts<Environment>,
    private started?: { readonly services: Services },
  ) {}

  static async open<Environment extends SubgraphEnvironment, Services, Events extends object, Loaders, Cases>(
    definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>,
    parts: RuntimeParts<Environment>,
  ): Promise<Runtime<Environment, Services, Events, Loaders, Cases>> {
    const orm = await createOrm({
      subgraph: definition.name,
      url: parts.environment.DATABASE_URL,
      entities: definition.entities,
      poolSize: parts.environment.DATABASE_POOL_SIZE,
      onSql: parts.onSql,
    });
    const runtime = new Runtime(definition, orm, parts);
    try {
      const services = await definition.services({
        ...parts,
        asSystem: (run) => besideTransactions(() => runtime.asSystem(run)),
      });
      runtime.started = { services };
    } catch (error) {
      await orm.close();
      throw error;
    }
    return runtime;
  }

  get services(): Services {
    // Services may not depend on one another through here: they are passed to each other where they are built.
    if (!this.started) throw new Error('Services are still being built.');
    return this.started.services;
  }

  openScope(session: Session, details: Partial<Scope<Services>> = {}): Scope<Services> {
    const { clock, live, log } = this.parts;
    const correlationId = details.correlationId ?? randomUUID();
    const services = this.started?.services as Services;
    return { ...details, session, correlationId, clock, live, log: log.child({ correlationId }), services };
  }

  openWork(scope: Scope<Services>, em: EntityManager = this.openEntityManager()): Work<Services, Events> {
    return new Work(applyTenant(em, scope.session), scope, this.parts.outbox, this.definition.events);
  }

  openEntityManager(): EntityManager {
    return this.orm.em.fork();
  }

  createContext(scope: Scope<Services>): GraphContext<Loaders, Cases> {
    return createGraphContext(scope, {
      loaders: this.definition.loaders,
      useCases: this.definition.useCases,
      openEntityManager: () => this.openEntityManager(),
      openWork: (inner) => this.openWork(inner),
    });
  }

  /** Runs something on the system's own behalf and commits it. */
  asSystem<Result>(run: (work: Work<Services, Events>) => Promise<Result>, organizationId?: string): Promise<Result> {
    const session = Session.system(organizationId);
    return withRowScope(session, async () => {
      const work = this.openWork(this.openScope(session));
      const result = await run(work);
      await work.commit();
      return result;
    });
  }

  /** Whether the database answers. */
  ping(): Promise<unknown> {
    return this.orm.em.fork().execute('select 1');
  }

  close(): Promise<void> {
    return this.orm.close();
  }
}
