import { type AnyEntity, type EntityClass, MikroORM, UnderscoreNamingStrategy } from '@mikro-orm/postgresql';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import type { Pool } from 'pg';
import { keepReserve, RESERVED_CONNECTIONS } from './connection.reserve.ts';
import { refuseLostTransactions } from './lost-transaction.ts';
import { connectAs } from './role.ts';
import { scopeConnections } from './row-scope.ts';
import { observeSql, type SqlObserver } from './sql-observer.ts';

export interface OrmOptions {
  readonly subgraph: string;
  readonly url: string;
  readonly entities: readonly EntityClass<AnyEntity>[];
  /** The most connections of this process, the reserve not counted. */
  readonly poolSize?: number;
  readonly onSql?: SqlObserver | undefined;
}

/** How long a request waits for a connection before it fails. */
const CONNECTION_TIMEOUT_MS = 10_000;

/** Opens the ORM on a subgraph's own schema, under its own role, with row-level security in force. */
export async function createOrm(options: OrmOptions): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: options.url,
    schema: options.subgraph,
    entities: [...options.entities],
    metadataProvider: ReflectMetadataProvider,
    namingStrategy: UnderscoreNamingStrategy,
    pool: { min: 0, max: (options.poolSize ?? 10) + RESERVED_CONNECTIONS, idleTimeoutMillis: 30_000 },
    // Tables come from reviewed SQL migrations; the ORM must never try to create a database.
    ensureDatabase: false,
    forceUtcTimezone: true,
    driverOptions: {
      // The ORM reads no more than host and credentials from a URL; the driver also its role and its TLS settings.
      connectionString: connectAs(options.url, options.subgraph),
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      onPoolCreated: (pool: Pool) => {
        keepReserve(pool, CONNECTION_TIMEOUT_MS);
        scopeConnections(pool);
        refuseLostTransactions(pool);
        if (options.onSql) observeSql(pool, options.onSql);
      },
    },
  });
}
