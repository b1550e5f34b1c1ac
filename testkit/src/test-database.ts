import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

export interface TestDatabase {
  /** A superuser's URL of this database. */
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Names the template, with `fingerprint`: the text that, when it changes, makes the template stale. */
  readonly template: string;
  readonly fingerprint: string;
  /** Makes the template: runs once per server, however many test files ask for it at once. */
  readonly prepare: (url: string) => Promise<void>;
}

/**
 * A database of one's own, copied from a migrated template: about 30 ms instead of all migrations.
 */
export async function createTestDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const server = serverUrl();
  const digest = createHash('sha256').update(options.fingerprint).digest('hex').slice(0, 12);
  const template = `template_${options.template}_${digest}`;
  const name = `test_${options.template}_${randomBytes(6).toString('hex')}`;
  await withServer(server, async (client) => {
    // PostgreSQL copies a template only while nobody is connected to it, so making and copying take turns.
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
      if (!rowCount) await makeTemplate(client, server, template, options.prepare);
      await client.query(`create database ${name} template ${template}`);
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1))', [template]);
    }
  });
  return {
    url: withDatabase(server, name),
    drop: () => withServer(server, (client) => dropDatabase(client, name)),
  };
}

/** How long connections that are closing may take, in milliseconds, before they are cut. */
const CLOSING_MS = 5_000;

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  // A pool counts as ended while its sockets are still closing, and one that is cut then fails the test it belongs to.
  const deadline = performance.now() + CLOSING_MS;
  while (performance.now() < deadline) {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [name]);
    if (!rowCount) break;
    await setTimeout(10);
  }
  await client.query(`drop database ${name} with (force)`);
}

/** The server that `global-setup` started or was given. */
export function serverUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('No test server: run the tests through jest, whose global set-up starts one.');
  return url;
}

async function makeTemplate(
  client: pg.Client,
  server: string,
  template: string,
  prepare: (url: string) => Promise<void>,
): Promise<void> {
  // Under another name until it is whole: a set-up that fails half-way must not be copied by the next run.
  const draft = `${template}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await prepare(withDatabase(server, draft));
  await client.query(`alter database ${draft} rename to ${template}`);
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function withServer(server: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
