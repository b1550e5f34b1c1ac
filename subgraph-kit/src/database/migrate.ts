import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { type Constructor, type MigrationObject, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { replaceSubscriptions, type Subscription } from '../events/subscription.ts';
import { installJobs } from '../jobs/job.schema.ts';
import { roleOf } from './role.ts';

export interface MigrationPlan {
  readonly subgraph: string;
  /** The folder of the subgraph's own migrations: `<number>_<what>.sql`, run in the order of their names. */
  readonly migrations: string;
  /** The events it wants to hear of, so that none is missed before its first start. */
  readonly subscriptions: readonly Subscription[];
}

const kitMigrations = (folder: string) => fileURLToPath(new URL(`../../migrations/${folder}`, import.meta.url));

/** Every folder of SQL that a plan runs, for whoever has to know when a database made of them is out of date. */
export function migrationFolders(plan: MigrationPlan): readonly string[] {
  return [kitMigrations('bus'), kitMigrations('subgraph'), plan.migrations];
}

/**
 * Brings a database up to date for these subgraphs: roles, schemas, the bus, and each subgraph's tables. Needs a URL
 * that may create roles and schemas. Safe to run at once from several processes.
 */
export async function migrate(adminUrl: string, plans: readonly MigrationPlan[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Roles belong to the server, not to the database: two databases being migrated at once would still collide.
    await exclusively(client, 'supergraph roles', () => createRoles(client, plans));
    await exclusively(client, 'supergraph migrate', async () => {
      await createSchemas(client, plans);
      await runMigrations(adminUrl, 'bus', [kitMigrations('bus')]);
      for (const plan of plans) {
        await runMigrations(adminUrl, plan.subgraph, [kitMigrations('subgraph'), plan.migrations]);
        await grant(client, plan.subgraph);
        await installJobs(adminUrl, plan.subgraph);
        await replaceSubscriptions(client, plan.subgraph, plan.subscriptions);
      }
    });
  } finally {
    await client.end();
  }
}

async function exclusively(client: pg.Client, what: string, run: () => Promise<void>): Promise<void> {
  await client.query('select pg_advisory_lock(hashtext($1))', [what]);
  try {
    await run();
  } finally {
    await client.query('select pg_advisory_unlock(hashtext($1))', [what]);
  }
}

async function createRoles(client: pg.Client, plans: readonly MigrationPlan[]): Promise<void> {
  const bus = roleOf('bus');
  for (const role of [bus, ...plans.map((plan) => roleOf(plan.subgraph))]) {
    await client.query(
      `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    );
  }
  for (const plan of plans) await client.query(`grant ${bus} to ${roleOf(plan.subgraph)}`);
}

async function createSchemas(client: pg.Client, plans: readonly MigrationPlan[]): Promise<void> {
  await client.query('create schema if not exists bus');
  await client.query('create schema if not exists extensions');
  await client.query(`grant usage on schema bus to ${roleOf('bus')}`);
  for (const { subgraph } of plans) {
    await client.query(`create schema if not exists ${subgraph}`);
    // So that whoever migrates need not be a superuser to hand over what it creates.
    await client.query(`grant ${roleOf(subgraph)} to current_user`);
  }
}

async function grant(client: pg.Client, subgraph: string): Promise<void> {
  const role = roleOf(subgraph);
  await client.query(`grant usage on schema ${subgraph} to ${role}`);
  await client.query(`grant select, insert, update, delete on all tables in schema ${subgraph} to ${role}`);
  await client.query(`grant usage on all sequences in schema ${subgraph} to ${role}`);
  // The history of migrations is nothing a request should be able to rewrite.
  await client.query(`revoke insert, update, delete on ${subgraph}.migration from ${role}`);
}

async function runMigrations(url: string, schema: string, folders: readonly string[]): Promise<void> {
  const migrationsList = (await Promise.all(folders.map(readMigrations))).flat();
  const orm = await MikroORM.init({
    clientUrl: url,
    driverOptions: { connectionString: url },
    schema,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { tableName: 'migration', schema, migrationsList, snapshot: false, silent: true },
  });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close();
  }
}

async function readMigrations(folder: string): Promise<MigrationObject[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      const SqlMigration: Constructor<Migration> = class extends Migration {
        override up(): void {
          this.addSql(sql);
        }
      };
      // The kit's own and a subgraph's are numbered apart and recorded in one table.
      return {
        name: `${basename(dirname(folder)) === 'migrations' ? 'kit_' : ''}${basename(file, '.sql')}`,
        class: SqlMigration,
      };
    }),
  );
}
