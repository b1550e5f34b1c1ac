import type { MigrationPlan } from '../database/migrate.ts';
import { subscriptionsOf } from '../events/subscription.ts';

/** What a subgraph needs in the database, read off its definition. */
export function migrationPlanOf(definition: {
  readonly name: string;
  readonly migrations: string;
  readonly handlers?: Readonly<Record<string, { readonly event: string }>>;
  readonly jobs?: Readonly<Record<string, object>>;
}): MigrationPlan {
  return {
    subgraph: definition.name,
    migrations: definition.migrations,
    subscriptions: subscriptionsOf(definition.name, definition.handlers ?? {}),
    jobs: Object.keys(definition.jobs ?? {}).length > 0,
  };
}
