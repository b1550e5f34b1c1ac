import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { type Constructor, type MigrationObject, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { replaceSubscriptions, type Subscription } from '../events/subscription.ts';
import { installJobs } from '../jobs/job.schema.ts';
import { ensureRoles } from './ensure-roles.ts';
import { roleOf } from './role.ts';

export interface MigrationPlan {
  readonly subgraph: string;
  /** The folder of the subgraph's own migrations: `<number>_<what>.sql`, run in the order of their names. */
  readonly migrations: string;
  /** The events it wants to hear of, so that none is missed before its first start. */
  readonly subscriptions: readonly Subscription[];
  /** Whether it has jobs: without, it needs no queue, and is migrated in a fraction of the time. */
  readonly jobs: boolean;
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
  // Idle while the migrations run on connections of their own. When it is lost, its next statement says so.
  client.on('error', () => {});
  try {
    await exclusively(client, async () => {
      const subgraphs = plans.map((plan) => plan.subgraph);
      await ensureRoles(client, subgraphs);
      await createSchemas(client, subgraphs);
      await runMigrations(adminUrl, 'bus', [readMigrations(kitMigrations('bus'), 'kit_')]);
      for (const plan of plans) {
        await runMigrations(adminUrl, plan.subgraph, [
          readMigrations(kitMigrations('subgraph'), 'kit_'),
          readMigrations(plan.migrations),
        ]);
        await grant(client, plan.subgraph);
        if (plan.jobs) await installJobs(adminUrl, plan.subgraph);
        await replaceSubscriptions(client, plan.subgraph, plan.subscriptions);
      }
    });
  } finally {
    await client.end();
  }
}

async function exclusively(client: pg.Client, run: () => Promise<void>): Promise<void> {
  await client.query(`select pg_advisory_lock(hashtext('supergraph migrate'))`);
  try {
    await run();
  } finally {
    // Closing the connection lets go of it too; a failure here must not hide the one that led here.
    await client.query(`select pg_advisory_unlock(hashtext('supergraph migrate'))`).catch(() => {});
  }
}

async function createSchemas(client: pg.Client, subgraphs: readonly string[]): Promise<void> {
  await client.query('create schema if not exists bus');
  await client.query('create schema if not exists extensions');
  await client.query(`grant usage on schema bus to ${roleOf('bus')}`);
  for (const subgraph of subgraphs) await client.query(`create schema if not exists ${subgraph}`);
}

async function grant(client: pg.Client, subgraph: string): Promise<void> {
  const role = roleOf(subgraph);
  await client.query(`grant usage on schema ${subgraph} to ${role}`);
  await client.query(`grant select, insert, update, delete on all tables in schema ${subgraph} to ${role}`);
  await client.query(`grant usage on all sequences in schema ${subgraph} to ${role}`);
  // The history of migrations is nothing a request should be able to rewrite.
  await client.query(`revoke insert, update, delete on ${subgraph}.migration from ${role}`);
}

async function runMigrations(
  url: string,
  schema: string,
  parts: readonly Promise<readonly MigrationObject[]>[],
): Promise<void> {
  const migrationsList = (await Promise.all(parts)).flat();
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

/** @param prefix tells the kit's own from a subgraph's: they are numbered apart and recorded in one table */
async function readMigrations(folder: string, prefix = ''): Promise<readonly MigrationObject[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      const SqlMigration: Constructor<Migration> = class extends Migration {
        override up(): void {
          this.addSql(sql);
        }
      };
      return { name: prefix + basename(file, '.sql'), class: SqlMigration };
    }),
  );
}
