import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { setTimeout as pause } from 'node:timers/promises';
import { roleOf } from '../database/role.ts';

/** Where the queue puts what has failed for good. The bus takes it from there into its own list. */
export const DEAD_LETTER_QUEUE = 'dead-letter';

/** Jobs live apart from the subgraph's tables, so that its role can use the queue and not change it. */
export function jobSchemaOf(subgraph: string): string {
  return `jobs_${subgraph}`;
}

const INDEX_BUILD_TIMEOUT_MS = 120_000;

/** Installs or upgrades a subgraph's job queue, and lets its role use it. For migrations: needs an administrator's URL. */
export async function installJobs(adminUrl: string, subgraph: string): Promise<void> {
  const schema = jobSchemaOf(subgraph);
  const boss = new PgBoss({ connectionString: adminUrl, schema, max: 2, supervise: false, schedule: false });
  let failure: Error | undefined;
  boss.on('error', (error) => {
    failure = error;
  });
  await boss.start();
  try {
    await untilIndexesAreBuilt(boss);
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failure) throw failure;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await grantUse(client, schema, roleOf(subgraph));
    await handDeadJobsToBus(client, schema);
  } finally {
    await client.end();
  }
}

/** An upgrade may build indexes in the background, which only an instance that may migrate does. */
async function untilIndexesAreBuilt(boss: PgBoss): Promise<void> {
  const deadline = performance.now() + INDEX_BUILD_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const builds = await boss.getBamStatus();
    if (builds.every(({ status }) => status === 'completed')) return;
    await pause(200);
  }
  throw new Error('The indexes of the job queue could not be built in time; see its table "bam".');
}

async function grantUse(admin: pg.Client, schema: string, role: string): Promise<void> {
  await admin.query(`grant usage on schema ${schema} to ${role}`);
  await admin.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`);
  await admin.query(`grant usage on all sequences in schema ${schema} to ${role}`);
}

/** Each time anew, because an upgrade of the queue may have made its table anew. */
async function handDeadJobsToBus(admin: pg.Client, schema: string): Promise<void> {
  await admin.query(`
    create or replace trigger take_dead_job before insert on ${schema}.job for each row
    when (new.name = '${DEAD_LETTER_QUEUE}' and new.source_name is not null) execute function bus.take_dead_job()`);
  // What died before the trigger was there passes it now.
  await admin.query(`
    with moved as (
      delete from ${schema}.job where name = '${DEAD_LETTER_QUEUE}' and source_name is not null returning *
    )
    insert into ${schema}.job select * from moved`);
}
