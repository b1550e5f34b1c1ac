import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type AccessTokenClaims, createLogger } from '@supergraph/protocol';
import { createTestDatabase, TestClock } from '@supergraph/testkit';
import pg from 'pg';
import { migrate } from '../../src/database/migrate.ts';
import { createOrm } from '../../src/database/orm.ts';
import { MemoryLive } from '../../src/live/memory.live.ts';
import { Session } from '../../src/session/session.ts';
import { Work } from '../../src/work/work.ts';
import { Article } from './article.entity.ts';

const NAME = 'archive';
const MIGRATIONS = join(import.meta.dirname, 'migrations');
const KIT_MIGRATIONS = join(import.meta.dirname, '../../migrations');

/** A row as a test writes it; `publishedAt` as text, because it may be finer than a `Date`. */
export interface ArticleRow {
  readonly id?: string;
  readonly shelfId?: string;
  readonly title?: string;
  readonly rating?: number;
  readonly publishedAt?: string;
  readonly withdrawn?: boolean;
}

/** A small subgraph's database, for tests of what every subgraph gets from the kit. */
export class Archive {
  /** The statements that left for the database since `forgetStatements`. */
  readonly statements: string[] = [];
  readonly clock = new TestClock();

  private constructor(
    readonly orm: MikroORM,
    /** A superuser's connection, to arrange and to look behind the kit's back. */
    readonly sql: pg.Pool,
    readonly url: string,
    readonly close: () => Promise<void>,
    statements: string[],
  ) {
    this.statements = statements;
  }

  static async open(): Promise<Archive> {
    const database = await createTestDatabase({
      template: NAME,
      fingerprint: await allMigrations(),
      prepare: (url) => migrate(url, [{ subgraph: NAME, migrations: MIGRATIONS, subscriptions: [], jobs: false }]),
    });
    const statements: string[] = [];
    const orm = await createOrm({
      subgraph: NAME,
      url: database.url,
      entities: [Article],
      poolSize: 20,
      onSql: (statement) => void statements.push(statement),
    });
    const sql = new pg.Pool({ connectionString: database.url, options: `-c search_path=${NAME}`, max: 2 });
    const close = async () => {
      await orm.close();
      await sql.end();
      await database.drop();
    };
    return new Archive(orm, sql, database.url, close, statements);
  }

  em(): EntityManager {
    return this.orm.em.fork();
  }

  /** A unit of work of this caller. What it announces goes nowhere. */
  work(session: Session): Work {
    const log = createLogger(NAME, 'silent');
    const scope = {
      session,
      correlationId: randomUUID(),
      clock: this.clock,
      log,
      live: new MemoryLive(),
      services: {},
    };
    return new Work(this.em(), scope, { append: async () => {}, enqueue: async () => {} }, {});
  }

  forgetStatements(): void {
    this.statements.length = 0;
  }

  async shelve(articles: readonly ArticleRow[]): Promise<void> {
    const rows = articles.map((article) => ({
      id: article.id ?? randomUUID(),
      shelf_id: article.shelfId ?? randomUUID(),
      title: article.title ?? 'Untitled',
      rating: article.rating ?? 0,
      published_at: article.publishedAt ?? '2026-01-01T00:00:00Z',
      withdrawn: article.withdrawn ?? false,
    }));
    const insert = `insert into article (id, shelf_id, title, rating, published_at, withdrawn)
      select id, shelf_id, title, rating, published_at, withdrawn from json_populate_recordset(null::article, $1)`;
    await this.sql.query(insert, [JSON.stringify(rows)]);
  }

  async empty(): Promise<void> {
    await this.sql.query('truncate article, idempotency_key');
  }
}

async function allMigrations(): Promise<string> {
  const folders = [join(KIT_MIGRATIONS, 'bus'), join(KIT_MIGRATIONS, 'subgraph'), MIGRATIONS];
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).sort().map((file) => join(folder, file))),
  );
  return (await Promise.all(files.flat().map((file) => readFile(file, 'utf8')))).join('\n');
}

/** Somebody who is signed in, for an organization if one is given. */
export function person(userId: string = randomUUID(), organizationId?: string): Session {
  const claims = { sub: userId, org: organizationId, roles: [], scope: '', iat: 0, exp: 0 };
  return Session.fromClaims(claims satisfies AccessTokenClaims);
}
