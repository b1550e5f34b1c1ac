import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { createTestDatabase } from '../../../testkit/src/test-database.ts';
import pg from 'pg';
import { migrate } from '../../src/database/migrate.ts';
import { createOrm } from '../../src/database/orm.ts';
import { Article } from './article.entity.ts';

const NAME = 'library';
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
export class Library {
  /** The statements that left for the database since `forgetStatements`. */
  readonly statements: string[] = [];

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

  static async open(): Promise<Library> {
    const database = await createTestDatabase({
      template: NAME,
      fingerprint: await allMigrations(),
      prepare: (url) => migrate(url, [{ subgraph: NAME, migrations: MIGRATIONS, subscriptions: [] }]),
    });
    const statements: string[] = [];
    const orm = await createOrm({
      subgraph: NAME,
      url: database.url,
      entities: [Article],
      poolSize: 20,
      onSql: (statement) => statements.push(statement),
    });
    const sql = new pg.Pool({ connectionString: database.url, options: `-c search_path=${NAME}`, max: 2 });
    const close = async () => {
      await orm.close();
      await sql.end();
      await database.drop();
    };
    return new Library(orm, sql, database.url, close, statements);
  }

  em(): EntityManager {
    return this.orm.em.fork();
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
