import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineSubgraph, job } from '@supergraph/subgraph-kit';
import { createSubgraphDatabase, startTestSubgraph, type TestDatabase } from '@supergraph/testkit';
import pg from 'pg';
import { library } from './library/library.subgraph.ts';

const busy = { ...library, jobs: { 'count-books': job(async () => {}) } };

let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await createSubgraphDatabase([busy]);
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});

afterAll(async () => {
  await admin?.end();
  await database?.drop();
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Connections other than our own. Closed ones take a moment to be gone. */
async function connectionsLeft(): Promise<number> {
  let left = 1;
  for (let attempt = 0; attempt < 100 && left > 0; attempt += 1) {
    const { rows } = await admin.query(
      `select count(*)::int as left, pg_sleep(0.02) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    left = (rows[0] as { left: number }).left;
  }
  return left;
}

describe('a subgraph that cannot start leaves nothing open', () => {
  it('when its port is taken', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const start = startTestSubgraph(library, { database, environment: { PORT: port } });
    await expect(start).rejects.toThrow('EADDRINUSE');
    expect(await connectionsLeft()).toBe(0);
    other.close();
  });

  it('when its services cannot be built', async () => {
    const broken = defineSubgraph({
      ...library,
      services: async ({ asSystem }) => {
        await asSystem((work) => work.em.execute('select 1'));
        throw new Error('no mailbox');
      },
    });
    await expect(startTestSubgraph(broken, { database })).rejects.toThrow('no mailbox');
    expect(await connectionsLeft()).toBe(0);
  });

  it('when its job queue is missing', async () => {
    const port = await freePort();
    await admin.query('alter schema jobs_library rename to jobs_away');
    const start = startTestSubgraph(busy, { database, background: true, environment: { PORT: port } });
    await expect(start).rejects.toThrow(/jobs_library|pg-boss/i);
    await admin.query('alter schema jobs_away rename to jobs_library');
    expect(await connectionsLeft()).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow('fetch failed');
  });

  it('when its database is away', async () => {
    const nowhere = { url: 'postgres://nobody@127.0.0.1:1/nothing', drop: async () => {} };
    await expect(startTestSubgraph(library, { database: nowhere, background: true })).rejects.toThrow('ECONNREFUSED');
  });
});
