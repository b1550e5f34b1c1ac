import type { MigrationPlan } from '../database/migrate.ts';

/** What a subgraph needs in the database, read off its definition. */
export function migrationPlanOf(definition: {
  readonly name: string;
  readonly migrations: string;
  readonly handlers?: Readonly<Record<string, { readonly event: string }>>;
}): MigrationPlan {
  const handlers = Object.entries(definition.handlers ?? {});
  return {
    subgraph: definition.name,
    migrations: definition.migrations,
    subscriptions: handlers.map(([handler, { event }]) => ({ consumer: `${definition.name}/${handler}`, event })),
  };
}
