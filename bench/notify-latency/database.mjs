import { randomUUID } from 'node:crypto';
import pg from 'pg';

/**
 * A PostgreSQL of its own that remembers when each transaction was committed, with a fresh database on it. Settings that
 * make commits cheaper are left alone: waiting for the disk belongs to what is measured.
 */
export async function startDatabase() {
  const { startEmbeddedDatabase } = await import('../../embedded-database/dist/index.js');
  const server = await startEmbeddedDatabase({ settings: { track_commit_timestamp: 'on', max_connections: '300' } });
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await withClient(server.url, (client) => client.query(`create database ${name}`));
  const url = new URL(server.url);
  url.pathname = name;
  return { url: url.href, stop: () => server.stop() };
}

/**
 * When the transactions that made these notifications visible were committed, in milliseconds since 1970, by id.
 *
 * PostgreSQL takes the time just before it writes the commit to disk, so that write counts as latency.
 */
export function commitTimes(url, ids) {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `select id, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as committed_at
         from messaging.notification where id = any($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, committed_at }) => [id, Number(committed_at)]));
  });
}

async function withClient(url, work) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
