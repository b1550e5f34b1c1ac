import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate, type MigrationPlan } from '@supergraph/subgraph-kit';
import { serverUrl } from '@supergraph/testkit';
import pg from 'pg';
import { ensureRoles } from '../../src/database/ensure-roles.ts';

let folder: string;
/** Roles belong to the whole server, so each test's subgraph has a name of its own. */
let subgraph: string;
let databases: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  subgraph = `scratch_${randomBytes(4).toString('hex')}`;
  databases = [];
});

afterEach(async () => {
  for (const name of databases) await onServer(`drop database ${name} with (force)`);
  await onServer(`drop role if exists supergraph_${subgraph}`);
  await rm(folder, { recursive: true });
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = await connect(url);
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

const onServer = (sql: string) => ask(serverUrl(), sql);

async function createDatabase(owner?: string): Promise<string> {
  const name = `test_migrate_${randomBytes(4).toString('hex')}`;
  databases.push(name);
  await onServer(`create database ${name} ${owner ? `owner ${owner}` : ''}`);
  const url = new URL(serverUrl());
  url.pathname = name;
  return url.href;
}

/** A subgraph with these migrations, in order. */
async function planOf(...migrations: string[]): Promise<MigrationPlan> {
  await mkdir(folder, { recursive: true });
  for (const [index, sql] of migrations.entries()) await writeFile(join(folder, `000${index + 1}_step.sql`), sql);
  return { subgraph, migrations: folder, subscriptions: [], jobs: false };
}

describe('migrating', () => {
  it('from several processes at once does everything once', async () => {
    const url = await createDatabase();
    const plan = await planOf(
      'create table thing (id uuid primary key);',
      'insert into thing values (gen_random_uuid());',
    );
    await Promise.all([1, 2, 3].map(() => migrate(url, [plan])));
    expect(await ask(url, `select count(*)::int as count from ${subgraph}.thing`)).toEqual([{ count: 1 }]);
  });

  it('several databases at once does not trip over the roles that they share', async () => {
    const admins = await Promise.all(Array.from({ length: 10 }, () => connect(serverUrl())));
    const subgraphs = Array.from({ length: 20 }, (_, number) => `${subgraph}_${number}`);
    await Promise.all(admins.map((admin) => ensureRoles(admin, subgraphs)));
    const [first] = admins;
    const { rows } = await first!.query(
      `select count(*)::int as members from pg_roles
       where rolname like 'supergraph_${subgraph}%' and pg_has_role(rolname, 'supergraph_bus', 'member')`,
    );
    expect(rows).toEqual([{ members: 20 }]);
    for (const name of subgraphs) await first!.query(`drop role supergraph_${name}`);
    for (const admin of admins) await admin.end();
  });

  it('that fails leaves nothing of what it began, and goes on once it is mended', async () => {
    const url = await createDatabase();
    const broken = await planOf(
      'create table thing (id uuid primary key);',
      'create table other (id uuid); select 1 / 0;',
    );
    await expect(migrate(url, [broken])).rejects.toThrow('division by zero');
    const [left] = await ask(
      url,
      `select to_regclass('${subgraph}.thing') as thing, to_regclass('${subgraph}.other') as other`,
    );
    expect(left).toEqual({ thing: null, other: null });
    const mended = await planOf('create table thing (id uuid primary key);', 'create table other (id uuid);');
    await migrate(url, [mended]);
    const later = await planOf(
      'create table thing (id uuid primary key);',
      'create table other (id uuid);',
      'alter table other add name text;',
    );
    await migrate(url, [later]);
    expect(await ask(url, `select name from ${subgraph}.other`)).toEqual([]);
  });

  it('needs no superuser, and what it makes is within reach of the subgraph only', async () => {
    const admin = `admin_${subgraph}`;
    await onServer(`create role ${admin} login createrole createdb password 'secret'`);
    // On a server that others have migrated too, one of them has to share the bus.
    await onServer(
      `do $$ begin grant supergraph_bus to ${admin} with admin option; exception when undefined_object then null; end $$`,
    );
    try {
      const url = new URL(await createDatabase(admin));
      url.username = admin;
      url.password = 'secret';
      const plan = await planOf('create table thing (id uuid primary key);');
      await migrate(url.href, [plan]);
      await migrate(url.href, [plan]);
      const as = new URL(url);
      as.searchParams.set('options', `-c role=supergraph_${subgraph} -c search_path=${subgraph}`);
      expect(await ask(as.href, 'select * from thing')).toEqual([]);
      await expect(ask(as.href, 'delete from migration')).rejects.toThrow('permission denied');
      await expect(ask(as.href, 'drop table thing')).rejects.toThrow('must be owner');
    } finally {
      for (const name of databases.splice(0)) await onServer(`drop database ${name} with (force)`);
      await onServer(`drop owned by ${admin}; drop role if exists supergraph_${subgraph}; drop role ${admin}`);
    }
  });
});
