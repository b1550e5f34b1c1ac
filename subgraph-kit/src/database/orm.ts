import { type AnyEntity, type EntityClass, MikroORM, UnderscoreNamingStrategy } from '@mikro-orm/postgresql';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import type { Pool } from 'pg';
import { connectAs } from './role.ts';
import { applyRowScope } from './row-scope.ts';
import { observeSql, type SqlObserver } from './sql-observer.ts';

export interface OrmOptions {
  readonly subgraph: string;
  readonly url: string;
  readonly entities: readonly EntityClass<AnyEntity>[];
  /** The most connections of this process. */
  readonly poolSize?: number;
  readonly onSql?: SqlObserver | undefined;
}

/** Opens the ORM on a subgraph's own schema, under its own role, with row-level security in force. */
export async function createOrm(options: OrmOptions): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: options.url,
    schema: options.subgraph,
    entities: [...options.entities],
    metadataProvider: ReflectMetadataProvider,
    namingStrategy: UnderscoreNamingStrategy,
    pool: { min: 0, max: options.poolSize ?? 10, idleTimeoutMillis: 30_000 },
    // Tables come from reviewed SQL migrations; the ORM must never try to create a database.
    ensureDatabase: false,
    forceUtcTimezone: true,
    onReserveConnection: applyRowScope,
    driverOptions: {
      // The ORM reads no more than host and credentials from a URL; the driver also its role and its TLS settings.
      connectionString: connectAs(options.url, options.subgraph),
      onPoolCreated: (pool: Pool) => {
        if (options.onSql) observeSql(pool, options.onSql);
      },
    },
  });
}
