import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { setTimeout as pause } from 'node:timers/promises';
import { roleOf } from '../database/role.ts';

/** Where what has failed for good is kept, beside a subgraph's own queues. */
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
  await grantUse(adminUrl, schema, roleOf(subgraph));
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

async function grantUse(adminUrl: string, schema: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`grant usage on schema ${schema} to ${role}`);
    await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`);
    await client.query(`grant usage on all sequences in schema ${schema} to ${role}`);
  } finally {
    await client.end();
  }
}
